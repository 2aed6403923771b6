/**
 * Reads FLV as it is written: whole audio tags only, so that a writer that was killed in the middle of one leaves nothing
 * behind that a decoder would stumble over. The result depends on the bytes alone, however they were cut up on the way.
 */
const FILE_HEADER_BYTES = 13;
const TAG_HEADER_BYTES = 11;
const AUDIO_TAG = 8;
/** Without this one a decoder would wait for pictures: nginx announces them even where it records sound alone. */
export const AUDIO_ONLY_HEADER = Buffer.from([0x46, 0x4c, 0x56, 1, 4, 0, 0, 0, 9, 0, 0, 0, 0]);
/**
 * A sender that is silent for longer is shown out (DROP_IDLE_S), so a larger step is a clock that was set, not time that
 * passed. Backwards, a decoder would throw away what comes until the old time is reached again.
 */
const MAX_STEP_MS = 25_000;
const MAX_STEP_BACK_MS = 500;

export class FlvTags {
  #rest: Buffer = Buffer.alloc(0);
  #headerSeen = false;
  #lastMs: number | null = null;
  #shiftMs = 0;

  /** Takes bytes as they come; returns the audio tags that are complete, with timestamps that never leap. */
  push(bytes: Buffer): Buffer[] {
    let buffer = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const tags: Buffer[] = [];
    if (!this.#headerSeen && buffer.length >= FILE_HEADER_BYTES) {
      this.#headerSeen = true;
      buffer = buffer.subarray(FILE_HEADER_BYTES);
      tags.push(AUDIO_ONLY_HEADER);
    }
    while (this.#headerSeen && buffer.length >= TAG_HEADER_BYTES) {
      const length = TAG_HEADER_BYTES + buffer.readUIntBE(1, 3) + 4;
      if (buffer.length < length) break;
      if (buffer[0] === AUDIO_TAG) tags.push(this.#steady(Buffer.from(buffer.subarray(0, length))));
      buffer = buffer.subarray(length);
    }
    this.#rest = Buffer.from(buffer);
    return tags;
  }

  #steady(tag: Buffer): Buffer {
    const senderMs = ((tag[7]! << 24) | tag.readUIntBE(4, 3)) >>> 0;
    const step = senderMs + this.#shiftMs - (this.#lastMs ?? 0);
    if (step > MAX_STEP_MS || step < -MAX_STEP_BACK_MS) this.#shiftMs -= step;
    const ms = senderMs + this.#shiftMs;
    this.#lastMs = ms;
    tag.writeUIntBE(ms & 0xffffff, 4, 3);
    tag[7] = (ms >>> 24) & 0xff;
    return tag;
  }
}
