/**
 * The port `CodeRunner` over a Lambda function with an environment for each session (its tenant): the machine is the sandbox.
 * What is told while a program runs elsewhere is told here when it has ended: an invocation has one answer.
 */
import { createHash } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { Clock } from '#domain/clock.ts';
import type { FromFunction, ToFunction } from '#domain/code/function-wire.ts';
import type { CodeRunner, RunnerDescription, RunProgress, RunRequest } from '#domain/code/ports.ts';
import type { RunLimit, RunResult, RunStatus, TestResult } from '#domain/code/run.ts';
import { ERRORS, SpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import { pack, unpackAnswer } from './envelope.ts';
import { judge, withoutExpected } from './judge-outside.ts';

export interface LambdaRunnerOptions {
  /** Name or ARN. */
  functionName: string;
  clock: Clock;
  log: Log;
  /** For tests: where it answers. */
  client?: LambdaClientConfig;
  /** How long an answer is waited for, in milliseconds; then it is `unavailable`. */
  answerMs?: number;
}

/** The function ends after 28 s (amplify/sizing.ts); its answer has until then, and a moment to arrive. */
const ANSWER_MS = 29_000;
const CONNECT_MS = 3_000;
/** Sooner no program has been started and ended its machine's connection. */
const STALE_MS = 100;
/** What languages there are changes with a deploy. */
const DESCRIPTION_MS = 10 * 60_000;
/** Environments are made per tenant; this one is nobody's. */
const NOBODY = 'spool-nobody';
/** What Lambda takes as a tenant: this alphabet, 256 characters. */
const TENANT = /^[A-Za-z0-9_.:/=+@-]{1,256}$/;
const RETRY_AFTER_S = 2;

export class LambdaCodeRunner implements CodeRunner {
  readonly name = 'lambda';
  readonly #options: LambdaRunnerOptions;
  readonly #client: LambdaClient;
  #described: { description: RunnerDescription; untilMs: number } | null = null;

  constructor(options: LambdaRunnerOptions) {
    this.#options = options;
    // Once: a program that ran a second time would have done everything twice, and a person asks again sooner.
    const answerMs = options.answerMs ?? ANSWER_MS;
    // The first limit is over once an answer begins; one may fall silent in the middle, too.
    const requestHandler = { requestTimeout: answerMs, socketTimeout: answerMs, throwOnRequestTimeout: true, connectionTimeout: CONNECT_MS };
    this.#client = new LambdaClient({ maxAttempts: 1, requestHandler, ...options.client });
  }

  async describe(): Promise<RunnerDescription> {
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#described && nowMs < this.#described.untilMs) return this.#described.description;
    try {
      const { answer } = await this.#ask({ op: 'describe' }, NOBODY);
      if (answer?.type !== 'description') throw new SpoolError('runner.unavailable', 'The function that runs code did not say what it can.');
      this.#described = { description: answer.description, untilMs: nowMs + DESCRIPTION_MS };
      return answer.description;
    } catch (error) {
      if (error instanceof SpoolError && error.code === 'runner.unavailable') return { languages: [], enforcement: null, unavailable: error.message };
      throw error;
    }
  }

  async run(request: RunRequest, onProgress: (progress: RunProgress) => void, signal?: AbortSignal): Promise<RunResult> {
    signal?.throwIfAborted();
    onProgress({ type: 'running' });
    const startMs = this.#options.clock.monotonicMs();
    const { answer, fault } = await this.#ask({ op: 'run', request: withoutExpected(request) }, tenantOf(request.sessionId), signal);
    const timeMs = this.#options.clock.monotonicMs() - startMs;
    if (fault) return endedOutside(request, fault, timeMs);
    if (answer?.type === 'late') return endedOutside(request, 'late', timeMs);
    if (answer?.type === 'refused') throw new SpoolError(Object.hasOwn(ERRORS, answer.code) ? (answer.code as keyof typeof ERRORS) : 'internal', undefined, { personMessage: answer.personMessage });
    const result = answer?.type === 'result' ? judge(request, answer.result, answer.answers) : null;
    if (!result) return endedOutside(request, 'killed', timeMs);
    for (const stream of ['stdout', 'stderr'] as const) if (result[stream] !== '') onProgress({ type: 'output', stream, text: result[stream] });
    const told = result.results ?? [];
    for (const each of [...told.filter((test) => !('hidden' in test)), ...told.filter((test) => 'hidden' in test)]) onProgress({ type: 'test', result: each });
    return result;
  }

  /** @throws SpoolError `runner.busy` | `runner.unavailable` | `unavailable` */
  async #ask(question: ToFunction, tenant: string, signal?: AbortSignal): Promise<{ answer?: FromFunction; fault?: Fault }> {
    const { functionName, log } = this.#options;
    const payload = pack(question);
    if (payload === null) throw new SpoolError('request.too_large', undefined, { personMessage: 'The files, inputs and tests of this run are together too large to be sent to where code runs. Make them smaller.' });
    const send = () => this.#client.send(new InvokeCommand({ FunctionName: functionName, TenantId: tenant, Payload: payload }), signal ? { abortSignal: signal } : {});
    const startMs = this.#options.clock.monotonicMs();
    let answer;
    try {
      answer = await send().catch((error: unknown) => {
        // A connection that was kept, and closed from there just now: nothing has run.
        const stale = (error as { code?: string }).code === 'ECONNRESET' && this.#options.clock.monotonicMs() - startMs < STALE_MS;
        if (!stale || signal?.aborted) throw error;
        return send();
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw this.#refusal(error);
    }
    const body = Buffer.from(answer.Payload ?? new Uint8Array()).toString('utf8');
    if (answer.FunctionError) {
      const fault = faultOf(body);
      log.warn({ fault }, 'The function that runs code ended before it had answered.');
      return { fault };
    }
    try {
      return { answer: unpackAnswer(body) };
    } catch (error) {
      log.warn(traceOf(error), 'The function that runs code gave an answer that is none.');
      return { fault: 'killed' };
    }
  }

  #refusal(error: unknown): SpoolError {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    if (name === 'TooManyRequestsException' || name === 'EC2ThrottledException' || $metadata?.httpStatusCode === 429) return new SpoolError('runner.busy', undefined, { cause: error, retryAfterS: RETRY_AFTER_S });
    this.#options.log.error({ error: name ?? 'unknown', status: $metadata?.httpStatusCode ?? null }, 'The function that runs code could not be called.');
    const ours = ['ResourceNotFoundException', 'AccessDeniedException', 'InvalidParameterValueException', 'UnrecognizedClientException', 'CredentialsProviderError', 'KMSAccessDeniedException'];
    if (name && ours.includes(name)) return new SpoolError('runner.unavailable', `The function of SPOOL_CODE_FUNCTION cannot be called (${name}).`, { cause: error, personMessage: 'Running code is off: the function that runs it cannot be called. The operator finds in docs/cloud-settings.md what it needs.' });
    return new SpoolError('unavailable', 'The service that runs code does not answer.', { cause: error, retryAfterS: RETRY_AFTER_S });
  }
}

function tenantOf(sessionId: string): string {
  return TENANT.test(sessionId) ? sessionId : createHash('sha256').update(sessionId).digest('hex');
}

/** Why there is no answer: what runs in a function can end the function itself. */
type Fault = 'late' | 'memory' | 'killed';

function faultOf(body: string): Fault {
  let words = body;
  try {
    const { errorType, errorMessage } = JSON.parse(body) as { errorType?: string; errorMessage?: string };
    words = `${errorType ?? ''} ${errorMessage ?? ''}`;
  } catch {
    // Read as it is.
  }
  if (/timed ?out/i.test(words)) return 'late';
  return /OutOfMemory/i.test(words) ? 'memory' : 'killed';
}

const FAULTS: Record<Fault, { status: RunStatus; limit?: RunLimit; words: string }> = {
  late: { status: 'time_limit', limit: 'wall', words: 'The time limit was reached.' },
  memory: { status: 'memory_limit', limit: 'memory', words: 'The memory limit was reached.' },
  killed: { status: 'runtime_error', words: 'The program ended the machine it ran on.' },
};

function endedOutside(request: RunRequest, fault: Fault, timeMs: number): RunResult {
  const { status, limit, words } = FAULTS[fault];
  const results = request.tests?.cases.map(({ name, hidden, expected }): TestResult => (hidden ? { name, hidden: true, passed: false, timeMs: 0 } : { name, passed: false, expected, stdout: '', error: words, timeMs: 0 }));
  return { status, ...(limit ? { limit } : {}), success: false, language: request.language, ...(results ? { results } : {}), stdout: '', stderr: `${words}\n`, truncated: false, exitCode: null, signal: 'SIGKILL', timeMs, cpuMs: 0, memoryKb: 0, enforcement: 'vm' };
}
