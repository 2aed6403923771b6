/** What a person sees while something long is going on: one line per step, with seconds on a terminal. */
import type { Writable } from 'node:stream';

export interface StepReport {
  /** Ends the step; `note` is shown behind the seconds. */
  done(note?: string): void;
  failed(): void;
}

export interface ConsoleReport {
  line(text: string): void;
  /** Says what begins; long steps count their seconds where a person watches. */
  step(title: string): StepReport;
}

/** Writes to `out` (standard error by default, so that standard output keeps the results). */
export function consoleReport(out: Writable & { isTTY?: boolean } = process.stderr): ConsoleReport {
  return {
    line: (text) => void out.write(`${text}\n`),
    step(title) {
      const startedMs = performance.now();
      const seconds = () => Math.round((performance.now() - startedMs) / 1000);
      out.write(`${title} …\n`);
      const ticker = out.isTTY ? setInterval(() => out.write(`\r  ${seconds()} s`), 1000) : undefined;
      ticker?.unref();
      const end = (text: string) => {
        clearInterval(ticker);
        out.write(`${out.isTTY ? '\r' : ''}  ${text}\n`);
      };
      return {
        done: (note) => end(`done in ${seconds()} s${note ? `, ${note}` : ''}`),
        failed: () => end(`failed after ${seconds()} s`),
      };
    },
  };
}
