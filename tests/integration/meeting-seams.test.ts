/** Speech that counts aloud, through the real local engines, with the border between two chunks at every phase of it. */
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalSpeech, type LocalSpeech } from '#adapters/speech-local/index.ts';
import { wordsOf } from '#domain/evaluation/words.ts';
import { transcribeChunk, type TranscribedChunk } from '#domain/meetings/transcribe-chunk.ts';
import { repairSeam } from '#domain/meetings/seams.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { count } from '#tests/support/counts.ts';
import { WORDLESS_SOUNDS } from '#tests/support/meeting-sounds.ts';
import { concatSamples, silence } from '#tests/support/speech.ts';

let speech: LocalSpeech;
beforeAll(async () => {
  speech = createLocalSpeech({ dataDir: path.join(os.tmpdir(), 'spool-without-downloaded-models'), cpuCount: 2 });
  await speech.ready();
});
afterAll(() => speech.stop());

const NUMBERS = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(' ');
const CHUNK_SAMPLES = 8 * UPLINK_SAMPLE_RATE_HZ;
/** Spread evenly over a whole chunk. */
const PHASES = count(3, 40);
const COUNTING_TIMEOUT_MS = PHASES * 15_000;

async function say(text: string, voice: string): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  for await (const piece of speech.synthesizer.synthesize({ sessionId: 'ada', text, voice })) pieces.push(piece);
  return concatSamples(...pieces);
}

function chunkOf(audio: Int16Array, chunk: number, chunkSamples: number): Promise<TranscribedChunk> {
  return transcribeChunk({
    sessionId: 'ada',
    chunk,
    startSample: chunk * chunkSamples,
    endSample: Math.min(audio.length, (chunk + 1) * chunkSamples),
    totalSamples: audio.length,
    read: async (from, to) => audio.slice(from, to),
    transcriber: speech.transcriber,
    voiceDetector: speech.voiceDetector,
  });
}
/** At the same time, as workers that know nothing of each other do. */
function chunksOf(audio: Int16Array, chunkSamples = audio.length): Promise<TranscribedChunk[]> {
  return Promise.all(Array.from({ length: Math.ceil(audio.length / chunkSamples) }, (_, chunk) => chunkOf(audio, chunk, chunkSamples)));
}
/** The numbers in the order they were written, in digits or letters. */
function numbersIn(chunks: readonly TranscribedChunk[]): string[] {
  const words = chunks.flatMap((chunk) => chunk.segments.flatMap((segment) => wordsOf(segment.text)));
  return words.map((word) => NUMBERS[Number(word) - 1] ?? word).filter((word) => NUMBERS.includes(word));
}

const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
/** Chosen so that the engine hears every number in one pass: what goes wrong then is the seams' fault. */
const COUNTING = {
  'with a pause behind every number': { voice: 'rms', numbers: NUMBERS, text: NUMBERS.map(sentence).join(' ') },
  'without a pause': { voice: 'awb', numbers: NUMBERS.slice(0, 12), text: NUMBERS.slice(0, 12).map((number) => `number ${number}`).join(', ') },
};

describe.each(Object.entries(COUNTING))('counting aloud %s', (_, { voice, numbers, text }) => {
  it(`is written down number by number, once each, at ${PHASES} phases of the border`, async () => {
    const counted = await say(text, voice);
    expect(numbersIn(await chunksOf(concatSamples(silence(400), counted, silence(600)))), 'in one pass, without any border').toEqual(numbers);
    for (let phase = 0; phase < PHASES; phase += 1) {
      const audio = concatSamples(silence(400 + (8_000 / PHASES) * phase), counted, silence(600));
      const chunks = await chunksOf(audio, CHUNK_SAMPLES);
      expect(numbersIn(chunks), `phase ${phase}`).toEqual(numbers);
      // Neighbours agree on the cut, so that every sample has one owner.
      expect(chunks.map((chunk) => chunk.ownedFrom)).toEqual([0, ...chunks.slice(0, -1).map((chunk) => chunk.ownedTo)]);
      expect(chunks.at(-1)!.ownedTo).toBe(audio.length);
    }
  }, COUNTING_TIMEOUT_MS);
});

describe('a seam', () => {
  it('with a lost stretch is decoded again from where the hole begins', async () => {
    const first = concatSamples(silence(400), await say('I went to the market on Monday.', 'slt'), silence(350));
    const audio = concatSamples(first, silence(350), await say('Then I bought some apples and bread.', 'slt'), silence(600));
    const [earlier, later] = (await chunksOf(audio, first.length)).map((chunk, index) => ({ ...chunk, chunk: index }));
    const lost = ['some', 'apples', 'bread'];
    expect(wordsOf(later!.segments.map((segment) => segment.text).join(' '))).toEqual(expect.arrayContaining(lost));
    const options = { sessionId: 'ada', earlier: earlier!, totalSamples: audio.length, read: async (from: number, to: number) => audio.slice(from, to), transcriber: speech.transcriber, voiceDetector: speech.voiceDetector };
    const repair = await repairSeam({ ...options, later: { ...later!, segments: [], suppressed: [] } });
    expect(wordsOf(repair.added.map((segment) => segment.text).join(' '))).toEqual(expect.arrayContaining(lost));
    expect(repair).toMatchObject({ added: [{ chunk: 1 }], changed: [], removed: [], holes: [] });
    expect(await repairSeam({ ...options, later: later! }), 'with nothing lost').toEqual({ changed: [], removed: [], added: [], suppressed: [], holes: [] });
  });
});

describe('where nobody speaks', () => {
  it.each(Object.entries(WORDLESS_SOUNDS))('%s gets no words', async (_, sound) => {
    const audio = sound(count(60_000, 600_000));
    const chunks = await chunksOf(audio, 30 * UPLINK_SAMPLE_RATE_HZ);
    expect(chunks.flatMap((chunk) => chunk.segments)).toEqual([]);
    // What was held back is listed, and is not speech.
    for (const suppressed of chunks.flatMap((chunk) => chunk.suppressed)) expect(suppressed).toMatchObject({ reason: expect.any(String), text: expect.stringMatching(/./) });
    expect(chunks.map((chunk) => chunk.coveredSamples)).toEqual(chunks.map(() => 0));
  });
});
