/**
 * Sets how many tasks of a service run, by how much work waits. Work that is being done counts too: otherwise the last
 * message leaves the queue, and its task is taken away while it works.
 */
import { Duration, Fn, Stack } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface BacklogScalingProps {
  service: ecs.BaseService;
  cluster: ecs.ICluster;
  /** At most 5 (4 with `warmWhile`): an alarm reads ten metrics at most, and each queue has two. */
  queues: readonly sqs.IQueue[];
  minTasks: number;
  maxTasks: number;
  /** Messages, waiting and in work, that one task is to carry before another is started. */
  messagesPerTask: number;
  /** Minutes without any work after which it goes back to `minTasks`. */
  idleMinutes: number;
  /** While this is above 0, one task stays though nothing waits yet. */
  warmWhile?: cloudwatch.IMetric;
}

const METRICS_OF_AN_ALARM = 10;
const PERIOD = Duration.minutes(1);

export class BacklogScaling extends Construct {
  readonly target: scaling.ScalableTarget;
  /** Visible and in flight, all queues together, and 1 while it is kept warm. */
  readonly backlog: cloudwatch.MathExpression;

  constructor(scope: Construct, id: string, props: BacklogScalingProps) {
    super(scope, id);
    const { service, minTasks, maxTasks, messagesPerTask } = props;
    const metrics: Record<string, cloudwatch.IMetric> = {};
    for (const [index, queue] of props.queues.entries()) {
      metrics[`v${index}`] = queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: 'Maximum' });
      metrics[`f${index}`] = queue.metricApproximateNumberOfMessagesNotVisible({ period: PERIOD, statistic: 'Maximum' });
    }
    // A queue that nobody used for hours says nothing at all; FILL makes that a nought.
    const terms = Object.keys(metrics).map((name) => `FILL(${name}, 0)`);
    if (props.warmWhile) {
      metrics.warm = props.warmWhile;
      terms.push('IF(FILL(warm, 0) > 0, 1, 0)');
    }
    if (terms.length > METRICS_OF_AN_ALARM) throw new Error(`An alarm reads at most ${METRICS_OF_AN_ALARM} metrics, these queues have ${terms.length}. Scale on fewer queues: those with the longest work.`);
    this.backlog = new cloudwatch.MathExpression({ expression: terms.join(' + '), usingMetrics: metrics, period: PERIOD, label: 'work waiting and in hand' });

    const stack = Stack.of(this);
    this.target = new scaling.ScalableTarget(this, 'Target', {
      serviceNamespace: scaling.ServiceNamespace.ECS,
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: Fn.join('/', ['service', props.cluster.clusterName, service.serviceName]),
      minCapacity: minTasks,
      maxCapacity: maxTasks,
      // The account's own role for this, made by the service with the first target: ours would need the same rights.
      role: iam.Role.fromRoleArn(this, 'Role', stack.formatArn({ service: 'iam', region: '', resource: 'role/aws-service-role/ecs.application-autoscaling.amazonaws.com', resourceName: 'AWSServiceRoleForApplicationAutoScaling_ECSService' })),
    });

    // From nothing the first message starts a task; above that each `messagesPerTask` one more.
    const first = minTasks === 0 ? 1 : minTasks * messagesPerTask + 1;
    const raise = new scaling.StepScalingAction(this, 'Raise', { scalingTarget: this.target, adjustmentType: scaling.AdjustmentType.EXACT_CAPACITY, metricAggregationType: scaling.MetricAggregationType.MAXIMUM });
    const levels = Array.from({ length: Math.max(1, maxTasks - minTasks) }, (_, index) => ({ tasks: Math.min(maxTasks, minTasks + index + 1), from: index === 0 ? first : (minTasks + index) * messagesPerTask + 1 }));
    for (const [index, { tasks, from }] of levels.entries()) {
      const next = levels[index + 1];
      raise.addAdjustment({ adjustment: tasks, lowerBound: from - first, ...(next ? { upperBound: next.from - first } : {}) });
    }
    const lower = new scaling.StepScalingAction(this, 'Lower', { scalingTarget: this.target, adjustmentType: scaling.AdjustmentType.EXACT_CAPACITY, metricAggregationType: scaling.MetricAggregationType.MAXIMUM });
    lower.addAdjustment({ adjustment: minTasks, upperBound: 0 });

    this.backlog
      .createAlarm(this, 'Work', {
        alarmDescription: 'Not an emergency: starts tasks.',
        threshold: first,
        evaluationPeriods: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      })
      .addAlarmAction(new actions.ApplicationScalingAction(raise));
    this.backlog
      .createAlarm(this, 'Idle', {
        alarmDescription: 'Not an emergency: gives tasks back.',
        threshold: 0,
        evaluationPeriods: props.idleMinutes,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      })
      .addAlarmAction(new actions.ApplicationScalingAction(lower));
  }
}
