import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseEnvironment } from '../../config/environment.ts';
import { SpoolError } from '#domain/errors.ts';
import { listSessionsInput } from '#domain/session/list-sessions.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { parseByteRange } from './byte-range.ts';
import { callerOf } from './caller.ts';
import { contentDisposition } from './file-response.ts';
import { methodHeader, peerHeader, prepareRequest } from './incoming-requests.ts';
import { acceptedOrigin, checkOrigin } from './origin.ts';
import { queryObject, withoutAction } from './parse-input.ts';
import { fieldProblems, jsonPath } from './problem.ts';
import { readCookie } from './session-cookie.ts';
import { streamUrl } from '../../config/stream-url.ts';
import { createTokenBuckets } from './token-buckets.ts';

const codeOf = (run: () => unknown) => {
  try {
    run();
    return 'ok';
  } catch (error) {
    return error instanceof SpoolError ? error.code : error;
  }
};
function from({ peer = '127.0.0.1', proxies = 0, ...headers }: { peer?: string; proxies?: number } & Record<string, string | number | undefined> = {}) {
  return callerOf(new Request('http://localhost:3000/api', { headers: { host: 'localhost:3000', [peerHeader()]: peer, ...(headers as Record<string, string>) } }), proxies);
}

describe('a caller', () => {
  test.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('whose socket ends at %s sits at this machine', (peer) => {
    expect(from({ peer }).loopback).toBe(true);
  });
  test.each(['10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', '127.0.0.1.example', 'unknown'])('whose socket ends at %s does not', (peer) => {
    expect(from({ peer }).loopback).toBe(false);
  });
  test.each(['localhost', 'localhost:3000', 'spool.localhost:3000', '127.0.0.1:80', '[::1]:3000'])('may ask for %s from this machine', (host) => {
    expect(from({ host }).loopback).toBe(true);
  });
  test.each(['evil.example', 'localhost.evil.example:3000', '192.168.1.5:3000', 'evil@localhost', 'local host', ''])('who asks for %j came by a name that is not ours', (host) => {
    expect(from({ host }).loopback).toBe(false);
  });
  test('is not believed when claiming to be local, nor when a proxy on this machine forwards somebody else', () => {
    expect(from({ peer: '10.0.0.1', 'x-forwarded-for': '127.0.0.1' }).loopback).toBe(false);
    expect(from({ 'x-forwarded-for': '127.0.0.1, 10.0.0.1' }).loopback).toBe(false);
    expect(callerOf(new Request('http://localhost:3000/api', { headers: { 'x-forwarded-for': '127.0.0.1' } }), 0).loopback).toBe(false);
  });
  test.each([
    { forwarded: 'for=8.8.8.8' },
    { 'x-real-ip': '8.8.8.8' },
    { 'cf-connecting-ip': '8.8.8.8' },
    { 'true-client-ip': '127.0.0.1, 8.8.8.8' },
    { 'x-forwarded-host': 'spool.example' },
    { via: '1.1 spool.example' },
    { origin: 'https://spool.example', 'sec-fetch-site': 'same-origin' },
  ])('behind a proxy on this machine that asks for localhost is told by %j', (headers) => {
    expect(from(headers).loopback).toBe(false);
  });
  test('at this machine is believed, with what Next and a browser add', () => {
    expect(from({ 'x-forwarded-host': 'localhost:3000', 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '::1', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }).loopback).toBe(true);
    expect(from({ origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }).loopback).toBe(true);
  });
  test('is counted by the address the trusted proxies saw, and by none a client made up', () => {
    const headers = { peer: '10.0.0.1', 'x-forwarded-for': '1.1.1.1, 2.2.2.2, 3.3.3.3', 'x-forwarded-proto': 'https' };
    expect(from(headers)).toMatchObject({ address: '10.0.0.1', https: false });
    expect(from({ ...headers, proxies: 1 })).toMatchObject({ address: '3.3.3.3', https: true });
    expect(from({ ...headers, proxies: 2 }).address).toBe('2.2.2.2');
    expect(from({ ...headers, proxies: 9 }).address).toBe('10.0.0.1');
  });
  test('with IPv6 is counted by network, however the address is written', () => {
    expect(from({ peer: '2001:db8:1:2:3:4:5:6' }).rateKey).toBe('2001:db8:1:2');
    expect(from({ peer: '2001:db8::6' }).rateKey).toBe('2001:db8:0:0');
    expect(from({ peer: 'fe80::1%eth0' }).rateKey).toBe('fe80:0:0:0');
    expect(from({ peer: '::ffff:9.9.9.9' }).rateKey).toBe('9.9.9.9');
  });
});

describe('before Next sees a request', () => {
  const incoming = (method: string, url: string, headers = {}) => ({ method, url, headers: { ...headers } as Record<string, string>, socket: { remoteAddress: '10.0.0.1' } });
  test('the socket’s address is noted over whatever the client sent', () => {
    const request = incoming('GET', '/api/health', { [peerHeader()]: '127.0.0.1' });
    prepareRequest(request);
    expect(request).toMatchObject({ method: 'GET', url: '/api/health', headers: { [peerHeader()]: '10.0.0.1' } });
  });
  test('methods and addresses Next cannot route become ones it can', () => {
    const trace = incoming('TRACE', '/api/sessions');
    prepareRequest(trace);
    expect(trace).toMatchObject({ method: 'POST', headers: { [methodHeader()]: 'TRACE' } });
    const broken = incoming('GET', '/api/%zz?q=1');
    prepareRequest(broken);
    expect(broken.url).toBe('/api/undecodable');
  });
});

describe('an origin', () => {
  const request = (method: string, headers: Record<string, string>) => new Request('http://localhost:3000/api/sessions', { method, headers: { host: 'localhost:3000', ...headers } });
  const judge = (method: string, headers: Record<string, string>, credential: 'cookie' | 'other' = 'other') => {
    const one = request(method, headers);
    return codeOf(() => checkOrigin(one, acceptedOrigin(one, from(), ['https://app.example.com/']), credential));
  };
  test.each(['http://localhost:3000', 'https://app.example.com'])('%s may do everything', (origin) => {
    expect(judge('POST', { origin }, 'cookie')).toBe('ok');
    expect(acceptedOrigin(request('GET', { origin }), from(), ['https://app.example.com'])).toBe(origin);
  });
  test.each(['http://evil.example', 'http://localhost:8080', 'null', 'https://app.example.com.evil.example', 'file://', 'not an origin'])('%s may change nothing and read nothing', (origin) => {
    expect(judge('POST', { origin })).toBe('origin.forbidden');
    expect(judge('GET', { origin })).toBe('ok');
    expect(acceptedOrigin(request('GET', { origin }), from(), [])).toBeNull();
  });
  test('is not needed by a program with a token, but by a browser with a cookie', () => {
    expect(judge('POST', {})).toBe('ok');
    expect(judge('POST', {}, 'cookie')).toBe('origin.forbidden');
    expect(judge('POST', { 'sec-fetch-site': 'same-origin' }, 'cookie')).toBe('ok');
    expect(judge('POST', { 'sec-fetch-site': 'same-origin', origin: 'https://behind-a-proxy.example' }, 'cookie')).toBe('ok');
    expect(judge('POST', { 'sec-fetch-site': 'none' }, 'cookie')).toBe('origin.forbidden');
    expect(judge('POST', { 'sec-fetch-site': 'cross-site' })).toBe('origin.forbidden');
  });
});

describe('a token bucket', () => {
  test('lets a burst through, then one at a time, and says when to come back', async () => {
    const clock = new ManualClock();
    const buckets = createTokenBuckets({ perMinute: 60, clock });
    for (let count = 0; count < 60; count++) expect(buckets.take('ada')).toBeNull();
    expect(buckets.take('ada')).toBeCloseTo(1);
    expect(buckets.take('bob')).toBeNull();
    await clock.advance(999);
    expect(buckets.take('ada')).toBeCloseTo(0.001);
    await clock.advance(1);
    expect(buckets.take('ada')).toBeNull();
    expect(buckets.take('ada')).not.toBeNull();
    await clock.advance(3_600_000);
    for (let count = 0; count < 60; count++) expect(buckets.take('ada')).toBeNull();
    expect(buckets.take('ada')).not.toBeNull();
  });
  test('forgets whoever has not been here for longest rather than grow', () => {
    const buckets = createTokenBuckets({ perMinute: 1, clock: new ManualClock(), maxKeys: 2 });
    expect(buckets.take('a')).toBeNull();
    expect(buckets.take('b')).toBeNull();
    expect(buckets.take('a')).not.toBeNull();
    expect(buckets.take('c')).toBeNull();
    expect(buckets.take('a')).not.toBeNull();
    expect(buckets.take('b')).toBeNull();
  });
});

describe('a byte range', () => {
  test.each([
    ['bytes=0-0', { start: 0, end: 1 }],
    ['bytes=0-', { start: 0, end: 100 }],
    ['bytes=10-19', { start: 10, end: 20 }],
    ['bytes=90-500', { start: 90, end: 100 }],
    ['bytes=-10', { start: 90, end: 100 }],
    ['bytes=-500', { start: 0, end: 100 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-4', null],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['items=0-1', null],
    ['nonsense', null],
    [null, null],
  ])('%s of 100 bytes', (header, expected) => {
    expect(parseByteRange(header, 100)).toEqual(expected);
  });
  test('never leaves the file', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,20}-\d{0,20}$/)), fc.nat(10_000), (header, sizeBytes) => {
        const range = parseByteRange(header, sizeBytes);
        if (range === null || range === 'unsatisfiable') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThan(range.end);
        expect(range.end).toBeLessThanOrEqual(sizeBytes);
      }),
    );
  });
});

describe('a query', () => {
  test('is taken as it is, but nothing twice', () => {
    expect(queryObject(new URLSearchParams('q=a+b&limit=5'))).toEqual({ q: 'a b', limit: '5' });
    expect(codeOf(() => queryObject(new URLSearchParams('q=a&q=b')))).toBe('request.invalid');
  });
  test('of a list is either understood or refused: no other value gets through', () => {
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.constantFrom('', '0', '1', '200', '201', '1e2', '0x10', ' 5', '５'));
    fc.assert(
      fc.property(fc.record({ kind: value, status: value, q: value, limit: value, cursor: value, other: value }, { requiredKeys: [] }), (query) => {
        const parsed = listSessionsInput.safeParse(query);
        if (!parsed.success) return;
        expect(parsed.data.limit).toBe(query.limit === undefined ? 50 : Number(query.limit));
        expect(parsed.data.limit).toBeGreaterThanOrEqual(1);
        expect(parsed.data.limit).toBeLessThanOrEqual(200);
        expect(Object.keys(parsed.data)).not.toContain('other');
        expect(parsed.data.q ?? '').not.toContain('\0');
      }),
    );
  });
});

test('an older client’s action is dropped where it belongs and refused where it does not', () => {
  expect(withoutAction({ action: 'CREATE_SESSION', kind: 'code' }, ['CREATE_SESSION'])).toEqual({ kind: 'code' });
  expect(withoutAction(['action'], [])).toEqual(['action']);
  for (const action of ['GET_SESSION', '', null, 5]) expect(codeOf(() => withoutAction({ action }, ['CREATE_SESSION']))).toBe('request.action_mismatch');
});

test('problems name the field by its JSON path', () => {
  expect(jsonPath(['consent', 'recording'])).toBe('$.consent.recording');
  expect(jsonPath(['items', 3, "odd key's"])).toBe("$.items[3]['odd key\\'s']");
  const parsed = z.strictObject({ a: z.strictObject({ b: z.string() }) }).safeParse({ a: { b: 1, c: 2, __d: 3 }, e: 4 });
  expect(fieldProblems(parsed.error!).map((problem) => problem.path)).toEqual(['$.a.b', '$.a.c', '$.a.__d', '$.e']);
});

test('file names in headers are safe for every client', () => {
  expect(contentDisposition('attachment', 'Über "uns"\r\nX: y.txt')).toBe(`attachment; filename="Uber unsX y.txt"; filename*=UTF-8''%C3%9Cber%20%22uns%22%0D%0AX%3A%20y.txt`);
  expect(contentDisposition('inline', '星.wav')).toBe(`inline; filename="file.wav"; filename*=UTF-8''%E6%98%9F.wav`);
});

test('cookies are found among others', () => {
  const request = new Request('http://localhost', { headers: { cookie: 'a=1; spool_session_3000=x.y=z; b' } });
  expect(readCookie(request, 'spool_session_3000')).toBe('x.y=z');
  expect(readCookie(request, 'b')).toBeNull();
});

test('the stream is opened where the caller reached us, or where the configuration says', () => {
  const caller = from({ host: '[::1]:3000' });
  const at = (address?: string) => streamUrl(parseEnvironment(address ? { SPOOL_REALTIME_PUBLIC_URL: address } : {}), caller);
  expect(at()).toBe('ws://[::1]:8080/v1/stream');
  expect(at('wss://voice.example.com')).toBe('wss://voice.example.com/v1/stream');
  expect(at('wss://example.com/interview/')).toBe('wss://example.com/interview/v1/stream');
  expect(at('wss://example.com/v1/stream')).toBe('wss://example.com/v1/stream');
});
