/** What the tests of constructs share: a bare stack without an account, its template, and what cdk-nag says about it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';

/** Nothing is bundled or copied: templates are all that tests read. */
const CONTEXT = { 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-asset-staging': true, 'aws:cdk:enable-path-metadata': false };

/** As Amplify makes them: which account and region is not known before it is deployed. */
function bareStack(context: Record<string, unknown> = {}): { app: App; stack: Stack; outdir: string } {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-cdk-'));
  const app = new App({ outdir, analyticsReporting: false, context: { ...CONTEXT, ...context } });
  return { app, stack: new Stack(app, 'Spool'), outdir };
}

/** The template of what `build` adds. A cycle between resources fails here, as it would while it is deployed. */
export function templateOf(build: (stack: Stack) => unknown, context?: Record<string, unknown>): Template {
  const { stack, outdir } = bareStack(context);
  try {
    build(stack);
    return Template.fromStack(stack);
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

export interface NagFinding {
  /** E.g. `AwsSolutions-IAM5[Resource::*]`. */
  rule: string;
  constructPath: string;
}

/** What AWS's own rules find in what `build` adds, without what was acknowledged with a reason. */
export function nagFindings(build: (stack: Stack) => unknown, context?: Record<string, unknown>): NagFinding[] {
  const { app, stack, outdir } = bareStack(context);
  try {
    build(stack);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    return findingsOf(app, outdir);
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

function findingsOf(app: App, outdir: string): NagFinding[] {
  try {
    app.synth();
    return [];
  } catch (error) {
    const report = path.join(outdir, 'validation-report.json');
    if (!fs.existsSync(report)) throw error;
    const { pluginReports } = JSON.parse(fs.readFileSync(report, 'utf8')) as { pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[] };
    return pluginReports.flatMap(({ violations }) => violations.flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, constructPath }))));
  }
}

// What a template holds is JSON, each type of resource with another shape.
// oxlint-disable-next-line typescript/no-explicit-any
export type Properties = Record<string, any>;

/** The properties of every resource of a type, by logical id. */
export function resourcesOf(template: Template, type: string): Map<string, Properties> {
  return new Map(Object.entries(template.findResources(type)).map(([id, resource]) => [id, (resource as { Properties?: Properties }).Properties ?? {}]));
}

/** That of the one resource of a type whose logical id begins with `prefix`. @throws when there is none, or another */
export function resourceOf(template: Template, type: string, prefix = ''): Properties {
  const found = [...resourcesOf(template, type)].filter(([id]) => id.startsWith(prefix));
  if (found.length !== 1) throw new Error(`${found.length} resources of the type ${type} begin with "${prefix}".`);
  return found[0]![1];
}

export interface Statement {
  /** The policy it stands in. */
  policy: string;
  effect: string;
  actions: string[];
  resources: unknown[];
  conditions: unknown;
}

/** What all roles of a template may do, statement by statement. */
export function statementsOf(template: Template): Statement[] {
  const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
  const policies = [...resourcesOf(template, 'AWS::IAM::Policy')].map(([id, { PolicyDocument }]) => [id, PolicyDocument] as const);
  const inline = [...resourcesOf(template, 'AWS::IAM::Role')].flatMap(([id, { Policies = [] }]) => (Policies as Properties[]).map(({ PolicyDocument }) => [id, PolicyDocument] as const));
  return [...policies, ...inline].flatMap(([policy, document]) =>
    (document.Statement as Properties[]).map(({ Effect, Action, Resource, Condition }) => ({ policy, effect: Effect, actions: list(Action as string), resources: list(Resource as unknown), conditions: Condition })),
  );
}

/** Ports of security groups that the world may call, e.g. `FrontDoor:443`, by the first word of the group's logical id. */
export function openToTheWorld(template: Template): string[] {
  const everybody = (rule: Properties) => rule.CidrIp === '0.0.0.0/0' || rule.CidrIpv6 === '::/0';
  const inline = [...resourcesOf(template, 'AWS::EC2::SecurityGroup')].flatMap(([id, { SecurityGroupIngress = [] }]) => (SecurityGroupIngress as Properties[]).filter(everybody).map((rule) => [id, rule] as const));
  const separate = [...resourcesOf(template, 'AWS::EC2::SecurityGroupIngress')].filter(([, rule]) => everybody(rule));
  return [...inline, ...separate].map(([id, { FromPort, ToPort }]) => `${id.replace(/Group.*$/, '')}:${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`).sort();
}
