/**
 * The interviewer's speech on its way to the ears: queues frames at the stream's rate, renders them at the context's, and
 * counts exactly which samples of which utterance were rendered.
 */
import { StreamResampler } from './resampler.js';

/** So much must be there before an utterance starts, or starts again after running dry… */
export const PRIME_MS = 60;
/** …but it waits no longer than this for it. */
export const PRIME_PATIENCE_MS = 100;
export const REPORT_EVERY_MS = 100;

export class PlaybackBuffer {
  /** @param {number} contextRateHz @param {(report: {utterance: number, playedSamples: number, done: boolean, underruns: number}) => void} onReport */
  constructor(contextRateHz, onReport) {
    this.contextRateHz = contextRateHz;
    this.sourceRateHz = 16_000;
    this.onReport = onReport;
    /** Runs of contiguous samples of one utterance, in playing order. */
    this.runs = [];
    this.paused = false;
    /** What the next quantum does: 'in' and 'out' fade over it, so that nothing clicks. */
    this.fade = null;
    this.underruns = 0;
    this.sinceReport = 0;
    this.chunk = new Float32Array(0);
  }

  setRate(hz) {
    this.sourceRateHz = hz;
  }

  /** @param {{utterance: number, firstSample: number, samples: Int16Array, last: boolean}} frame */
  push(frame) {
    if (this.paused && this.runs.length > 0 && this.runs[0].utterance !== frame.utterance) this.runs = [];
    let run = this.runs.at(-1);
    if (!run || run.utterance !== frame.utterance || frame.firstSample > run.offset + run.received) {
      const continues = run !== undefined && run.utterance === frame.utterance;
      if (continues) run.last = true;
      run = {
        utterance: frame.utterance, offset: frame.firstSample, received: 0, queue: [], queued: 0, last: false, finished: false, started: continues, waited: 0,
        resampler: new StreamResampler(this.sourceRateHz, this.contextRateHz), followed: false,
      };
      if (continues) this.runs.at(-1).followed = true;
      this.runs.push(run);
    }
    const known = run.offset + run.received - frame.firstSample;
    const samples = known > 0 ? frame.samples.subarray(known) : frame.samples;
    if (samples.length > 0) {
      run.queue.push(samples);
      run.queued += samples.length;
      run.received += samples.length;
    }
    if (frame.last) run.last = true;
  }

  pause() {
    if (this.paused) return;
    this.paused = true;
    this.fade = 'out';
  }
  resume() {
    if (!this.paused) return;
    this.paused = false;
    this.fade = 'in';
  }
  /** Forgets everything; the sound fades within one quantum. */
  flush() {
    const current = this.runs[0];
    this.runs = current?.started && !this.paused ? [{ ...current, condemned: true }] : [];
    if (this.runs.length > 0) this.fade = 'out';
    this.paused = false;
  }

  /** Fills one quantum. @param {Float32Array} output */
  render(output) {
    output.fill(0);
    const run = this.runs[0];
    if (!run || (this.paused && this.fade !== 'out')) return;
    if (!run.started && !this.prime(run, output.length)) return;
    const before = playedOf(run);
    const written = this.fill(run, output);
    this.applyFade(output);
    if (run.condemned) {
      this.runs.shift();
      return;
    }
    const done = run.last && run.finished && run.resampler.available === 0;
    if (done) this.runs.shift();
    else if (written < output.length && !this.paused) {
      run.started = false;
      run.waited = 0;
      this.underruns += 1;
    }
    this.sinceReport += output.length;
    const stopped = this.paused || done || (written < output.length && playedOf(run) > before);
    if (stopped || this.sinceReport >= (this.contextRateHz * REPORT_EVERY_MS) / 1000) {
      this.sinceReport = 0;
      this.onReport({ utterance: run.utterance, playedSamples: playedOf(run), done: done && !run.followed, underruns: this.underruns });
    }
  }

  prime(run, quantum) {
    run.waited += quantum;
    const enough = run.queued >= (this.sourceRateHz * PRIME_MS) / 1000;
    const waitedLong = run.queued > 0 && run.waited >= (this.contextRateHz * PRIME_PATIENCE_MS) / 1000;
    if (!enough && !waitedLong && !run.last) return false;
    run.started = true;
    return true;
  }

  fill(run, output) {
    let written = 0;
    for (;;) {
      written += run.resampler.read(output, written, output.length);
      if (run.queued === 0 && run.last && !run.finished) {
        run.finished = true;
        run.resampler.finish();
      } else if (written === output.length || run.queued === 0) return written;
      else this.feed(run, Math.ceil(output.length * run.resampler.step) + 1);
    }
  }

  /** Converts just enough for the next quantum: a whole answer may be queued at once. */
  feed(run, wanted) {
    const samples = run.queue[0];
    const count = Math.min(wanted, samples.length);
    if (this.chunk.length !== count) this.chunk = new Float32Array(count);
    for (let i = 0; i < count; i += 1) this.chunk[i] = samples[i] / 32_768;
    run.resampler.push(this.chunk);
    run.queued -= count;
    if (count === samples.length) run.queue.shift();
    else run.queue[0] = samples.subarray(count);
  }

  applyFade(output) {
    if (!this.fade) return;
    for (let i = 0; i < output.length; i += 1) {
      const gain = (i + 1) / output.length;
      output[i] *= this.fade === 'in' ? gain : 1 - gain;
    }
    this.fade = null;
  }
}

function playedOf(run) {
  return run.offset + Math.min(run.received, run.resampler.consumed);
}
