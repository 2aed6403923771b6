/** A `Synthesizer` whose speech is a steady tone, as long as a person would take to say the text. */
import { SpoolError } from '#domain/errors.ts';
import { NORMAL_PACE } from '#domain/speech/pace.ts';
import type { Synthesizer } from '#domain/speech/ports.ts';

/** About 15 characters a second, the pace of a calm speaker. */
const SCRIPTED_MS_PER_CHARACTER = 66;

export interface ScriptedSynthesizer extends Synthesizer {
  /** Every text it was asked to say, in order. */
  readonly spoken: readonly string[];
  /** Texts for which it fails with `engine.failed`. */
  readonly failOn: Set<string>;
}

export function createScriptedSynthesizer(options: { name?: string; sampleRateHz?: number } = {}): ScriptedSynthesizer {
  const { name = 'scripted', sampleRateHz = 16_000 } = options;
  const spoken: string[] = [];
  const failOn = new Set<string>();
  return {
    name,
    sampleRateHz,
    spoken,
    failOn,
    async *synthesize({ text, pace = NORMAL_PACE }, signal) {
      signal?.throwIfAborted();
      spoken.push(text);
      if (failOn.has(text)) throw new SpoolError('engine.failed', 'The script says so.');
      for (const sentence of text.split(/(?<=[.!?])\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part))) {
        signal?.throwIfAborted();
        const length = Math.round((sentence.length * SCRIPTED_MS_PER_CHARACTER * sampleRateHz) / 1000 / pace);
        yield Int16Array.from({ length }, (_, index) => Math.round(6_000 * Math.sin((2 * Math.PI * 220 * index) / sampleRateHz)));
      }
    },
  };
}
