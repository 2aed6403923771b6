/** A template in a form that is read in a review: what there is, who may do what, who may call whom. Names carry no hashes. */
import type { Resource, Template } from './synthesized.ts';

const HASH = /([0-9A-F]{8})(?=$|[^0-9A-Za-z])/g;
/** Amplify and CDK write these; they say nothing about us. */
const LEFT_OUT = new Set(['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']);

/** What does not fit into a role's own policy CDK puts into managed ones. */
const RIGHTS = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];

export function summary(template: Template): string {
  const all = Object.entries(template.Resources).sort(([a], [b]) => (a < b ? -1 : 1));
  const things = all.filter(([, { Type }]) => !LEFT_OUT.has(Type)).map(([name, resource]) => `${masked(name)}  ${resource.Type.replace('AWS::', '')}${scalars(resource)}`);
  const rights = all.filter(([, { Type }]) => RIGHTS.includes(Type)).flatMap(([name, resource]) => rightsOf(masked(name), resource));
  const ways = all.flatMap(([name, resource]) => waysOf(masked(name), resource));
  return [
    ['WHAT THERE IS (numbers and words of its own alone)', ...things],
    ['WHO MAY DO WHAT', ...rights],
    ['WHO MAY CALL WHOM', ...ways],
  ].map((section) => section.join('\n')).join('\n\n') + '\n';
}

function masked(text: string): string {
  return text.replaceAll(HASH, '');
}

/** A reference as a short word: `<Bucket.Arn>`. */
function word(value: any): string {
  if (value === null || typeof value !== 'object') return masked(String(value));
  if (Array.isArray(value)) return value.map(word).join(', ');
  if ('Ref' in value) return value.Ref.startsWith('AWS::') ? `<${value.Ref.slice(5)}>` : `<${masked(value.Ref)}>`;
  if ('Fn::GetAtt' in value) return `<${value['Fn::GetAtt'].map(masked).join('.')}>`;
  if ('Fn::Join' in value) return value['Fn::Join'][1].map(word).join(value['Fn::Join'][0]);
  return masked(JSON.stringify(value));
}

function scalars({ Properties }: Resource): string {
  const shown = Object.entries(Properties ?? {}).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= 60));
  return shown.map(([name, value]) => ` ${name}=${masked(String(value))}`).join('');
}

function rightsOf(name: string, { Type, Properties }: Resource): string[] {
  const isPolicy = Type !== 'AWS::IAM::Role';
  const documents = isPolicy ? [Properties.PolicyDocument] : (Properties.Policies ?? []).map(({ PolicyDocument }: any) => PolicyDocument);
  const who = isPolicy ? Properties.Roles.map(word).join(', ') : `<${name}>`;
  // What may be done alike to several things is one line.
  const allowed = Map.groupBy(
    documents.flatMap(({ Statement }: any) => Statement) as any[],
    ({ Effect, Action, Condition }) => `${Effect} ${list(Action)}${Condition ? ' (on conditions)' : ''}`,
  );
  return [
    ...(isPolicy ? [] : [`${who} is taken on by ${Properties.AssumeRolePolicyDocument.Statement.map(({ Principal }: any) => word(Object.values(Principal)[0])).join(', ')}`]),
    ...(Properties.ManagedPolicyArns ?? []).map((arn: any) => `${who} has ${word(arn)}`),
    ...[...allowed].map(([what, statements]) => `${who} ${what}: ${list(statements.flatMap(({ Resource: on }) => on))}`),
  ];
}

function list(value: any): string {
  return (Array.isArray(value) ? value.map(word) : [word(value)]).sort().join(', ');
}

function waysOf(name: string, { Type, Properties }: Resource): string[] {
  const port = (rule: any) => `${rule.IpProtocol === '-1' ? 'everything' : rule.FromPort === rule.ToPort ? rule.FromPort : `${rule.FromPort}-${rule.ToPort}`}`;
  const peer = (rule: any) => word(rule.CidrIp ?? rule.CidrIpv6 ?? rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId ?? rule.SourcePrefixListId ?? rule.DestinationPrefixListId);
  if (Type === 'AWS::EC2::SecurityGroupIngress') return [`${word(Properties.GroupId)}  lets in ${peer(Properties)} at ${port(Properties)}`];
  if (Type === 'AWS::EC2::SecurityGroupEgress') return [`${word(Properties.GroupId)}  lets out to ${peer(Properties)} at ${port(Properties)}`];
  if (Type !== 'AWS::EC2::SecurityGroup') return [];
  return [
    ...(Properties.SecurityGroupIngress ?? []).map((rule: any) => `<${name}.GroupId>  lets in ${peer(rule)} at ${port(rule)}`),
    ...(Properties.SecurityGroupEgress ?? []).map((rule: any) => `<${name}.GroupId>  lets out to ${peer(rule)} at ${port(rule)}`),
  ];
}
