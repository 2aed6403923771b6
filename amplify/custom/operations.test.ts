/** What the operator is promised, read from the template. */
import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../domain/operations/metrics.ts';
import { NightlyStop } from './nightly-stop.ts';
import { Operations } from './operations.ts';
import { nagFindings, templateOf } from './testing.ts';

type Properties = Record<string, any>;
const all = (template: Template, type: string): Properties[] => Object.values(template.findResources(type)).map(({ Properties: each }) => each as Properties);

function operations(stack: Stack, email: string | null = 'operator@example.com'): Operations {
  const metric = new cloudwatch.Metric({ namespace: 'ECS/ContainerInsights', metricName: 'RunningTaskCount' });
  return new Operations(stack, 'Operations', {
    name: 'spool-main',
    email,
    budgetDollarsPerMonth: 300,
    clusterName: 'spool-main',
    jobs: ['transcribe-chunk', 'write-notes'],
    gpuTasks: metric,
    codeFunction: lambda.Function.fromFunctionName(stack, 'Code', 'spool-main-code'),
    alarms: [metric.createAlarm(stack, 'Other', { threshold: 1, evaluationPeriods: 1 })],
  });
}

describe('alarms', () => {
  const template = templateOf(operations);

  it('all tell somebody, those of other constructs too, and tell when it is over', () => {
    const alarms = all(template, 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(3);
    for (const { AlarmActions, OKActions } of alarms) expect([AlarmActions, OKActions]).toEqual([[{ Ref: expect.stringMatching(/^OperationsTopic/) }], [{ Ref: expect.stringMatching(/^OperationsTopic/) }]]);
    expect(all(template, 'AWS::SNS::Subscription')).toEqual([expect.objectContaining({ Protocol: 'email', Endpoint: 'operator@example.com' })]);
  });
  it('name the document that says what to do', () => {
    const own = all(template, 'AWS::CloudWatch::Alarm').filter(({ Namespace }) => Namespace === 'Spool');
    expect(own).toHaveLength(3);
    for (const { AlarmDescription } of own) expect(AlarmDescription).toContain('docs/operations.md');
  });
  it('read what the processes write', () => {
    const names = new Map<string, { dimensions: readonly string[] }>(Object.values(METRICS).map((each) => [each.name, each]));
    const own = all(template, 'AWS::CloudWatch::Alarm').filter(({ Namespace }) => Namespace === 'Spool');
    expect(own.map(({ MetricName }) => MetricName)).toEqual(['VoiceToVoice', 'AcknowledgementDelay', 'ChunkFailures']);
    for (const { MetricName, Dimensions } of own) {
      expect((Dimensions as Properties[]).map(({ Name }) => Name)).toEqual(names.get(MetricName)!.dimensions);
    }
  });
  it('may be told by the alarms and the budget of this account alone, and only by TLS', () => {
    const [{ PolicyDocument }] = all(template, 'AWS::SNS::TopicPolicy') as [Properties];
    const allowed = PolicyDocument.Statement.filter(({ Effect }: Properties) => Effect === 'Allow');
    expect(allowed).toEqual([expect.objectContaining({ Action: 'sns:Publish', Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } })]);
    expect(JSON.stringify(PolicyDocument)).toContain('"aws:SecureTransport":"false"');
  });
});

it('the budget tells before it is used up, and when it will be', () => {
  const [{ Budget, NotificationsWithSubscribers }] = all(templateOf(operations), 'AWS::Budgets::Budget') as [Properties];
  expect(Budget.BudgetLimit).toEqual({ Amount: 300, Unit: 'USD' });
  expect(NotificationsWithSubscribers.map(({ Notification, Subscribers }: Properties) => [Notification.NotificationType, Notification.Threshold, Subscribers[0].SubscriptionType])).toEqual([['ACTUAL', 80, 'EMAIL'], ['ACTUAL', 100, 'EMAIL'], ['FORECASTED', 100, 'EMAIL']]);
  const [without] = all(templateOf((stack) => operations(stack, null)), 'AWS::Budgets::Budget') as [Properties];
  expect(without.NotificationsWithSubscribers[0].Subscribers[0].SubscriptionType).toBe('SNS');
});

it('the dashboard shows what is asked of it', () => {
  const body = JSON.stringify(all(templateOf(operations), 'AWS::CloudWatch::Dashboard')[0]);
  for (const what of ['Sessions', 'VoiceToVoice', 'AcknowledgementDelay', 'QueueAge', 'ChunkFailures', 'GPU hours', 'Code runs', 'p95', 'transcribe-chunk']) expect(body).toContain(what);
});

describe('the nightly stop', () => {
  function build(stack: Stack): NightlyStop {
    const vpc = new ec2.Vpc(stack, 'World', { maxAzs: 2, natGateways: 0 });
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED });
    const service = (id: string) => {
      const taskDefinition = new ecs.FargateTaskDefinition(stack, `${id}Task`);
      taskDefinition.addContainer('c', { image: ecs.ContainerImage.fromRegistry('x') });
      return new ecs.FargateService(stack, id, { cluster, taskDefinition, minHealthyPercent: 100 });
    };
    return new NightlyStop(stack, 'Night', { cluster, services: [{ name: 'worker', service: service('W'), tasks: 1, scales: true }, { name: 'langflow', service: service('L'), tasks: 1, scales: false }], stopHourUtc: 20, startHourUtc: 5 });
  }
  const template = templateOf(build);

  it('stops what scales only once its scaling rests, and resumes it before it starts', () => {
    const schedules = all(template, 'AWS::Scheduler::Schedule').map(({ ScheduleExpression, Target }) => ({ when: ScheduleExpression as string, action: String(JSON.stringify(Target.Arn)).includes('updateService') ? 'set' : 'scaling', input: JSON.stringify(Target.Input) }));
    expect(schedules.map(({ when, action, input }) => [when, action, /DesiredCount\\?\\":(\d)/.exec(input)?.[1] ?? /DynamicScalingOutSuspended\\?\\":(\w+)/.exec(input)?.[1]])).toEqual([
      ['cron(0 20 ? * MON-FRI *)', 'scaling', 'true'],
      ['cron(0 5 ? * MON-FRI *)', 'scaling', 'false'],
      ['cron(1 20 ? * MON-FRI *)', 'set', '0'],
      ['cron(1 5 ? * MON-FRI *)', 'set', '1'],
      ['cron(3 20 ? * MON-FRI *)', 'set', '0'],
      ['cron(3 5 ? * MON-FRI *)', 'set', '1'],
    ]);
  });
  it('may set the tasks of these services and nothing else, and keeps what it could not do', () => {
    const [{ PolicyDocument }] = all(template, 'AWS::IAM::Policy') as [Properties];
    const statements = PolicyDocument.Statement as Properties[];
    expect(statements.find(({ Action }) => Action === 'ecs:UpdateService')!.Resource).toHaveLength(2);
    expect(statements.map(({ Action }) => [Action].flat()[0])).toEqual(['ecs:UpdateService', 'application-autoscaling:RegisterScalableTarget', 'sqs:SendMessage']);
    for (const { Target } of all(template, 'AWS::Scheduler::Schedule')) expect(Target.DeadLetterConfig).toBeTruthy();
  });
  it('is found clean by the rules of AWS, and so are operations', () => {
    expect(nagFindings((stack) => [build(stack), operations(stack)]).filter(({ constructPath }) => /\/(?:Night|Operations)\//.test(constructPath))).toEqual([]);
  });
});
