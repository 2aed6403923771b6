/**
 * Changes the sample rate of a stream: a windowed sinc (Blackman-Harris), whose cut-off follows the lower of both rates,
 * looked up in a table of fractional positions. Nothing is produced before its whole neighbourhood has arrived.
 * Theory: J. O. Smith, "Digital Audio Resampling", https://ccrma.stanford.edu/~jos/resample/
 */
const ZERO_CROSSINGS = 16;
const PHASES = 256;

export class StreamResampler {
  /** @param {number} fromHz @param {number} toHz */
  constructor(fromHz, toHz) {
    this.step = fromHz / toHz;
    this.same = fromHz === toHz;
    const cutoff = Math.min(1, toHz / fromHz) * 0.96;
    /** Source samples on each side that an output sample depends on. */
    this.half = this.same ? 0 : Math.ceil(ZERO_CROSSINGS / cutoff);
    this.table = this.same ? null : kernelTable(this.half, cutoff);
    /** Source samples not yet forgotten; `buffer[0]` is source sample number `base`. */
    this.buffer = new Float32Array(4 * this.half + 1024);
    this.base = -this.half;
    this.length = this.half;
    /** Source samples pushed, output samples read. */
    this.pushed = 0;
    this.produced = 0;
  }

  /** Source samples whose time has passed, i.e. that were heard. */
  get consumed() {
    return Math.min(this.pushed, Math.ceil(this.produced * this.step));
  }

  /** Output samples that can be read now. */
  get available() {
    // Output n lies at source position n × step and needs `half` samples behind it.
    const last = this.pushed - 1 - this.half;
    return last < 0 ? 0 : Math.max(0, Math.floor(last / this.step) + 1 - this.produced);
  }

  /** @param {Float32Array} samples */
  push(samples) {
    this.append(samples);
    this.pushed += samples.length;
  }

  /** Declares the stream over, so that its last samples can be read. */
  finish() {
    this.append(new Float32Array(this.half));
    this.pushed += this.half;
  }

  /** Fills `output[from, to)` as far as possible. @returns {number} how many samples were written */
  read(output, from, to) {
    const count = Math.min(to - from, this.available);
    for (let i = 0; i < count; i += 1) {
      const position = (this.produced + i) * this.step;
      const whole = Math.floor(position);
      const at = whole - this.base;
      output[from + i] = this.same ? this.buffer[at] : this.convolve(at, position - whole);
    }
    this.produced += count;
    return count;
  }

  convolve(at, fraction) {
    const phase = fraction * PHASES;
    const row = Math.floor(phase);
    const blend = phase - row;
    const taps = 2 * this.half;
    let a = row * taps;
    let b = a + taps;
    let sum = 0;
    for (let i = at - this.half + 1; i <= at + this.half; i += 1, a += 1, b += 1) {
      sum += this.buffer[i] * (this.table[a] + blend * (this.table[b] - this.table[a]));
    }
    return sum;
  }

  append(samples) {
    const needed = Math.floor(this.produced * this.step) - Math.max(0, this.half - 1) - this.base;
    const keepFrom = Math.max(0, Math.min(this.length, needed));
    if (this.length + samples.length > this.buffer.length) {
      const kept = this.buffer.subarray(keepFrom, this.length);
      const target = kept.length + samples.length > this.buffer.length ? new Float32Array(2 * (kept.length + samples.length)) : this.buffer;
      if (target === this.buffer) target.copyWithin(0, keepFrom, this.length);
      else target.set(kept);
      this.buffer = target;
      this.base += keepFrom;
      this.length -= keepFrom;
    }
    this.buffer.set(samples, this.length);
    this.length += samples.length;
  }
}

/** Row r holds the kernel for positions r / PHASES behind a source sample; one row more for blending. */
function kernelTable(half, cutoff) {
  const taps = 2 * half;
  const table = new Float32Array((PHASES + 1) * taps);
  for (let row = 0; row <= PHASES; row += 1) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = row / PHASES + half - 1 - tap;
      const x = Math.PI * distance * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(x) / x;
      const turn = (Math.PI * (distance + half)) / half;
      const window = 0.35875 - 0.48829 * Math.cos(turn) + 0.14128 * Math.cos(2 * turn) - 0.01168 * Math.cos(3 * turn);
      table[row * taps + tap] = sinc * window;
      sum += sinc * window;
    }
    // Each row passes a constant unchanged.
    for (let tap = 0; tap < taps; tap += 1) table[row * taps + tap] /= sum;
  }
  return table;
}
