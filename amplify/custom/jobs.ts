/**
 * How work reaches workers: a queue per job with a dead-letter queue behind it, and the state machine that closes a meeting.
 * Messages carry identifiers alone and only wake: tries, pauses and what became of a job are rows of the database.
 */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/** What a queue of one job is like; the numbers follow from the job's definition. */
export interface JobQueueSettings {
  /** The job's name: the queue's is the prefix and this. */
  readonly name: string;
  /** Longer than a worker takes between two extensions of a message. */
  readonly visibilityTimeoutSeconds: number;
  /** Deliveries before a message goes to the dead letters. */
  readonly maxReceiveCount: number;
  readonly retentionSeconds: number;
  /** The oldest message may be this old before somebody is told. */
  readonly alarmAgeSeconds: number;
}

export interface JobsProps {
  /** Begins the name of every queue, e.g. `spool-main-`. */
  namePrefix: string;
  queues: readonly JobQueueSettings[];
  closing: {
    /** Fixed, since a worker finds the activities by it. */
    stateMachineName: string;
    /** The text of workers/closing-workflow/closing-workflow.asl.json. */
    definition: string;
    /** Placeholder of the definition, without its `Arn` → name of the activity (domain/meetings/closing-activities.ts). */
    activityNames: Readonly<Record<string, string>>;
  };
  logDays: number;
}

/** SQS keeps a dead letter this long at most: somebody has two weeks. */
const DEAD_LETTER_DAYS = 14;

export class Jobs extends Construct {
  /** By the job's name. */
  readonly queues: ReadonlyMap<string, sqs.Queue>;
  readonly deadLetters: ReadonlyMap<string, sqs.Queue>;
  /** A queue's address is this and the job's name. */
  readonly queueUrlPrefix: string;
  readonly closing: sfn.StateMachine;
  /** By the step's name in the definition. */
  readonly activities: ReadonlyMap<string, sfn.Activity>;
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: JobsProps) {
    super(scope, id);
    const alarms: cloudwatch.Alarm[] = [];
    const queues = new Map<string, sqs.Queue>();
    const deadLetters = new Map<string, sqs.Queue>();
    for (const settings of props.queues) {
      const { queue, dead } = this.#queue(props.namePrefix, settings);
      queues.set(settings.name, queue);
      deadLetters.set(settings.name, dead);
      alarms.push(
        dead.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }).createAlarm(this, `Dead-${settings.name}`, {
          alarmDescription: `A message of ${settings.name} was given up. See docs/operations.md, dead letters.`,
          threshold: 1,
          evaluationPeriods: 1,
          comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
        }),
        queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }).createAlarm(this, `Late-${settings.name}`, {
          alarmDescription: `Work of ${settings.name} waits for longer than ${settings.alarmAgeSeconds} s. See docs/operations.md, late work.`,
          threshold: settings.alarmAgeSeconds,
          evaluationPeriods: 2,
          comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
          treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
        }),
      );
    }
    const stack = Stack.of(this);
    this.queues = queues;
    this.deadLetters = deadLetters;
    this.queueUrlPrefix = `https://sqs.${stack.region}.${stack.urlSuffix}/${stack.account}/${props.namePrefix}`;

    const { stateMachineName, definition, activityNames } = props.closing;
    const activities = new Map(Object.entries(activityNames).map(([step, activityName]) => [step, new sfn.Activity(this, step, { activityName })]));
    this.activities = activities;
    this.closing = new sfn.StateMachine(this, 'Closing', {
      stateMachineName,
      definitionBody: sfn.DefinitionBody.fromString(definition),
      definitionSubstitutions: Object.fromEntries([...activities].map(([step, activity]) => [`${step}Arn`, activity.activityArn])),
      logs: {
        level: sfn.LogLevel.ALL,
        // Input and output are a session's id and a number; both help to find a meeting that did not close.
        includeExecutionData: true,
        destination: new logs.LogGroup(this, 'ClosingLog', { retention: props.logDays as logs.RetentionDays, removalPolicy: RemovalPolicy.DESTROY }),
      },
      tracingEnabled: true,
    });
    Validations.of(this.closing).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason: 'The delivery of its logs and of traces takes no resource: these actions know none.' });
    for (const [name, metric] of [['ClosingFailed', this.closing.metricFailed({ period: Duration.minutes(5) })], ['ClosingTimedOut', this.closing.metricTimedOut({ period: Duration.minutes(5) })]] as const) {
      alarms.push(
        metric.createAlarm(this, name, {
          alarmDescription: 'A closing of a meeting failed; the next begins within hours. See docs/operations.md, closing.',
          threshold: 1,
          evaluationPeriods: 1,
          comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
        }),
      );
    }
    this.alarms = alarms;
  }

  /** Work is put into these queues; null: into all. */
  grantSend(grantee: iam.IGrantable, names: readonly string[] | null = null): void {
    for (const queue of this.#named(names)) queue.grantSendMessages(grantee);
  }

  /** Work is taken from these queues. */
  grantConsume(grantee: iam.IGrantable, names: readonly string[] | null = null): void {
    for (const queue of this.#named(names)) queue.grantConsumeMessages(grantee);
  }

  /** Meetings are closed: the workflow is started, its steps are taken and answered. */
  grantClosing(grantee: iam.IGrantable): void {
    this.closing.grantStartExecution(grantee);
    for (const activity of this.activities.values()) activity.grant(grantee, 'states:GetActivityTask', 'states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat');
  }

  #named(names: readonly string[] | null): sqs.Queue[] {
    if (names === null) return [...this.queues.values()];
    return names.map((name) => {
      const queue = this.queues.get(name);
      if (!queue) throw new Error(`There is no queue for the job "${name}". The queues are: ${[...this.queues.keys()].join(', ')}.`);
      return queue;
    });
  }

  #queue(prefix: string, settings: JobQueueSettings): { queue: sqs.Queue; dead: sqs.Queue } {
    // SQS's own key: messages are identifiers, and a key of our own would cost a request for each.
    const safe = { encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true, removalPolicy: RemovalPolicy.DESTROY };
    const dead = new sqs.Queue(this, `Dead${settings.name}`, {
      ...safe,
      queueName: `${prefix}${settings.name}-dead`,
      retentionPeriod: Duration.days(DEAD_LETTER_DAYS),
    });
    const queue = new sqs.Queue(this, settings.name, {
      ...safe,
      queueName: `${prefix}${settings.name}`,
      visibilityTimeout: Duration.seconds(settings.visibilityTimeoutSeconds),
      retentionPeriod: Duration.seconds(settings.retentionSeconds),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: dead, maxReceiveCount: settings.maxReceiveCount },
    });
    return { queue, dead };
  }
}
