/** Parameter Store, Secrets Manager, ECS and the start of a workflow, against moto: the calls are those AWS takes. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { json, text } from 'node:stream/consumers';
import { CreateClusterCommand, CreateServiceCommand, DescribeServicesCommand, RegisterTaskDefinitionCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { ECSClient } from '@aws-sdk/client-ecs';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateActivityCommand, CreateStateMachineCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { AWAKE_FOR_MS, EcsCapacity, WAKING_FOR_MS, createEcsClient } from '#adapters/ecs/capacity.ts';
import { Database } from '#adapters/postgres/database.ts';
import { awsSecrets } from '#adapters/secrets/aws-secrets.ts';
import { StepFunctionsMeetingCloser, createStepFunctionsClient } from '#adapters/step-functions/meeting-closer.ts';
import { newId } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import { closingActivityArns, closingActivityNames, closingName } from '#domain/meetings/closing-activities.ts';
import { MAX_INGEST_TASKS, fixedCapacity } from '#domain/operations/capacity.ts';
import { loadEnvironment } from '../../config/environment.ts';
import { startTestDatabase } from '#tests/support/database.ts';
import { openLedgerWorld } from '#tests/support/ledger-world.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { motoMissing, startMoto } from '#tests/support/moto.ts';
import type { Moto } from '#tests/support/moto.ts';

const missing = motoMissing();

describe.skipIf(missing)(`AWS, as far as moto plays it${missing ? ` (left out: ${missing})` : ''}`, () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
    for (const [name, value] of Object.entries(moto.env)) vi.stubEnv(name, value);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto?.stop();
  });

  describe('settings', () => {
    beforeAll(async () => {
      const ssm = new SSMClient();
      const put = (Name: string, Value: string, Type: 'SecureString' | 'String' = 'SecureString') => ssm.send(new PutParameterCommand({ Name, Value, Type }));
      // More than a page of ten.
      for (let index = 0; index < 11; index += 1) await put(`/spool/main/other/OTHER_${index}`, 'x');
      await put('/spool/main/DATABASE_URL', 'postgres://spool:hunter2@db.example:5432/spool');
      await put('/spool/main/deeper/OPENAI_API_KEY', 'from-ssm');
      await put('/spool/main/SPOOL_LOG_LEVEL', 'debug', 'String');
      await put('/spool/elsewhere/SUPABASE_KEY', 'not-ours');
      const secrets = new SecretsManagerClient();
      const create = (Name: string, SecretString: string) => secrets.send(new CreateSecretCommand({ Name, SecretString }));
      const shared = await create('spool/shared', JSON.stringify({ OPENAI_API_KEY: 'from-secrets-manager', SUPABASE_URL: 'https://abc.supabase.co', SUPABASE_KEY: 'ours' }));
      arn = shared.ARN!;
      await create('spool/words', 'hunter2');
      await create('spool/numbers', JSON.stringify({ SPOOL_PORT: 3000, SUPABASE_KEY: 'hunter2' }));
      ssm.destroy();
      secrets.destroy();
    });
    let arn = '';

    test('come from both stores, of Parameter Store only what is secret, and below the path', async () => {
      const environment = await loadEnvironment(awsSecrets, { SPOOL_SECRETS_FROM: `ssm:/spool/main/,secretsmanager:${arn}` });
      expect(environment).toMatchObject({ DATABASE_URL: 'postgres://spool:hunter2@db.example:5432/spool', OPENAI_API_KEY: 'from-ssm', SUPABASE_KEY: 'ours', SPOOL_LOG_LEVEL: 'info' });
    });

    test('that cannot be had are told with what to do, and without a value', async () => {
      const problems = loadEnvironment(awsSecrets, { SPOOL_SECRETS_FROM: 'ssm:/spool/mian/,secretsmanager:spool/absent,secretsmanager:spool/words,secretsmanager:spool/numbers,secretsmanager:spool/shared' });
      await expect(problems).rejects.toThrow(
        [
          'The configuration has 4 problems:',
          '  - SPOOL_SECRETS_FROM: ssm:/spool/mian/ holds no SecureString. Put some below it, or correct the path.',
          '  - SPOOL_SECRETS_FROM: secretsmanager:spool/absent does not exist. Create it, or correct the name (ResourceNotFoundException).',
          '  - SPOOL_SECRETS_FROM: secretsmanager:spool/words is no JSON object of names and values. Write it as {"DATABASE_URL": "…"}.',
          '  - SPOOL_SECRETS_FROM: secretsmanager:spool/numbers holds something else than text for SPOOL_PORT. Put it in quotes.',
        ].join('\n'),
      );
    });
  });

  describe('services', () => {
    const cluster = 'spool-main';
    let ecs: ECSClient;
    beforeAll(async () => {
      ecs = createEcsClient();
      await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
      await ecs.send(new RegisterTaskDefinitionCommand({ family: 'spool', containerDefinitions: [{ name: 'one', image: 'one', memory: 128 }] }));
    });
    afterAll(() => ecs?.destroy());

    const service = async (desiredCount: number) => {
      const serviceName = `service-${newId()}`;
      await ecs.send(new CreateServiceCommand({ cluster, serviceName, taskDefinition: 'spool', desiredCount }));
      const set = (wanted: number) => ecs.send(new UpdateServiceCommand({ cluster, service: serviceName, desiredCount: wanted }));
      return { serviceName, set, desired: async () => (await ecs.send(new DescribeServicesCommand({ cluster, services: [serviceName] }))).services![0]!.desiredCount };
    };
    const open = (services: { realtime?: string; chunk?: string; ingest?: string }) => {
      const clock = new ManualClock();
      const client = createEcsClient();
      const calls: string[] = [];
      client.middlewareStack.add((next, context) => (args) => (calls.push(String(context.commandName)), next(args)), { step: 'initialize' });
      return { clock, client, calls, capacity: new EcsCapacity({ client, cluster, services, clock, log: silentLog }) };
    };
    const meetings = (...counts: number[]) => async () => (counts.length > 1 ? counts.shift()! : counts[0]!);

    test('that are not named are taken to run, as on a laptop', async () => {
      for (const capacity of [open({}).capacity, fixedCapacity]) {
        expect(await capacity.wakeRealtime()).toBe('awake');
        await capacity.warmChunkWorkers();
        await capacity.fitIngest(() => Promise.reject(new Error('nobody asks')));
      }
    });

    test('wake from nothing, once for all who ask, and are not asked about all the time', async () => {
      const { serviceName, desired, set } = await service(0);
      const { capacity, clock, calls, client } = open({ realtime: serviceName });
      // moto's tasks run at once; those of ECS take a minute or two.
      let slow = true;
      client.middlewareStack.add((next) => async (args) => {
        const answer = await next(args);
        for (const each of (answer.output as { services?: { runningCount: number }[] }).services ?? []) if (slow) each.runningCount = 0;
        return answer;
      }, { step: 'initialize' });
      expect(await Promise.all([capacity.wakeRealtime(), capacity.wakeRealtime(), capacity.wakeRealtime()])).toEqual(['waking', 'waking', 'waking']);
      expect(await desired()).toBe(1);
      const asked = ['DescribeServicesCommand', 'UpdateServiceCommand', 'DescribeServicesCommand'];
      expect(calls).toEqual(asked);
      await clock.advance(WAKING_FOR_MS - 1);
      await capacity.wakeRealtime();
      expect(calls).toEqual(asked);
      await clock.advance(1);
      await capacity.wakeRealtime();
      expect(calls).toEqual([...asked, 'DescribeServicesCommand']);

      slow = false;
      await set(3);
      await clock.advance(WAKING_FOR_MS);
      expect(await capacity.wakeRealtime()).toBe('awake');
      expect(await desired()).toBe(3);
      const looked = calls.length;
      await clock.advance(AWAKE_FOR_MS - 1);
      expect(await capacity.wakeRealtime()).toBe('awake');
      expect(calls).toHaveLength(looked);
    });

    test('are warmed, and never lowered by it', async () => {
      const [cold, busy] = [await service(0), await service(4)];
      await open({ chunk: cold.serviceName }).capacity.warmChunkWorkers();
      await open({ chunk: busy.serviceName }).capacity.warmChunkWorkers();
      expect([await cold.desired(), await busy.desired()]).toEqual([1, 4]);
    });

    test('take in as many streams as there are meetings, and one more', async () => {
      const { serviceName, desired } = await service(0);
      const { capacity } = open({ ingest: serviceName });
      for (const [live, tasks] of [[0, 1], [3, 4], [1, 2], [1000, MAX_INGEST_TASKS], [0, 1]] as const) {
        await capacity.fitIngest(meetings(live));
        expect(await desired()).toBe(tasks);
      }
    });

    test('are raised again for a meeting that began while they were lowered', async () => {
      const { serviceName, desired } = await service(5);
      await open({ ingest: serviceName }).capacity.fitIngest(meetings(0, 2));
      expect(await desired()).toBe(3);
    });

    test('are raised again when somebody else lowered them meanwhile', async () => {
      const { serviceName, desired, set } = await service(0);
      const { capacity, client } = open({ ingest: serviceName });
      let rivals = 1;
      client.middlewareStack.add((next, context) => async (args) => {
        const answer = await next(args);
        if (context.commandName === 'UpdateServiceCommand' && (rivals -= 1) >= 0) await set(0);
        return answer;
      }, { step: 'initialize' });
      await capacity.fitIngest(meetings(2));
      expect(await desired()).toBe(3);
    });

    test('that do not exist are told as not available', async () => {
      await expect(open({ realtime: 'misspelt' }).capacity.wakeRealtime()).rejects.toMatchObject({ code: 'unavailable' });
    });
  });

  test('a worker starts with nothing but the environment, raises what a meeting needs, keeps its task meanwhile, and tells what it measured', async () => {
    const database = await startTestDatabase();
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-worker-'));
    const ssm = new SSMClient();
    await ssm.send(new PutParameterCommand({ Name: '/spool/worker/DATABASE_URL', Value: database.url, Type: 'SecureString' }));
    const ecs = createEcsClient();
    const cluster = 'spool-worker';
    await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
    await ecs.send(new RegisterTaskDefinitionCommand({ family: 'one', containerDefinitions: [{ name: 'one', image: 'one', memory: 128 }] }));
    const services = ['realtime', 'chunk', 'ingest'];
    for (const serviceName of services) await ecs.send(new CreateServiceCommand({ cluster, serviceName, taskDefinition: 'one', desiredCount: 0 }));
    const counts = async () => {
      const found = (await ecs.send(new DescribeServicesCommand({ cluster, services }))).services!;
      return Object.fromEntries(found.map(({ serviceName, desiredCount }) => [serviceName, desiredCount]));
    };
    const asked: unknown[] = [];
    const agent = http.createServer((request, response) => void json(request).then((body) => (asked.push(body), response.end(JSON.stringify({ protection: body })))));
    agent.listen(0, '127.0.0.1');
    await once(agent, 'listening');
    const rows = new Database({ url: database.url });
    const world = await openLedgerWorld(rows);
    await world.meetings.start(world.ada, { id: newId(), title: 'Plans', recordingConsent: true, externalId: null, keyHash: 'hash', keyExpiresAtMs: Date.now() + 60_000 });

    const worker = fork(path.join(import.meta.dirname, '../../workers/main.ts'), {
      env: {
        ...process.env, SPOOL_SECRETS_FROM: 'ssm:/spool/worker/', SPOOL_DATA_DIR: dataDir, SPOOL_UPLOAD_PORT: '0', SPOOL_LOG_LEVEL: 'silent', SPOOL_METRICS: 'emf', SPOOL_JOBS: 'warm-workers', SPOOL_ECS_CLUSTER: cluster,
        SPOOL_ECS_REALTIME_SERVICE: 'realtime', SPOOL_ECS_CHUNK_SERVICE: 'chunk', SPOOL_ECS_INGEST_SERVICE: 'ingest', ECS_AGENT_URI: `http://127.0.0.1:${(agent.address() as AddressInfo).port}/api`,
        // Steps of closings are of workers that do assemble-meeting: this one asks for none, or the agent would hear of it.
        SPOOL_CLOSING_STATE_MACHINE: 'arn:aws:states:us-east-1:123456789012:stateMachine:spool-main-closing', AWS_ENDPOINT_URL_SFN: `http://127.0.0.1:${(agent.address() as AddressInfo).port}`,
      },
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    const said = text(worker.stdout!);
    const exited = once(worker, 'exit');
    await once(worker, 'message');
    await expect.poll(counts).toEqual({ realtime: 1, chunk: 1, ingest: 2 });
    await expect.poll(() => asked).toEqual([{ ProtectionEnabled: true, ExpiresInMinutes: 20 }]);
    worker.kill('SIGTERM');
    await exited;
    const lines = (await said).trim().split('\n');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ Cluster: cluster, Process: 'worker', ChunkFailures: 0 });
    agent.closeAllConnections();
    agent.close();
    ssm.destroy();
    ecs.destroy();
    await rows.close();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('a closing is one execution, however often it is begun, also after it is over', async () => {
    const client = createStepFunctionsClient();
    const name = 'spool-main-closing';
    for (const activity of Object.values(closingActivityNames(name))) await client.send(new CreateActivityCommand({ name: activity }));
    const source = readFileSync(path.join(import.meta.dirname, '../../workers/closing-workflow/closing-workflow.asl.json'), 'utf8');
    const arns: Record<string, string> = closingActivityArns(`arn:aws:states:us-east-1:123456789012:stateMachine:${name}`);
    const definition = source.replaceAll(/\$\{(\w+)Arn\}/g, (_, step: string) => arns[step]!);
    const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ name, definition, roleArn: 'arn:aws:iam::123456789012:role/closing' }));
    expect(closingActivityArns(stateMachineArn!)).toEqual(arns);
    const closer = new StepFunctionsMeetingCloser(client, stateMachineArn!);
    const sessionId = newId();
    const names = async () => (await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions!.map((execution) => execution.name).toSorted();
    await closer.start({ sessionId, settledSeq: 1 });
    await closer.start({ sessionId, settledSeq: 1 });
    expect(await names()).toEqual([closingName(sessionId, 1)]);
    await closer.start({ sessionId, settledSeq: 2 });
    expect(await names()).toEqual([closingName(sessionId, 1), closingName(sessionId, 2)]);
    client.destroy();
  });
});
