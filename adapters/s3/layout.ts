/**
 * The objects of sessions. Kind first, session second: rules of the bucket and rights of processes go by prefix.
 *   `log/<session>/<slot>`              audio as it came, PCM16 LE, at most a second; or a fence
 *   `recordings/<session>/<slot>.wav`   the recording of everything before the fence at <slot>
 *   `utterances/<session>/<n>`          what the interviewer said
 *   `erased/<session>`                  empty: this session must not come back
 * Slots are filled one after the other, each once: whoever creates the object has it. A fence ends the writer before it.
 */
import { z } from 'zod';
import { SpoolError } from '#domain/errors.ts';
import { uuidSchema } from '#domain/ids.ts';
import { BYTES_PER_SAMPLE, UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';

/** One second: what a crash may lose of audio that was not acknowledged. */
export const MAX_OBJECT_BYTES = UPLINK_SAMPLE_RATE_HZ * BYTES_PER_SAMPLE;
/** Slots a writer has under way at a time, from the first it does not know to be written. */
export const WINDOW_SLOTS = 4;
/**
 * Slots behind a fence that stay unused: the writer it ended may still fill some of them, none of which is read.
 * More than WINDOW_SLOTS of any version that ever ran: WINDOW_SLOTS <= VOID_SLOTS.
 */
export const VOID_SLOTS = 16;
const SLOT_DIGITS = 10;

/** The id becomes a key, so it must be a UUID, whatever the caller checked. @throws SpoolError `session.not_found` */
export function checkedId(sessionId: string): string {
  if (!uuidSchema.safeParse(sessionId).success || sessionId !== sessionId.toLowerCase()) throw new SpoolError('session.not_found', 'The session id is not a UUID in lower case.');
  return sessionId;
}

const digits = (slot: number) => String(slot).padStart(SLOT_DIGITS, '0');
export const logPrefix = (sessionId: string) => `log/${sessionId}/`;
export const slotKey = (sessionId: string, slot: number) => `${logPrefix(sessionId)}${digits(slot)}`;
export const slotOf = (key: string) => Number(key.slice(key.lastIndexOf('/') + 1).replace(/\.wav$/, ''));
export const recordingPrefix = (sessionId: string) => `recordings/${sessionId}/`;
export const recordingKey = (sessionId: string, slot: number) => `${recordingPrefix(sessionId)}${digits(slot)}.wav`;
export const utterancePrefix = (sessionId: string) => `utterances/${sessionId}/`;
export const utteranceKey = (sessionId: string, utterance: number) => `${utterancePrefix(sessionId)}${utterance}`;
export const erasedKey = (sessionId: string) => `erased/${sessionId}`;

const fenceSchema = z.object({
  kind: z.enum(['epoch', 'seal', 'erase']),
  /** Of the writer that begins here; of a seal or an erasure the newest one before. */
  epoch: z.int().min(0),
  /** Samples before the fence: where its writer begins. */
  throughSample: z.int().min(0),
  /** Who placed it. */
  mark: z.string(),
});
export type Fence = z.infer<typeof fenceSchema>;

/** Half a sample too long, so that a list alone tells a fence from audio. */
export function encodeFence(fence: Fence): Uint8Array {
  const text = JSON.stringify(fence);
  return new TextEncoder().encode(text.length % 2 === 1 ? text : `${text}\n`);
}
export const isFence = (sizeBytes: number) => sizeBytes % BYTES_PER_SAMPLE === 1;

export function parseFence(bytes: Uint8Array): Fence {
  return fenceSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
