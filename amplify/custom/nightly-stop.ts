/** Stops the tasks of an environment at night, and starts them on the morning of a working day. */
import { Stack, TimeZone, Validations } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface NightlyService {
  /** Names its schedules. */
  name: string;
  service: ecs.BaseService;
  /** Tasks in the morning. */
  tasks: number;
  /** Autoscaling holds it: it is suspended at night, or it would start the tasks again. */
  scales: boolean;
}

export interface NightlyStopProps {
  cluster: ecs.ICluster;
  /** In the order in which they stop; who sets the tasks of another comes before it. */
  services: readonly NightlyService[];
  stopHourUtc: number;
  startHourUtc: number;
}

export class NightlyStop extends Construct {
  readonly failed: sqs.Queue;

  constructor(scope: Construct, id: string, props: NightlyStopProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.failed = new sqs.Queue(this, 'Failed', { encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true });
    Validations.of(this.failed).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is itself where calls that failed end: what was left running or stopped is told there.' });

    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } }) });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ecs:UpdateService'], resources: props.services.map(({ service }) => service.serviceArn) }));
    const targets = stack.formatArn({ service: 'application-autoscaling', resource: 'scalable-target', resourceName: '*' });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['application-autoscaling:RegisterScalableTarget'],
        resources: [targets],
        conditions: { StringEquals: { 'application-autoscaling:service-namespace': 'ecs', 'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount' } },
      }),
    );
    this.failed.grantSendMessages(role);
    Validations.of(role).acknowledge({ id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:application-autoscaling:<AWS::Region>:<AWS::AccountId>:scalable-target/*]', reason: 'The name of a target is made by the service and told nowhere; the condition leaves the number of tasks of ECS services.' });

    const at = (hour: number, minute: number) => `cron(${minute} ${hour} ? * MON-FRI *)`;
    const call = (name: string, expression: string, service: string, action: string, input: object) =>
      new scheduler.CfnSchedule(this, name, {
        scheduleExpression: expression,
        scheduleExpressionTimezone: TimeZone.ETC_UTC.timezoneName,
        flexibleTimeWindow: { mode: 'OFF' },
        target: { arn: `arn:${stack.partition}:scheduler:::aws-sdk:${service}:${action}`, roleArn: role.roleArn, input: stack.toJsonString(input), retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 3600 }, deadLetterConfig: { arn: this.failed.queueArn } },
      });
    for (const [index, { name, service, tasks, scales }] of props.services.entries()) {
      const order = Math.min(index, 25) * 2;
      const suspend = (name: string, when: string, suspended: boolean) =>
        call(name, when, 'applicationautoscaling', 'registerScalableTarget', {
          ServiceNamespace: 'ecs',
          ScalableDimension: 'ecs:service:DesiredCount',
          ResourceId: `service/${props.cluster.clusterName}/${service.serviceName}`,
          SuspendedState: { DynamicScalingInSuspended: suspended, DynamicScalingOutSuspended: suspended, ScheduledScalingSuspended: suspended },
        });
      const set = (name: string, when: string, desired: number) => call(name, when, 'ecs', 'updateService', { Cluster: props.cluster.clusterName, Service: service.serviceName, DesiredCount: desired });
      if (scales) {
        suspend(`${name}-rest`, at(props.stopHourUtc, order), true);
        suspend(`${name}-resume`, at(props.startHourUtc, order), false);
      }
      set(`${name}-stop`, at(props.stopHourUtc, order + 1), 0);
      set(`${name}-start`, at(props.startHourUtc, order + 1), tasks);
    }
  }
}
