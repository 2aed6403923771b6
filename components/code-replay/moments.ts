/** The moments of a replay one may want to jump to, in words. Pure. */
import { spokenLength } from '#components/screens/words.ts';
import type { Tone } from '#components/screens/words.ts';
import type { Replay } from '#domain/code/replay.ts';
import { clockTime } from '#domain/session/times.ts';
import { outcomeAt, runTitle } from './run-view.tsx';

export const MOMENT_KINDS = ['run', 'hint', 'silence', 'paste', 'command'] as const;
export type MomentKind = (typeof MOMENT_KINDS)[number];
export interface Moment {
  key: string;
  kind: MomentKind;
  atMs: number;
  title: string;
  text: string;
  tone: Tone;
}

/** In the order of time. */
export function momentsOf(replay: Replay): Moment[] {
  const moments: Moment[] = [
    ...replay.runs.map((run): Moment => {
      const { tone, title, text } = outcomeAt(run, Infinity);
      return { key: `run-${run.runId}`, kind: 'run', atMs: run.atMs, title, text: [text, runTitle(run)].filter(Boolean).join(' · '), tone };
    }),
    ...replay.hints.map(({ atMs, step }, index): Moment => ({ key: `hint-${index}`, kind: 'hint', atMs, title: `Hint ${step}`, text: 'given by the interviewer', tone: 'warn' })),
    ...replay.silences.map(({ atMs, endMs }, index): Moment => ({ key: `silence-${index}`, kind: 'silence', atMs, title: `Silence of ${spokenLength(endMs - atMs)}`, text: 'nothing said, typed or run', tone: 'calm' })),
    ...replay.pastes.map(({ atMs, path, chars }, index): Moment => ({ key: `paste-${index}`, kind: 'paste', atMs, title: `${chars} characters pasted`, text: path, tone: 'calm' })),
    ...replay.commands.map(({ atMs, text }, index): Moment => ({ key: `command-${index}`, kind: 'command', atMs, title: 'Command', text: text ? `“${text}”` : '', tone: 'calm' })),
  ];
  // What was asked for comes before what it led to.
  return moments.toSorted((a, b) => a.atMs - b.atMs || Number(b.kind === 'command') - Number(a.kind === 'command'));
}

/** Within this much after a moment "back" goes to the one before it. */
const BACK_SLACK_MS = 1_500;
const FORWARD_SLACK_MS = 20;

/** The next or the previous of a kind as seen from a place; null: there is none. */
export function neighbour(moments: readonly Moment[], kind: MomentKind, fromMs: number, direction: 1 | -1): Moment | null {
  const of = moments.filter((moment) => moment.kind === kind);
  return (direction === 1 ? of.find(({ atMs }) => atMs > fromMs + FORWARD_SLACK_MS) : of.findLast(({ atMs }) => atMs < fromMs - BACK_SLACK_MS)) ?? null;
}

/** The replay at a moment. */
export function replayLink(sessionId: string, atMs: number): string {
  return `/sessions/${encodeURIComponent(sessionId)}/replay?at=${Math.max(0, Math.round(atMs))}`;
}

/** How much was typed in each of `count` equal parts of the time line, 0 to 1. */
export function typingDensity({ touches, lengthMs }: Pick<Replay, 'touches' | 'lengthMs'>, count: number): number[] {
  const parts = Array.from({ length: count }, () => 0);
  for (const { atMs } of touches) {
    const part = Math.min(count - 1, Math.floor((atMs / Math.max(1, lengthMs)) * count));
    parts[part]! += 1;
  }
  const most = Math.max(1, ...parts);
  return parts.map((part) => (part === 0 ? 0 : Math.max(0.15, Math.sqrt(part / most))));
}

export function placeWords(ms: number, lengthMs: number): string {
  return `${clockTime(ms)} of ${clockTime(lengthMs)}`;
}
