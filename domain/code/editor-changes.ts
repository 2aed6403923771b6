/**
 * What the stream's `editor` message carries in `changes`, and what it does to a file's text. Offsets are UTF-16 code units
 * of the text before the message; a line break counts as one.
 *
 * As CodeMirror's `ChangeSet.toJSON()`: one entry per stretch from the beginning to the end of the file, a number that is
 * kept as it is, or `[deleted, ...lines]`, so many units taken out and these lines put in. Editors that have no such thing
 * may send `{from, to?, insert?}` instead. Either may be followed by the selection afterwards, `{anchor, head}`; alone it
 * says that the cursor moved and nothing was typed.
 */

/** One replaced stretch; `from` and `to` are offsets of the text before. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}
export interface Selection {
  anchor: number;
  head: number;
}
export interface EditorChanges {
  /** In the order of the text, apart from each other. */
  edits: Edit[];
  /** How long the text before has to be; null: at least as long as the edits reach. */
  lengthBefore: number | null;
  selection: Selection | null;
}

/** Null: these are no changes that anybody could apply. */
export function parseEditorChanges(changes: readonly unknown[]): EditorChanges | null {
  const last = changes.at(-1);
  const selection = isSelection(last) ? { anchor: last.anchor, head: last.head } : null;
  const rest = selection ? changes.slice(0, -1) : changes;
  if (rest.length === 0) return { edits: [], lengthBefore: null, selection };
  return rest.every(isObject) ? fromReplacements(rest, selection) : fromStretches(rest, selection);
}

/** Whether something was typed, pasted or deleted, and not only the cursor moved. */
export function changesText(changes: readonly unknown[]): boolean {
  const parsed = parseEditorChanges(changes);
  return parsed === null ? changes.length > 0 : parsed.edits.length > 0;
}

export function fitsText({ edits, lengthBefore }: EditorChanges, length: number): boolean {
  return lengthBefore === null ? (edits.at(-1)?.to ?? 0) <= length : lengthBefore === length;
}
export function lengthAfter({ edits }: EditorChanges, length: number): number {
  return edits.reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), length);
}
/** Only for changes that fit. */
export function applyChanges({ edits }: EditorChanges, text: string): string {
  let after = '';
  let at = 0;
  for (const { from, to, insert } of edits) {
    after += text.slice(at, from) + insert;
    at = to;
  }
  return after + text.slice(at);
}
/** What they put in, as a range of the text afterwards; null: nothing was changed. */
export function changedRange({ edits }: EditorChanges): { from: number; to: number } | null {
  const first = edits[0];
  const last = edits.at(-1);
  if (!first || !last) return null;
  const shift = edits.slice(0, -1).reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), 0);
  return { from: first.from, to: last.from + shift + last.insert.length };
}

function fromStretches(stretches: readonly unknown[], selection: Selection | null): EditorChanges | null {
  const edits: Edit[] = [];
  let at = 0;
  for (const stretch of stretches) {
    if (isOffset(stretch)) {
      at += stretch;
      continue;
    }
    if (!Array.isArray(stretch)) return null;
    const [deleted, ...lines] = stretch as unknown[];
    if (!isOffset(deleted) || !lines.every((line) => typeof line === 'string')) return null;
    if (deleted > 0 || lines.length > 0) edits.push({ from: at, to: at + deleted, insert: lines.join('\n') });
    at += deleted;
  }
  return { edits, lengthBefore: at, selection };
}

function fromReplacements(replacements: readonly Record<string, unknown>[], selection: Selection | null): EditorChanges | null {
  const edits: Edit[] = [];
  for (const { from, to = from, insert = '' } of replacements) {
    if (!isOffset(from) || !isOffset(to) || to < from || typeof insert !== 'string') return null;
    if (to > from || insert !== '') edits.push({ from, to, insert: insert.replaceAll(/\r\n?/g, '\n') });
  }
  edits.sort((a, b) => a.from - b.from);
  return edits.every((edit, index) => index === 0 || edits[index - 1]!.to <= edit.from) ? { edits, lengthBefore: null, selection } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isSelection(value: unknown): value is Selection {
  return isObject(value) && isOffset(value.anchor) && isOffset(value.head);
}
function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
