/**
 * The processes of a deployed Spool on this machine, as they run in the cloud: told everything by their environment, each
 * with a disk of its own, so that whatever reaches another process does so through the bucket, the queues or the database.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DEAD_LETTER_SUFFIX, QUEUES } from '#domain/jobs/queue-settings.ts';
import { ensureBuild } from '#scripts/supervisor/build.ts';
import { freePort } from '#scripts/supervisor/ports.ts';
import { serverProcesses } from '#scripts/supervisor/processes.ts';
import { consoleReport } from '#scripts/support/console-report.ts';
import { startTestDatabase } from './database.ts';
import { shareListedVectors } from './embeddings.ts';
import { startMoto } from './moto.ts';
import { startProcess } from './server-process.ts';

const BUCKET = 'spool-sound';
const PARAMETERS = '/spool/test/';
const STARTED = ['realtime', 'worker', 'web'] as const;
type CloudProcess = (typeof STARTED)[number];

export interface CloudProcesses {
  /** Of the web app. */
  url: string;
  bucket: string;
  s3: S3Client;
  databaseUrl: string;
  /** The disk of a process. */
  disk: Record<CloudProcess, string>;
  /** Messages that were not taken to their end, of all queues together; and how many ended in a dead-letter queue. */
  messages(): Promise<{ waiting: number; dead: number }>;
  stop(): Promise<void>;
}

/** Builds the web app when it was not. @throws ProcessFailed with the end of a process's log when it does not become ready */
export async function startCloudProcesses(): Promise<CloudProcesses> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    const problems: unknown[] = [];
    for (const each of undo.splice(0).reverse()) await each().catch((problem: unknown) => problems.push(problem));
    if (problems.length > 0) throw problems[0];
  };
  try {
    await ensureBuild(consoleReport(process.stdout));
    const moto = await startMoto();
    undo.push(() => moto.stop());
    const database = await startTestDatabase();
    undo.push(() => database.close());
    const client = { endpoint: moto.endpoint, region: moto.env.AWS_REGION, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } };
    const [s3, sqs, ssm] = [new S3Client({ ...client, forcePathStyle: true }), new SQSClient(client), new SSMClient(client)];
    undo.push(async () => [s3, sqs, ssm].forEach((each) => each.destroy()));
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    const queueUrls = await createQueues(sqs);
    await ssm.send(new PutParameterCommand({ Name: `${PARAMETERS}SPOOL_SIGNING_SECRET`, Type: 'SecureString', Value: 'one-secret-that-all-of-them-share-in-tests' }));

    const [webPort, realtimePort, uploadPort] = [await freePort(), await freePort(), await freePort()];
    const disk = {} as CloudProcesses['disk'];
    for (const name of STARTED) {
      const dataDir = (disk[name] = await mkdtemp(path.join(os.tmpdir(), `spool-cloud-${name}-`)));
      undo.push(() => rm(dataDir, { recursive: true, force: true }));
      await shareListedVectors(dataDir);
      const { NODE_ENV: _test, ...inherited } = process.env;
      const environment = {
        ...inherited, ...moto.env,
        SPOOL_S3_BUCKET: BUCKET, SPOOL_SQS_PREFIX: `${moto.endpoint}/123456789012/`, SPOOL_SECRETS_FROM: `ssm:${PARAMETERS}`,
        SPOOL_CHUNK_SECONDS: '5', SPOOL_LOG_LEVEL: 'warn', SPOOL_METRICS: 'emf',
      } as unknown as NodeJS.ProcessEnv;
      const spec = serverProcesses({ host: '127.0.0.1', webPort, realtimePort, uploadPort, rtmpPort: await freePort(), dataDir, environment }, database.url).find((each) => each.name === name)!;
      undo.push(await startProcess(spec, dataDir));
    }
    return {
      url: `http://127.0.0.1:${webPort}`, bucket: BUCKET, s3, databaseUrl: database.url, disk, stop,
      messages: async () => {
        const of = async (urls: string[]) => (await Promise.all(urls.map((url) => countMessages(sqs, url)))).reduce((sum, each) => sum + each, 0);
        return { waiting: await of(queueUrls.work), dead: await of(queueUrls.dead) };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createQueues(sqs: SQSClient): Promise<{ work: string[]; dead: string[] }> {
  const work: string[] = [];
  const dead: string[] = [];
  for (const { name, visibilityTimeoutSeconds, maxReceiveCount } of QUEUES) {
    dead.push((await sqs.send(new CreateQueueCommand({ QueueName: `${name}${DEAD_LETTER_SUFFIX}` }))).QueueUrl!);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:123456789012:${name}${DEAD_LETTER_SUFFIX}`, maxReceiveCount });
    work.push((await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: String(visibilityTimeoutSeconds), RedrivePolicy } }))).QueueUrl!);
  }
  return { work, dead };
}

async function countMessages(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
}
