/** The code of the audio threads, run in Node: the same files the browser loads. */
import { expect, test } from 'vitest';

interface Resampler {
  push(samples: Float32Array): void;
  read(output: Float32Array, from: number, to: number): number;
  finish(): void;
  readonly available: number;
}
interface Report {
  utterance: number;
  playedSamples: number;
  done: boolean;
  underruns: number;
}
interface Playback {
  setRate(hz: number): void;
  push(frame: { utterance: number; firstSample: number; samples: Int16Array; last: boolean }): void;
  pause(): void;
  resume(): void;
  flush(): void;
  render(output: Float32Array): void;
}
const load = (name: string): Promise<Record<string, unknown>> => import(/* @vite-ignore */ new URL(`../../public/worklets/${name}`, import.meta.url).href);
const { StreamResampler } = (await load('resampler.js')) as { StreamResampler: new (from: number, to: number) => Resampler };
const { CaptureFrames } = (await load('capture-frames.js')) as { CaptureFrames: new (rate: number, onFrame: (frame: Int16Array) => void) => { push(channels: Float32Array[]): void } };
const { PlaybackBuffer } = (await load('playback-buffer.js')) as { PlaybackBuffer: new (rate: number, onReport: (report: Report) => void) => Playback };

const QUANTUM = 128;
function tone(hz: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hz * n) / rate));
}
function resample(input: Float32Array, from: number, to: number): Float32Array {
  const resampler = new StreamResampler(from, to);
  const output = new Float32Array(Math.ceil((input.length * to) / from) + 10);
  let written = 0;
  for (let at = 0; at < input.length; at += QUANTUM) {
    resampler.push(input.subarray(at, at + QUANTUM));
    written += resampler.read(output, written, output.length);
  }
  resampler.finish();
  written += resampler.read(output, written, output.length);
  return output.subarray(0, written);
}
function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

test.each([
  [48_000, 16_000],
  [44_100, 16_000],
  [16_000, 48_000],
  [24_000, 44_100],
  [16_000, 16_000],
])('from %i Hz to %i Hz speech keeps its shape to within a thousandth', (from, to) => {
  const output = resample(tone(1_000, from, 0.5), from, to);
  const expected = tone(1_000, to, 0.5);
  expect(Math.abs(output.length - expected.length)).toBeLessThanOrEqual(Math.ceil(to / from));
  // The first and last few milliseconds see the edge of the signal.
  const inner = (samples: Float32Array) => samples.subarray(to * 0.05, to * 0.45);
  const error = inner(output).map((sample, n) => sample - inner(expected)[n]!);
  expect(rms(error) / rms(inner(expected))).toBeLessThan(0.001);
});

test('what 16 kHz cannot carry is removed instead of folded into speech', () => {
  expect(rms(resample(tone(11_000, 48_000, 0.5), 48_000, 16_000).subarray(800, 7_000))).toBeLessThan(0.5 * 0.001);
});

test('at 16 kHz the microphone’s samples come through exactly, in frames of 40 ms', () => {
  const frames: Int16Array[] = [];
  const capture = new CaptureFrames(16_000, (frame) => frames.push(frame));
  const pcm = Int16Array.from({ length: 12_800 }, (_, n) => ((n * 7_919) % 65_536) - 32_768);
  const input = Float32Array.from(pcm, (sample) => sample / 32_768);
  for (let at = 0; at < input.length; at += QUANTUM) capture.push([input.subarray(at, at + QUANTUM)]);
  expect(frames.map((frame) => frame.length)).toEqual(Array.from({ length: 20 }, () => 640));
  expect(frames.flatMap((frame) => [...frame])).toEqual([...pcm]);
});

test('a microphone at 44.1 kHz delivers neither too much nor too little over a minute', () => {
  let samples = 0;
  const capture = new CaptureFrames(44_100, (frame) => (samples += frame.length));
  const quantum = [new Float32Array(QUANTUM), new Float32Array(QUANTUM)];
  for (let n = 0; n < (60 * 44_100) / QUANTUM; n += 1) capture.push(quantum);
  expect(Math.abs(samples - 60 * 16_000)).toBeLessThanOrEqual(640 + 20);
});

function playback(contextRate = 16_000) {
  const reports: Report[] = [];
  const buffer = new PlaybackBuffer(contextRate, (report) => reports.push(report));
  const render = (quanta: number) => {
    const output = new Float32Array(quanta * QUANTUM);
    for (let n = 0; n < quanta; n += 1) buffer.render(output.subarray(n * QUANTUM, (n + 1) * QUANTUM));
    return output;
  };
  const push = (firstSample: number, length: number, options: { last?: boolean; utterance?: number } = {}) =>
    buffer.push({ utterance: options.utterance ?? 1, firstSample, last: options.last ?? false, samples: Int16Array.from({ length }, (_, n) => firstSample + n + 1) });
  return { buffer, reports, render, push };
}
const pcm = (output: Float32Array) => [...output].map((sample) => Math.round(sample * 32_768));

test('an utterance starts with 60 ms, plays every sample once and says when it is done', () => {
  const { render, push, reports } = playback();
  push(0, 640);
  expect(pcm(render(2)).every((sample) => sample === 0)).toBe(true);
  push(640, 640, { last: true });
  const heard = pcm(render(12)).filter((sample) => sample !== 0);
  expect(heard).toEqual(Array.from({ length: 1_280 }, (_, n) => n + 1));
  expect(reports.at(-1)).toEqual({ utterance: 1, playedSamples: 1_280, done: true, underruns: 0 });
});

test('a short last word does not wait for 60 ms', () => {
  const { render, push, reports } = playback();
  push(0, 200, { last: true });
  expect(pcm(render(2)).filter((sample) => sample !== 0)).toHaveLength(200);
  expect(reports.at(-1)).toMatchObject({ playedSamples: 200, done: true });
});

test('reports come about every 100 ms', () => {
  const { render, push, reports } = playback();
  push(0, 16_000);
  render(125);
  expect(reports.length).toBeGreaterThanOrEqual(9);
  expect(reports.map((report) => report.playedSamples)).toEqual(reports.map((report) => report.playedSamples).toSorted((a, b) => a - b));
});

test('a pause silences within one quantum, counts exactly, and goes on with the next sample', () => {
  const { buffer, render, push, reports } = playback();
  push(0, 16_000);
  render(20);
  buffer.pause();
  const fading = render(1);
  expect(Math.abs(fading.at(-1)!)).toBeLessThan(1e-6);
  expect(reports.at(-1)).toMatchObject({ playedSamples: 21 * QUANTUM });
  expect(pcm(render(50)).every((sample) => sample === 0)).toBe(true);
  buffer.resume();
  render(1);
  expect(pcm(render(1))[0]).toBe(22 * QUANTUM + 1);
});

test('an interruption forgets the rest, and the next utterance starts from its own beginning', () => {
  const { buffer, render, push, reports } = playback();
  push(0, 16_000);
  render(20);
  buffer.flush();
  render(1);
  expect(pcm(render(5)).every((sample) => sample === 0)).toBe(true);
  push(0, 1_280, { utterance: 2, last: true });
  expect(pcm(render(10)).filter((sample) => sample !== 0)).toEqual(Array.from({ length: 1_280 }, (_, n) => n + 1));
  expect(reports.at(-1)).toMatchObject({ utterance: 2, playedSamples: 1_280, done: true });
});

test('when the network is late nothing is skipped, only delayed', () => {
  const { render, push, reports } = playback();
  push(0, 1_280);
  let heard = pcm(render(20));
  push(1_280, 1_280, { last: true });
  heard = [...heard, ...pcm(render(20))];
  expect(heard.filter((sample) => sample !== 0)).toEqual(Array.from({ length: 2_560 }, (_, n) => n + 1));
  expect(reports.at(-1)).toMatchObject({ playedSamples: 2_560, done: true, underruns: 1 });
});

test('frames that come twice are heard once, and one that was missed is counted as passed', () => {
  const { render, push, reports } = playback();
  push(0, 1_280);
  push(640, 640);
  push(2_560, 1_280, { last: true });
  const heard = pcm(render(40)).filter((sample) => sample !== 0);
  expect(heard).toEqual([...Array.from({ length: 1_280 }, (_, n) => n + 1), ...Array.from({ length: 1_280 }, (_, n) => 2_560 + n + 1)]);
  expect(reports.at(-1)).toMatchObject({ playedSamples: 3_840, done: true });
  expect(reports.filter((report) => report.done)).toHaveLength(1);
});

test.each([44_100, 48_000])('on a loudspeaker at %i Hz the count is in samples of the stream', (rate) => {
  const { render, push, reports } = playback(rate);
  push(0, 16_000, { last: true });
  render(Math.ceil((rate * 1.1) / QUANTUM));
  expect(reports.at(-1)).toEqual({ utterance: 1, playedSamples: 16_000, done: true, underruns: 0 });
});
