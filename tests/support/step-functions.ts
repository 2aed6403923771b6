/**
 * Step Functions on loopback, as far as state machines of activities need it: executions of their own name, tasks that
 * workers poll for, heartbeats. The language itself is run by an interpreter. (moto runs no activities.) Its waits and pauses take
 * no time; heartbeats are watched on the clock given.
 */
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { StateMachine } from 'aws-local-stepfunctions';
import type { Clock } from '#domain/clock.ts';
import { newId } from '#domain/ids.ts';

type Definition = ConstructorParameters<typeof StateMachine>[0];
interface TaskState {
  Type: string;
  Resource: string;
  HeartbeatSeconds?: number;
}
interface Task {
  token: string;
  input: string;
  heartbeatMs: number;
  settle(outcome: { output: unknown } | { error: string }): void;
  beat(): void;
}
export interface Execution {
  name: string;
  input: string;
  /** The names of the states it went into, in order. */
  visited: string[];
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
}
export interface StepFunctionsStandIn {
  endpoint: string;
  executions: Execution[];
  /** What workers said: name of the call, and of a failure all that was sent. */
  calls: { call: string; body: Record<string, unknown> }[];
  /** From now on calls of this name are refused with this error. */
  refuse(call: string, error: string | null): void;
  close(): Promise<void>;
}

/** @param source the definition, with `${NameArn}` where `arns` has `Name` */
export async function startStepFunctions({ source, arns, clock }: { source: string; arns: Record<string, string>; clock: Clock }): Promise<StepFunctionsStandIn> {
  const definition = JSON.parse(source.replaceAll(/\$\{(\w+)Arn\}/g, (_, name: string) => arns[name]!)) as Definition & { States: Record<string, TaskState> };
  const executions: Execution[] = [];
  const calls: StepFunctionsStandIn['calls'] = [];
  const refused = new Map<string, string>();
  const waiting = new Map<string, Task[]>();
  const pollers = new Map<string, ((task: Task) => void)[]>();
  const handedOut = new Map<string, Task>();

  const schedule = (arn: string, heartbeatMs: number, input: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      let cancel = () => {};
      const settle: Task['settle'] = (outcome) => {
        cancel();
        handedOut.delete(task.token);
        if ('error' in outcome) reject(Object.assign(new Error('A task failed.'), { name: outcome.error }));
        else resolve(outcome.output);
      };
      const task: Task = {
        token: newId(),
        input: JSON.stringify(input),
        heartbeatMs,
        settle,
        beat() {
          cancel();
          cancel = clock.schedule(heartbeatMs, () => settle({ error: 'States.HeartbeatTimeout' }));
        },
      };
      const poller = pollers.get(arn)?.shift();
      if (poller) poller(task);
      else waiting.set(arn, [...(waiting.get(arn) ?? []), task]);
    });
  const tasks = Object.entries(definition.States).filter(([, state]) => state.Type === 'Task');
  const taskResourceLocalHandlers = Object.fromEntries(tasks.map(([name, { Resource, HeartbeatSeconds = 0 }]) => [name, (input: unknown) => schedule(Resource, HeartbeatSeconds * 1000, input) as never]));
  const none = (of: string) => Object.fromEntries(Object.entries(definition.States).filter(([, state]) => of === 'any' || state.Type === of).map(([name]) => [name, 0]));

  async function run(execution: Execution): Promise<void> {
    const running = new StateMachine(definition).run(JSON.parse(execution.input) as never, { overrides: { taskResourceLocalHandlers, waitTimeOverrides: none('Wait'), retryIntervalOverrides: none('any') } });
    const result = running.result.then(
      () => (execution.status = 'SUCCEEDED'),
      () => (execution.status = 'FAILED'),
    );
    for await (const event of running.eventLogs) if (event.type === 'StateEntered' && 'state' in event) execution.visited.push(event.state.name);
    await result;
  }

  const answers: Record<string, (body: Record<string, string>, gone: AbortSignal) => Promise<object> | object> = {
    StartExecution({ name = '', input = '{}' }) {
      const found = executions.find((one) => one.name === name);
      if (found && (found.status !== 'RUNNING' || found.input !== input)) throw named('ExecutionAlreadyExists');
      const execution: Execution = found ?? { name, input, visited: [], status: 'RUNNING' };
      if (!found) {
        executions.push(execution);
        void run(execution);
      }
      return { executionArn: `${name}`, startDate: 0 };
    },
    async GetActivityTask({ activityArn = '' }, gone) {
      if (!Object.values(arns).includes(activityArn)) throw named('ActivityDoesNotExist');
      const task = waiting.get(activityArn)?.shift() ?? (await new Promise<Task | null>((resolve) => {
        const take = (next: Task) => resolve(next);
        pollers.set(activityArn, [...(pollers.get(activityArn) ?? []), take]);
        gone.addEventListener('abort', () => {
          pollers.set(activityArn, (pollers.get(activityArn) ?? []).filter((other) => other !== take));
          resolve(null);
        });
      }));
      if (!task) return {};
      handedOut.set(task.token, task);
      task.beat();
      return { taskToken: task.token, input: task.input };
    },
    SendTaskHeartbeat: ({ taskToken }) => (held(taskToken).beat(), {}),
    SendTaskSuccess: ({ taskToken, output = 'null' }) => (held(taskToken).settle({ output: JSON.parse(output) as unknown }), {}),
    SendTaskFailure: ({ taskToken, error = '' }) => (held(taskToken).settle({ error }), {}),
  };
  const held = (token = ''): Task => {
    const task = handedOut.get(token);
    if (!task) throw named('TaskTimedOut');
    return task;
  };

  const server = http.createServer((request, response) => {
    void (async () => {
      const call = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const body = (await json(request)) as Record<string, string>;
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      calls.push({ call, body });
      const send = (status: number, answer: object) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(answer));
      };
      try {
        const refusal = refused.get(call);
        if (refusal) throw named(refusal);
        send(200, await answers[call]!(body, gone.signal));
      } catch (error) {
        send(400, { __type: (error as Error).name, message: 'refused' });
      }
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    executions,
    calls,
    refuse: (call, error) => void (error === null ? refused.delete(call) : refused.set(call, error)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}
