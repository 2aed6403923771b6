/** The figures of `./spool bench code` and the table a person reads. */
import type { Language } from '#domain/code/run.ts';

export interface Spread {
  count: number;
  minMs: number;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
}

export interface CodeResults {
  at: string;
  machine: { processor: string; cores: number; node: string; loadAverageBefore: number; loadAverageAfter: number };
  /** How memory was held. */
  enforcement: string;
  /** Ten small tests through the socket; `bareMs` is the interpreter or compiler alone, once. */
  languages: { language: Language; version: string; bareMs: Spread; newMs: Spread; unchangedMs: Spread; withoutPauseMs: Spread }[];
  /** Python, ten tests each. */
  throughput: { oneAfterTheOtherPerS: number; fourAtOncePerS: number; fiftyAtOncePerS: number };
  fairness: { sessions: number; modestMs: Spread; modestDoneMs: number; allDoneMs: number };
  /** More than before; spares come and go, so a few groups either way are no leak. */
  leak: { runs: number; groups: number; mounts: number; slots: number };
  timeLimitLateMs: Spread;
}

export function summaryOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN) * 10) / 10;
  return { count: sorted.length, minMs: at(0), p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}

export function tableOf({ machine, enforcement, languages, throughput, fairness, leak, timeLimitLateMs }: CodeResults): string {
  const cell = ({ p50Ms, minMs, p95Ms }: Spread) => `${p50Ms} (${minMs}–${p95Ms})`;
  const rows = [['', 'bare', 'new code', 'unchanged', 'without pause'], ...languages.map((row) => [row.version, cell(row.bareMs), cell(row.newMs), cell(row.unchangedMs), cell(row.withoutPauseMs)])];
  const widths = rows[0]!.map((_title, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return [
    `${machine.processor}, ${machine.cores} processors, load ${machine.loadAverageBefore.toFixed(1)} before and ${machine.loadAverageAfter.toFixed(1)} after; memory held by ${enforcement}`,
    '',
    'Ten small tests, milliseconds: median (fastest–95th percentile)',
    ...rows.map((row) => row.map((each, column) => (column === 0 ? each.padEnd(widths[column]!) : each.padStart(widths[column]!))).join('   ')),
    '',
    `Python runs per second: ${throughput.oneAfterTheOtherPerS} one after the other, ${throughput.fourAtOncePerS} four at once, ${throughput.fiftyAtOncePerS} fifty at once`,
    `Turns: beside a session that asks 50 times, ${fairness.sessions - 1} others wait ${cell(fairness.modestMs)} ms; they are done after ${fairness.modestDoneMs} ms, all after ${fairness.allDoneMs} ms`,
    `Time limit: enforced ${cell(timeLimitLateMs)} ms late`,
    `After ${leak.runs} runs that leave a daemon: ${leak.groups} groups, ${leak.mounts} mounts, ${leak.slots} slots more than before`,
  ].join('\n');
}
