/** The real local engines, in their real child processes, held to the contracts of their ports. */
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesizerContract } from '#adapters/speech-contract/synthesizer-contract.ts';
import { transcriberContract } from '#adapters/speech-contract/transcriber-contract.ts';
import { voiceDetectorContract } from '#adapters/speech-contract/voice-detector-contract.ts';
import { createLocalSpeech, probeLocalSpeech, type LocalSpeech } from '#adapters/speech-local/index.ts';
import { FLITE_VOICES, MAX_TEXT_CHARACTERS } from '#adapters/speech-local/flite-synthesizer.ts';
import { countWordErrors, totalErrors } from '#domain/evaluation/word-errors.ts';
import { wordsOf } from '#domain/evaluation/words.ts';
import { VAD_WINDOW_SAMPLES } from '#domain/speech/ports.ts';
import { concatSamples, noise, silence, speechFixture, speechFixtures } from '#tests/support/speech.ts';

const dataDir = path.join(os.tmpdir(), 'spool-without-downloaded-models');
let speech: LocalSpeech;
beforeAll(async () => {
  speech = createLocalSpeech({ dataDir, cpuCount: 2 });
  await speech.ready();
});
afterAll(() => speech.stop());

transcriberContract('Moonshine tiny', () => speech.transcriber);
voiceDetectorContract('Silero', () => speech.voiceDetector);
synthesizerContract('Flite', () => speech.synthesizer);

describe('Moonshine', () => {
  it('understands most words of every spoken fixture', async () => {
    let errors = 0;
    let words = 0;
    for (const fixture of speechFixtures.filter((each) => each.kind !== 'noise')) {
      const samples = concatSamples(silence(300), speechFixture(fixture.id).samples, silence(200));
      const heard = await speech.transcriber.transcribe({ sessionId: fixture.id, purpose: 'final', samples });
      errors += totalErrors(countWordErrors(wordsOf(fixture.text), wordsOf(heard.text)));
      words += wordsOf(fixture.text).length;
    }
    expect(errors / words).toBeLessThan(0.2);
  });

  it.each(['cough', 'mhm', 'room'])('makes no words out of a %s', async (id) => {
    const samples = concatSamples(silence(200), speechFixture(id).samples, silence(200));
    const heard = await speech.transcriber.transcribe({ sessionId: 'ada', purpose: 'final', samples });
    expect(heard.text).toBe('');
  });
});

describe('Silero', () => {
  it('takes a cough and a quiet room for neither speech nor voice', async () => {
    for (const id of ['cough', 'room']) {
      const { samples } = speechFixture(id);
      const stream = speech.voiceDetector.open('ada');
      const padded = concatSamples(noise(512, -60), samples, noise(512, -60));
      const heard = await stream.detect(padded.subarray(0, Math.floor(padded.length / VAD_WINDOW_SAMPLES) * VAD_WINDOW_SAMPLES));
      expect(heard, id).not.toContain(true);
      stream.close();
    }
  });

  it('keeps hearing a talker who never pauses, past the length of its own buffer', async () => {
    const { samples } = speechFixture('stars');
    const withoutPause = concatSamples(...Array.from({ length: 14 }, () => samples.subarray(320, 46_400)));
    const windows = Math.floor(withoutPause.length / VAD_WINDOW_SAMPLES);
    const stream = speech.voiceDetector.open('ada');
    const heard = await stream.detect(withoutPause.subarray(0, windows * VAD_WINDOW_SAMPLES));
    stream.close();
    expect(heard.filter(Boolean).length / windows).toBeGreaterThan(0.95);
  });
});

describe('Flite', () => {
  async function say(text: string, voice?: string): Promise<Int16Array> {
    const pieces: Int16Array[] = [];
    for await (const piece of speech.synthesizer.synthesize({ sessionId: 'ada', text, ...(voice ? { voice } : {}) })) pieces.push(piece);
    return concatSamples(...pieces);
  }

  it.each(FLITE_VOICES)('is understood by the transcriber in the voice %s, but for a word or two', async (voice) => {
    const text = 'Could you tell me about the book you are reading?';
    const samples = concatSamples(silence(300), await say(text, voice), silence(200));
    const heard = await speech.transcriber.transcribe({ sessionId: 'ada', purpose: 'final', samples });
    expect(totalErrors(countWordErrors(wordsOf(text), wordsOf(heard.text)))).toBeLessThanOrEqual(2);
  });

  it('has voices that differ', async () => {
    const [slt, rms] = [await say('Good morning.', 'slt'), await say('Good morning.', 'rms')];
    expect(slt.length).not.toBe(rms.length);
  });

  it('speaks at once: hardly any silence before the first sound', async () => {
    const samples = await say('Good morning.');
    expect(samples.findIndex((sample) => Math.abs(sample) > 300) / 16).toBeLessThan(60);
  });

  it('says a whole text of many sentences and refuses one that is beyond speaking', async () => {
    const samples = await say('One thing at a time. '.repeat(20));
    expect(samples.length / 16_000).toBeGreaterThan(20);
    await expect(say('word '.repeat(MAX_TEXT_CHARACTERS))).rejects.toMatchObject({ code: 'engine.rejected' });
  });
});

describe('what doctor shows', () => {
  it('names every engine, why it is there or not, and how to get the better ones', () => {
    const probes = probeLocalSpeech(dataDir);
    const by = (engine: string) => probes.find((probe) => probe.engine === engine)!;
    expect(by('moonshine-tiny').available).toBe(true);
    expect(by('flite').available).toBe(true);
    expect(by('silero').available).toBe(true);
    expect(by('moonshine-base')).toMatchObject({ available: false, improveWith: './spool models' });
    expect(by('kokoro')).toMatchObject({ available: false, improveWith: './spool models' });
    for (const probe of probes) expect(probe.why).toMatch(/^[A-Z].*\.$/);
  });
});
