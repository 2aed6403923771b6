/**
 * One file over the time of a session: what its editor sent key by key, held against the versions that were saved. Keys
 * alone could be lost on the way, saved versions alone come every second or two; together they give the text of any moment.
 */
import { applyChanges, changedRange, fitsText, lengthAfter, parseEditorChanges } from './editor-changes.ts';
import type { EditorChanges, Selection } from './editor-changes.ts';

export type FileEntry =
  | { kind: 'typed'; atMs: number; changes: readonly unknown[] }
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

type Step = { atMs: number; version: number } & (
  | { kind: 'edit'; changes: EditorChanges }
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
  /** Times at which what was typed did not fit and the next saved version was taken instead. */
  readonly gaps: number[] = [];

  /**
   * @param entries in the order they were written down, their times never going back
   * @param goesOn more may come: a version that is older than what stands there is not the last word
   */
  constructor(entries: readonly FileEntry[], { goesOn = false } = {}) {
    let state: FileState = NOTHING;
    const recent: string[] = [];
    const parsed = entries.map((entry) => (entry.kind === 'typed' ? parseEditorChanges(entry.changes) : null));
    const take = (step: Step) => {
      if (this.#steps.length % CHECKPOINT_EVERY === 0) this.#checkpoints.push(state);
      this.#steps.push(step);
      state = after(state, step);
      if (step.kind !== 'mark' && state.text !== null && recent.push(state.text) > LOOK_BACK) recent.shift();
    };
    for (const [index, entry] of entries.entries()) {
      const { atMs } = entry;
      if (entry.kind === 'typed') {
        const changes = parsed[index];
        if (!changes || !fitsText(changes, state.text?.length ?? 0)) this.#lost(atMs);
        else if (changes.edits.length > 0) take({ kind: 'edit', atMs, changes, version: state.version });
        else if (changes.selection && state.text !== null) take({ kind: 'mark', atMs, selection: changes.selection, version: state.version });
        continue;
      }
      const content = entry.content?.replaceAll(/\r\n?/g, '\n') ?? null;
      const known = content === state.text || (content !== null && state.text !== null && ((recent.includes(content) && isOvertaken(state.text, entries, parsed, index, goesOn)) || comesLater(content, state.text, entries, parsed, index)));
      if (known) take({ kind: 'mark', atMs, selection: state.selection, version: entry.version });
      else {
        recent.length = 0;
        take({ kind: 'text', atMs, text: content, version: entry.version });
      }
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

  /** The text a saved version had; undefined: nothing is known of it. */
  atVersion(version: number): FileState | undefined {
    const step = this.#steps.find((each) => each.version >= version);
    return step && this.at(step.atMs);
  }

  #lost(atMs: number): void {
    this.gaps.push(atMs);
  }
}

const NOTHING: FileState = { text: null, selection: null, changed: null, version: 0, changedAtMs: null };

function after(state: FileState, step: Step): FileState {
  const { version } = step;
  switch (step.kind) {
    case 'mark':
      return { ...state, version, selection: step.selection && within(step.selection, state.text ?? '') };
    case 'text': {
      if (step.text === null) return { ...NOTHING, version, changedAtMs: step.atMs };
      const changed = state.text === null ? null : differingRange(state.text, step.text);
      return { text: step.text, version, changed, selection: changed && { anchor: changed.to, head: changed.to }, changedAtMs: step.atMs };
    }
    case 'edit': {
      const text = applyChanges(step.changes, state.text ?? '');
      const changed = changedRange(step.changes);
      const end = changed?.to ?? 0;
      return { text, version, changed, selection: within(step.changes.selection ?? { anchor: end, head: end }, text), changedAtMs: step.atMs };
    }
  }
}

/** Whether typing goes on from `text`, so that an older version only arrived late; otherwise keys were lost and it is right. */
function isOvertaken(text: string, entries: readonly FileEntry[], parsed: readonly (EditorChanges | null)[], from: number, goesOn: boolean): boolean {
  const next = entries[from + 1];
  if (!next) return goesOn;
  if (next.atMs - entries[from]!.atMs > LOOK_AHEAD_MS) return false;
  const changes = parsed[from + 1];
  return next.kind === 'saved' || (changes !== null && changes !== undefined && fitsText(changes, text.length));
}

/** Whether what is typed next leads to `content`: the version came before its last keys. Lengths are compared first, they cost nothing. */
function comesLater(content: string, text: string, entries: readonly FileEntry[], parsed: readonly (EditorChanges | null)[], from: number): boolean {
  let length = text.length;
  let current = text;
  const waiting: EditorChanges[] = [];
  for (let index = from + 1, seen = 0; index < entries.length && seen < LOOK_AHEAD; index += 1) {
    const entry = entries[index]!;
    if (entry.atMs - entries[from]!.atMs > LOOK_AHEAD_MS) return false;
    if (entry.kind === 'saved') continue;
    const changes = parsed[index];
    if (!changes || !fitsText(changes, length)) return false;
    seen += 1;
    length = lengthAfter(changes, length);
    waiting.push(changes);
    if (length !== content.length) continue;
    for (const one of waiting.splice(0)) current = applyChanges(one, current);
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
