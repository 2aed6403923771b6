/**
 * Silero inside its inference child. One native detector costs about 10 MB and 40 ms and is not given back by the
 * allocator, so detectors are lent to streams and reused: a stream holds one from its first window until `reset` or
 * `close`.
 */
import { VAD_WINDOW_SAMPLES } from '#domain/speech/ports.ts';
import type { NativeEngine } from '../inference-process.ts';
import type { SileroVad } from './sherpa.ts';
import { requireSherpa, toFloats } from './sherpa.ts';

/** Silero's published default; speech ends below threshold − 0.15, which is fixed inside the library. */
const THRESHOLD = 0.5;
/** The library ignores 0, so this is "none": our own turn-taking owns every hangover. */
const NO_MINIMUM_S = 0.001;
/** The library keeps the samples of an open segment; they are dropped long before they matter. */
const BUFFER_S = 30;
const LONGEST_SEGMENT_WINDOWS = Math.floor(((BUFFER_S - 1) * 16_000) / VAD_WINDOW_SAMPLES);
/** Detection needs two windows above the threshold after a reset, plus one for the model to settle. */
const BLIND_WINDOWS_AFTER_RESET = 4;
/** A stream not heard for this long has a closed gate or is gone: its detector may be lent to another, reset. */
const LOAN_LAPSES_AFTER_MS = 5_000;
/** 96 × 10 MB. Past it even a recent loan, the one heard longest ago, is called back. */
const MAX_DETECTORS = 96;

interface Loan {
  vad: SileroVad;
  lastHeardMs: number;
  /** Windows in a row that were voice. */
  openWindows: number;
  /** Windows still taken for voice after a reset of our own. */
  blindWindows: number;
}

export function loadSilero(model: string): NativeEngine {
  const { Vad } = requireSherpa();
  const create = (): SileroVad =>
    new Vad(
      {
        sileroVad: {
          model,
          threshold: THRESHOLD,
          minSpeechDuration: NO_MINIMUM_S,
          minSilenceDuration: NO_MINIMUM_S,
          windowSize: VAD_WINDOW_SAMPLES,
          // Beyond this the library would raise its threshold in order to cut; cutting is not its business here.
          maxSpeechDuration: 86_400,
        },
        sampleRate: 16_000,
        numThreads: 1,
        debug: false,
      },
      BUFFER_S,
    );

  const idle: SileroVad[] = [create()];
  /** Insertion order is order of last use. */
  const loans = new Map<number, Loan>();
  let created = 1;

  function borrow(stream: number): Loan {
    const known = loans.get(stream);
    const nowMs = performance.now();
    if (known) {
      known.lastHeardMs = nowMs;
      loans.delete(stream);
      loans.set(stream, known);
      return known;
    }
    const oldest = idle.length === 0 ? loans.entries().next().value : undefined;
    if (oldest && (created >= MAX_DETECTORS || nowMs - oldest[1].lastHeardMs > LOAN_LAPSES_AFTER_MS)) giveBack(oldest[0]);
    let vad = idle.pop();
    if (!vad) {
      vad = create();
      created += 1;
    }
    const loan = { vad, lastHeardMs: nowMs, openWindows: 0, blindWindows: 0 };
    loans.set(stream, loan);
    return loan;
  }

  function giveBack(stream: number): void {
    const loan = loans.get(stream);
    if (!loan) return;
    loans.delete(stream);
    loan.vad.reset();
    idle.push(loan.vad);
  }

  function detectWindow(loan: Loan, window: Float32Array): boolean {
    loan.vad.acceptWaveform(window);
    while (!loan.vad.isEmpty()) loan.vad.pop();
    const heard = loan.vad.isDetected();
    loan.openWindows = heard ? loan.openWindows + 1 : 0;
    const blind = loan.blindWindows > 0;
    if (blind) loan.blindWindows = heard ? 0 : loan.blindWindows - 1;
    if (loan.openWindows >= LONGEST_SEGMENT_WINDOWS) {
      loan.vad.reset();
      loan.openWindows = 0;
      loan.blindWindows = BLIND_WINDOWS_AFTER_RESET;
    }
    return heard || blind;
  }

  return {
    loaded: {},
    handle(message) {
      if (message.op === 'reset' || message.op === 'close') return giveBack(message.stream);
      if (message.op !== 'detect') throw new TypeError('Silero detects only.');
      const loan = borrow(message.stream);
      const floats = toFloats(message.samples);
      const heard = new Uint8Array(floats.length / VAD_WINDOW_SAMPLES);
      for (let index = 0; index < heard.length; index++) {
        heard[index] = detectWindow(loan, floats.subarray(index * VAD_WINDOW_SAMPLES, (index + 1) * VAD_WINDOW_SAMPLES)) ? 1 : 0;
      }
      return heard;
    },
  };
}
