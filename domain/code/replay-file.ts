/**
 * One file over the time of a session: what its editor sent key by key, held against the versions that were saved. Keys
 * alone could be lost on the way, saved versions alone come every second or two; together they give the text of any moment.
 */
import { lines } from './replay-change.ts';
import type { ReadChange } from './replay-change.ts';

export interface Selection {
  anchor: number;
  head: number;
}
export type FileEntry =
  | { kind: 'typed'; atMs: number; change: ReadChange }
  /** `content` null: the file was deleted. */
  | { kind: 'saved'; atMs: number; version: number; content: string | null };

export interface FileState {
  /** Null: there is no such file at this moment. */
  text: string | null;
  selection: Selection | null;
  /** What came last, as a range of `text`. */
  changed: { from: number; to: number } | null;
  /** The newest version saved by then; 0: none. */
  version: number;
  /** When the text last became another one; null: never yet. */
  changedAtMs: number | null;
}

type Edit = Extract<ReadChange, { kind: 'edit' }>;
type Step = { atMs: number; version: number } & (
  | Edit
  /** Only the cursor moved, or a version was saved of what stood there. */
  | { kind: 'mark'; selection: Selection | null }
  | { kind: 'text'; text: string | null }
);

const CHECKPOINT_EVERY = 64;
/** Texts a saved version may be the one of: it is sent while typing goes on, and arrives after the next keys, or before the last ones. */
const LOOK_BACK = 200;
const LOOK_AHEAD = 100;
const LOOK_AHEAD_MS = 30_000;

export class FileHistory {
  readonly #steps: Step[] = [];
  /** The state before every CHECKPOINT_EVERY-th step. */
  readonly #checkpoints: FileState[] = [];
  /** Times at which what was typed did not fit; the next saved version, or text told whole, is taken instead. */
  readonly gaps: number[] = [];

  /**
   * @param entries in the order they happened, their times never going back
   * @param goesOn more may come: a version that is older than what stands there is not the last word
   */
  constructor(entries: readonly FileEntry[], { goesOn = false } = {}) {
    let state: FileState = NOTHING;
    const recent: string[] = [];
    const take = (step: Step) => {
      if (this.#steps.length % CHECKPOINT_EVERY === 0) this.#checkpoints.push(state);
      this.#steps.push(step);
      state = after(state, step);
      if (step.kind !== 'mark' && state.text !== null && recent.push(state.text) > LOOK_BACK) recent.shift();
    };
    /** Somebody who knows the whole text says what it is. */
    const setText = (atMs: number, text: string | null, version: number) => {
      recent.length = 0;
      take({ kind: 'text', atMs, text, version });
    };
    for (const [index, entry] of entries.entries()) {
      const { atMs } = entry;
      if (entry.kind === 'saved') {
        const content = entry.content === null ? null : lines(entry.content);
        const known = content === state.text || (content !== null && state.text !== null && ((recent.includes(content) && isOvertaken(state.text, entries, index, goesOn)) || comesLater(content, state.text, entries, index)));
        if (known) take({ kind: 'mark', atMs, selection: state.selection, version: entry.version });
        else setText(atMs, content, entry.version);
        continue;
      }
      const { change } = entry;
      const { version } = state;
      if (change.kind === 'text') {
        if (change.text === state.text) take({ kind: 'mark', atMs, selection: state.selection, version });
        else setText(atMs, change.text, version);
      } else if (change.kind === 'cursor') {
        if (state.text !== null) take({ kind: 'mark', atMs, selection: change.selection, version });
      } else if (fits(change, state.text?.length ?? 0)) take({ ...change, atMs, version });
      else this.gaps.push(atMs);
    }
  }

  /** When the text became another one. */
  get changeTimes(): number[] {
    return this.#steps.filter(({ kind }) => kind !== 'mark').map(({ atMs }) => atMs);
  }

  at(ms: number): FileState {
    const count = countThrough(this.#steps, ms);
    if (count === 0) return NOTHING;
    const checkpoint = Math.floor((count - 1) / CHECKPOINT_EVERY);
    let state = this.#checkpoints[checkpoint]!;
    for (const step of this.#steps.slice(checkpoint * CHECKPOINT_EVERY, count)) state = after(state, step);
    return state;
  }

  /** When a version was saved; null: it is not known. */
  savedAtMs(version: number): number | null {
    return this.#steps.find((step) => step.version >= version)?.atMs ?? null;
  }
}

const NOTHING: FileState = { text: null, selection: null, changed: null, version: 0, changedAtMs: null };

function after(state: FileState, step: Step): FileState {
  const { version, atMs } = step;
  switch (step.kind) {
    case 'mark':
      return { ...state, version, selection: step.selection && within(step.selection, state.text ?? '') };
    case 'text': {
      if (step.text === null) return { ...NOTHING, version, changedAtMs: atMs };
      const changed = state.text === null ? null : differingRange(state.text, step.text);
      return { text: step.text, version, changed, selection: changed && { anchor: changed.to, head: changed.to }, changedAtMs: atMs };
    }
    case 'edit': {
      const { from, insert } = step;
      const end = from + insert.length;
      return { text: applied(step, state.text ?? ''), version, changed: { from, to: end }, selection: { anchor: end, head: end }, changedAtMs: atMs };
    }
  }
}

function fits({ to, length: wanted }: Edit, length: number): boolean {
  return wanted === null ? to <= length : wanted === length && to <= length;
}
function applied({ from, to, insert }: Edit, text: string): string {
  return text.slice(0, from) + insert + text.slice(to);
}

/** Whether typing goes on from `text`, so that an older version only arrived late; otherwise keys were lost and it is right. */
function isOvertaken(text: string, entries: readonly FileEntry[], from: number, goesOn: boolean): boolean {
  const next = entries.slice(from + 1, from + 1 + LOOK_AHEAD).find((entry) => entry.kind === 'saved' || entry.change.kind !== 'cursor');
  if (!next) return goesOn;
  if (next.atMs - entries[from]!.atMs > LOOK_AHEAD_MS) return false;
  return next.kind === 'saved' || next.change.kind === 'text' || (next.change.kind === 'edit' && fits(next.change, text.length));
}

/** Whether what is typed next leads to `content`: the version came before its last keys. Lengths are compared first, they cost nothing. */
function comesLater(content: string, text: string, entries: readonly FileEntry[], from: number): boolean {
  let { length } = text;
  let current = text;
  const waiting: Edit[] = [];
  for (let index = from + 1, seen = 0; index < entries.length && seen < LOOK_AHEAD; index += 1) {
    const entry = entries[index]!;
    if (entry.atMs - entries[from]!.atMs > LOOK_AHEAD_MS) return false;
    if (entry.kind === 'saved' || entry.change.kind === 'cursor') continue;
    if (entry.change.kind === 'text') return entry.change.text === content;
    if (!fits(entry.change, length)) return false;
    seen += 1;
    length += entry.change.insert.length - (entry.change.to - entry.change.from);
    waiting.push(entry.change);
    if (length !== content.length) continue;
    for (const one of waiting.splice(0)) current = applied(one, current);
    if (current === content) return true;
  }
  return false;
}

/** The smallest range of `text` outside of which it is `before`. */
export function differingRange(before: string, text: string): { from: number; to: number } {
  const most = Math.min(before.length, text.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === text.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < most - head && before.charCodeAt(before.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)) tail += 1;
  return { from: head, to: text.length - tail };
}

function within({ anchor, head }: Selection, text: string): Selection {
  return { anchor: Math.min(anchor, text.length), head: Math.min(head, text.length) };
}

/** How many of the items, which are ordered by time, have begun at `ms`. */
export function countThrough(items: readonly { atMs: number }[], ms: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.atMs <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
