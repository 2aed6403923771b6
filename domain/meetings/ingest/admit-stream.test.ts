import { describe, expect, it } from 'vitest';
import { SILENT_SENDER_MS, admitStream } from './admit-stream.ts';
import type { KeyHolder } from './ports.ts';
import { STREAM_KEY_TTL_MS, newStreamKey } from './stream-key.ts';

const NOW_MS = 1_000_000;
const holder: KeyHolder = { sessionId: 'a-session', keyExpiresAtMs: NOW_MS + 1, begun: false, over: false };
const admit = async (over: Partial<KeyHolder> = {}, heardAtMs: number | null = null) => {
  const { key, hash } = await newStreamKey();
  return admitStream(key, { store: { keyHolder: async (asked) => (asked === hash ? { ...holder, ...over } : null) }, nowMs: NOW_MS, heardAtMs: () => heardAtMs });
};

describe('the key of a stream', () => {
  it('cannot be guessed, and is found by its hash', async () => {
    const { key, hash } = await newStreamKey();
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await newStreamKey()).key).not.toBe(key);
    expect(STREAM_KEY_TTL_MS).toBe(86_400_000);
  });
  it('lets its sender in', async () => {
    expect(await admit()).toEqual({ admitted: true, sessionId: 'a-session' });
  });
  it('is nobody’s when it is wrong or empty', async () => {
    const nobody = { store: { keyHolder: async () => null }, nowMs: NOW_MS, heardAtMs: () => null };
    expect(await admitStream('something', nobody)).toEqual({ admitted: false, why: 'unknown' });
    expect(await admitStream('', { ...nobody, store: { keyHolder: async () => holder } })).toEqual({ admitted: false, why: 'unknown' });
  });
  it('is good for a first coming until it expires, and for coming back as long as the meeting goes on', async () => {
    expect(await admit({ keyExpiresAtMs: NOW_MS })).toEqual({ admitted: false, why: 'expired' });
    expect(await admit({ keyExpiresAtMs: NOW_MS, begun: true })).toMatchObject({ admitted: true });
    expect(await admit({ begun: true, over: true })).toEqual({ admitted: false, why: 'over' });
  });
  it('lets in one sender at a time, and another in the place of one that fell silent', async () => {
    expect(await admit({ begun: true }, NOW_MS - SILENT_SENDER_MS + 1)).toEqual({ admitted: false, why: 'busy' });
    expect(await admit({ begun: true }, NOW_MS - SILENT_SENDER_MS)).toMatchObject({ admitted: true });
  });
});
