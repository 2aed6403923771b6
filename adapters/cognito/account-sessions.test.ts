import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import type { AccountSessions } from '#domain/identity/ports.ts';
import { createCognitoSessions } from './account-sessions.ts';

/** A user pool whose answers the test gives, one by one. */
let server: http.Server;
let asked: { operation: string; answer(status: number, body: object): void }[];
let heard: () => void;
let sessions: AccountSessions;
beforeEach(async () => {
  asked = [];
  heard = () => {};
  server = http.createServer((request, response) => {
    request.resume();
    const operation = String(request.headers['x-amz-target']).split('.')[1]!;
    asked.push({ operation, answer: (status, body) => void response.writeHead(status).end(JSON.stringify(body)) });
    heard();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  sessions = createCognitoSessions({ userPoolId: 'eu-central-1_x', clientId: 'c', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, clock: new ManualClock() });
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function question(index: number) {
  while (asked.length <= index) await new Promise<void>((resolve) => (heard = resolve));
  return asked[index]!;
}
const tokens = { AuthenticationResult: { IdToken: 'id', AccessToken: 'access' } };

test('a renewal that was under way when the person signed out does not sign them in again', async () => {
  const renewing = sessions.renew('r');
  const refused = expect(renewing).rejects.toMatchObject({ code: 'auth.invalid' });
  const renewal = await question(0);
  const ending = sessions.end('r', 'here');
  (await question(1)).answer(200, {});
  await ending;
  renewal.answer(200, tokens);
  await refused;
});

test('a request that comes with the old cookies while the sign-in is being ended does not renew it', async () => {
  const ending = sessions.end('r', 'here');
  const revocation = await question(0);
  const refused = expect(sessions.renew('r')).rejects.toMatchObject({ code: 'auth.invalid' });
  await Promise.race([refused, question(1).then((late) => late.answer(200, tokens))]);
  revocation.answer(200, {});
  await Promise.all([ending, refused]);
});

test('a sign-in that could not be ended everywhere goes on', async () => {
  const ending = sessions.end('r', 'everywhere');
  (await question(0)).answer(200, tokens);
  (await question(1)).answer(500, {});
  await expect(ending).rejects.toMatchObject({ code: 'unavailable' });
  const renewing = sessions.renew('r');
  (await question(2)).answer(200, tokens);
  expect(await renewing).toBe('id');
});
