import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { requestFor } from '#adapters/code-runner-contract/programs.ts';
import { systemClock } from '#domain/clock.ts';
import type { FromFunction, ToFunction } from '#domain/code/function-wire.ts';
import type { RunProgress } from '#domain/code/ports.ts';
import type { RunResult } from '#domain/code/run.ts';
import { silentLog } from '#domain/log.ts';
import { pack, unpackAnswer, unpackQuestion } from './envelope.ts';
import { LambdaCodeRunner } from './lambda-runner.ts';

const told = (over: Partial<RunResult>): RunResult => ({ status: 'ok', success: true, language: 'python', stdout: '', stderr: '', truncated: false, exitCode: 0, signal: null, timeMs: 1, cpuMs: 1, memoryKb: 1, enforcement: 'vm', ...over });
const passedSoFar = { name: 'x', passed: true, expected: null, stdout: '', error: null, timeMs: 1 };
const hiddenSoFar = { name: 'x', hidden: true as const, passed: true, timeMs: 1 };

describe('a run in a function', () => {
  let answer: (question: ToFunction) => { status?: number; headers?: Record<string, string>; body: string };
  let seen: { tenant?: string; path?: string; question?: ToFunction; raw: string }[] = [];
  /** Connections that are cut as soon as a request comes. */
  let cut = 0;
  const server = http.createServer((request, response) => {
    if (cut > 0) {
      cut -= 1;
      request.socket.resetAndDestroy();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const question = unpackQuestion(raw);
      seen.push({ tenant: request.headers['x-amz-tenant-id'] as string, path: request.url!, question, raw: JSON.stringify(question) });
      const { status = 200, headers = {}, body } = answer(question);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  let runner: LambdaCodeRunner;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    runner = new LambdaCodeRunner({ functionName: 'spool-code', clock: { ...systemClock, monotonicMs: () => 0 }, log: silentLog, client: { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } } });
  });
  afterAll(() => new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  }));
  afterEach(() => {
    seen = [];
  });
  const says = (value: FromFunction) => {
    answer = () => ({ body: pack(value)! });
  };
  const breaks = (errorType: string, errorMessage: string) => {
    answer = () => ({ headers: { 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify({ errorType, errorMessage }) });
  };
  const run = (request = requestFor('python', 'print(1)'), onProgress: (progress: RunProgress) => void = () => {}) => runner.run(request, onProgress);

  it('goes to the machine of its session, and to one for a name that Lambda would not take', async () => {
    says({ type: 'result', result: told({ stdout: '1\n' }), answers: [] });
    expect(await run(requestFor('python', 'print(1)', { sessionId: '0199aa00-0000-7000-8000-000000000000' }))).toMatchObject({ status: 'ok', stdout: '1\n' });
    await run(requestFor('python', 'print(1)', { sessionId: 'ü' }));
    expect(seen.map(({ tenant, path }) => [tenant, path])).toEqual([['0199aa00-0000-7000-8000-000000000000', '/2015-03-31/functions/spool-code/invocations'], [expect.stringMatching(/^[0-9a-f]{64}$/), expect.anything()]]);
  });
  it('sends no expected value, and judges what comes back by them here', async () => {
    const request = requestFor('python', 'def f(a): return a', { tests: [[1, 481_516], [2, 2]], hidden: [[3, 481_516_2]] });
    says({ type: 'result', result: told({ status: 'passed', results: [passedSoFar, passedSoFar, hiddenSoFar] }), answers: ['1', '2', '3'] });
    const seenProgress: RunProgress[] = [];
    const result = await run(request, (progress) => seenProgress.push(progress));
    expect(seen[0]!.raw).not.toContain('481516');
    expect(result).toMatchObject({ status: 'failed', success: false });
    expect(result.results).toEqual([
      { ...passedSoFar, name: 'case 1', passed: false, expected: 481_516, error: expect.stringContaining('too large to show') },
      { ...passedSoFar, name: 'case 2', expected: 2 },
      { name: 'hidden 1', hidden: true, passed: false, timeMs: 1 },
    ]);
    expect(seenProgress.map((each) => (each.type === 'test' ? each.result.name : each.type))).toEqual(['running', 'case 1', 'case 2', 'hidden 1']);
  });
  it('keeps a value that was shown, and a verdict that a value cannot change', async () => {
    const request = requestFor('python', 'def f(a): return a', { tests: [[1, 9], [2, 2]] });
    says({ type: 'result', result: told({ status: 'runtime_error', success: false, results: [{ ...passedSoFar, actual: 1 }, { ...passedSoFar, passed: false, error: 'ValueError' }] }), answers: ['1', '2'] });
    expect(await run(request)).toMatchObject({ status: 'runtime_error', results: [{ passed: false, actual: 1, expected: 9, error: null }, { passed: false, expected: 2, error: 'ValueError' }] });
  });
  it.each([
    ['fewer results than cases', { type: 'result', result: told({ status: 'passed', results: [passedSoFar] }), answers: ['1'] }],
    ['a hidden case shown', { type: 'result', result: told({ status: 'passed', results: [passedSoFar, passedSoFar] }), answers: ['1', '2'] }],
    ['no results', { type: 'result', result: told({}), answers: [] }],
    ['a description', { type: 'description', description: { languages: [], enforcement: 'vm', unavailable: null } }],
  ] as [string, FromFunction][])('takes no answer that does not fit the question: %s', async (_what, forged) => {
    says(forged);
    const result = await run(requestFor('python', 'def f(a): return a', { tests: [[1, 1]], hidden: [[2, 2]] }));
    expect(result).toMatchObject({ status: 'runtime_error', success: false, results: [{ name: 'case 1', passed: false }, { name: 'hidden 1', hidden: true, passed: false }] });
  });
  it('makes a result of a program that ended its machine, took its memory or its time', async () => {
    breaks('Runtime.ExitError', 'RequestId: 1 Error: Runtime exited with error: signal: killed');
    expect(await run()).toMatchObject({ status: 'runtime_error', signal: 'SIGKILL' });
    breaks('Runtime.OutOfMemory', 'RequestId: 1 Error: Runtime exited');
    expect(await run()).toMatchObject({ status: 'memory_limit', limit: 'memory' });
    breaks('Sandbox.Timedout', 'RequestId: 1 Error: Task timed out after 28.00 seconds');
    expect(await run()).toMatchObject({ status: 'time_limit', limit: 'wall' });
    says({ type: 'late' });
    expect(await run()).toMatchObject({ status: 'time_limit', limit: 'wall' });
    answer = () => ({ body: '"nonsense"' });
    expect(await run()).toMatchObject({ status: 'runtime_error' });
  });
  it('says who is to blame when there is no run', async () => {
    const refused = (status: number, type: string) => {
      answer = () => ({ status, headers: { 'x-amzn-errortype': type }, body: JSON.stringify({ message: 'no' }) });
      return run();
    };
    await expect(refused(429, 'TooManyRequestsException')).rejects.toMatchObject({ code: 'runner.busy', retryAfterS: 2 });
    await expect(refused(404, 'ResourceNotFoundException')).rejects.toMatchObject({ code: 'runner.unavailable', personMessage: expect.stringContaining('operator') });
    await expect(refused(403, 'AccessDeniedException')).rejects.toMatchObject({ code: 'runner.unavailable' });
    await expect(refused(500, 'ServiceException')).rejects.toMatchObject({ code: 'unavailable' });
    expect(seen).toHaveLength(4);
    says({ type: 'refused', code: 'entry_point.ambiguous', personMessage: 'Which?' });
    await expect(run()).rejects.toMatchObject({ code: 'entry_point.ambiguous', personMessage: 'Which?' });
  });
  it.each(['', '{"gzip":'])('waits for an answer, and for the rest of one, no longer than the function may take (%s)', async (begun) => {
    const hangs = http.createServer((_request, response) => {
      if (begun !== '') response.writeHead(200, { 'content-length': '100' }).write(begun);
    });
    await new Promise<void>((resolve) => hangs.listen(0, '127.0.0.1', resolve));
    const impatient = new LambdaCodeRunner({ functionName: 'spool-code', clock: systemClock, log: silentLog, answerMs: 50, client: { endpoint: `http://127.0.0.1:${(hangs.address() as AddressInfo).port}`, region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } } });
    await expect(impatient.run(requestFor('python', 'print(1)'), () => {})).rejects.toMatchObject({ code: 'unavailable' });
    hangs.closeAllConnections();
    await new Promise((resolve) => hangs.close(resolve));
  });
  it('asks again over a connection that was closed just now, once', async () => {
    says({ type: 'result', result: told({ stdout: '1\n' }), answers: [] });
    cut = 1;
    expect(await run()).toMatchObject({ status: 'ok' });
    cut = 2;
    await expect(run()).rejects.toMatchObject({ code: 'unavailable' });
    expect(seen).toHaveLength(1);
  });
  it('describes once what the function can, under the name of nobody', async () => {
    says({ type: 'description', description: { languages: [], enforcement: 'vm', unavailable: null } });
    await runner.describe();
    expect(await runner.describe()).toMatchObject({ enforcement: 'vm' });
    expect(seen.map(({ tenant }) => tenant)).toEqual(['spool-nobody']);
  });
});

describe('the envelope', () => {
  it('brings back what went in, and takes output that would be too large as text', () => {
    const large: FromFunction = { type: 'result', result: told({ stdout: '\u0001'.repeat(1_048_576) }), answers: [null] };
    expect(unpackAnswer(pack(large)!)).toEqual(large);
  });
  it('does not fill the memory of who unpacks it', () => {
    const bomb = pack({ type: 'refused', code: 'x', personMessage: 'x'.repeat(66 * 1024 * 1024) })!;
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(() => unpackAnswer(bomb)).toThrow();
    expect(() => unpackAnswer('{}')).toThrow();
  });
});
