/**
 * Telling voices apart inside an inference child: pyannote's segmentation finds the turns of one chunk, then each voice
 * gets one embedding from what it said alone. The library clusters within the chunk only; its embeddings stay inside it,
 * so they are made here once more, of more speech each.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanSpeech } from '#domain/meetings/speakers/join-split-voices.ts';
import type { Turn } from '#domain/meetings/speakers/ports.ts';
import { normalized } from '#domain/meetings/speakers/vectors.ts';
import { MIN_CLEAN_SAMPLES, type VoiceEmbedding } from '#domain/meetings/speakers/voices.ts';
import type { DiarizerFiles, TellApartAnswer } from '../inference-messages.ts';
import type { NativeEngine } from '../inference-process.ts';
import { requireSherpa, toFloats } from './sherpa.ts';

const SAMPLE_RATE_HZ = 16_000;
/** Cosine distance; the library's own default. Rather two voices of one person than one of two: only the former is mended later. */
const CLUSTER_DISTANCE = 0.5;
/** The library's defaults: shorter turns are noise, shorter pauses are breath. */
const MIN_TURN_S = 0.3;
const MIN_PAUSE_S = 0.5;

export function loadDiarizer({ segmentation, embedding }: DiarizerFiles): NativeEngine {
  const { OfflineSpeakerDiarization, SpeakerEmbeddingExtractor } = requireSherpa();
  const common = { numThreads: 1, provider: 'cpu', debug: 0 };
  const diarization = new OfflineSpeakerDiarization({
    segmentation: { pyannote: { model: segmentation }, ...common },
    embedding: { model: embedding, ...common },
    clustering: { numClusters: -1, threshold: CLUSTER_DISTANCE },
    minDurationOn: MIN_TURN_S,
    minDurationOff: MIN_PAUSE_S,
  });
  const extractor = new SpeakerEmbeddingExtractor({ model: embedding, ...common });
  const model = `${path.basename(embedding, '.onnx')}@${createHash('sha256').update(readFileSync(embedding)).digest('hex').slice(0, 12)}`;

  function embed(samples: Float32Array, voice: number, stretches: { startSample: number; endSample: number }[]): VoiceEmbedding[] {
    const speechSamples = stretches.reduce((sum, { startSample, endSample }) => sum + endSample - startSample, 0);
    if (speechSamples < MIN_CLEAN_SAMPLES) return [];
    const stream = extractor.createStream();
    for (const { startSample, endSample } of stretches) stream.acceptWaveform({ sampleRate: SAMPLE_RATE_HZ, samples: samples.slice(startSample, endSample) });
    stream.inputFinished();
    const made = extractor.isReady(stream) ? normalized(extractor.compute(stream)) : null;
    return made ? [{ voice, model, embedding: made, speechSamples }] : [];
  }

  return {
    loaded: {},
    handle(message): TellApartAnswer {
      if (message.op !== 'tell_apart') throw new TypeError('The diarizer tells voices apart only.');
      const samples = toFloats(message.samples);
      const turns = diarization.process(samples).flatMap(({ start, end, speaker }): Turn[] => {
        const [startSample, endSample] = [start, end].map((seconds) => Math.max(0, Math.min(samples.length, Math.round(seconds * SAMPLE_RATE_HZ)))) as [number, number];
        return endSample > startSample ? [{ startSample, endSample, voice: speaker }] : [];
      });
      return { turns, voices: [...cleanSpeech(turns)].flatMap(([voice, stretches]) => embed(samples, voice, stretches)) };
    },
  };
}
