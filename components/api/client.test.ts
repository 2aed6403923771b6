import { expect, test } from 'vitest';
import { ERRORS } from '#domain/errors.ts';
import { ProblemError, createApiClient } from './client.ts';

function clientThat(answer: () => Response | Promise<Response>) {
  const requests: { url: string; init: RequestInit }[] = [];
  const api = createApiClient({
    baseUrl: 'http://spool.test',
    fetch: async (url, init) => {
      requests.push({ url: String(url), init: init! });
      return answer();
    },
  });
  return { api, requests };
}
const problem = (status: number, body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json', ...headers } });

test('a problem of the API comes with what the server says of this case, else with the words of the catalogue', async () => {
  const failing = async (body: Record<string, unknown>) => {
    const { api } = clientThat(() => problem(429, { code: 'rate.limited', title: 'Too many requests', requestId: 'r1', ...body }, { 'retry-after': '7' }));
    return api.getTicket('s').catch((caught: unknown) => caught);
  };
  expect(await failing({ detail: 'Your runs are not over yet.' })).toMatchObject({ code: 'rate.limited', retryAfterS: 7, retryable: true, requestId: 'r1', next: 'Your runs are not over yet.' });
  const bare = await failing({});
  expect(bare).toBeInstanceOf(ProblemError);
  expect(bare).toMatchObject({ next: ERRORS['rate.limited'].person });
});

test('a server that cannot be reached has its own words, whoever answers in its place', async () => {
  const down = clientThat(() => Promise.reject(new TypeError('fetch failed')));
  await expect(down.api.listSessions()).rejects.toMatchObject({ code: 'server.unreachable', status: 0, retryable: true });
  const proxy = clientThat(() => new Response('<html>Bad gateway</html>', { status: 502 }));
  await expect(proxy.api.listSessions()).rejects.toMatchObject({ code: 'server.unreachable', status: 502 });
  const odd = clientThat(() => new Response('<html>', { status: 200 }));
  await expect(odd.api.listSessions()).rejects.toMatchObject({ code: 'server.unreachable' });
});

test('interests and the profile have their addresses, and a deletion outlives the page', async () => {
  const { api, requests } = clientThat(() => Response.json({ interests: [] }));
  await api.getInterests('s');
  await api.updateInterest('s', 'i/1', { sentiment: 'mixed' });
  await api.deleteInterest('s', 'i');
  await api.getProfile();
  await api.eraseProfile();
  expect(requests.map(({ url, init }) => `${init.method} ${url.replace('http://spool.test', '')}`)).toEqual([
    'GET /api/sessions/s/interests', 'PATCH /api/sessions/s/interests/i%2F1', 'DELETE /api/sessions/s/interests/i', 'GET /api/profile', 'DELETE /api/profile',
  ]);
  expect(requests[1]!.init.body).toBe('{"sentiment":"mixed"}');
  expect(requests[2]!.init.keepalive).toBe(true);
});

test('not signed in is an answer, not an error', async () => {
  const { api, requests } = clientThat(() => problem(401, { code: 'auth.required', title: 'Please sign in', detail: '' }));
  expect(await api.me()).toBeNull();
  expect(requests[0]!.url).toBe('http://spool.test/api/auth/me');
});

test('a request that is called off stays called off', async () => {
  const stop = new AbortController();
  const { api } = clientThat(() => {
    stop.abort();
    return Promise.reject(new DOMException('stopped', 'AbortError'));
  });
  await expect(api.getSession('s', stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
});

test('addresses are escaped and empty filters left out', async () => {
  const { api, requests } = clientThat(() => Response.json({ sessions: [], nextCursor: null }));
  await api.listSessions({ q: 'stars & moons', kind: undefined, limit: 5 });
  expect(requests[0]!.url).toBe('http://spool.test/api/sessions?q=stars+%26+moons&limit=5');
  expect(api.audioUrl('a/b', 'mix')).toBe('http://spool.test/api/sessions/a%2Fb/audio?track=mix');
});
