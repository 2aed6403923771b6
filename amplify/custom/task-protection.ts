/** A task asks ECS not to take it away while it has something in hand (the agent's endpoint task-protection). */
import { Stack, Validations } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';

/** Lets the tasks of a definition protect themselves; tasks of other clusters are out of their reach. */
export function grantTaskProtection(task: ecs.TaskDefinition, cluster: ecs.ICluster): void {
  const policy = new iam.Policy(task, 'Protection', {
    statements: [
      new iam.PolicyStatement({
        actions: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
        resources: [Stack.of(task).formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster.clusterName}/*` })],
      }),
    ],
  });
  task.taskRole.attachInlinePolicy(policy);
  const { Ref: id } = Stack.of(task).resolve(cluster.clusterName) as { Ref?: string };
  const name = id ? `<${id}>` : cluster.clusterName;
  Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:task/${name}/*]`, reason: 'A task has no name before it runs: these are the tasks of its own cluster, and all that can be done is to let one live longer.' });
}
