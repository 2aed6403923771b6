/** A text that cannot have been said in the time is thrown away; so are loops, which speech models are caught in. */
import { loopsFasterThanSpeech } from '#domain/meetings/invented-text/loops.ts';

/** Fast English is about 7 words or 33 letters a second in bursts; twice the usual 15 letters is already hurried. */
const MAX_CHARACTERS_PER_SECOND = 36;
/** Short segments hold a whole fast word or two; the rate means something from here on. */
const MIN_RATED_MS = 1_000;

export type ImplausibleReason = 'too_dense' | 'repetition';

/** Why `text` cannot be what was said within `audioMs`, or undefined when it can. */
export function implausibleReason(text: string, audioMs: number): ImplausibleReason | undefined {
  const seconds = Math.max(audioMs, MIN_RATED_MS) / 1000;
  if (text.length / seconds > MAX_CHARACTERS_PER_SECOND) return 'too_dense';
  return loopsFasterThanSpeech(text, seconds) ? 'repetition' : undefined;
}
