/** What every `Synthesizer` owes its callers. Run on each engine and on the scripted fake. */
import { describe, expect, it } from 'vitest';
import type { Synthesizer } from '#domain/speech/ports.ts';
import { levelDbfs } from '#domain/speech/energy-gate.ts';

/** Slowest and fastest plausible speaking, in characters a second. */
const SLOWEST = 5;
const FASTEST = 30;
/** The slowest a person can ask for. */
const SLOW_PACE = 0.6;

/** `engine` is asked for at the start of every test. */
export function synthesizerContract(name: string, engine: () => Synthesizer): void {
  async function say(text: string, signal?: AbortSignal): Promise<Int16Array[]> {
    const pieces: Int16Array[] = [];
    for await (const piece of engine().synthesize({ sessionId: 'ada', text }, signal)) pieces.push(piece);
    return pieces;
  }
  const seconds = (pieces: Int16Array[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0) / engine().sampleRateHz;

  describe(`${name} keeps the promises of a synthesizer`, () => {
    it('says a sentence in about the time a person takes', async () => {
      const text = 'Tell me about something you enjoy learning.';
      const spokenSeconds = seconds(await say(text));
      expect(spokenSeconds).toBeGreaterThan(text.length / FASTEST);
      expect(spokenSeconds).toBeLessThan(text.length / SLOWEST);
    });

    it('takes longer when asked to speak slowly', { timeout: 30_000 }, async () => {
      const text = 'Tell me about something you enjoy learning.';
      const slowly: Int16Array[] = [];
      for await (const piece of engine().synthesize({ sessionId: 'ada', text, pace: SLOW_PACE })) slowly.push(piece);
      expect(seconds(slowly) / seconds(await say(text))).toBeGreaterThan(1 + 0.5 * (1 / SLOW_PACE - 1));
    });

    it('can be heard', async () => {
      const [first] = await say('Hello there.');
      expect(levelDbfs(first!)).toBeGreaterThan(-35);
    });

    it('hands over the first sentence before the last exists', async () => {
      const pieces = await say('That sounds interesting. What drew you to it? And who showed you how?');
      expect(pieces.length).toBeGreaterThan(1);
      for (const piece of pieces) expect(piece.length).toBeGreaterThan(0);
    });

    it('says nothing when there is nothing to say', async () => {
      expect(seconds(await say(''))).toBe(0);
      expect(seconds(await say(' … '))).toBe(0);
    });

    it('falls silent when the person interrupts', async () => {
      const interruption = new AbortController();
      const speech = engine().synthesize({ sessionId: 'ada', text: 'This is the first sentence. This is the second. This is the third.' }, interruption.signal)[Symbol.asyncIterator]();
      expect((await speech.next()).done).toBe(false);
      interruption.abort(new Error('interrupted'));
      await expect(speech.next()).rejects.toThrow('interrupted');
    });

    it('does not begin when the person has already interrupted', async () => {
      await expect(say('Too late.', AbortSignal.abort(new Error('interrupted')))).rejects.toThrow('interrupted');
    });

    it('speaks on in a voice of its own when asked for one it does not know', async () => {
      const pieces: Int16Array[] = [];
      for await (const piece of engine().synthesize({ sessionId: 'ada', text: 'Hello there.', voice: 'nobody' })) pieces.push(piece);
      expect(seconds(pieces)).toBeGreaterThan(0.3);
    });

    it('has a name and a sample rate', () => {
      expect(engine().name).toMatch(/^[a-z0-9][a-z0-9:._-]*$/);
      expect(engine().sampleRateHz).toBeGreaterThanOrEqual(8_000);
    });
  });
}
