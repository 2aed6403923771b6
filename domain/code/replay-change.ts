/** What the log has of an editor, read for a replay: light checks, since it runs in the browser, and lenient, since any client may write there. */
import type { Selection } from './replay-file.ts';

/** As `editor-change.ts` has them; what is missing there is made up here: no age, no check of the length. */
export type ReadChange =
  | { kind: 'edit'; from: number; to: number; insert: string; length: number | null; event: string }
  | { kind: 'text'; text: string | null }
  | { kind: 'cursor'; selection: Selection };

/** Null: nothing that anybody could apply. */
export function readChange(change: unknown): { agoMs: number; change: ReadChange } | null {
  if (typeof change !== 'object' || change === null) return null;
  const { agoMs, from, to = from, insert = '', length, event, text, anchor, head, movedTo } = change as Record<string, unknown>;
  const read = (found: ReadChange) => ({ agoMs: isOffset(agoMs) ? agoMs : 0, change: found });
  if (typeof text === 'string') return read({ kind: 'text', text: lines(text) });
  if (typeof movedTo === 'string' || movedTo === null) return read({ kind: 'text', text: null });
  if (isOffset(anchor) && isOffset(head)) return read({ kind: 'cursor', selection: { anchor, head } });
  if (!isOffset(from) || !isOffset(to) || to < from || typeof insert !== 'string') return null;
  return read({ kind: 'edit', from, to, insert: lines(insert), length: isOffset(length) ? length : null, event: typeof event === 'string' ? event : 'other' });
}

/** Editors count a line break as one character, however the file has it. */
export function lines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
