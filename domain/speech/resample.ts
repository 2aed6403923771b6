/**
 * Changes the sample rate of PCM16 speech: a polyphase windowed-sinc low-pass (Smith, "Digital Audio Resampling", CCRMA;
 * Kaiser window). The same samples come out however the input was cut.
 */

/** Zero crossings of the sinc on each side: more is sharper and costs more. */
const ZERO_CROSSINGS = 16;
/** Kaiser's beta for about 80 dB in the stop band (Kaiser 1974: 0.1102 · (80 − 8.7)). */
const KAISER_BETA = 7.857;
/** Share of the lower Nyquist frequency that passes; the rest is the filter's slope. */
const PASS_BAND = 0.92;

interface Filter {
  /** Output index k lies at input index k · step / phases. */
  phases: number;
  step: number;
  halfWidth: number;
  taps: Map<number, Float64Array>;
  cutoff: number;
}
const filters = new Map<string, Filter>();

/** Feed with `push`, finish with `end`; together they give ceil(n · to / from) samples for n. */
export class StreamingResampler {
  readonly #filter: Filter | null;
  /** Input from index `#base` on. */
  #held = new Int16Array(0);
  #base = 0;
  #received = 0;
  #produced = 0;

  constructor(fromHz: number, toHz: number) {
    this.#filter = fromHz === toHz ? null : filterFor(fromHz, toHz);
  }

  push(samples: Int16Array): Int16Array {
    if (!this.#filter) return samples;
    const joined = new Int16Array(this.#held.length + samples.length);
    joined.set(this.#held);
    joined.set(samples, this.#held.length);
    this.#held = joined;
    this.#received += samples.length;
    const { phases, step, halfWidth } = this.#filter;
    // The last output whose whole window is there: floor(k·step/phases) + halfWidth < received.
    const ready = this.#received < halfWidth + 1 ? 0 : Math.ceil(((this.#received - halfWidth) * phases) / step);
    return this.#produce(ready);
  }

  end(): Int16Array {
    if (!this.#filter) return new Int16Array(0);
    return this.#produce(Math.ceil((this.#received * this.#filter.phases) / this.#filter.step));
  }

  #produce(through: number): Int16Array {
    const { phases, step, halfWidth } = this.#filter!;
    const out = new Int16Array(Math.max(0, through - this.#produced));
    const held = this.#held;
    for (let index = 0; index < out.length; index++) {
      const position = (this.#produced + index) * step;
      const center = Math.floor(position / phases);
      const taps = tapsOf(this.#filter!, position % phases);
      const from = center - halfWidth + 1 - this.#base;
      out[index] = Math.max(-32_768, Math.min(32_767, Math.round(weighed(held, from, taps))));
    }
    this.#produced += out.length;
    const keepFrom = Math.max(this.#base, Math.floor((this.#produced * step) / phases) - halfWidth + 1);
    this.#held = this.#held.slice(keepFrom - this.#base);
    this.#base = keepFrom;
    return out;
  }
}

/** All of `samples` at another rate. */
export function resample(samples: Int16Array, fromHz: number, toHz: number): Int16Array {
  const resampler = new StreamingResampler(fromHz, toHz);
  const body = resampler.push(samples);
  const rest = resampler.end();
  const whole = new Int16Array(body.length + rest.length);
  whole.set(body);
  whole.set(rest, body.length);
  return whole;
}

/** A stream of PCM16 at another rate; never yields an empty piece. */
export async function* resampled(pieces: AsyncIterable<Int16Array>, fromHz: number, toHz: number): AsyncGenerator<Int16Array> {
  const resampler = new StreamingResampler(fromHz, toHz);
  for await (const piece of pieces) {
    const converted = resampler.push(piece);
    if (converted.length > 0) yield converted;
  }
  const rest = resampler.end();
  if (rest.length > 0) yield rest;
}

function filterFor(fromHz: number, toHz: number): Filter {
  if (!Number.isInteger(fromHz) || !Number.isInteger(toHz) || fromHz < 1 || toHz < 1) throw new RangeError('Sample rates are positive whole numbers.');
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const key = `${fromHz / divisor}/${toHz / divisor}`;
  let filter = filters.get(key);
  if (!filter) {
    const cutoff = Math.min(1, toHz / fromHz) * PASS_BAND;
    filter = { phases: toHz / divisor, step: fromHz / divisor, halfWidth: Math.ceil(ZERO_CROSSINGS / cutoff), taps: new Map(), cutoff };
    filters.set(key, filter);
  }
  return filter;
}

/** Sum of the weighed samples; what lies outside counts as silence. Apart, so that it is compiled as one tight loop. */
function weighed(held: Int16Array, from: number, taps: Float64Array): number {
  const first = Math.max(0, -from);
  const last = Math.min(taps.length, held.length - from);
  let sum = 0;
  for (let tap = first; tap < last; tap++) sum += held[from + tap]! * taps[tap]!;
  return sum;
}

/** Weights of the input samples center − halfWidth + 1 … center + halfWidth for an output `phase / phases` past the center. */
function tapsOf(filter: Filter, phase: number): Float64Array {
  let taps = filter.taps.get(phase);
  if (taps) return taps;
  const { halfWidth, cutoff, phases } = filter;
  taps = new Float64Array(2 * halfWidth);
  let sum = 0;
  for (let tap = 0; tap < taps.length; tap++) {
    const distance = tap - halfWidth + 1 - phase / phases;
    taps[tap] = sinc(distance * cutoff) * kaiser(distance / halfWidth);
    sum += taps[tap]!;
  }
  // Every phase passes a constant unchanged, or the phases would be heard as a whistle.
  for (let tap = 0; tap < taps.length; tap++) taps[tap]! /= sum;
  filter.taps.set(phase, taps);
  return taps;
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const kaiser = (x: number) => (Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA));

/** Modified Bessel function of the first kind, order zero, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
