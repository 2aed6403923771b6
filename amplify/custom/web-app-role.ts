/**
 * The rights of the web app, which runs in Amplify Hosting and not in our network: the role is given to the branch as its
 * compute role (amplify/README.md). It reads its own secrets; everything else is granted by whoever owns it.
 */
import { Stack, Validations } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface WebAppRoleProps {
  /** Everything below it in the parameter store belongs to this branch. */
  secretsPath: string;
}

export class WebAppRole extends Construct {
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: WebAppRoleProps) {
    super(scope, id);
    // As Amplify's documentation writes it; which conditions its compute service would meet is not documented.
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('amplify.amazonaws.com'), description: 'The web app in Amplify Hosting' });
    const path = Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: props.secretsPath.replace(/^\//, '') });
    this.role.addToPolicy(new iam.PolicyStatement({ sid: 'OwnSecrets', actions: ['ssm:GetParametersByPath'], resources: [path, `${path}/*`] }));
    Validations.of(this.role).acknowledge({ id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter${props.secretsPath}/*]`, reason: 'All secrets of the branch, which are read with one call when the app starts; the path is its own.' });
  }

  /** `role` may say how many tasks these services have, and ask how many run. */
  maySetTasks(id: string, role: iam.IRole, services: readonly ecs.IBaseService[]): void {
    new iam.Policy(this, id, { roles: [role], statements: [new iam.PolicyStatement({ actions: ['ecs:DescribeServices', 'ecs:UpdateService'], resources: services.map(({ serviceArn }) => serviceArn) })] });
  }
}
