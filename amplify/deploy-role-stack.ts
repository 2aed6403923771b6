/**
 * The role that GitHub's workflows take on to deploy one branch: by OpenID Connect, so there is no secret of AWS at GitHub. It pushes
 * images, reads the database's address to migrate it, writes which images are to run, and starts Amplify's job; what Amplify and
 * CloudFormation then do, they do with roles of their own. Once per branch:
 *
 *   node amplify/deploy-role-stack.ts
 *   aws cloudformation deploy --stack-name spool-deploy-main --template-file amplify/cdk.out/SpoolDeployRole.template.json \
 *     --capabilities CAPABILITY_IAM --parameter-overrides Branch=main Subject=… AmplifyAppId=… DatabaseParameter=…
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, BootstraplessSynthesizer, CfnCondition, CfnOutput, CfnParameter, Duration, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { REPOSITORIES } from './custom/image-tags.ts';

const ISSUER = 'token.actions.githubusercontent.com';
const PUSH = [
  'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer',
  'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart',
];

export class DeployRoleStack extends Stack {
  constructor(scope: App, id: string) {
    super(scope, id, { synthesizer: new BootstraplessSynthesizer(), description: 'Who deploys Spool from GitHub' });
    const parameter = (name: string, description: string, allowedPattern: string, fallback?: string) => new CfnParameter(this, name, { description, allowedPattern, ...(fallback === undefined ? {} : { default: fallback }) }).valueAsString;
    const branch = parameter('Branch', 'main or staging', 'main|staging');
    // With the numbers of owner and repository: names can be given up and taken by others. Never a pattern.
    const subject = parameter('Subject', 'repo:<owner>@<owner id>/<name>@<repository id>:environment:<branch>', String.raw`repo:[\w.-]+@[0-9]+/[\w.-]+@[0-9]+:environment:(main|staging)`);
    const app = parameter('AmplifyAppId', 'The id of the Amplify app, d…', 'd[a-z0-9]+');
    const database = parameter('DatabaseParameter', 'The parameter that holds the address migrations use, e.g. /amplify/shared/d…/MIGRATION_DATABASE_URL', String.raw`/[\w./-]+`);
    const provider = parameter('ProviderArn', "The account's OpenID Connect provider for GitHub; empty makes one, which an account can have once", '.*', '');

    const missing = new CfnCondition(this, 'ProviderMissing', { expression: Fn.conditionEquals(provider, '') });
    const made = new iam.CfnOIDCProvider(this, 'Provider', { url: `https://${ISSUER}`, clientIdList: ['sts.amazonaws.com'] });
    made.cfnOptions.condition = missing;
    const providerArn = Fn.conditionIf(missing.logicalId, made.attrArn, provider).toString();

    const role = new iam.Role(this, 'Role', {
      description: 'Deploys one branch of Spool from GitHub',
      assumedBy: new iam.WebIdentityPrincipal(providerArn, { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: subject } }),
      // A release waits for Amplify up to an hour and a half.
      maxSessionDuration: Duration.hours(2),
    });
    const arn = (service: string, resource: string) => `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
    const allow = (sid: string, actions: string[], resources: string[]) => role.addToPolicy(new iam.PolicyStatement({ sid, actions, resources }));
    // AWS knows no resource of it (service authorization reference, Amazon ECR).
    allow('SignInToTheRegistry', ['ecr:GetAuthorizationToken'], ['*']);
    allow('PushImages', PUSH, Object.values(REPOSITORIES).map((name) => arn('ecr', `repository/${name}`)));
    allow('WhichImagesRun', ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], [arn('ssm', `parameter/spool/${branch}/image-tags`)]);
    allow('AddressOfTheDatabase', ['ssm:GetParameter'], [arn('ssm', `parameter${database}`)]);
    allow('StartAmplify', ['amplify:StartJob', 'amplify:GetJob'], [arn('amplify', `apps/${app}/branches/${branch}/jobs/*`)]);
    new CfnOutput(this, 'RoleArn', { value: role.roleArn, description: 'The variable AWS_DEPLOY_ROLE_ARN of the environment at GitHub' });
  }
}

/** Writes the template, and answers where. */
function writeDeployRoleTemplate(folder: string): string {
  const app = new App({ outdir: folder, analyticsReporting: false });
  const stack = new DeployRoleStack(app, 'SpoolDeployRole');
  app.synth();
  return path.join(folder, stack.templateFile);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`${writeDeployRoleTemplate(path.join(import.meta.dirname, 'cdk.out'))}\n`);
}
