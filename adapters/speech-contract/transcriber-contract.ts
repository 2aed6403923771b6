/** What every `Transcriber` owes its callers. Run on each engine and on the scripted fake. */
import { describe, expect, it } from 'vitest';
import type { Transcriber, TranscriptionPurpose } from '#domain/speech/ports.ts';
import { concatSamples, silence, speechFixture, wordErrorRate } from '#tests/support/speech.ts';

/** Share of word errors a sentence of a plain synthetic voice may have; measured ones are in docs/engines.md. */
const PLUMBING_WORD_ERROR_RATE = 0.35;

/** `engine` is asked for at the start of every test. */
export function transcriberContract(name: string, engine: () => Transcriber): void {
  const samplesOf = (id: string): Int16Array => concatSamples(silence(300), speechFixture(id).samples, silence(200));

  describe(`${name} keeps the promises of a transcriber`, () => {
    it.each<TranscriptionPurpose>(['final', 'speculative', 'partial'])('writes down a spoken sentence asked for as %s', async (purpose) => {
      const { text } = speechFixture('learn-more');
      const heard = await engine().transcribe({ sessionId: 'ada', purpose, samples: samplesOf('learn-more') });
      expect(wordErrorRate(text, heard.text)).toBeLessThanOrEqual(PLUMBING_WORD_ERROR_RATE);
      expect(heard.decodeMs).toBeGreaterThanOrEqual(0);
    });

    it('hears nothing in silence, which is a result and not an error', async () => {
      const heard = await engine().transcribe({ sessionId: 'ada', purpose: 'final', samples: silence(2_000) });
      expect(heard.text).toBe('');
    });

    it('hears nothing in no audio at all', async () => {
      const heard = await engine().transcribe({ sessionId: 'ada', purpose: 'final', samples: new Int16Array(0) });
      expect(heard.text).toBe('');
    });

    it('refuses a segment longer than it says it takes', async () => {
      const samples = silence(engine().maxSegmentMs + 1_000);
      await expect(engine().transcribe({ sessionId: 'ada', purpose: 'final', samples })).rejects.toMatchObject({ code: 'engine.rejected' });
    });

    it('takes no request whose caller has already given up', async () => {
      const request = engine().transcribe({ sessionId: 'ada', purpose: 'final', samples: samplesOf('stars') }, AbortSignal.abort(new Error('gone')));
      await expect(request).rejects.toThrow('gone');
    });

    it('answers many sessions at once, each with its own words', async () => {
      const ids = ['biology', 'never-tried', 'learn-more'];
      const heard = await Promise.all(ids.map((id) => engine().transcribe({ sessionId: id, purpose: 'final', samples: samplesOf(id) })));
      for (const [index, id] of ids.entries()) expect(wordErrorRate(speechFixture(id).text, heard[index]!.text)).toBeLessThanOrEqual(PLUMBING_WORD_ERROR_RATE);
    });

    it('says how busy it is, between idle and full', () => {
      expect(engine().load()).toBeGreaterThanOrEqual(0);
      expect(engine().load()).toBeLessThanOrEqual(1);
    });

    it('has a name and a limit', () => {
      expect(engine().name).toMatch(/^[a-z0-9][a-z0-9:._-]*$/);
      expect(engine().maxSegmentMs).toBeGreaterThanOrEqual(10_000);
    });
  });
}
