import { createHash } from 'node:crypto';
import { asSpoolError } from '#domain/errors.ts';
import { transcribeChunkJob } from '#domain/jobs/meeting-jobs.ts';
import type { Log } from '#domain/log.ts';
import type { ChunkLedger } from '#domain/meetings/ports.ts';
import { assignVoices } from '#domain/meetings/speakers/assign-voices.ts';
import { NOBODY_TOLD_APART } from '#domain/meetings/speakers/ports.ts';
import type { Diarizer, SpeakerStore } from '#domain/meetings/speakers/ports.ts';
import { tellSpeakers } from '#domain/meetings/speakers/tell-speakers.ts';
import { transcribeChunk } from '#domain/meetings/transcribe-chunk.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import type { Transcriber, VoiceDetector } from '#domain/speech/ports.ts';
import { samplesToBytes } from '#domain/stream/audio-format.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';

export interface ChunkParts {
  audio: AudioLog;
  ledger: ChunkLedger;
  transcriber: Transcriber;
  voiceDetector: VoiceDetector;
  /** Null without its models: the transcript has turns without names. */
  diarizer: Diarizer | null;
  speakers: SpeakerStore;
  /** Who is at it, e.g. `host:/data`: the same worker, started again, takes up what it left. */
  workerId: string;
  log: Log;
}

/**
 * One chunk from its samples to its words, settled in one transaction. Delivered twice it is only looked at: the same
 * samples and the same engine have given their words already.
 */
export function transcribeChunkHandler(parts: ChunkParts): JobHandler {
  const { audio, ledger, transcriber, voiceDetector, speakers, log } = parts;
  return jobHandler(transcribeChunkJob, async ({ sessionId, chunk }, signal, { lastTry }) => {
    const begun = await ledger.begin(sessionId, chunk, parts.workerId);
    if (!begun) return; // erased
    try {
      const { startSample, endSample, totalSamples } = begun;
      const samples = await audio.read(sessionId, startSample, endSample);
      const sha256 = createHash('sha256').update(samplesToBytes(samples)).digest('hex');
      if (begun.state === 'transcribed' && begun.sha256 === sha256 && begun.engine === transcriber.name) return;
      const transcribed = await transcribeChunk({ chunk, startSample, endSample, totalSamples, sessionId, transcriber, voiceDetector, signal, read: (from, to) => audio.read(sessionId, from, to) });
      const { ownedFrom, ownedTo } = transcribed;
      const apart = await tellApart(parts, sessionId, await audio.read(sessionId, ownedFrom, ownedTo), signal);
      signal.throwIfAborted();
      await ledger.settle(sessionId, chunk, { ...transcribed, sha256, segments: assignVoices(transcribed.segments, apart.turns, ownedFrom), voices: apart.voices });
      // For those who watch; once a meeting is over its voices are told apart all at once.
      if (apart.voices.length > 0 && totalSamples === null) await tellSpeakers({ store: speakers, sessionId, provisional: true });
    } catch (error) {
      const { code } = asSpoolError(error);
      // A worker that stops has not failed: the job goes back as it is, unless that was the last try.
      if (!signal.aborted || lastTry) await ledger.fail(sessionId, chunk, code, lastTry).catch(() => log.warn({ sessionId, chunk, code }, 'A chunk failed, and the ledger could not be told.'));
      throw error;
    }
  });
}

/** Words matter more than whose they are: a chunk whose voices cannot be told apart keeps its words. */
async function tellApart({ diarizer, log }: ChunkParts, sessionId: string, samples: Int16Array, signal: AbortSignal) {
  if (!diarizer || samples.length === 0) return NOBODY_TOLD_APART;
  try {
    return await diarizer.tellApart({ sessionId, samples }, signal);
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ sessionId, code: asSpoolError(error).code }, 'The voices of a chunk could not be told apart.');
    return NOBODY_TOLD_APART;
  }
}
