/**
 * Voices told apart in recordings of two speakers by the real engine in its real child process. The models are made on
 * the spot (tests/support/voice-models.ts); what trained ones do to these numbers is in docs/models.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalDiarizer, probeLocalSpeech, type LocalDiarizer } from '#adapters/speech-local/index.ts';
import { evaluateTranscript } from '#domain/evaluation/evaluate-transcript.ts';
import type { ChunkSegment } from '#domain/meetings/ports.ts';
import { assignVoices } from '#domain/meetings/speakers/assign-voices.ts';
import { clusterVoices } from '#domain/meetings/speakers/cluster-voices.ts';
import { numberSpeakers } from '#domain/meetings/speakers/number-speakers.ts';
import { MAX_DIARIZED_SAMPLES } from '#domain/meetings/speakers/ports.ts';
import type { ChunkVoice } from '#domain/meetings/speakers/voices.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';
import { nameSpeakers } from '#scripts/evaluate/name-speakers.ts';
import { concatSamples, noise, silence, speechFixture } from '#tests/support/speech.ts';
import { writeVoiceModels } from '#tests/support/voice-models.ts';

let dataDir: string;
let diarizer: LocalDiarizer;
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'spool-voices-'));
  writeVoiceModels(dataDir);
  diarizer = createLocalDiarizer({ dataDir })!;
  await diarizer.warmUp();
});
afterAll(async () => {
  await diarizer?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Sentences one after another, each a segment as the transcription would give it. */
function chunk(number: number, startSample: number, ids: string[]): { samples: Int16Array; segments: (ChunkSegment & { spokenBy: string | null })[] } {
  const parts = [silence(300)];
  let at = startSample + parts[0]!.length;
  const segments = ids.map((id, index) => {
    const { samples, text, voice } = speechFixture(id);
    parts.push(samples, silence(600));
    const segment = { itemId: `c${number}-${index}`, text, startSample: at, endSample: at + samples.length, spokenBy: voice };
    at = segment.endSample + parts.at(-1)!.length;
    return segment;
  });
  return { samples: concatSamples(...parts), segments };
}

describe('two people in three chunks', () => {
  it('are told apart within each, and are the same two in all of them', async () => {
    const chunks = [['monologue', 'learn-more', 'robots'], ['computers', 'stars', 'biology', 'gave-up-chess'], ['learn-more', 'monologue', 'computers', 'stars', 'biology']];
    const voices: ChunkVoice[] = [];
    const items: { chunk: number; voice: number | undefined; spokenBy: string | null }[] = [];
    for (const [number, ids] of chunks.entries()) {
      const { samples, segments } = chunk(number, number * 480_000, ids);
      const told = await diarizer.tellApart({ sessionId: 'ada', samples });
      voices.push(...told.voices.map((voice) => ({ ...voice, chunk: number })));
      const assigned = assignVoices(segments, told.turns, number * 480_000);
      items.push(...assigned.map(({ voice }, index) => ({ chunk: number, voice, spokenBy: segments[index]!.spokenBy })));
      for (const { embedding, model } of told.voices) {
        expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
        expect(model).toMatch(/^nemo_en_titanet_small@[0-9a-f]{12}$/);
      }
    }
    const { labels } = numberSpeakers(clusterVoices(voices), []);
    const named = items.map((item) => [item.spokenBy, labels.find((label) => label.chunk === item.chunk && label.voice === item.voice)?.speaker]);
    expect(named).toEqual(items.map(({ spokenBy }) => [spokenBy, spokenBy === 'slt' ? 'S1' : 'S2']));
  });
});

describe('a recording of two people, longer than a chunk', () => {
  it('is measured: nobody’s words are given to the other', async () => {
    const { samples, segments } = chunk(0, 0, ['monologue', 'learn-more', 'stars', 'computers', 'gave-up-chess', 'biology', 'monologue', 'robots']);
    const reference = segments.map(({ text, startSample, endSample, spokenBy }) => ({ text, startMs: samplesToMs(startSample), endMs: samplesToMs(endSample), speaker: spokenBy }));
    const heard = await nameSpeakers(samples, reference.map(({ speaker: _speaker, ...segment }) => segment), diarizer);
    const turns = reference.map(({ startMs, endMs, speaker }) => ({ startMs, endMs, speaker: speaker! }));
    const { speakers, diarization } = evaluateTranscript({ utterances: reference, turns }, heard, { tellsSpeakers: true });
    expect(samples.length).toBeGreaterThan(30 * 16_000);
    expect(speakers).toMatchObject({ substitutions: 0, deletions: 0, insertions: 0 });
    expect(diarization).toMatchObject({ confusionMs: 0 });
  });
});

describe('a chunk', () => {
  it('without anybody has no turns', async () => {
    for (const samples of [silence(12_000), noise(3_000, -70), new Int16Array(0)]) expect(await diarizer.tellApart({ sessionId: 'ada', samples })).toEqual({ turns: [], voices: [] });
  });

  it('in which somebody says a word or two has a turn and no embedding', async () => {
    const told = await diarizer.tellApart({ sessionId: 'ada', samples: concatSamples(silence(1_000), speechFixture('yes').samples, silence(1_000)) });
    expect(told.voices).toEqual([]);
    expect(told.turns).toHaveLength(1);
  });

  it('that is too long is refused, and one nobody waits for is let go', async () => {
    await expect(diarizer.tellApart({ sessionId: 'ada', samples: new Int16Array(MAX_DIARIZED_SAMPLES + 1) })).rejects.toMatchObject({ code: 'engine.rejected' });
    const gone = new AbortController();
    const waiting = diarizer.tellApart({ sessionId: 'ada', samples: noise(10_000, -40) }, gone.signal);
    gone.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});

describe('without the models', () => {
  it('there is no diarizer, and doctor says how to get one', () => {
    const empty = path.join(dataDir, 'nothing');
    expect(createLocalDiarizer({ dataDir: empty })).toBeNull();
    const probe = (dir: string) => probeLocalSpeech(dir).find(({ capability }) => capability === 'speakers');
    expect(probe(empty)).toMatchObject({ available: false, improveWith: './spool models' });
    expect(probe(dataDir)).toMatchObject({ available: true });
  });
});
