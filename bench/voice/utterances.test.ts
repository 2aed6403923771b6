import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeWav } from '#domain/stream/wav.ts';
import { msToSamples } from '#domain/stream/audio-format.ts';
import { addNoise, concatSamples, noise, silence, speechFixture, speechFixtures } from '#tests/support/speech.ts';
import { endOfVoice, spokenFixtures, spokenFolder } from './utterances.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'spool-voices-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the end of the voice', () => {
  it.each(speechFixtures.filter(({ kind }) => kind !== 'noise').map(({ id }) => id))('is found by level where the manifest has it: %s', (id) => {
    const { samples, speech } = speechFixture(id);
    const recording = concatSamples(noise(700, -65), addNoise(samples, 45), noise(700, -65));
    const trueEnd = msToSamples(700) + speech.at(-1)!.endSample;
    expect(Math.abs(endOfVoice(recording) - trueEnd)).toBeLessThanOrEqual(msToSamples(80));
  });
  it('is nowhere in a silent recording', () => {
    expect(endOfVoice(silence(1_000))).toBe(0);
    expect(endOfVoice(noise(1_000, -70))).toBe(0);
    expect(endOfVoice(new Int16Array(10))).toBe(0);
  });
});

describe('what is said', () => {
  it('are the spoken fixtures, complete and hesitant, without noises', () => {
    const fixtures = spokenFixtures();
    expect(new Set(fixtures.map(({ kind }) => kind))).toEqual(new Set(['complete', 'hesitant']));
    expect(fixtures.every(({ samples, voiceEndSample }) => voiceEndSample > 0 && voiceEndSample <= samples.length)).toBe(true);
  });
  it('are the recordings of a folder, at 16 kHz, with what somebody wrote down beside them', () => {
    const { samples, text } = speechFixture('robots');
    writeFileSync(path.join(folder, 'robots.wav'), encodeWav({ samples, sampleRateHz: 16_000 }));
    writeFileSync(path.join(folder, 'robots.txt'), `${text}\n`);
    writeFileSync(path.join(folder, 'slow.wav'), encodeWav({ samples, sampleRateHz: 8_000 }));
    const [robots, slow] = spokenFolder(folder);
    expect(robots).toMatchObject({ id: 'robots', kind: 'complete', text });
    expect(slow).toMatchObject({ id: 'slow', text: null });
    expect(slow!.samples.length).toBe(samples.length * 2);
  });
  it('cannot be an empty folder, a file without voice, or one that is no WAV', () => {
    expect(() => spokenFolder(folder)).toThrow('There is no WAV file');
    writeFileSync(path.join(folder, 'quiet.wav'), encodeWav({ samples: silence(500), sampleRateHz: 16_000 }));
    expect(() => spokenFolder(folder)).toThrow('There is no voice in quiet.wav');
    writeFileSync(path.join(folder, 'quiet.wav'), 'no sound');
    expect(() => spokenFolder(folder)).toThrow('Convert it with: ffmpeg');
  });
});
