/** What is promised of the bucket and of the queues, read from the template. */
import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { DEAD_LETTER_DAYS } from '../../domain/jobs/queue-settings.ts';
import { closingActivityNames } from '../../domain/meetings/closing-activities.ts';
import { AudioStore } from './audio.ts';
import { Jobs } from './jobs.ts';
import { nagFindings, templateOf } from './testing.ts';

const definition = readFileSync(new URL('../../workers/closing-workflow/closing-workflow.asl.json', import.meta.url), 'utf8');
const stateMachineName = 'spool-main-closing';
const queue = (name: string) => ({ name, visibilityTimeoutSeconds: 120, maxReceiveCount: 3, retentionSeconds: 345_600, alarmAgeSeconds: 900 });

function build(stack: Stack): { audio: AudioStore; jobs: Jobs } {
  const audio = new AudioStore(stack, 'Audio', { recordingDays: 365, logDays: 90, removal: 'retain', ownKey: true });
  const jobs = new Jobs(stack, 'Jobs', {
    namePrefix: 'spool-main-',
    queues: ['transcribe-chunk', 'write-notes'].map(queue),
    closing: { stateMachineName, definition, activityNames: closingActivityNames(stateMachineName) },
    logDays: 90,
  });
  const worker = new iam.Role(stack, 'Worker', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  audio.grantWorker(worker);
  jobs.grantConsume(worker, ['transcribe-chunk']);
  jobs.grantClosing(worker);
  return { audio, jobs };
}

type Statement = { Effect: string; Action: string | string[]; Resource: unknown; Principal?: unknown; Condition?: unknown };
const resources = (template: Template, type: string) => Object.entries(template.findResources(type)) as [string, { Properties: Record<string, any>; DeletionPolicy?: string }][];

describe('the bucket', () => {
  const template = templateOf(build);
  const policies = resources(template, 'AWS::S3::BucketPolicy').map(([, { Properties }]) => Properties);

  it('is private and encrypted, both of them, and speaks only TLS of today', () => {
    const buckets = resources(template, 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(2);
    for (const [id, { Properties }] of buckets) {
      expect(Properties.PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
      expect(Properties.BucketEncryption).toBeTruthy();
      const statements = policies.filter(({ Bucket }) => Bucket.Ref === id).flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Statement[]);
      const denied = statements.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => JSON.stringify(Condition));
      expect(denied.some((each) => each.includes('"aws:SecureTransport":"false"'))).toBe(true);
      expect(denied.some((each) => each.includes('"s3:TlsVersion":1.2'))).toBe(true);
    }
  });
  it('is readable by nobody but those with a right of their own: no policy allows anybody', () => {
    const allowed = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Statement[]).filter(({ Effect }) => Effect === 'Allow');
    for (const { Principal } of allowed) expect(Principal).toEqual({ Service: 'logging.s3.amazonaws.com' });
  });
  it('forgets by kind: recordings by their policy, a log that was never sealed not while its seal can be tried again, tombstones never', () => {
    const [, { Properties }] = resources(template, 'AWS::S3::Bucket').find(([, each]) => each.Properties.LoggingConfiguration)!;
    const rules = Properties.LifecycleConfiguration.Rules as Record<string, any>[];
    expect(Object.fromEntries(rules.map(({ Prefix, ExpirationInDays }) => [Prefix ?? 'all', ExpirationInDays ?? null]))).toEqual({ all: null, 'log/': DEAD_LETTER_DAYS + 30, 'uploads/': 8, 'utterances/': 365, 'recordings/': 365 });
    expect(rules.find(({ Prefix }) => !Prefix)).toMatchObject({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' });
    expect(Properties.VersioningConfiguration).toBeUndefined();
  });
  it('gives each process its kinds of objects, and takes no tombstone back', () => {
    const granted = templateOf((stack) => {
      const audio = new AudioStore(stack, 'Audio', { recordingDays: 365, logDays: 90, removal: 'retain', ownKey: true });
      const role = (id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
      audio.grantRealtime(role('A'));
      audio.grantWorker(role('B'));
      audio.grantWebApp(role('C'));
      audio.grantTranscription(role('D'));
    });
    const rights = (id: string) => resources(granted, 'AWS::IAM::Policy').filter(([each]) => each.includes(id)).flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[]).map(({ Action, Resource }) => `${[Action].flat().join(' ')} on ${[...JSON.stringify(Resource).matchAll(/\/(\w+)\/\*/g)].map(([, kind]) => kind).join(' ')}`);
    expect(rights('ForRealtime')).toEqual(['s3:GetObject on log recordings utterances erased', 's3:PutObject on log utterances', 's3:DeleteObject on log utterances', 's3:ListBucket on ', 'kms:Decrypt kms:GenerateDataKey on ']);
    expect(rights('ForWorker').find((each) => each.startsWith('s3:DeleteObject'))).toBe('s3:DeleteObject on log recordings utterances uploads');
    expect(rights('ForTranscription')).toEqual(['s3:GetObject on log recordings erased', 's3:ListBucket on ', 'kms:Decrypt on ']);
    expect(rights('ForWebApp')).toEqual(['s3:GetObject on log recordings utterances erased', 's3:ListBucket on ', 'kms:Decrypt on ']);
  });
  it('keeps voices when the stack goes, and throws staging away', () => {
    for (const [, bucket] of resources(template, 'AWS::S3::Bucket')) expect(bucket.DeletionPolicy).toBe('Retain');
    const staging = templateOf((stack) => new AudioStore(stack, 'Audio', { recordingDays: 30, logDays: 14, removal: 'destroy', ownKey: false }));
    for (const [, bucket] of resources(staging, 'AWS::S3::Bucket')) expect(bucket.DeletionPolicy).toBe('Delete');
    staging.resourceCountIs('AWS::KMS::Key', 0);
  });
});

describe('the queues', () => {
  const template = templateOf(build);
  const all = resources(template, 'AWS::SQS::Queue');
  const isDead = ({ Properties }: { Properties: Record<string, any> }) => String(Properties.QueueName).endsWith('-dead');

  it('each have a dead-letter queue, and are named so that a worker finds them', () => {
    const work = all.filter(([, each]) => !isDead(each));
    expect(work.map(([, { Properties }]) => Properties.QueueName)).toEqual(['spool-main-transcribe-chunk', 'spool-main-write-notes']);
    for (const [, { Properties }] of work) {
      const [dead] = Properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'];
      expect(isDead(all.find(([id]) => id === dead)![1])).toBe(true);
      expect(Properties.RedrivePolicy.maxReceiveCount).toBe(3);
    }
  });
  it('are encrypted and take no request without TLS, dead letters too', () => {
    const guarded = resources(template, 'AWS::SQS::QueuePolicy').flatMap(([, { Properties }]) => (JSON.stringify(Properties.PolicyDocument).includes('"aws:SecureTransport":"false"') ? Properties.Queues.map(({ Ref }: { Ref: string }) => Ref) : []));
    expect(guarded.sort()).toEqual(all.map(([id]) => id).sort());
    for (const [, { Properties }] of all) expect(Properties.SqsManagedSseEnabled).toBe(true);
  });
  it('raise an alarm when a message was given up and when work is late', () => {
    const alarms = resources(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    for (const [id, each] of all) {
      const metric = isDead(each) ? 'ApproximateNumberOfMessagesVisible' : 'ApproximateAgeOfOldestMessage';
      expect(alarms.some((alarm) => alarm.MetricName === metric && JSON.stringify(alarm.Dimensions).includes(id))).toBe(true);
    }
  });
  it('are named to whoever asks for one that is not there', () => {
    expect(() => templateOf((stack) => build(stack).jobs.grantSend(new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }), ['nonsense']))).toThrow(/transcribe-chunk, write-notes/);
  });
});

describe('the closing of a meeting', () => {
  const template = templateOf(build);

  it('logs everything, is traced, and its steps are the activities that a worker looks for', () => {
    const [[, { Properties }]] = resources(template, 'AWS::StepFunctions::StateMachine') as [[string, { Properties: Record<string, any> }]];
    expect(Properties).toMatchObject({ StateMachineName: stateMachineName, LoggingConfiguration: { Level: 'ALL' }, TracingConfiguration: { Enabled: true } });
    const activities = new Map(resources(template, 'AWS::StepFunctions::Activity').map(([id, each]) => [id, each.Properties.Name as string]));
    expect([...activities.values()].sort()).toEqual(Object.values(closingActivityNames(stateMachineName)).sort());
    const placeholders = new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect(Object.keys(Properties.DefinitionSubstitutions).sort()).toEqual([...placeholders].sort());
    for (const value of Object.values(Properties.DefinitionSubstitutions) as { Ref: string }[]) expect(activities.has(value.Ref)).toBe(true);
  });
  it('gives a worker its own queue, its steps and the start, and no more', () => {
    const policies = resources(template, 'AWS::IAM::Policy').filter(([id]) => id.startsWith('Worker'));
    const statements = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[]);
    expect([...new Set(statements.flatMap(({ Action }) => Action))].filter((action) => /\*|Purge|Delete(?!Message)|Create|SendMessage$/.test(action))).toEqual([]);
    expect(JSON.stringify(statements)).not.toContain('"Resource":"*"');
    const readable = statements.filter(({ Action }) => [Action].flat().includes('sqs:ReceiveMessage')).map(({ Resource }) => JSON.stringify(Resource));
    expect(readable).toHaveLength(1);
    expect(readable[0]).toContain('transcribechunk');
  });
});

it('the rules of AWS find nothing that has no reason', () => {
  expect(nagFindings(build)).toEqual([]);
});
