/** The figures of part A, from what happened to each utterance. */
import type { LatencyRun } from './latency.ts';
import type { TurnOutcome } from './person.ts';
import { type Summary, round, summarize } from './statistics.ts';
import type { TurnParts } from './turn-parts.ts';

export interface KindSummary {
  utterances: number;
  answered: number;
  /** Turns the server took to be over before the voice had ended. */
  cutOffs: number;
  /** Utterances without a cut-off that were answered; milliseconds. */
  parts: Record<keyof TurnParts, Summary> | null;
  wordErrorRate: number | null;
  words: number;
}
export interface LatencySummary {
  complete: KindSummary;
  hesitant: KindSummary;
  /** Of all utterances: neither endpointing nor an engine. */
  restMs: Summary | null;
  acknowledgementMs: Summary | null;
  /** From a final transcript to the interest it shows. */
  interestMs: Summary | null;
  sessions: number;
  exactSessions: number;
  leftOut: number;
  latestMicrophoneMs: number;
  /** Each utterance, to see which one was slow. */
  turns: Omit<TurnOutcome, 'voiceEndedAtMs'>[];
}

const PART_NAMES: (keyof TurnParts)[] = ['voiceToVoice', 'endpoint', 'transcription', 'interviewer', 'speech', 'rest'];

export function summarizeLatency(run: LatencyRun): LatencySummary {
  const rest = run.turns.flatMap((turn) => (turn.parts && turn.cutOffs === 0 ? turn.parts.rest : []));
  return {
    complete: summarizeKind(run.turns.filter((turn) => turn.kind === 'complete')),
    hesitant: summarizeKind(run.turns.filter((turn) => turn.kind === 'hesitant')),
    restMs: summarize(rest),
    acknowledgementMs: summarize(run.acknowledgementsMs),
    interestMs: summarize(run.interestsMs),
    sessions: run.sessions,
    exactSessions: run.exactSessions,
    leftOut: run.leftOut,
    latestMicrophoneMs: round(run.latestMicrophoneMs),
    turns: run.turns.map(({ utteranceId, kind, parts, cutOffs, words }) => ({ utteranceId, kind, parts: parts && roundedParts(parts), cutOffs, words })),
  };
}

function roundedParts(parts: TurnParts): TurnParts {
  return Object.fromEntries(Object.entries(parts).map(([name, ms]) => [name, round(ms as number)])) as unknown as TurnParts;
}

export function summarizeKind(turns: TurnOutcome[]): KindSummary {
  const parts = turns.flatMap((turn) => (turn.cutOffs === 0 && turn.parts ? turn.parts : []));
  const words = turns.flatMap((turn) => turn.words ?? []);
  const reference = words.reduce((sum, each) => sum + each.reference, 0);
  return {
    utterances: turns.length,
    answered: turns.filter((turn) => turn.parts).length,
    cutOffs: turns.reduce((sum, turn) => sum + turn.cutOffs, 0),
    parts: parts.length === 0 ? null : (Object.fromEntries(PART_NAMES.map((name) => [name, summarize(parts.map((each) => each[name]))])) as Record<keyof TurnParts, Summary>),
    wordErrorRate: reference === 0 ? null : round(words.reduce((sum, each) => sum + each.errors, 0) / reference, 4),
    words: reference,
  };
}
