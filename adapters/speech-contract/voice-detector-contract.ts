/** What every `VoiceDetector` owes its callers. Run on each engine and on the scripted fake. */
import { describe, expect, it } from 'vitest';
import { VAD_WINDOW_SAMPLES, type VoiceDetector } from '#domain/speech/ports.ts';
import { concatSamples, mixSamples, noise, silence, speechFixture } from '#tests/support/speech.ts';

const SILENCE_MS = 1_024;

/** `engine` is asked for at the start of every test. */
export function voiceDetectorContract(name: string, engine: () => VoiceDetector): void {
  /** A sentence in a quiet room, in whole windows. */
  function spoken(id: string): { samples: Int16Array; windows: number; startWindow: number; endWindow: number } {
    const fixture = speechFixture(id);
    const all = mixSamples(concatSamples(silence(SILENCE_MS), fixture.samples, silence(SILENCE_MS)), noise(3_000, -60));
    const windows = Math.floor(all.length / VAD_WINDOW_SAMPLES);
    const at = (sample: number): number => Math.floor((sample + SILENCE_MS * 16) / VAD_WINDOW_SAMPLES);
    return { samples: all.subarray(0, windows * VAD_WINDOW_SAMPLES), windows, startWindow: at(fixture.speech[0]!.startSample), endWindow: at(fixture.speech.at(-1)!.endSample) };
  }

  describe(`${name} keeps the promises of a voice detector`, () => {
    it.each(['stars', 'biology', 'guitar', 'yes'])('hears somebody say "%s" and the silence around it', async (id) => {
      const { samples, windows, startWindow, endWindow } = spoken(id);
      const stream = engine().open(id);
      const heard = await stream.detect(samples);
      stream.close();
      expect(heard).toHaveLength(windows);
      expect(heard.slice(0, startWindow - 2)).not.toContain(true);
      expect(heard.slice(startWindow, endWindow)).toContain(true);
      // Half a second after the last sound nothing of its own hangs over.
      expect(heard.slice(endWindow + 16)).not.toContain(true);
    });

    it('hears the same whether audio comes in one piece or window by window', async () => {
      const { samples, windows } = spoken('robots');
      const [whole, pieces] = [engine().open('whole'), engine().open('pieces')];
      const heard = await whole.detect(samples);
      const byWindow: boolean[] = [];
      for (let index = 0; index < windows; index++) byWindow.push(...(await pieces.detect(samples.subarray(index * VAD_WINDOW_SAMPLES, (index + 1) * VAD_WINDOW_SAMPLES))));
      expect(byWindow).toEqual(heard);
      whole.close();
      pieces.close();
    });

    it('keeps sessions apart: one talks while another is silent', async () => {
      const { samples, windows } = spoken('stars');
      const [talker, listener] = [engine().open('talker'), engine().open('listener')];
      const room = noise((windows * VAD_WINDOW_SAMPLES) / 16, -60);
      const [talking, listening] = await Promise.all([talker.detect(samples), listener.detect(room)]);
      expect(talking).toContain(true);
      expect(listening).not.toContain(true);
      talker.close();
      listener.close();
    });

    it('forgets what it heard when told to', async () => {
      const { samples } = spoken('stars');
      const stream = engine().open('ada');
      const first = await stream.detect(samples);
      stream.reset();
      expect(await stream.detect(samples)).toEqual(first);
      stream.close();
    });

    it('refuses a part of a window', async () => {
      const stream = engine().open('ada');
      await expect(stream.detect(new Int16Array(VAD_WINDOW_SAMPLES + 1))).rejects.toThrow(/whole windows/);
      stream.close();
    });

    it('hears nothing more once it is closed', async () => {
      const stream = engine().open('ada');
      stream.close();
      stream.close();
      await expect(stream.detect(new Int16Array(VAD_WINDOW_SAMPLES))).rejects.toMatchObject({ code: 'engine.failed' });
    });
  });
}
