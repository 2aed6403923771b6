import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import type { TokenVerifier } from '#domain/identity/ports.ts';
import { createCognitoVerifier } from './token-verifier.ts';

const userPoolId = 'eu-central-1_Test12345';
const clientId = 'client';
const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${userPoolId}`;
const sub = '5f0c3c9e-1f2b-4c57-8f2a-3e8a9b1c2d3e';

let key: CryptoKey;
let verifier: TokenVerifier;
beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  key = pair.privateKey;
  verifier = createCognitoVerifier({ userPoolId, clientId, jwks: { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' } as never] } });
});

function token(claims: Record<string, unknown> = {}, signWith = key, kid = 'one') {
  const now = Math.floor(Date.now() / 1000);
  const all = { sub, iss: issuer, aud: clientId, token_use: 'id', iat: now, exp: now + 600, name: 'Ada', ...claims };
  return new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid }).sign(signWith);
}

test('a token of the user pool stands for its person, who is a learner unless a group says more', async () => {
  expect(await verifier.verify(await token())).toEqual({ kind: 'person', id: sub, name: 'Ada', role: 'learner' });
});

test.each([
  [['interviewer'], 'interviewer'],
  [['learner', 'admin', 'interviewer'], 'admin'],
  [['something-else'], 'learner'],
])('a person in the groups %j is %s', async (groups, role) => {
  expect((await verifier.verify(await token({ 'cognito:groups': groups }))).role).toBe(role);
});

test('a person without a name goes by the e-mail address, and at last by a general word', async () => {
  expect((await verifier.verify(await token({ name: undefined, email: 'ada@example.com' }))).name).toBe('ada');
  expect((await verifier.verify(await token({ name: 'a\nb' }))).name).toBe('Participant');
});

test('tokens that are old, of another pool, client, kind or key, or no tokens at all are refused', async () => {
  const stranger = (await generateKeyPair('RS256')).privateKey;
  const bad = [
    await token({ exp: Math.floor(Date.now() / 1000) - 1 }),
    await token({ iss: `${issuer}x` }),
    await token({ aud: 'another' }),
    await token({ token_use: 'access', client_id: clientId }),
    await token({ sub: 'not-a-uuid' }),
    await token({}, stranger),
    'a.b.c',
    'nonsense',
  ];
  for (const one of bad) await expect(verifier.verify(one)).rejects.toMatchObject({ code: 'auth.invalid' });
});
