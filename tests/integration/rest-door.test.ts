import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REQUESTS_PER_PERSON_PER_MINUTE, SIGN_INS_PER_ADDRESS_PER_MINUTE } from '#app/_server/rate-limits.ts';
import { MAX_JSON_BYTES } from '#app/_server/read-json.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestRequest, RestWorld } from '../support/rest.ts';

/** Stands still unless told otherwise, so that no bucket refills by itself. */
let elapsedMs = 0;
const clock = { ...systemClock, monotonicMs: () => elapsedMs };
let world: RestWorld;
let ada: string;
beforeAll(async () => {
  world = await openRestWorld({ SPOOL_ALLOWED_ORIGINS: 'https://app.example.com', SPOOL_PORT: '3000' }, clock);
  ada = await world.signIn('Ada');
});
afterAll(() => world?.close());
const code = async (method: string, address: string, request?: RestRequest) => {
  const { status, json } = await world.send(method, address, request);
  return [status, json?.code];
};
const JSON_TYPE = { 'content-type': 'application/json' };

describe('signing in by name', () => {
  test('gives a token and a cookie that stand for the same person ever after', async () => {
    const answer = await world.send('POST', '/api/auth/local', { body: { name: '  Grace ', role: 'interviewer' } });
    expect(answer.status).toBe(200);
    expect(answer.json.user).toEqual({ id: expect.any(String), name: 'Grace', role: 'interviewer' });
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^spool_session_3000=[\w.-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    for (const request of [{ token: answer.json.token }, { headers: { cookie: cookie.split(';')[0]! } }]) {
      expect((await world.send('GET', '/api/auth/me', request)).json).toEqual({ user: answer.json.user });
    }
    expect((await world.send('POST', '/api/auth/local', { body: { name: 'grace', role: 'interviewer' } })).json.user.id).toBe(answer.json.user.id);
    expect((await world.send('POST', '/api/auth/local', { body: { name: 'Grace', role: 'learner' } })).json.user.id).not.toBe(answer.json.user.id);
  });
  test.each([
    [{ role: 'learner' }, '$.name'],
    [{ name: '  ', role: 'learner' }, '$.name'],
    [{ name: 'x'.repeat(101), role: 'learner' }, '$.name'],
    [{ name: 'a\tb', role: 'learner' }, '$.name'],
    [{ name: 'Ada' }, '$.role'],
    [{ name: 'Ada', role: 'owner' }, '$.role'],
    [{ name: 'Ada', role: 'learner', password: 'x' }, '$.password'],
  ])('with %j is refused and says where', async (body, path) => {
    const { status, json } = await world.send('POST', '/api/auth/local', { body });
    expect([status, json.errors[0].path]).toEqual([400, path]);
  });
  test('is for this machine only', async () => {
    const body = { name: 'Mallory', role: 'admin' };
    const strangers: RestRequest[] = [{ peer: '10.0.0.1' }, { peer: null }, { headers: { host: 'spool.example.com' } }, { peer: '10.0.0.1', headers: { 'x-forwarded-for': '127.0.0.1' } }];
    for (const request of strangers) {
      expect(await code('POST', '/api/auth/local', { body, ...request })).toEqual([403, 'auth.local_only']);
    }
  });
  test('is refused to another website', async () => {
    expect(await code('POST', '/api/auth/local', { body: { name: 'Ada', role: 'learner' }, headers: { origin: 'http://evil.example' } })).toEqual([403, 'origin.forbidden']);
  });
  test('ends by removing the cookie', async () => {
    const { status, headers } = await world.send('DELETE', '/api/auth/local', { headers: { cookie: `spool_session_3000=${ada}`, origin: 'http://localhost:3000' } });
    expect(status).toBe(204);
    expect(headers.get('set-cookie')).toMatch(/^spool_session_3000=; Path=\/; Max-Age=0;/);
  });
  test('ends by the address that ends every sign-in as well, though there is no account to keep or to sign out everywhere', async () => {
    const headers = { cookie: `spool_session_3000=${ada}`, origin: 'http://localhost:3000' };
    const ended = await world.send('DELETE', '/api/auth/session', { headers });
    expect([ended.status, ended.headers.getSetCookie()[0]]).toEqual([204, 'spool_session_3000=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax']);
    expect(await code('DELETE', '/api/auth/session?everywhere=true', { headers })).toEqual([404, 'route.unknown']);
    expect(await code('POST', '/api/auth/session', { body: { idToken: 'a', refreshToken: 'b' }, headers })).toEqual([404, 'route.unknown']);
  });
});

describe('who does not say who they are', () => {
  test.each([
    ['nothing', undefined, 'auth.required'],
    ['a wrong token', { authorization: 'Bearer abc' }, 'auth.invalid'],
    ['another scheme', { authorization: 'Basic YTpi' }, 'auth.invalid'],
    ['no token', { authorization: 'Bearer' }, 'auth.invalid'],
    ['a wrong cookie', { cookie: 'spool_session_3000=abc' }, 'auth.invalid'],
    ['the cookie of another instance', { cookie: 'spool_session_3001=abc' }, 'auth.required'],
  ])('but sends %s is asked to sign in', async (_what, headers, expected) => {
    const answer = await world.send('GET', '/api/sessions', { headers });
    expect([answer.status, answer.json.code]).toEqual([401, expected]);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
  test('with a wrong token is not let in by a right cookie', async () => {
    expect(await code('GET', '/api/sessions', { headers: { authorization: 'Bearer abc', cookie: `spool_session_3000=${ada}` } })).toEqual([401, 'auth.invalid']);
  });
});

describe('the cookie', () => {
  const cookie = () => ({ cookie: `spool_session_3000=${ada}` });
  test('changes something only from our own pages', async () => {
    const body = { kind: 'dictation' };
    expect(await code('POST', '/api/sessions', { body, headers: cookie() })).toEqual([403, 'origin.forbidden']);
    expect(await code('POST', '/api/sessions', { body, headers: { ...cookie(), origin: 'http://evil.example' } })).toEqual([403, 'origin.forbidden']);
    expect(await code('POST', '/api/sessions', { body, headers: { ...cookie(), origin: 'http://localhost:3000' } })).toEqual([201, undefined]);
    expect(await code('POST', '/api/sessions', { body, headers: { ...cookie(), 'sec-fetch-site': 'same-origin' } })).toEqual([201, undefined]);
    expect(await code('GET', '/api/sessions', { headers: cookie() })).toEqual([200, undefined]);
  });
});

describe('another website', () => {
  test('that is allowed may ask, and is told so beforehand', async () => {
    const origin = 'https://app.example.com';
    const preflight = await world.send('OPTIONS', '/api/sessions', { headers: { origin, 'access-control-request-method': 'POST' } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST, GET, HEAD, OPTIONS');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    const answer = await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'code' }, headers: { origin } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([201, origin]);
    expect((await world.send('GET', '/api/nothing', { headers: { origin } })).headers.get('access-control-allow-origin')).toBe(origin);
  });
  test('that is not allowed gets nothing', async () => {
    const origin = 'https://other.example.com';
    expect(await code('OPTIONS', '/api/sessions', { headers: { origin, 'access-control-request-method': 'POST' } })).toEqual([403, 'origin.forbidden']);
    const answer = await world.send('GET', '/api/sessions', { token: ada, headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('vary')).toContain('Origin');
  });
});

describe('an address', () => {
  test.each(['/api', '/api/nothing', '/api/sessions/x/y/z', '/api/auth'])('that does not exist (%s) is a 404 problem for every method', async (address) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) expect(await code(method, address), method).toEqual([404, 'route.unknown']);
    const head = await world.send('HEAD', address);
    expect([head.status, head.bytes.byteLength]).toEqual([404, 0]);
  });
  test('names the methods it has', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const { status, headers, json } = await world.send(method, '/api/sessions', { token: ada });
      expect([status, json.code, headers.get('allow')]).toEqual([405, 'route.method', 'POST, GET, HEAD, OPTIONS']);
    }
    expect((await world.send('HEAD', '/api/sessions/x/ticket', { token: ada })).status).toBe(405);
    const options = await world.send('OPTIONS', '/api/sessions/x');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, PATCH, PUT, DELETE, HEAD, OPTIONS']);
  });
  test('that can be read can be asked for its headers', async () => {
    const head = await world.send('HEAD', '/api/sessions', { token: ada });
    expect([head.status, head.headers.get('content-type'), head.bytes.byteLength]).toEqual([200, 'application/json', 0]);
    expect((await world.send('HEAD', '/api/health')).status).toBe(200);
  });
});

describe('a body', () => {
  const post = (request: RestRequest) => code('POST', '/api/sessions', { token: ada, ...request });
  const padded = (size: number) => `{"kind":"code"${' '.repeat(size - 15)}}`;
  function inPieces(text: string): ReadableStream<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    let at = 0;
    return new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) controller.close();
        else controller.enqueue(bytes.slice(at, (at += 60_000)));
      },
    });
  }
  test('of a mebibyte is the most there can be, with or without a stated length', async () => {
    expect(await post({ raw: padded(MAX_JSON_BYTES), headers: JSON_TYPE })).toEqual([201, undefined]);
    expect(await post({ raw: padded(MAX_JSON_BYTES + 1), headers: JSON_TYPE })).toEqual([413, 'request.too_large']);
    expect(await post({ raw: inPieces(padded(MAX_JSON_BYTES)), headers: JSON_TYPE })).toEqual([201, undefined]);
    expect(await post({ raw: inPieces(padded(MAX_JSON_BYTES + 1)), headers: JSON_TYPE })).toEqual([413, 'request.too_large']);
    expect(await post({ raw: inPieces(padded(20 * MAX_JSON_BYTES)), headers: JSON_TYPE })).toEqual([413, 'request.too_large']);
  });
  test.each(['', '{', 'null x', '{"kind":"code",}', 'kind=code', '['.repeat(200_000)])('that is not JSON is refused', async (raw) => {
    expect(await post({ raw, headers: JSON_TYPE })).toEqual([400, 'request.not_json']);
  });
  test('that breaks off is the sender’s failure, not ours', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })) });
    expect(await post({ raw: broken, headers: JSON_TYPE })).toEqual([400, 'request.not_json']);
  });
  test('that is not UTF-8 is refused', async () => {
    expect(await post({ raw: new Uint8Array([0x22, 0xff, 0x22]), headers: JSON_TYPE })).toEqual([400, 'request.not_json']);
  });
  test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1', 'multipart/form-data'])('sent as %s is refused', async (type) => {
    const raw = new TextEncoder().encode('{"kind":"code"}');
    expect(await post({ raw, headers: type ? { 'content-type': type } : {} })).toEqual([415, 'request.unsupported_media_type']);
  });
  test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/merge-patch+json'])('sent as %s is read', async (type) => {
    expect(await post({ raw: '{"kind":"code"}', headers: { 'content-type': type } })).toEqual([201, undefined]);
  });
  test('that is packed is refused', async () => {
    expect(await post({ raw: '{}', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } })).toEqual([415, 'request.unsupported_media_type']);
  });
  test('cannot reach into prototypes', async () => {
    expect(await post({ raw: '{"kind":"code","__proto__":{"title":"x"}}', headers: JSON_TYPE })).toEqual([400, 'request.invalid']);
    expect(await post({ raw: '{"kind":"code","constructor":1}', headers: JSON_TYPE })).toEqual([400, 'request.invalid']);
  });
  test('may carry the action older clients send, where it belongs', async () => {
    expect(await post({ body: { kind: 'code', action: 'CREATE_SESSION' } })).toEqual([201, undefined]);
    expect(await post({ body: { kind: 'code', action: 'END_SESSION' } })).toEqual([400, 'request.action_mismatch']);
    expect(await code('GET', '/api/sessions?action=LIST_FILES', { token: ada })).toEqual([400, 'request.action_mismatch']);
  });
});

describe('whatever is sent', () => {
  test('is accepted or refused, and never breaks the server', async () => {
    const known = fc.record({ kind: fc.jsonValue(), templateId: fc.jsonValue(), title: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()), consent: fc.jsonValue() }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), known, fc.record({ kind: fc.constant('code'), title: fc.string({ unit: 'binary' }) })), async (body) => {
        const { status } = await world.send('POST', '/api/sessions', { token: ada, body });
        expect([201, 400]).toContain(status);
      }),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), fc.constantFrom('GET', 'PATCH', 'DELETE'), async (path, query, method) => {
        const { status } = await world.send(method, `/api/sessions${path}?${query}`, { token: ada, body: method === 'PATCH' ? {} : undefined });
        expect([200, 400, 404, 405]).toContain(status);
      }),
      { numRuns: 60 },
    );
    const eventually = fc.oneof(fc.string(), fc.base64String());
    await fc.assert(
      fc.asyncProperty(fc.record({ cursor: eventually, limit: eventually, q: fc.string({ unit: 'binary' }) }, { requiredKeys: [] }), async (query) => {
        const { status } = await world.send('GET', `/api/sessions?${new URLSearchParams(query as Record<string, string>)}`, { token: ada });
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 60 },
    );
    elapsedMs += 60_000;
  });
});

describe('every answer', () => {
  test('carries a request id, which a problem repeats', async () => {
    const { headers, json } = await world.send('GET', '/api/nothing');
    expect(json).toEqual({
      type: 'urn:spool:problem:route.unknown', title: 'No such address', status: 404, code: 'route.unknown', retryable: false, requestId: headers.get('x-request-id'),
      detail: 'Check the address; GET /api/openapi.json lists all of them.',
    });
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await world.send('GET', '/api/nothing')).json.requestId).not.toBe(json.requestId);
  });
  test('to an unexpected failure says nothing but the request id', async () => {
    const { sessions } = world.composition;
    world.composition.sessions = new Proxy(sessions, { get: () => () => Promise.reject(new Error('secret words')) });
    try {
      const { status, json, text } = await world.send('GET', '/api/sessions', { token: ada });
      expect([status, json.code]).toEqual([500, 'internal']);
      expect(text).not.toContain('secret');
      world.composition.sessions = new Proxy(sessions, { get: () => () => Promise.reject(new SpoolError('unavailable', 'secret', { cause: new Error('words') })) });
      expect(await code('GET', '/api/sessions', { token: ada })).toEqual([503, 'unavailable']);
    } finally {
      world.composition.sessions = sessions;
    }
  });
});

describe('too many requests', () => {
  test('of one person wait, and nobody else does', async () => {
    const eager = await world.signIn('Eager');
    const statuses = [];
    for (let count = 0; count <= REQUESTS_PER_PERSON_PER_MINUTE; count++) statuses.push((await world.send('GET', '/api/auth/me', { token: eager, peer: '127.9.9.9' })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(REQUESTS_PER_PERSON_PER_MINUTE);
    const refused = await world.send('GET', '/api/auth/me', { token: eager, peer: '127.9.9.8' });
    expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([429, 'rate.limited', '1']);
    expect((await world.send('GET', '/api/auth/me', { token: ada })).status).toBe(200);
    elapsedMs += 1_000;
    expect((await world.send('GET', '/api/auth/me', { token: eager })).status).toBe(200);
  });
  test('to sign in from one address wait', async () => {
    const request = { body: { name: 'Many', role: 'learner' }, peer: '127.1.1.1' };
    for (let count = 0; count < SIGN_INS_PER_ADDRESS_PER_MINUTE; count++) expect((await world.send('POST', '/api/auth/local', request)).status).toBe(200);
    const refused = await world.send('POST', '/api/auth/local', request);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await world.send('POST', '/api/auth/local', { ...request, peer: '127.1.1.2' })).status).toBe(200);
  });
});

describe('where Cognito is configured', () => {
  let cloud: RestWorld;
  beforeAll(async () => void (cloud = await openRestWorld({ COGNITO_USER_POOL_ID: 'eu-central-1_Test12345', COGNITO_CLIENT_ID: 'client', SPOOL_LOCAL_AUTH: '1' })));
  afterAll(() => cloud?.close());
  test('nobody signs in by name, and local tokens are worth nothing', async () => {
    expect((await cloud.send('GET', '/api/health')).json).toEqual({ status: 'ok', signIn: 'cognito' });
    const answer = await cloud.send('POST', '/api/auth/local', { body: { name: 'Ada', role: 'admin' } });
    expect([answer.status, answer.json.code]).toEqual([404, 'route.unknown']);
    expect((await cloud.send('GET', '/api/auth/me', { token: ada })).json.code).toBe('auth.invalid');
  });
});

describe('where the owner lets everybody in', () => {
  let open: RestWorld;
  beforeAll(async () => void (open = await openRestWorld({ SPOOL_LOCAL_AUTH: '1', SPOOL_TRUSTED_PROXIES: '1' })));
  afterAll(() => open?.close());
  test('people sign in from anywhere, over a proxy that speaks HTTPS with a cookie for HTTPS only', async () => {
    const { status, headers } = await open.send('POST', '/api/auth/local', {
      body: { name: 'Ada', role: 'learner' }, peer: '10.0.0.1', headers: { host: 'spool.example.com', 'x-forwarded-for': '9.9.9.9', 'x-forwarded-proto': 'https', origin: 'https://spool.example.com' },
    });
    expect(status).toBe(200);
    expect(headers.get('set-cookie')).toMatch(/; Secure$/);
  });
});
