/** The tasks of a service as a load balancer sees them. */
import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

export interface TaskRouteProps {
  vpc: ec2.IVpc;
  service: ecs.FargateService;
  containerName: string;
  port: number;
  /** Everything below it, e.g. `/interview`. */
  path: string;
  /** The service knows nothing of the path before its own: it is asked for `/x` where the world asks for `<path>/x`. */
  stripsPath?: boolean;
  healthPath: string;
  /** Seconds a task goes on with what it has after it gets nothing new; then it is asked to end. */
  drainSeconds: number;
  /** Something before the forwarding, e.g. a sign-in. */
  guard?: (next: elb.ListenerAction) => elb.ListenerAction;
}

const CHECK_SECONDS = 20;
/** With the interval 200 s: longer than a database fails over, so that its absence does not have every task replaced. */
const FAILED_CHECKS = 10;

export class TaskRoute extends Construct {
  readonly targetGroup: elb.ApplicationTargetGroup;
  readonly path: string;
  readonly stripsPath: boolean;
  readonly guard?: (next: elb.ListenerAction) => elb.ListenerAction;

  constructor(scope: Construct, id: string, props: TaskRouteProps) {
    super(scope, id);
    this.path = props.path;
    this.stripsPath = props.stripsPath ?? false;
    if (props.guard) this.guard = props.guard;
    this.targetGroup = new elb.ApplicationTargetGroup(this, 'Targets', {
      vpc: props.vpc,
      targetType: elb.TargetType.IP,
      port: props.port,
      protocol: elb.ApplicationProtocol.HTTP,
      targets: [props.service.loadBalancerTarget({ containerName: props.containerName, containerPort: props.port })],
      healthCheck: { path: props.healthPath, interval: Duration.seconds(CHECK_SECONDS), timeout: Duration.seconds(5), healthyThresholdCount: 2, unhealthyThresholdCount: FAILED_CHECKS, healthyHttpCodes: '200' },
      deregistrationDelay: Duration.seconds(props.drainSeconds),
      // Long streams: who has the fewest open gets the next, where taking turns would let one task fill up.
      loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
    });
  }
}
