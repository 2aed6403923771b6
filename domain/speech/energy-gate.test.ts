import { describe, expect, it } from 'vitest';
import { addNoise, atLevel, concatSamples, mixSamples, noise, silence, speechFixtures, fixtureSamples } from '#tests/support/speech.ts';
import { EnergyGate, HANGOVER_WINDOWS, levelDbfs } from './energy-gate.ts';
import { VAD_WINDOW_SAMPLES } from './ports.ts';

const WINDOWS_PER_SECOND = 31.25;
const spoken = speechFixtures.filter((fixture) => fixture.kind !== 'noise');

/** Windows wholly inside speech during which the gate was closed, after `leadMs` of whatever came before. */
function closedDuringSpeech(audio: Int16Array, speech: { startSample: number; endSample: number }[], leadMs: number): number {
  const states = new EnergyGate().feed(audio);
  return states.filter((state, index) => {
    const start = index * VAD_WINDOW_SAMPLES - leadMs * 16;
    // The first 60 ms of a word may fade in from nothing; pre-roll covers them.
    return state === 'closed' && speech.some((part) => start >= part.startSample + 960 && start + VAD_WINDOW_SAMPLES <= part.endSample);
  }).length;
}

describe('the energy gate', () => {
  it('never closes on speech in a quiet room', () => {
    for (const fixture of spoken) {
      const audio = mixSamples(concatSamples(silence(6_000), fixtureSamples(fixture.id)), noise(5_000, -65));
      expect(closedDuringSpeech(audio, fixture.speech, 6_000), fixture.id).toBe(0);
    }
  });

  it('never closes on quiet speech: −45 dBFS over a room of −65 dBFS', () => {
    for (const fixture of spoken) {
      const audio = mixSamples(concatSamples(silence(6_000), atLevel(fixtureSamples(fixture.id), -45)), noise(5_000, -65, 3));
      expect(closedDuringSpeech(audio, fixture.speech, 6_000), fixture.id).toBe(0);
    }
  });

  it('never closes on speech over a noisy room, 10 dB under it', () => {
    for (const fixture of spoken) {
      const samples = fixtureSamples(fixture.id);
      const room = levelDbfs(samples) - 10;
      const audio = concatSamples(noise(6_000, room, 5), addNoise(samples, 10, 6));
      expect(closedDuringSpeech(audio, fixture.speech, 6_000), fixture.id).toBe(0);
    }
  });

  it('is open for somebody who talks from the very first sample', () => {
    for (const fixture of spoken) {
      const audio = mixSamples(fixtureSamples(fixture.id), noise(5_000, -60));
      expect(closedDuringSpeech(audio, fixture.speech, 0), fixture.id).toBe(0);
    }
  });

  it('does not close on a monologue of a minute', () => {
    const fixture = speechFixtures.find((each) => each.id === 'stars')!;
    const samples = fixtureSamples('stars').subarray(0, 46_400);
    const repeats = 20;
    const audio = mixSamples(concatSamples(...Array.from({ length: repeats }, () => samples)), noise(5_000, -60));
    const speech = Array.from({ length: repeats }, (_, turn) => ({ startSample: fixture.speech[0]!.startSample + turn * samples.length, endSample: (turn + 1) * samples.length }));
    expect(closedDuringSpeech(audio, speech, 0)).toBe(0);
  });

  it('stays closed for a muted microphone', () => {
    expect(new EnergyGate().feed(silence(3_000))).not.toContain('open');
  });

  it.each([-70, -60, -50, -40])('learns the steady noise of a room at %i dBFS within five seconds', (levelDb) => {
    const states = new EnergyGate().feed(noise(30_000, levelDb));
    expect(states.slice(Math.ceil(5 * WINDOWS_PER_SECOND))).not.toContain('open');
  });

  it('opens again for a person after a long silence, and closes half a second after the last sound', () => {
    const gate = new EnergyGate();
    gate.feed(noise(10_000, -60));
    expect(gate.feed(noise(64, -30, 2))).toEqual(['open', 'open']);
    const after = gate.feed(noise(2_048, -60, 3));
    expect(after.lastIndexOf('open') + 1).toBe(HANGOVER_WINDOWS - 1);
  });

  it('judges the same audio the same, in one piece or in many', () => {
    const audio = mixSamples(fixtureSamples('monologue'), noise(5_000, -55));
    const pieces = new EnergyGate();
    const byWindow: string[] = [];
    for (let start = 0; start + VAD_WINDOW_SAMPLES <= audio.length; start += VAD_WINDOW_SAMPLES) byWindow.push(...pieces.feed(audio.subarray(start, start + VAD_WINDOW_SAMPLES)));
    expect(byWindow).toEqual(new EnergyGate().feed(audio));
  });
});
