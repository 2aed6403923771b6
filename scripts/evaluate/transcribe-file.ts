/** A whole recording as a meeting is transcribed: in chunks, with the local engines, and with its speakers where their models are. */
import { createLocalDiarizer, createLocalSpeech } from '#adapters/speech-local/index.ts';
import type { HeardSegment } from '#domain/evaluation/evaluate-transcript.ts';
import { readyChunks } from '#domain/meetings/chunk-plan.ts';
import { transcribeChunk } from '#domain/meetings/transcribe-chunk.ts';
import { UPLINK_SAMPLE_RATE_HZ, samplesToMs } from '#domain/stream/audio-format.ts';
import { nameSpeakers } from './name-speakers.ts';

/** 16 kHz mono in, what was said out, in order. */
export type TranscribeFile = (samples: Int16Array) => Promise<{ segments: HeardSegment[] }>;

export interface FileTranscriber {
  /** e.g. `moonshine-tiny`. */
  engine: string;
  /** Whether segments have speakers. */
  tellsSpeakers: boolean;
  transcribeFile: TranscribeFile;
  stop(): Promise<void>;
}

const CHUNK_SAMPLES = 30 * UPLINK_SAMPLE_RATE_HZ;
const SESSION_ID = 'evaluation';

/** The engines that come with Spool, or the better ones in `<dataDir>/models`. @throws SpoolError `engine.*` */
export async function openFileTranscriber({ dataDir, cpuCount }: { dataDir: string; cpuCount: number }): Promise<FileTranscriber> {
  const speech = createLocalSpeech({ dataDir, cpuCount });
  const diarizer = createLocalDiarizer({ dataDir });
  const { transcriber, voiceDetector } = speech;
  return {
    engine: diarizer ? `${transcriber.name}, ${diarizer.name}` : transcriber.name,
    tellsSpeakers: diarizer !== null,
    async transcribeFile(samples) {
      const chunks = readyChunks({ from: 0, chunkSamples: CHUNK_SAMPLES, throughSample: samples.length, ended: true });
      const written: HeardSegment[][] = chunks.map(() => []);
      let next = 0;
      // As many chunks at once as the worker takes.
      const work = async () => {
        for (let index = next++; index < chunks.length; index = next++) {
          const { segments } = await transcribeChunk({ ...chunks[index]!, totalSamples: samples.length, sessionId: SESSION_ID, read: async (from, to) => samples.slice(from, to), transcriber, voiceDetector });
          written[index] = segments.map(({ text, startSample, endSample }) => ({ startMs: samplesToMs(startSample), endMs: samplesToMs(endSample), text }));
        }
      };
      await Promise.all(Array.from({ length: Math.max(1, Math.min(2, cpuCount)) }, work));
      const segments = written.flat();
      return { segments: diarizer ? await nameSpeakers(samples, segments, diarizer) : segments };
    },
    stop: async () => void (await Promise.all([speech.stop(), diarizer?.stop()])),
  };
}
