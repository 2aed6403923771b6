/** What a worker hears when Supabase does not answer, or refuses: the right code, and neither key nor address. */
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { result } from '#tests/support/ledger-world.ts';
import { startPostgrestServer } from '#tests/support/postgrest-server.ts';
import type { PostgrestServer } from '#tests/support/postgrest-server.ts';
import { SupabaseChunkLedger } from './chunk-ledger.ts';

describe('the ledger through Supabase, when something is wrong', () => {
  let rest: PostgrestServer;
  let token: string;
  let ledger: SupabaseChunkLedger;
  beforeAll(async () => {
    // No database: whatever reaches it finds it away.
    rest = await startPostgrestServer('postgres://nobody@127.0.0.1:1/none');
    token = await rest.token('spool_service');
    ledger = new SupabaseChunkLedger({ url: rest.url, key: rest.key, token });
  });
  afterAll(() => rest.stop());

  const refused = async (by: SupabaseChunkLedger) => {
    const error = await by.takeUpAgain('w').then(() => expect.unreachable(), (reason: SpoolError) => reason);
    const { port } = new URL(rest.url);
    for (const secret of [rest.key, token, port]) expect(inspect(error, { depth: 9 })).not.toContain(secret);
    return error;
  };

  it.each([['reset'], ['page'], [503], [500], [429], [408]] as const)('can be tried again after %s', async (how) => {
    rest.failNext(how);
    expect(await refused(ledger)).toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('can be tried again when the database is away, and is not tried again in here', async () => {
    const before = rest.calls.length;
    expect(await refused(ledger)).toMatchObject({ code: 'unavailable', fields: { status: 503, reason: 'PGRST000' } });
    expect(rest.calls.length).toBe(before + 1);
  });

  it('does not wait for an answer for ever', async () => {
    rest.failNext('silent');
    expect(await refused(new SupabaseChunkLedger({ url: rest.url, key: rest.key, token, timeoutMs: 20 }))).toMatchObject({ code: 'unavailable' });
  });

  it('says that the key is to be looked at', async () => {
    const withKey = (key: string, bearer?: string) => new SupabaseChunkLedger({ url: rest.url, key, token: bearer });
    for (const wrong of [withKey('sb_publishable_else', token), withKey(rest.key), withKey(rest.key, await rest.token('spool_service', '-1h')), withKey(rest.key, `${token}x`)]) {
      const error = await refused(wrong);
      expect(error).toMatchObject({ code: 'store.rejected', retryable: false, fields: { status: 401 } });
      expect(error.message).toContain('SUPABASE_KEY');
    }
  });

  it('says that the role, or the schema, is to be looked at', async () => {
    rest.failNext(403);
    expect((await refused(ledger)).message).toContain('spool_service');
    rest.failNext(404);
    expect((await refused(ledger)).message).toContain('Migrate');
  });

  it('sends nothing that no chunk can give', async () => {
    const before = rest.calls.length;
    const endless = result(0, { segments: [{ itemId: 'c0-0', text: 'x'.repeat(2 ** 21), startSample: 0, endSample: 1 }] });
    await expect(ledger.settle(newId(), 0, endless)).rejects.toMatchObject({ code: 'request.too_large' });
    expect(rest.calls.length).toBe(before);
  });
});
