import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PersonActor } from '#domain/actor.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { LOCAL_TOKEN_LIFETIME_MS, createLocalTokens } from './local-tokens.ts';
import { createPartLinks } from './part-links.ts';
import { loadLocalSecret, signingSecret } from './secret.ts';

const ada: PersonActor = { kind: 'person', id: 'da2cebeb-bad1-8d3c-9cd9-44017a8dd670', name: 'Ada Łovelace', role: 'interviewer' };
/** Long enough for HS512 too, so that another algorithm is refused for being another. */
const secret = new Uint8Array(64).fill(7);

describe('a local token', () => {
  test('stands for the person it was issued to', async () => {
    const tokens = createLocalTokens(secret, new ManualClock());
    expect(await tokens.verify((await tokens.issue(ada)).token)).toEqual(ada);
  });
  test('is over after its lifetime', async () => {
    const clock = new ManualClock();
    const tokens = createLocalTokens(secret, clock);
    const { token, expiresAtMs } = await tokens.issue(ada);
    await clock.advance(LOCAL_TOKEN_LIFETIME_MS - 1_000);
    expect(expiresAtMs).toBe(clock.nowMs() + 1_000);
    expect((await tokens.verify(token)).id).toBe(ada.id);
    await clock.advance(1_001);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'auth.invalid' });
  });
  test('of another secret, another algorithm, another issuer, without claims or without a signature is refused', async () => {
    const clock = new ManualClock();
    const tokens = createLocalTokens(secret, clock);
    const claims = { name: 'Ada', role: 'admin', sub: ada.id, iss: 'spool-local', aud: 'spool-local', exp: Math.floor(clock.nowMs() / 1000) + 60 };
    const sign = (change: object, algorithm = 'HS256') => new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: algorithm }).sign(secret);
    const { token } = await tokens.issue(ada);
    const bad = [
      (await createLocalTokens(new Uint8Array(32).fill(8), clock).issue(ada)).token,
      await sign({ iss: 'somebody' }),
      await sign({ aud: 'somebody' }),
      await sign({ role: 'owner' }),
      await sign({ sub: 'ada' }),
      await sign({ exp: undefined }),
      await sign({}, 'HS512'),
      new UnsecuredJWT(claims).encode(),
      `${token}x`,
      'a.b.c',
      '',
    ];
    expect(await tokens.verify(await sign({}))).toMatchObject({ role: 'admin' });
    for (const one of bad) await expect(tokens.verify(one), one).rejects.toMatchObject({ code: 'auth.invalid' });
  });
});

describe('the local secret', () => {
  let dataDir: string;
  beforeEach(async () => void (dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-secret-'))));
  afterEach(() => rm(dataDir, { recursive: true }));

  test('is made once, for its owner’s eyes only, however many processes start at once', async () => {
    const nested = path.join(dataDir, 'not', 'there');
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadLocalSecret(nested)));
    expect(new Set(secrets.map((one) => Buffer.from(one).toString('hex'))).size).toBe(1);
    expect(secrets[0]).toHaveLength(32);
    expect(await readdir(nested)).toEqual(['local-auth-secret']);
    expect((await stat(path.join(nested, 'local-auth-secret'))).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await loadLocalSecret(nested))).toEqual(Buffer.from(secrets[0]!));
  });
  test('gives way to one that processes without a common disk are given: what one signs another checks', async () => {
    const clock = new ManualClock();
    const SPOOL_SIGNING_SECRET = 'a'.repeat(32);
    const [web, worker] = await Promise.all(['web', 'worker'].map((name) => signingSecret({ SPOOL_SIGNING_SECRET, dataDir: path.join(dataDir, name) })));
    expect(createPartLinks(worker!, clock).allows('u', 1, new URL(createPartLinks(web!, clock).partUrl('http://x', 'u', 1)).searchParams)).toBe(true);
    expect(web).toHaveLength(32);
    expect(await readdir(dataDir)).toEqual([]);
    expect(await signingSecret({ dataDir })).toEqual(await loadLocalSecret(dataDir));
  });
  test('that is damaged is not signed with', async () => {
    await writeFile(path.join(dataDir, 'local-auth-secret'), 'short');
    await expect(loadLocalSecret(dataDir)).rejects.toThrow('damaged');
  });
});
