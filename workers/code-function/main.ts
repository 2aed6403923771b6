/** The function that runs candidates' code: machine → runner → invocations. One environment is one session's, for its life. */
import fs from 'node:fs';
import { pino } from 'pino';
import { outlineOf } from '#adapters/code-outline/outline.ts';
import { pack, unpackQuestion } from '#adapters/lambda-runner/envelope.ts';
import { bareFilter } from '#adapters/sandbox/bare-filter.ts';
import { bareHost } from '#adapters/sandbox/bare-host.ts';
import { BareMachine } from '#adapters/sandbox/bare-machine.ts';
import { RunInFunction } from '#adapters/sandbox/run-in-function.ts';
import { SandboxRunner } from '#adapters/sandbox/sandbox-runner.ts';
import { systemClock } from '#domain/clock.ts';
import { ConfigurationError, parseEnvironment } from '../../config/environment.ts';
import type { Environment } from '../../config/environment.ts';
import { NODE_PROGRAM, WRITABLE } from './lay-out.ts';
import { RuntimeApi } from './runtime-api.ts';

async function main(environment: Environment & { AWS_LAMBDA_RUNTIME_API: string }): Promise<void> {
  const log = pino({ name: 'code-function', level: environment.SPOOL_LOG_LEVEL, base: { process: 'code-function' } }, pino.destination({ fd: 2, sync: true }));
  const machine = new BareMachine(WRITABLE);
  machine.filter = await bareFilter(WRITABLE, machine.guarded);
  if (!machine.filter) log.warn({}, 'System calls cannot be filtered here; programs run without, and hidden tests are refused.');
  // A program runs as the same user: only the kernel keeps it from reading this process, and only where its image is unreadable.
  const guarded = !readable('/proc/self/environ');
  if (!guarded) log.warn({}, 'The process can be read by programs it runs; hidden tests are refused.');
  const handler = new RunInFunction({
    machine,
    keepsSecrets: guarded && machine.filter !== null,
    runnerFor: (languages, judge) =>
      new SandboxRunner({
        folder: `${WRITABLE}/spool-runner`,
        clock: systemClock,
        log,
        outline: outlineOf,
        nodeProgram: NODE_PROGRAM,
        spares: 0,
        bareHost: () => bareHost({ machine, folder: `${WRITABLE}/spool-runner` }),
        judge,
        ...(languages ? { languages } : {}),
      }),
  });

  const api = new RuntimeApi(environment.AWS_LAMBDA_RUNTIME_API);
  let tenant: string | null = null;
  for (;;) {
    const invocation = await api.next();
    tenant ??= invocation.tenant;
    if (tenant !== invocation.tenant) {
      // Lambda promises that it does not happen. What is left of one session must not meet another.
      await api.fail(invocation.requestId, 'Spool.AnotherTenant');
      throw new Error('An environment was asked to serve two sessions.');
    }
    const question = unpackQuestion(invocation.body);
    const answer = await handler.answer(question, invocation.deadlineMs - systemClock.nowMs());
    const body = pack(answer);
    await api.answer(invocation.requestId, body ?? pack({ type: 'refused', code: 'internal', personMessage: 'What the program answered is too large to be sent. Return or print less.' })!);
  }
}

function readable(file: string): boolean {
  try {
    fs.closeSync(fs.openSync(file, 'r'));
    return true;
  } catch {
    return false;
  }
}

try {
  const environment = parseEnvironment();
  const { AWS_LAMBDA_RUNTIME_API } = environment;
  if (!AWS_LAMBDA_RUNTIME_API) throw new ConfigurationError('This process runs as a Lambda function alone: AWS_LAMBDA_RUNTIME_API is not set.');
  await main({ ...environment, AWS_LAMBDA_RUNTIME_API });
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
