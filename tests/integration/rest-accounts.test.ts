/** REST with the tokens of a user pool: roles, tickets, and a sign-in that the server keeps alive in cookies and ends. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeCognito, startFakeCognito } from '#tests/support/fake-cognito.ts';
import { type RestWorld, openRestWorld } from '#tests/support/rest.ts';

const PASSWORD = 'Loops-and-spools-1';
const SESSION = 'spool_session_3000';
const RENEWAL = 'spool_renewal_3000';
const ORIGIN = 'http://localhost:3000';

let cognito: FakeCognito;
let world: RestWorld;
let ids: Record<'ada' | 'ines' | 'root', string>;
beforeAll(async () => {
  cognito = await startFakeCognito();
  world = await openRestWorld({ COGNITO_USER_POOL_ID: cognito.userPoolId, COGNITO_CLIENT_ID: cognito.clientId, COGNITO_ENDPOINT: cognito.url });
  ids = {
    ada: cognito.add({ email: 'ada@example.com', password: PASSWORD, name: 'Ada' }),
    ines: cognito.add({ email: 'ines@example.com', password: PASSWORD, name: 'Ines', groups: ['learner', 'interviewer'] }),
    root: cognito.add({ email: 'root@example.com', password: PASSWORD, groups: ['admin'] }),
  };
});
afterAll(async () => {
  await world?.close();
  await cognito?.close();
});
beforeEach(() => void (cognito.calls.length = 0));

const tokenOf = async (email: string) => (await cognito.tokensOf(email)).idToken;
/** A token the server takes for run out, which it can renew all the same. */
const OLD = `e30.${Buffer.from(JSON.stringify({ exp: 1 })).toString('base64url')}.x`;

/** A browser: keeps the cookies it is sent, and sends them along. */
function browser() {
  const jar = new Map<string, string>();
  async function send(method: string, address: string, options: { body?: unknown; headers?: Record<string, string> } = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await world.send(method, address, { body: options.body, headers: { origin: ORIGIN, ...(cookie ? { cookie } : {}), ...options.headers } });
    for (const line of answer.headers.getSetCookie()) {
      expect(line).toMatch(/; HttpOnly; SameSite=Lax/);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/Max-Age=0/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }
  const signIn = async (email: string) => {
    const { idToken, refreshToken } = await cognito.tokensOf(email);
    return send('POST', '/api/auth/session', { body: { idToken, refreshToken } });
  };
  return { jar, send, signIn };
}

describe('an ID token as bearer', () => {
  test('stands for its person, with the role of the highest group', async () => {
    for (const [email, user] of [
      ['ada@example.com', { id: ids.ada, name: 'Ada', role: 'learner' }],
      ['ines@example.com', { id: ids.ines, name: 'Ines', role: 'interviewer' }],
      ['root@example.com', { id: ids.root, name: 'root', role: 'admin' }],
    ] as const) expect((await world.send('GET', '/api/auth/me', { token: await tokenOf(email) })).json.user).toEqual(user);
  });

  test('opens what the role allows and nothing else', async () => {
    const [ada, ines, root] = [await tokenOf('ada@example.com'), await tokenOf('ines@example.com'), await tokenOf('root@example.com')];
    const { json } = await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'dictation' } });
    expect((await world.send('GET', `/api/sessions/${json.session.id}`, { token: ines })).status).toBe(404);
    expect((await world.send('GET', '/api/operations/dead-letters', { token: ines })).json.code).toBe('auth.forbidden');
    expect((await world.send('GET', '/api/operations/dead-letters', { token: root })).status).toBe(200);
    const code = await world.send('POST', '/api/sessions', { token: ines, body: { templateId: 'two-sum' } });
    expect((await world.send('POST', `/api/sessions/${code.json.session.id}/invitations`, { token: ines, body: { kind: 'candidate', expiresInHours: 1 } })).status).toBe(201);
  });

  test('gets a ticket that opens the stream once', async () => {
    const ada = await tokenOf('ada@example.com');
    const { json } = await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'onboarding' } });
    const { ticket } = (await world.send('POST', `/api/sessions/${json.session.id}/ticket`, { token: ada, body: {} })).json;
    expect(await world.letsIn(ticket)).not.toBeNull();
    expect(await world.letsIn(ticket)).toBeNull();
  });

  test('of another kind, or altered, opens nothing', async () => {
    const { accessToken, idToken } = await cognito.tokensOf('ada@example.com');
    for (const token of [accessToken, `${idToken.slice(0, -4)}AAAA`]) expect((await world.send('GET', '/api/auth/me', { token })).json.code).toBe('auth.invalid');
  });
});

describe('a sign-in that is kept', () => {
  test('is two cookies that scripts cannot read, and works without a token', async () => {
    const ada = browser();
    expect((await ada.signIn('ada@example.com')).json).toEqual({ user: { id: ids.ada, name: 'Ada', role: 'learner' } });
    expect([...ada.jar.keys()]).toEqual([SESSION, RENEWAL]);
    expect((await ada.send('GET', '/api/auth/me')).json.user.name).toBe('Ada');
    expect(cognito.calls).toEqual([]);
  });

  test('never travels unencrypted but on this machine, whatever a proxy says or leaves out', async () => {
    const { idToken, refreshToken } = await cognito.tokensOf('ada@example.com');
    const cookies = async (host: string) => (await world.send('POST', '/api/auth/session', { body: { idToken, refreshToken }, headers: { host, origin: `http://${host}` } })).headers.getSetCookie();
    expect((await cookies('spool.example.com')).map((line) => line.endsWith('; Secure'))).toEqual([true, true]);
    expect((await cookies('localhost:3000')).map((line) => line.endsWith('; Secure'))).toEqual([false, false]);
  });

  test('is renewed once for the requests of one page, whose answers bring the new token', async () => {
    const ada = browser();
    await ada.signIn('ada@example.com');
    for (const lost of [() => ada.jar.set(SESSION, OLD), () => ada.jar.delete(SESSION)]) {
      lost();
      const answers = await Promise.all([ada.send('GET', '/api/auth/me'), ada.send('GET', '/api/sessions'), ada.send('GET', '/api/profile')]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(ada.jar.get(SESSION)).toMatch(/^ey/);
    }
    expect(cognito.calls).toEqual(['GetTokensFromRefreshToken']);
  });

  test('that was revoked is over: the cookies go, and the person is asked to sign in', async () => {
    const ada = browser();
    await ada.signIn('ada@example.com');
    ada.jar.set(SESSION, OLD);
    ada.jar.set(RENEWAL, 'revoked');
    const answer = await ada.send('GET', '/api/auth/me');
    expect([answer.status, answer.json.code, ada.jar.size]).toEqual([401, 'auth.required', 0]);
  });

  test('outlives a Cognito that does not answer: tried again later, nobody is signed out', async () => {
    const ada = browser();
    await ada.signIn('ada@example.com');
    ada.jar.set(SESSION, OLD);
    for (const fault of [{ status: 500 }, { type: 'TooManyRequestsException' }]) {
      cognito.fault('GetTokensFromRefreshToken', fault);
      expect((await ada.send('GET', '/api/auth/me')).json.code).toBe('unavailable');
    }
    expect((await ada.send('GET', '/api/auth/me')).status).toBe(200);
  });

  test('that still has some seconds is used as it is while Cognito does not answer', async () => {
    const { idToken, refreshToken } = await cognito.tokensOf('ada@example.com', { idTokenS: 30 });
    const headers = { cookie: `${SESSION}=${idToken}; ${RENEWAL}=${refreshToken}` };
    cognito.fault('GetTokensFromRefreshToken', { status: 500 });
    const during = await world.send('GET', '/api/auth/me', { headers });
    expect([during.status, during.headers.getSetCookie()]).toEqual([200, []]);
    const after = await world.send('GET', '/api/auth/me', { headers });
    expect([after.status, after.headers.getSetCookie().length]).toEqual([200, 1]);
  });

  test('is ended here alone, or everywhere', async () => {
    const [desk, phone, tablet] = [browser(), browser(), browser()];
    for (const one of [desk, phone, tablet]) await one.signIn('ada@example.com');
    const refreshToken = desk.jar.get(RENEWAL)!;
    expect((await desk.send('DELETE', '/api/auth/session')).status).toBe(204);
    expect(desk.jar.size).toBe(0);
    desk.jar.set(RENEWAL, refreshToken);
    expect((await desk.send('GET', '/api/auth/me')).status).toBe(401);

    phone.jar.delete(SESSION);
    expect((await phone.send('GET', '/api/auth/me')).status).toBe(200);
    expect((await phone.send('DELETE', '/api/auth/session?everywhere=true')).status).toBe(204);
    tablet.jar.delete(SESSION);
    expect((await tablet.send('GET', '/api/auth/me')).status).toBe(401);
    expect(tablet.jar.size).toBe(0);
  });

  test('is gone from this browser even when Cognito does not answer, but not said to be gone everywhere', async () => {
    const ada = browser();
    await ada.signIn('ada@example.com');
    cognito.fault('GlobalSignOut', { status: 500 });
    expect((await ada.send('DELETE', '/api/auth/session?everywhere=true')).json.code).toBe('unavailable');
    cognito.fault('RevokeToken', { status: 500 });
    expect((await ada.send('DELETE', '/api/auth/session')).status).toBe(204);
    expect(ada.jar.size).toBe(0);
  });

  test('cannot be started or ended by another website, and not with tokens that are none of an account', async () => {
    const { idToken, accessToken, refreshToken } = await cognito.tokensOf('ada@example.com');
    const body = { idToken, refreshToken };
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await world.send('POST', '/api/auth/session', { body, headers: evil })).json.code).toBe('origin.forbidden');
    expect((await world.send('DELETE', '/api/auth/session', { headers: evil })).json.code).toBe('origin.forbidden');
    const guest = (await world.composition.guests.issue({ kind: 'person', id: ids.ada, name: 'Ada', role: 'candidate' })).token;
    for (const wrong of [guest, accessToken, 'nonsense']) expect((await world.send('POST', '/api/auth/session', { body: { idToken: wrong, refreshToken } })).json.code).toBe('auth.invalid');
    for (const wrong of ['a; Path=/', 'x'.repeat(4_000)]) expect((await world.send('POST', '/api/auth/session', { body: { idToken, refreshToken: wrong } })).json.code).toBe('request.invalid');
  });

  test('makes room for a guest in the same browser, who does not turn into the account later', async () => {
    const ines = await tokenOf('ines@example.com');
    const { json } = await world.send('POST', '/api/sessions', { token: ines, body: { templateId: 'two-sum' } });
    const { secret } = (await world.send('POST', `/api/sessions/${json.session.id}/invitations`, { token: ines, body: { kind: 'candidate', expiresInHours: 1 } })).json;
    const ada = browser();
    await ada.signIn('ada@example.com');
    ada.jar.set(SESSION, OLD);
    expect((await ada.send('POST', '/api/invitations/accept', { body: { secret, name: 'Robin' } })).status).toBe(200);
    expect([...ada.jar.keys()]).toEqual([SESSION]);
    expect((await ada.send('GET', '/api/auth/me')).json.user).toMatchObject({ name: 'Robin', role: 'candidate' });
  });
});
