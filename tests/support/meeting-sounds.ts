/** Sounds of a meeting room in which nobody speaks: what an engine must not make words of. 16 kHz PCM16, repeatable. */
import { msToSamples, UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { seededRandom } from './random.ts';
import { atLevel, noise } from './speech.ts';

type Sound = (ms: number, seed?: number) => Int16Array;

const TAU = 2 * Math.PI;
const write = (ms: number, value: (seconds: number, index: number) => number): Int16Array =>
  Int16Array.from({ length: msToSamples(ms) }, (_, index) => Math.round(32_767 * Math.max(-1, Math.min(1, value(index / UPLINK_SAMPLE_RATE_HZ, index)))));

/** Pink noise (−3 dB an octave): Voss's sum of held random values, as in M. Gardner, Scientific American, April 1978. */
const pinkNoise: Sound = (ms, seed = 1) => {
  const random = seededRandom(seed);
  const rows = Array.from({ length: 12 }, () => random() * 2 - 1);
  return write(ms, (_, index) => {
    for (let row = 0; row < rows.length; row += 1) if (index % 2 ** row === 0) rows[row] = random() * 2 - 1;
    return rows.reduce((sum, value) => sum + value, 0) / 24;
  });
};
/** Mains at 50 Hz with its overtones. */
export const hum: Sound = (ms) => write(ms, (s) => 0.2 * [1, 2, 3, 5, 7].reduce((sum, overtone) => sum + Math.sin(TAU * 50 * overtone * s) / overtone, 0));

/** Four chords of a second and a half, each note with overtones and a plucked envelope. */
const chords: Sound = (ms) => {
  const progression = [[262, 330, 392], [220, 262, 330], [175, 220, 262], [196, 247, 294]];
  return write(ms, (s) => {
    const notes = progression[Math.floor(s / 1.5) % progression.length]!;
    const envelope = Math.exp(-1.2 * (s % 1.5));
    return 0.09 * envelope * notes.reduce((sum, hz) => sum + [1, 2, 3, 4].reduce((tone, overtone) => tone + Math.sin(TAU * hz * overtone * s) / overtone, 0), 0);
  });
};
/** A melody with vibrato and formant-like overtones: the nearest thing to a voice without being one. */
const melody: Sound = (ms) => {
  const notes = [392, 440, 494, 523, 494, 440, 392, 330];
  return write(ms, (s) => {
    const hz = notes[Math.floor(s / 0.4) % notes.length]!;
    const phase = TAU * hz * s + 1.5 * Math.sin(TAU * 5.5 * s);
    return 0.25 * Math.min(1, 8 * (s % 0.4)) * [1, 0.6, 0.5, 0.2].reduce((sum, weight, index) => sum + weight * Math.sin(phase * (index + 1)), 0) / 2;
  });
};
/** Bass drum, snare and hi-hat at 120 beats a minute. */
export const drums: Sound = (ms, seed = 1) => {
  const random = seededRandom(seed);
  return write(ms, (s) => {
    const beat = s % 0.5;
    const hiss = random() * 2 - 1;
    const kick = Math.floor(s / 0.5) % 2 === 0 ? 0.7 * Math.exp(-18 * beat) * Math.sin(TAU * (50 + 90 * Math.exp(-30 * beat)) * beat) : 0;
    const snare = Math.floor(s / 0.5) % 2 === 1 ? 0.5 * Math.exp(-16 * beat) * (hiss + Math.sin(TAU * 185 * beat)) / 2 : 0;
    return kick + snare + 0.12 * Math.exp(-60 * (s % 0.25)) * hiss;
  });
};
/** Keys struck at uneven intervals, each a thud and a click. */
export const typing: Sound = (ms, seed = 1) => {
  const random = seededRandom(seed);
  const sound = new Float32Array(msToSamples(ms));
  for (let at = 0; at < sound.length; at += msToSamples(60 + 220 * random() + (random() < 0.06 ? 900 : 0))) {
    for (let index = 0; index < 800 && at + index < sound.length; index += 1) {
      const s = index / UPLINK_SAMPLE_RATE_HZ;
      sound[at + index]! += 0.25 * Math.exp(-180 * s) * (random() * 2 - 1) + 0.1 * Math.exp(-90 * s) * Math.sin(TAU * 170 * s);
    }
  }
  return write(ms, (_, index) => sound[index]!);
};

/** Every kind, by name; the noises as loud as a fan and as a train. */
export const WORDLESS_SOUNDS: Record<string, Sound> = {
  'digital silence': (ms) => new Int16Array(msToSamples(ms)),
  'a quiet room': (ms, seed) => noise(ms, -62, seed),
  'white noise': (ms, seed) => noise(ms, -30, seed),
  'pink noise': (ms, seed) => atLevel(pinkNoise(ms, seed), -26),
  hum: (ms) => atLevel(hum(ms), -30),
  chords,
  melody,
  drums,
  typing,
};
