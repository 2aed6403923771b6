import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SpoolError } from '#domain/errors.ts';
import { LangFlowServer } from '#tests/support/langflow-server.ts';
import type { LangFlowFault } from '#tests/support/langflow-server.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { LANGFLOW_TIMEOUT_MS, LangFlowWriter } from './follow-up-writer.ts';

const TRANSCRIPT = 'Person: I build telescopes from tins.';

describe('A flow of LangFlow', () => {
  let server: LangFlowServer;
  let clock: ManualClock;
  const writer = (flow = 'spool-follow-up', apiKey: string | undefined = 'a-key') => new LangFlowWriter({ url: `${server.url}/`, apiKey, flow, clock });
  const refused = (fault: LangFlowFault) => {
    server.fault = fault;
    return writer().write(TRANSCRIPT).then(() => Promise.reject(new Error('It was accepted.')), (error: SpoolError) => error);
  };
  beforeEach(async () => {
    server = await LangFlowServer.start();
    clock = new ManualClock();
  });
  afterEach(() => server.stop());

  it('is given the transcript and a key, and what its chat output says comes back', async () => {
    server.apiKey = 'a-key';
    server.says = (asked) => `About: ${asked}`;
    expect(await writer().write(TRANSCRIPT)).toBe(`About: ${TRANSCRIPT}`);
    expect(server.requests).toEqual([{ path: '/api/v1/run/spool-follow-up?stream=false', apiKey: 'a-key', body: { input_value: TRANSCRIPT, input_type: 'chat', output_type: 'chat' } }]);
    expect(clock.pending).toBe(0);
  });

  it('that needs no key is sent none', async () => {
    await new LangFlowWriter({ url: server.url, flow: 'f', clock }).write(TRANSCRIPT);
    expect(server.requests[0]?.apiKey).toBeUndefined();
  });

  it.each([
    [{ kind: 'status', status: 401 }, 'engine.rejected'],
    [{ kind: 'status', status: 404 }, 'engine.rejected'],
    [{ kind: 'status', status: 422 }, 'engine.rejected'],
    [{ kind: 'status', status: 500 }, 'engine.failed'],
    [{ kind: 'status', status: 504 }, 'engine.timeout'],
    [{ kind: 'body', body: 'no JSON' }, 'engine.failed'],
    [{ kind: 'body', body: 'null' }, 'engine.failed'],
    [{ kind: 'body', body: '{"outputs":[]}' }, 'engine.failed'],
    [{ kind: 'body', body: '{"outputs":[{"outputs":[null,{"results":{"message":{"text":7}}}]}]}' }, 'engine.failed'],
    [{ kind: 'body', body: '{"outputs":[{"outputs":[{"results":{"message":{"text":"  "}}}]}]}' }, 'engine.failed'],
    [{ kind: 'cut' }, 'engine.failed'],
    [{ kind: 'endless' }, 'engine.failed'],
  ] satisfies [LangFlowFault, string][])('that does %j is an error of the right kind, with nobody’s words in it', async (fault, code) => {
    const error = await refused(fault);
    expect(error.code).toBe(code);
    expect(`${error.message} ${JSON.stringify(error.fields)} ${String(error.cause)}`).not.toMatch(/telescope|a-key/);
  });

  it('that is asked too often says when to come again', async () => {
    expect(await refused({ kind: 'status', status: 429, headers: { 'retry-after': '30' } })).toMatchObject({ code: 'engine.busy', retryAfterS: 30 });
  });

  it('is not followed to another server with the key', async () => {
    const other = await LangFlowServer.start();
    expect((await refused({ kind: 'redirect', to: `${other.url}/api/v1/run/x` })).code).toBe('engine.failed');
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  it('that never answers is given up', async () => {
    server.fault = { kind: 'hang' };
    const asked = server.next();
    const outcome = writer().write(TRANSCRIPT).catch((error: SpoolError) => error.code);
    await asked;
    await clock.advance(LANGFLOW_TIMEOUT_MS);
    expect(await outcome).toBe('engine.timeout');
  });

  it('is left alone once nobody waits for it any more', async () => {
    server.fault = { kind: 'hang' };
    const asked = server.next();
    const stop = new AbortController();
    const outcome = writer().write(TRANSCRIPT, stop.signal).catch((error: Error) => error.message);
    await asked;
    stop.abort(new Error('The worker stops.'));
    expect(await outcome).toBe('The worker stops.');
    expect(clock.pending).toBe(0);
  });

  it('that is not there is an error that can be tried again', async () => {
    const { url } = server;
    await server.stop();
    expect(await new LangFlowWriter({ url, flow: 'f', clock }).write(TRANSCRIPT).catch((error: SpoolError) => error.code)).toBe('engine.failed');
    server = await LangFlowServer.start();
  });

  it('is named by its name alone, whatever stands in it', async () => {
    await writer('../../users/').write(TRANSCRIPT);
    expect(server.requests[0]?.path).toBe('/api/v1/run/..%2F..%2Fusers%2F?stream=false');
  });
});
