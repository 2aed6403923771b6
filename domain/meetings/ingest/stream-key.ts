/** The key a sender of a stream shows instead of a sign-in: whoever has it speaks in the meeting, so it cannot be guessed. */
import { sha256Hex } from '../../hash.ts';
import { newSecret } from '../../ids.ts';

/** Within this time the stream must have come for the first time; coming back is bounded by the meeting alone. */
export const STREAM_KEY_TTL_MS = 24 * 3600_000;
/** What stands between the host and the key in the address a sender is given. */
export const RTMP_APPLICATION = 'live';

/** A new key of 256 bits, 43 URL-safe characters. Only `hash` is kept; the key is shown once and never written down. */
export async function newStreamKey(): Promise<{ key: string; hash: string }> {
  const key = newSecret(32);
  return { key, hash: await streamKeyHash(key) };
}

/** What a key is found by: lower-case hex of its SHA-256. */
export function streamKeyHash(key: string): Promise<string> {
  return sha256Hex(key);
}
