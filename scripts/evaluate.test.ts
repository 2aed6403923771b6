import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HeardSegment } from '#domain/evaluation/evaluate-transcript.ts';
import { encodeWav } from '#domain/stream/wav.ts';
import { evaluate } from './evaluate.ts';

let folder: string;
let printed: string[];
let heard: Int16Array[];
let stopped: number;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-evaluate-'));
  [printed, heard, stopped] = [[], [], 0];
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A second of audio, and references beside it. */
function record(name: string, references: Record<string, string | object> = {}): void {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, `${name}.wav`), encodeWav({ sampleRateHz: 16_000, samples: new Int16Array(16_000).fill(100) }));
  for (const [ending, reference] of Object.entries(references)) {
    fs.writeFileSync(path.join(folder, `${name}.${ending}`), typeof reference === 'string' ? reference : JSON.stringify(reference));
  }
}

/** Answers every recording with the same, or fails. */
function run(answer: HeardSegment[] | Error, args: string[] = [folder], workingFolder?: string): Promise<number> {
  return evaluate(args, {
    print: (text) => void printed.push(text),
    ...(workingFolder === undefined ? {} : { workingFolder }),
    openTranscriber: async () => ({
      engine: 'scripted',
      tellsSpeakers: answer instanceof Error ? false : answer.some(({ speaker }) => speaker !== undefined),
      async transcribeFile(samples) {
        heard.push(samples);
        if (answer instanceof Error) throw answer;
        return { segments: answer };
      },
      async stop() {
        stopped += 1;
      },
    }),
  });
}

const said = (text: string, speaker?: string): HeardSegment => ({ startMs: 0, endMs: 1000, text, ...(speaker ? { speaker } : {}) });
const rowOf = (name: string) => printed[0]!.split('\n').find((line) => line.startsWith(name))!.split(/\s{2,}/);

describe('the evaluate command', () => {
  it('shows a row for each recording and one for all, from sums', async () => {
    record('a', { txt: 'Yes.' });
    record('more/b', { txt: 'yes one two three four five six seven eight' });
    record('c');
    expect(await run([said('yes')])).toBe(0);
    expect(rowOf('a')).toEqual(['a', '1', '0.0 %', '0', '0', '0', '1', '0.0 %', '0.0 %', '-', '-']);
    expect(rowOf('more/b').slice(0, 7)).toEqual(['more/b', '9', '88.9 %', '0', '8', '0', '1']);
    expect(rowOf('all').slice(0, 7)).toEqual(['all', '10', '80.0 %', '0', '8', '0', '2']); // 8 of 10, not (0 + 88.9) / 2
    expect(printed[0]).toContain('2 recordings, 2.0 s of audio, transcribed by scripted');
    expect(printed[0]).toContain('no reference lies beside them: c.');
    expect(stopped).toBe(1);
  });

  it('measures speakers where both sides know them', async () => {
    record('talk', { json: [{ session_id: 'talk', speaker: 'Ada', start_time: 0, end_time: 0.5, words: 'hello there' }], rttm: 'SPEAKER talk 1 0 0.8 <NA> <NA> Ada <NA> <NA>' });
    expect(await run([said('hello here', '1')], [folder, '--json'])).toBe(0);
    const result = JSON.parse(printed[0]!);
    expect(result.recordings[0]).toMatchObject({ name: 'talk', words: { wer: 0.5 }, speakers: { cpWer: 0.5, speakers: 1 }, diarization: { falseAlarmMs: 200, totalMs: 800, der: 0.25 } });
    expect(result.corpus.diarization.der).toBe(0.25);
    expect(result.notes).toEqual([]);
    await run([said('hello here', '1')], [folder, '--json', '--collar', '0.4']);
    // 200 ms on either side of 800 ms: the false alarm lies in the collar, 200–600 ms are left.
    expect(JSON.parse(printed[1]!).corpus.diarization).toMatchObject({ falseAlarmMs: 0, totalMs: 400 });
  });

  it('says so when speakers are known but the engine tells none apart', async () => {
    record('talk', { stm: 'talk 1 ada 0 1 hello' });
    await run([said('hello')]);
    expect(printed[0]).toContain('NOT MEASURED: cpWER and DER.');
  });

  it('lets the engine hear nothing of what is not to be scored', async () => {
    record('talk', { stm: 'talk 1 gap 0 0.5 ignore_time_segment_in_scoring\ntalk 1 ada 0.5 1 hello' });
    await run([said('hello')]);
    expect([heard[0]![0], heard[0]![7999], heard[0]![8000]]).toEqual([0, 0, 100]);
  });

  it('goes on when a recording fails, shows which, and ends with 1', async () => {
    record('good', { txt: 'yes' });
    record('broken', { txt: 'yes' });
    fs.writeFileSync(path.join(folder, 'broken.wav'), 'not a recording');
    expect(await run([said('yes')])).toBe(1);
    expect(rowOf('all').slice(0, 3)).toEqual(['all', '1', '0.0 %']);
    expect(printed[0]).toMatch(/FAILED {2}broken: .*broken\.wav/);
    expect(stopped).toBe(1);
  });

  it('takes a relative folder from where the command was typed', async () => {
    record('sub/a', { txt: 'yes' });
    expect(await run([said('yes')], ['sub'], folder)).toBe(0);
  });

  it.each([
    ['no folder is named', [], 'Usage: ./spool evaluate'],
    ['the folder is not there', ['nowhere'], 'There is no folder'],
    ['the collar is no number', ['.', '--collar', 'wide'], 'Usage: ./spool evaluate'],
  ])('ends with 2 when %s', async (_what, args, message) => {
    expect(await run([], args)).toBe(2);
    expect(printed[0]).toContain(message);
  });

  it('ends with 2, without an engine, when there is nothing to compare', async () => {
    expect(await run([])).toBe(2);
    expect(printed[0]).toContain('There is no recording in');
    record('a');
    expect(await run([])).toBe(2);
    expect(printed[1]).toContain('has a reference beside it');
    record('a', { json: '{}' });
    expect(await run([])).toBe(2);
    expect(printed[2]).toContain('a.json cannot be used. It is not SegLST');
    record('b', { txt: 'x' });
    fs.rmSync(path.join(folder, 'a.json'));
    fs.writeFileSync(path.join(folder, 'b.mp3'), '');
    expect(await run([])).toBe(2);
    expect(printed[3]).toContain('b.mp3 and b.wav have the same name');
    expect(stopped).toBe(0);
  });
});
