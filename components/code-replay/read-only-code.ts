/** A text in the workspace's colours that nobody can change, with what came last and somebody else's cursor marked in it. */
import { cpp } from '@codemirror/lang-cpp';
import { java } from '@codemirror/lang-java';
import { javascript } from '@codemirror/lang-javascript';
import { python } from '@codemirror/lang-python';
import { EditorState, StateEffect, StateField, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, highlightSpecialChars, lineNumbers, type DecorationSet } from '@codemirror/view';
import { editorLook } from '#components/code-workspace/editor-theme.ts';
import { differingRange } from '#domain/code/replay-file.ts';
import type { FileState } from '#domain/code/replay-file.ts';
import type { Language } from '#domain/code/run.ts';
import { languageOf } from '#domain/code/source-language.ts';

const LANGUAGES: Record<Language, () => Extension> = { python, javascript, java, cpp };

export type CodeMarks = Pick<FileState, 'selection' | 'changed'>;

class TheirCursor extends WidgetType {
  override eq(): boolean {
    return true;
  }
  toDOM(): HTMLElement {
    const cursor = document.createElement('span');
    cursor.className = 'cm-their-cursor';
    cursor.setAttribute('aria-hidden', 'true');
    return cursor;
  }
}
const cursor = Decoration.widget({ widget: new TheirCursor(), side: 1 });
const selected = Decoration.mark({ class: 'cm-their-selection' });
const fresh = Decoration.mark({ class: 'cm-just-written' });
const currentLine = Decoration.line({ class: 'cm-their-line' });

const setMarks = StateEffect.define<CodeMarks>();
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(known, transaction) {
    const effect = transaction.effects.find((each) => each.is(setMarks));
    return effect ? marksIn(transaction.state, effect.value) : known.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function marksIn(state: EditorState, { selection, changed }: CodeMarks): DecorationSet {
  const within = (offset: number) => Math.min(offset, state.doc.length);
  const ranges: Range<Decoration>[] = [];
  if (changed && within(changed.to) > changed.from) ranges.push(fresh.range(changed.from, within(changed.to)));
  if (selection) {
    const [from, to] = [Math.min(selection.anchor, selection.head), Math.max(selection.anchor, selection.head)].map(within) as [number, number];
    if (to > from) ranges.push(selected.range(from, to));
    ranges.push(cursor.range(within(selection.head)), currentLine.range(state.doc.lineAt(within(selection.head)).from));
  }
  return Decoration.set(ranges, true);
}

const look = EditorView.theme({
  '.cm-content': { cursor: 'text' },
  '.cm-their-cursor': { display: 'inline-block', width: '0', height: '1.15em', verticalAlign: 'text-bottom', borderLeft: '2px solid var(--accent)', marginLeft: '-1px', marginRight: '-1px' },
  '.cm-their-selection': { backgroundColor: 'var(--code-selection)' },
  '.cm-just-written': { backgroundColor: 'var(--warn-wash)', borderRadius: '2px' },
  '.cm-their-line': { backgroundColor: 'color-mix(in oklab, var(--sunken) 60%, transparent)' },
});

export function readOnlyState(path: string, text: string, label: string): EditorState {
  const language = languageOf(path);
  return EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      highlightSpecialChars(),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      // Without a cursor of its own it is still scrolled by keyboard.
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
      marks,
      language ? LANGUAGES[language]() : [],
      ...editorLook,
      look,
    ],
  });
}

/** The text and its marks as they are now; what stays the same keeps its place on screen. `follow`: what changes is brought in sight. */
export function showCode(view: EditorView, text: string, code: CodeMarks, follow: boolean): void {
  const before = view.state.doc.toString();
  const range = before === text ? null : differingRange(before, text);
  const place = Math.min(code.selection?.head ?? code.changed?.to ?? 0, text.length);
  view.dispatch({
    ...(range ? { changes: { from: range.from, to: before.length - (text.length - range.to), insert: text.slice(range.from, range.to) } } : {}),
    effects: [setMarks.of(code), ...(follow && (code.selection || code.changed) ? [EditorView.scrollIntoView(place, { y: 'nearest', yMargin: 48 })] : [])],
  });
}
