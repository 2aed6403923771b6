/**
 * What a candidate's editor tells while they type: the items of `changes` in the stream's `editor` message. They are kept in
 * the session's log as they come, for the replay and for whoever watches; the files themselves are saved over REST.
 * `agoMs`: how long before the message was sent, since changes come in batches and, after a lost connection, late.
 * Offsets are UTF-16 code units, and each change is about the text that the ones before it left.
 */
import { z } from 'zod';

const ago = z.int().min(0);
const offset = z.int().min(0);

/** How a change came about, as far as it is known. `merge`: from outside, e.g. what was saved elsewhere. */
export const EDIT_EVENTS = ['type', 'delete', 'paste', 'drop', 'cut', 'undo', 'redo', 'complete', 'other', 'merge'] as const;
export type EditEvent = (typeof EDIT_EVENTS)[number];

export const editorChangeSchema = z.union([
  /** The whole text as it is now: when a file comes into the editor, and after anything was lost. */
  z.object({ agoMs: ago, text: z.string() }),
  /** `length`: of the text before it, so that a reader notices when it has lost its place. */
  z.object({ agoMs: ago, from: offset, to: offset, insert: z.string(), length: offset, event: z.enum(EDIT_EVENTS) }),
  z.object({ agoMs: ago, anchor: offset, head: offset }),
  /** The file was renamed to this path, or deleted. */
  z.object({ agoMs: ago, movedTo: z.string().nullable() }),
]);
export type EditorChange = z.infer<typeof editorChangeSchema>;

/** The changes of a message that this version knows; others are left out. */
export function readEditorChanges(changes: readonly unknown[]): EditorChange[] {
  return changes.flatMap((change) => editorChangeSchema.safeParse(change).data ?? []);
}

/** True: the person wrote something, other than moving about or opening a file. */
export function isTyping(changes: readonly unknown[]): boolean {
  return changes.some((change) => typeof change === 'object' && change !== null && 'insert' in change && !('event' in change && change.event === 'merge'));
}

/** The text after a change. A change that does not fit what is known leaves it as it is. */
export function applyEditorChange(text: string, change: EditorChange): string {
  if ('text' in change) return change.text;
  if (!('insert' in change) || change.from > change.to || change.to > text.length) return text;
  return text.slice(0, change.from) + change.insert + text.slice(change.to);
}
