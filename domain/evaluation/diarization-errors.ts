/**
 * DER: who speaks when (NIST RT-09; pyannote.metrics, `diarization.py`). All of the recording is scored, overlap included:
 * where two people speak, two must be found.
 */
import { assign } from './assignment.ts';

export interface SpeakerTurn {
  /** Null: a voice nobody put a name to; all such turns are one speaker. */
  speaker: string | null;
  startMs: number;
  endMs: number;
}

/** Milliseconds of speaker time: a second in which two people speak has two of them. */
export interface DiarizationErrors {
  /** More speakers found than there are. */
  falseAlarmMs: number;
  /** Fewer found than there are. */
  missedMs: number;
  /** Found, but it was somebody else. */
  confusionMs: number;
  /** Reference speech. */
  totalMs: number;
}

/** A stretch in which nobody begins or ends. */
interface Stretch {
  durationMs: number;
  reference: number[];
  heard: number[];
}

interface Edge {
  atMs: number;
  of: 'reference' | 'heard' | 'collar';
  speaker: number;
  step: 1 | -1;
}

/**
 * `collarMs` around every beginning and end of a reference turn is not scored: half before, half behind, as in
 * pyannote.metrics (md-eval's `-c 0.25` is 500 here). Turns of one speaker that overlap count once.
 */
export function countDiarizationErrors(reference: readonly SpeakerTurn[], heard: readonly SpeakerTurn[], collarMs = 0): DiarizationErrors {
  const wantedNames = namesOf(reference);
  const gotNames = namesOf(heard);
  const stretches = cut([
    ...edgesOf(reference, 'reference', wantedNames),
    ...edgesOf(heard, 'heard', gotNames),
    ...(collarMs > 0 ? reference.filter(lasts).flatMap(({ startMs, endMs }) => [startMs, endMs].flatMap((atMs) => collarAround(atMs, collarMs))) : []),
  ]);
  const together = wantedNames.map(() => gotNames.map(() => 0));
  for (const { durationMs, reference: speaking, heard: found } of stretches) {
    for (const row of speaking) for (const column of found) together[row]![column]! += durationMs;
  }
  const partnerOf = assign(together.map((row) => row.map((ms) => -ms)));
  const errors = { falseAlarmMs: 0, missedMs: 0, confusionMs: 0, totalMs: 0 };
  for (const { durationMs, reference: speaking, heard: found } of stretches) {
    const right = speaking.filter((row) => found.includes(partnerOf[row]!)).length;
    errors.totalMs += durationMs * speaking.length;
    errors.missedMs += durationMs * Math.max(0, speaking.length - found.length);
    errors.falseAlarmMs += durationMs * Math.max(0, found.length - speaking.length);
    errors.confusionMs += durationMs * (Math.min(speaking.length, found.length) - right);
  }
  return errors;
}

/** Errors per reference speech; may exceed 1. Without reference speech 0 when none was found and else 1, as in pyannote. */
export function diarizationErrorRate({ falseAlarmMs, missedMs, confusionMs, totalMs }: DiarizationErrors): number {
  const wrongMs = falseAlarmMs + missedMs + confusionMs;
  return totalMs > 0 ? wrongMs / totalMs : Number(wrongMs > 0);
}

export function addDiarizationErrors(errors: readonly DiarizationErrors[]): DiarizationErrors {
  const sum = (key: keyof DiarizationErrors) => errors.reduce((total, each) => total + each[key], 0);
  return { falseAlarmMs: sum('falseAlarmMs'), missedMs: sum('missedMs'), confusionMs: sum('confusionMs'), totalMs: sum('totalMs') };
}

const lasts = ({ startMs, endMs }: SpeakerTurn): boolean => endMs > startMs;

function namesOf(turns: readonly SpeakerTurn[]): (string | null)[] {
  return [...new Set(turns.filter(lasts).map(({ speaker }) => speaker))];
}

function edgesOf(turns: readonly SpeakerTurn[], of: 'reference' | 'heard', names: readonly (string | null)[]): Edge[] {
  return turns.filter(lasts).flatMap(({ speaker, startMs, endMs }) => {
    const number = names.indexOf(speaker);
    return [{ atMs: startMs, of, speaker: number, step: 1 as const }, { atMs: endMs, of, speaker: number, step: -1 as const }];
  });
}

function collarAround(atMs: number, collarMs: number): Edge[] {
  return [{ atMs: atMs - collarMs / 2, of: 'collar', speaker: 0, step: 1 }, { atMs: atMs + collarMs / 2, of: 'collar', speaker: 0, step: -1 }];
}

/** Walks the edges in order of time; what lies in a collar is left out. */
function cut(edges: Edge[]): Stretch[] {
  const stretches: Stretch[] = [];
  const active = { reference: new Map<number, number>(), heard: new Map<number, number>(), collar: new Map<number, number>() };
  let fromMs = 0;
  for (const { atMs, of, speaker, step } of edges.sort((a, b) => a.atMs - b.atMs)) {
    if (atMs > fromMs && active.collar.size === 0 && active.reference.size + active.heard.size > 0) {
      stretches.push({ durationMs: atMs - fromMs, reference: [...active.reference.keys()], heard: [...active.heard.keys()] });
    }
    fromMs = atMs;
    const count = (active[of].get(speaker) ?? 0) + step;
    if (count === 0) active[of].delete(speaker);
    else active[of].set(speaker, count);
  }
  return stretches;
}
