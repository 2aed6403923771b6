/** All seams of a meeting, looked at when it is put together. */
import type { AudioLog } from '../session/ports.ts';
import type { Transcriber, VoiceDetector } from '../speech/ports.ts';
import { withoutRepetition } from './seam-repetition.ts';
import type { SeamSide } from './seam-repetition.ts';
import { HOLE_SAMPLES, repairSeam } from './seams.ts';
import type { SeamRepair } from './seams.ts';

/** A settled chunk, with how much voice it has and how much of that has words or was held back. */
export interface SettledChunk extends SeamSide {
  speechSamples: number;
  coveredSamples: number;
  suppressedSamples: number;
}
/** Runs as the service role. */
export interface SeamStore {
  /** Transcribed chunks, in order. */
  settledChunks(sessionId: string): Promise<SettledChunk[]>;
  /** What a person edited stays as it is. */
  applySeam(sessionId: string, repair: SeamRepair): Promise<void>;
}
export interface SeamParts {
  seams: SeamStore;
  audio: Pick<AudioLog, 'read' | 'durableThrough'>;
  transcriber: Transcriber;
  voiceDetector: VoiceDetector;
}

/**
 * Takes out what two chunks both wrote, and has voice around a seam that nobody wrote anything for decoded again. Sound is
 * looked at only where the ledger knows of voice without words on either side, so a meeting without holes costs no engine.
 * Answers how many seams were mended. @throws SpoolError `engine.*`
 */
export async function repairSeams({ seams, audio, transcriber, voiceDetector, sessionId, signal }: SeamParts & { sessionId: string; signal?: AbortSignal }): Promise<number> {
  const chunks = await seams.settledChunks(sessionId);
  let totalSamples: number | null = null;
  let mended = 0;
  for (const [index, later] of chunks.entries()) {
    const earlier = chunks[index - 1];
    if (!earlier || later.chunk !== earlier.chunk + 1) continue;
    signal?.throwIfAborted();
    let repair: SeamRepair = { ...withoutRepetition(earlier, later), added: [], suppressed: [], holes: [] };
    if (withoutWords(earlier) + withoutWords(later) > HOLE_SAMPLES) {
      totalSamples ??= await audio.durableThrough(sessionId);
      // Once the sound is forgotten there is nothing left to hear again.
      if (totalSamples > later.ownedFrom) {
        repair = await repairSeam({ sessionId, earlier, later, totalSamples, read: (from, to) => audio.read(sessionId, from, to), transcriber, voiceDetector, ...(signal ? { signal } : {}) });
      }
    }
    if (repair.changed.length + repair.removed.length + repair.added.length + repair.suppressed.length === 0) continue;
    await seams.applySeam(sessionId, repair);
    mended += 1;
  }
  return mended;
}

function withoutWords({ speechSamples, coveredSamples, suppressedSamples }: SettledChunk): number {
  return Math.max(0, speechSamples - coveredSamples - suppressedSamples);
}
