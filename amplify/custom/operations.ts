/**
 * What the operator sees and is told: one dashboard, alarms that reach a person, and a budget. Every alarm of the other
 * constructs comes here for its action; docs/operations.md says of each what to do.
 */
import { Duration, Stack } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { CLUSTER_DIMENSION, JOB_DIMENSION, METRICS, METRICS_NAMESPACE, PROCESS_DIMENSION } from '../../domain/operations/metrics.ts';

export interface OperationsProps {
  /** Of the dashboard and the budget, e.g. `spool-main`. */
  name: string;
  /** Who is told. Without an address alarms still change colour, and nobody hears of it. */
  email: string | null;
  budgetDollarsPerMonth: number;
  /** What the processes publish carries the name of their cluster. */
  clusterName: string;
  /** Of every job. */
  jobs: readonly string[];
  /** Tasks with a GPU that run: their average over an hour is the hours of GPU in it. */
  gpuTasks: cloudwatch.IMetric;
  codeFunction: lambda.IFunction;
  /** The alarms of every other construct, each without an action yet. */
  alarms: readonly cloudwatch.Alarm[];
}

/** p95, for a quarter of an hour: from the end of what a person said to the first sound of the answer. */
const SLOW_ANSWER_SECONDS = 2;
/** The promise is a second (CONTRACT of the stream); a disk or S3 that takes longer will lose a connection's patience. */
const SLOW_ACKNOWLEDGEMENT_SECONDS = 1;

export class Operations extends Construct {
  readonly topic: sns.Topic;
  readonly dashboard: cloudwatch.Dashboard;
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    this.topic = new sns.Topic(this, 'Topic', { displayName: `Spool ${props.name}`, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AlarmsAndTheBudgetTell',
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com'), new iam.ServicePrincipal('budgets.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (props.email) this.topic.addSubscription(new subscriptions.EmailSubscription(props.email));

    const minute = Duration.minutes(1);
    const of = ({ name: metricName }: { name: string }, process: 'realtime' | 'worker', statistic: string, period = Duration.minutes(5)) =>
      new cloudwatch.Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap: { [CLUSTER_DIMENSION]: props.clusterName, [PROCESS_DIMENSION]: process }, statistic, period });
    // Each task tells its own once a minute, so that the sum over a minute is all of them.
    const sessions = of(METRICS.sessions, 'realtime', 'Sum', minute);
    const voice = (statistic: string) => of(METRICS.voiceToVoice, 'realtime', statistic);
    const acknowledgement = (statistic: string) => of(METRICS.acknowledgementDelay, 'realtime', statistic);
    const failures = of(METRICS.chunkFailures, 'worker', 'Sum');
    const age = props.jobs.map((job) => new cloudwatch.Metric({ namespace: METRICS_NAMESPACE, metricName: METRICS.queueAge.name, dimensionsMap: { [CLUSTER_DIMENSION]: props.clusterName, [JOB_DIMENSION]: job }, statistic: METRICS.queueAge.statistic, period: Duration.minutes(5), label: job }));

    const tooMuch = (name: string, metric: cloudwatch.Metric, threshold: number, periods: number, words: string) =>
      metric.createAlarm(this, name, { alarmDescription: `${words} See docs/operations.md.`, threshold, evaluationPeriods: periods, comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD, treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING });
    this.alarms = [
      ...props.alarms,
      tooMuch('SlowAnswers', voice('p95'), SLOW_ANSWER_SECONDS, 3, 'People wait too long for the interviewer.'),
      tooMuch('SlowAcknowledgements', acknowledgement('p95'), SLOW_ACKNOWLEDGEMENT_SECONDS, 3, 'Audio takes too long to be safe.'),
      tooMuch('ChunksFail', failures, 5, 1, 'Parts of meetings could not be transcribed.'),
    ];
    const tell = new actions.SnsAction(this.topic);
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(tell);
      alarm.addOkAction(tell);
    }

    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', { dashboardName: props.name, defaultInterval: Duration.hours(12) });
    // An alarm on a metric with a label would be written as an expression: labels are the dashboard's alone.
    const labelled = (metric: (statistic: string) => cloudwatch.Metric, ...statistics: string[]) => statistics.map((statistic) => metric(statistic).with({ label: statistic }));
    const graph = (title: string, left: cloudwatch.IMetric[], unit: string) => new cloudwatch.GraphWidget({ title, left, width: 12, height: 6, leftYAxis: { label: unit, showUnits: false, min: 0 } });
    this.dashboard.addWidgets(
      new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: [...this.alarms], width: 24, height: 3 }),
      graph('Sessions', [sessions.with({ label: 'sessions' }), of(METRICS.liveMeetings, 'worker', METRICS.liveMeetings.statistic, minute).with({ label: 'live meetings' })], 'at once'),
      graph('Voice to voice', labelled(voice, 'p50', 'p95'), 'seconds'),
      graph('Until audio is safe', labelled(acknowledgement, 'p50', 'p95'), 'seconds'),
      graph('Age of the oldest job that is due', age, 'seconds'),
      graph('Chunks that failed', [failures], 'count'),
      graph('GPU hours', [props.gpuTasks], 'hours in an hour'),
      graph('Code runs', [props.codeFunction.metricInvocations({ label: 'runs' }), props.codeFunction.metricErrors({ label: 'errors' }), props.codeFunction.metricThrottles({ label: 'turned away' })], 'in five minutes'),
      graph('Code runs take', [props.codeFunction.metricDuration({ statistic: 'p50', label: 'p50' }), props.codeFunction.metricDuration({ statistic: 'p95', label: 'p95' })], 'milliseconds'),
    );
    this.#budget(props);
  }

  #budget({ name, email, budgetDollarsPerMonth }: OperationsProps): void {
    // A budget takes either a topic or addresses; the address is told also when the topic is gone with its stack.
    const subscribers = [email ? { subscriptionType: 'EMAIL', address: email } : { subscriptionType: 'SNS', address: this.topic.topicArn }];
    const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({ notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' }, subscribers });
    new budgets.CfnBudget(this, 'Budget', {
      budget: { budgetName: name, budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: budgetDollarsPerMonth, unit: 'USD' } },
      notificationsWithSubscribers: [notify('ACTUAL', 80), notify('ACTUAL', 100), notify('FORECASTED', 100)],
    });
  }
}
