/** What tasks run in: one cluster with its measurements, and names by which they find each other. */
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';

export interface TaskClusterProps {
  vpc: ec2.IVpc;
  /** Names end in it, e.g. `spool.internal`; they exist inside the network alone. */
  domain: string;
}

export class TaskCluster extends Construct {
  readonly cluster: ecs.Cluster;
  readonly namespace: PrivateDnsNamespace;

  constructor(scope: Construct, id: string, props: TaskClusterProps) {
    super(scope, id);
    this.cluster = new ecs.Cluster(this, 'Cluster', {
      vpc: props.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
      enableFargateCapacityProviders: true,
      // Who opened a shell is in CloudTrail; what was seen in it may be people's words, which no log holds.
      executeCommandConfiguration: { logging: ecs.ExecuteCommandLogging.NONE },
    });
    this.namespace = this.cluster.addDefaultCloudMapNamespace({ name: props.domain }) as PrivateDnsNamespace;
  }
}
