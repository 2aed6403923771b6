/** `./spool evaluate` from end to end: the real local engines over spoken fixtures with references of every format. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { encodeWav } from '#domain/stream/wav.ts';
import { evaluate } from '#scripts/evaluate.ts';
import { openFileTranscriber } from '#scripts/evaluate/transcribe-file.ts';
import { addNoise, concatSamples, noise, speechFixture } from '#tests/support/speech.ts';

let folder: string;
const speakers = ['biology', 'never-tried'].map(speechFixture);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-evaluate-'));
  const write = (name: string, samples: Int16Array) => fs.writeFileSync(path.join(folder, `${name}.wav`), encodeWav({ samples, sampleRateHz: UPLINK_SAMPLE_RATE_HZ }));
  // A conversation: two voices with two seconds between them, in a room that is never digitally silent.
  const [first, second] = speakers as [(typeof speakers)[0], (typeof speakers)[0]];
  write('talk', concatSamples(noise(500, -70), addNoise(first.samples, 45), noise(2000, -70), addNoise(second.samples, 45)));
  const startsAt = 2.5 + first.samples.length / UPLINK_SAMPLE_RATE_HZ;
  fs.writeFileSync(path.join(folder, 'talk.stm'), `talk 1 rms 0.5 3.7 ${first.text}\ntalk 1 slt ${startsAt} ${startsAt + 2} ${second.text}\n`);
  write('cough', speechFixture('cough').samples);
  fs.writeFileSync(path.join(folder, 'cough.txt'), '');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it('transcribes a folder, cuts it at pauses and finds most words, and none in a cough', async () => {
  const printed: string[] = [];
  const found: { startMs: number; endMs: number; text: string }[][] = [];
  const openTranscriber = async () => {
    const transcriber = await openFileTranscriber({ dataDir: path.join(os.tmpdir(), 'spool-without-downloaded-models'), cpuCount: 2 });
    return {
      ...transcriber,
      async transcribeFile(samples: Int16Array) {
        const heard = await transcriber.transcribeFile(samples);
        found.push(heard.segments);
        return heard;
      },
    };
  };
  expect(await evaluate([folder, '--json'], { openTranscriber, print: (text) => void printed.push(text) })).toBe(0);
  const result = JSON.parse(printed[0]!);
  expect(result).toMatchObject({ engine: 'moonshine-tiny', failed: [], withoutReference: [] });
  const [cough, talk] = result.recordings;
  expect(cough).toMatchObject({ name: 'cough', words: { wer: 0, insertions: 0 } });
  expect(talk.words.wer).toBeLessThan(0.35);
  // Two segments, each at most half a second off what the reference says.
  const startsAtMs = 2500 + speakers[0]!.samples.length / 16;
  expect(found[1]).toHaveLength(2);
  expect(Math.abs(found[1]![0]!.startMs - 500)).toBeLessThan(500);
  expect(Math.abs(found[1]![1]!.startMs - startsAtMs)).toBeLessThan(500);
  // The engines tell no speakers apart, and that is said instead of a figure.
  expect(talk).toMatchObject({ speakers: null, diarization: null });
  expect(result.notes).toEqual([expect.stringMatching(/^NOT MEASURED: cpWER and DER/)]);
});
