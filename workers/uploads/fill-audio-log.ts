/** From a decoder into a session's audio, as fast as both go, with two buffers between them and no more. */
import type { AudioLogWriter } from '#domain/session/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';

/**
 * One minute: half of what the log lets wait of one session (adapters/filesystem/epoch-writer.ts). With five syncs a
 * second that is up to 300 times as fast as the sound.
 */
export const BUFFER_SAMPLES = 60 * UPLINK_SAMPLE_RATE_HZ;

/**
 * Appends what is not in the log yet: `writer` stands at the number of samples that are, which are the first ones of
 * `samples`. `onDurable` hears how many are in it, one call at a time. Resolves with that number when all are.
 * @throws whatever the decoder, the log or `onDurable` throws; with what came before safely in the log where the decoder ended
 */
export async function fillAudioLog({ samples, writer, onDurable }: { samples: AsyncIterable<Int16Array>; writer: AudioLogWriter; onDurable: (throughSample: number) => Promise<void> }): Promise<number> {
  let skip = writer.durableThroughSample;
  let filling = new Int16Array(BUFFER_SAMPLES);
  let spare = new Int16Array(BUFFER_SAMPLES);
  let filled = 0;
  let idle = true;
  let failure: unknown;
  let stored: Promise<void> = Promise.resolve();

  /** One append at a time: the order in the log is the order here, whatever fails. */
  const store = () => {
    const batch = filling.subarray(0, filled);
    [filling, spare] = [spare, filling];
    filled = 0;
    idle = false;
    stored = (async () => {
      await onDurable(await writer.append(batch));
      idle = true;
    })();
    stored.catch((error: unknown) => (failure = error));
  };

  let ended: unknown;
  try {
    for await (const piece of samples) {
      if (failure !== undefined) throw failure;
      const skipped = Math.min(skip, piece.length);
      skip -= skipped;
      for (let rest = piece.subarray(skipped); rest.length > 0; ) {
        const taken = Math.min(rest.length, BUFFER_SAMPLES - filled);
        filling.set(rest.subarray(0, taken), filled);
        filled += taken;
        rest = rest.subarray(taken);
        if (filled === BUFFER_SAMPLES) await stored;
        if (idle) store();
      }
    }
  } catch (error) {
    ended = error;
  }
  await stored;
  if (filled > 0) {
    store();
    await stored;
  }
  if (ended !== undefined) throw ended;
  return writer.durableThroughSample;
}
