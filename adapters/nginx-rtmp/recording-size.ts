/** How much a sender may leave on the disk: whoever has a key could fill it. */

/** What a sender kept before it came, all at once: an hour of sound at 128 kbit/s. */
const AT_ONCE_BYTES = 64 * 1024 ** 2;
/** Five times as much as stereo without any compression; RTMP has no better sound. */
const BYTES_PER_MS = 1_000;
/** Of one meeting, not in its session yet: seven hours of the best AAC, should the live sessions be away so long. */
const WAITING_BYTES = 1024 ** 3;

/** No sound has so many bytes in the time its sender is there. */
export function isNoSound(sizeBytes: number, thereMs: number): boolean {
  return sizeBytes > AT_ONCE_BYTES + Math.max(0, thereMs) * BYTES_PER_MS;
}

/** Nobody is let in to a meeting of which so much waits. */
export function waitsTooMuch(sizesBytes: readonly number[]): boolean {
  return sizesBytes.reduce((sum, size) => sum + size, 0) > WAITING_BYTES;
}
