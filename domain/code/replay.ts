/** A code interview as one time line, made of its log, its saved versions and its transcript. Pure; also of one that goes on. */
import { samplesToMs } from '../stream/audio-format.ts';
import type { Session, SessionEvent, TranscriptItem } from '../session/session.ts';
import { FileHistory, countThrough } from './replay-file.ts';
import type { FileEntry, FileState } from './replay-file.ts';
import { readChange } from './replay-change.ts';
import { ReplayClock } from './replay-clock.ts';
import type { RunRecordRequest } from './ports.ts';
import type { RunResult, TestResult } from './run.ts';

/** A saved version of a file; `atMs` since the session was created. */
export interface FileVersion {
  path: string;
  version: number;
  atMs: number;
  /** Null: it was deleted. */
  content: string | null;
}
export interface ReplaySource {
  session: Pick<Session, 'createdAt' | 'startedAt' | 'endedAt' | 'durationMs'>;
  /** In the order of the log. */
  events: readonly SessionEvent[];
  versions: readonly FileVersion[];
  items: readonly TranscriptItem[];
}

/** All times of a replay are places on its time line, in milliseconds. */
export interface ReplayRun {
  runId: string;
  atMs: number;
  /** Null: it did not end as far as the log goes. */
  endMs: number | null;
  request: RunRecordRequest | null;
  result: RunResult | null;
  /** As they came, before the result had all of them. */
  tests: { atMs: number; result: TestResult }[];
  output: { atMs: number; text: string }[];
}
export interface ReplayHint {
  atMs: number;
  /** From 1. */
  step: number;
  itemId: string | null;
}
export interface ReplayCommand {
  atMs: number;
  command: string;
  text: string;
}
/** Much came into a file in one go. */
export interface ReplayPaste {
  atMs: number;
  path: string;
  chars: number;
}
export interface ReplaySilence {
  atMs: number;
  endMs: number;
}
export interface ReplayCaption {
  itemId: string;
  speaker: string;
  text: string;
  unheardText?: string;
  atMs: number;
  endMs: number;
}
export interface Replay {
  lengthMs: number;
  clock: ReplayClock;
  /** By path. */
  files: { path: string; history: FileHistory }[];
  /** Which file was worked on, from each of these moments on. */
  touches: { atMs: number; path: string }[];
  captions: ReplayCaption[];
  runs: ReplayRun[];
  hints: ReplayHint[];
  commands: ReplayCommand[];
  pastes: ReplayPaste[];
  silences: ReplaySilence[];
}

/** Nobody says, types or runs anything for this long. */
export const LONG_SILENCE_MS = 20_000;
export const LARGE_PASTE_CHARS = 80;

export function buildReplay({ session, events, versions, items }: ReplaySource): Replay {
  const startedMs = session.startedAt === null ? 0 : Math.max(0, Date.parse(session.startedAt) - Date.parse(session.createdAt));
  const clock = new ReplayClock(events, startedMs);
  const files = filesOf(events, versions, clock, session.endedAt === null);
  const captions = items.map(({ itemId, speaker, text, unheardText, startMs, endMs }): ReplayCaption => {
    const atMs = clock.ofAudio(startMs);
    return { itemId, speaker, text, ...(unheardText ? { unheardText } : {}), atMs, endMs: atMs + endMs - startMs };
  });
  const runs = runsOf(events, clock);
  const touches = files.flatMap(({ path, typed, history }) => [...history.changeTimes, ...typed].map((atMs) => ({ atMs, path }))).toSorted((a, b) => a.atMs - b.atMs);
  const hints = events.flatMap((event): ReplayHint[] => {
    const { step, itemId } = fieldsOf(event);
    return event.type === 'hint.given' && typeof step === 'number' ? [{ atMs: placeOf(event, clock), step, itemId: typeof itemId === 'string' ? itemId : null }] : [];
  });
  const commands = events.flatMap((event): ReplayCommand[] => {
    const { command, text } = fieldsOf(event);
    return event.type === 'command.recognized' && typeof command === 'string' ? [{ atMs: placeOf(event, clock), command, text: typeof text === 'string' ? text : '' }] : [];
  });
  const pastes = files.flatMap(({ path, pastes: found }) => found.map((paste) => ({ path, ...paste }))).toSorted((a, b) => a.atMs - b.atMs);
  const lastMs = [...captions.map(({ endMs }) => endMs), ...touches.slice(-1).map(({ atMs }) => atMs), ...runs.map(({ atMs, endMs }) => endMs ?? atMs), ...hints.map(({ atMs }) => atMs)];
  const lengthMs = Math.ceil(Math.max(clock.ofAudio(session.durationMs), ...clock.holds.map(({ toMs }) => toMs), ...lastMs));
  const busy = [...captions, ...runs.map(({ atMs, endMs }) => ({ atMs, endMs: endMs ?? atMs })), ...touches.map(({ atMs }) => ({ atMs, endMs: atMs }))];
  return { lengthMs, clock, files: files.map(({ path, history }) => ({ path, history })), touches, captions, runs, hints, commands, pastes, silences: silencesOf(busy, lengthMs) };
}

/** The file that is worked on at a moment, and how it stands there. Null: there is no code yet. */
export function codeAt(replay: Replay, ms: number): { path: string; state: FileState } | null {
  const path = replay.touches[countThrough(replay.touches, ms) - 1]?.path;
  const history = replay.files.find((file) => file.path === path)?.history;
  return path !== undefined && history ? { path, state: history.at(ms) } : null;
}
/** The files there are at a moment, by path. */
export function pathsAt(replay: Replay, ms: number): string[] {
  return replay.files.filter(({ history }) => history.at(ms).text !== null).map(({ path }) => path);
}
/** The newest run that has begun by then. */
export function runAt(replay: Replay, ms: number): ReplayRun | null {
  return replay.runs[countThrough(replay.runs, ms) - 1] ?? null;
}
/** The last caption that has begun by then; -1: none. Captions are ordered by time. */
export function captionAt(replay: Replay, ms: number): number {
  return countThrough(replay.captions, ms) - 1;
}

interface ReplayedFile {
  path: string;
  history: FileHistory;
  typed: number[];
  pastes: { atMs: number; chars: number }[];
}
function filesOf(events: readonly SessionEvent[], versions: readonly FileVersion[], clock: ReplayClock, goesOn: boolean): ReplayedFile[] {
  const entries = new Map<string, { wallMs: number; order: number; entry: FileEntry }[]>();
  const add = (path: string, wallMs: number, order: number, entry: FileEntry) => {
    const known = entries.get(path);
    if (known) known.push({ wallMs, order, entry });
    else entries.set(path, [{ wallMs, order, entry }]);
  };
  let typedAtMs = 0;
  for (const event of events) {
    const { path, changes } = fieldsOf(event);
    if (event.type !== 'editor' || typeof path !== 'string' || !Array.isArray(changes)) continue;
    for (const each of changes) {
      const read = readChange(each);
      if (!read) continue;
      // Batches are told a little late, and their ages are rounded: what came later was typed later.
      typedAtMs = Math.max(typedAtMs, event.atMs - read.agoMs);
      add(path.replace(/^\/+/, ''), typedAtMs, event.seq, { kind: 'typed', atMs: clock.ofWall(typedAtMs), change: read.change });
    }
  }
  for (const { path, version, atMs, content } of versions) add(path, atMs, version, { kind: 'saved', atMs: clock.ofWall(atMs), version, content });
  return [...entries]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, list]) => {
      // What is written down in the same millisecond: the version first, the keys begin with it.
      const ordered = list.toSorted((a, b) => a.wallMs - b.wallMs || Number(a.entry.kind === 'typed') - Number(b.entry.kind === 'typed') || a.order - b.order).map(({ entry }) => entry);
      const typed = ordered.flatMap((entry) => (entry.kind === 'typed' ? [entry] : []));
      const pastes = typed.flatMap(({ atMs, change }) => (change.kind === 'edit' && change.event === 'paste' && change.insert.length >= LARGE_PASTE_CHARS ? [{ atMs, chars: change.insert.length }] : []));
      return { path, history: new FileHistory(ordered, { goesOn }), typed: typed.map(({ atMs }) => atMs), pastes };
    });
}

function runsOf(events: readonly SessionEvent[], clock: ReplayClock): ReplayRun[] {
  const runs = new Map<string, ReplayRun>();
  for (const event of events) {
    const { runId, ...fields } = fieldsOf(event);
    if (!event.type.startsWith('run.') || typeof runId !== 'string') continue;
    const atMs = clock.ofWall(event.atMs);
    let run = runs.get(runId);
    if (!run) {
      run = { runId, atMs, endMs: null, request: null, result: null, tests: [], output: [] };
      runs.set(runId, run);
    }
    if (event.type === 'run.started') run.request = fields as unknown as RunRecordRequest;
    else if (event.type === 'run.test') run.tests.push({ atMs, result: fields.result as TestResult });
    else if (event.type === 'run.output' && typeof fields.text === 'string') run.output.push({ atMs, text: fields.text });
    else if (event.type === 'run.result') {
      run.result = fields as unknown as RunResult;
      run.endMs = atMs;
    }
  }
  return [...runs.values()];
}

function silencesOf(busy: readonly { atMs: number; endMs: number }[], lengthMs: number): ReplaySilence[] {
  const silences: ReplaySilence[] = [];
  let quietSinceMs = 0;
  for (const { atMs, endMs } of [...busy.toSorted((a, b) => a.atMs - b.atMs), { atMs: lengthMs, endMs: lengthMs }]) {
    if (atMs - quietSinceMs >= LONG_SILENCE_MS) silences.push({ atMs: quietSinceMs, endMs: atMs });
    quietSinceMs = Math.max(quietSinceMs, endMs);
  }
  return silences;
}

function placeOf({ sample, atMs }: SessionEvent, clock: ReplayClock): number {
  return sample === undefined ? clock.ofWall(atMs) : clock.ofAudio(samplesToMs(sample));
}
function fieldsOf({ data }: SessionEvent): Record<string, unknown> {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}
