/** What an editor is made of: the languages, the keys and everything people expect of one. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { cpp } from '@codemirror/lang-cpp';
import { java } from '@codemirror/lang-java';
import { javascript } from '@codemirror/lang-javascript';
import { python } from '@codemirror/lang-python';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, type Transaction } from '@codemirror/state';
import { EditorView, crosshairCursor, drawSelection, dropCursor, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, rectangularSelection } from '@codemirror/view';
import type { EditEvent } from '#domain/code/editor-change.ts';
import type { Language } from '#domain/code/run.ts';
import { languageOf } from '#domain/code/source-language.ts';
import type { Keymap } from './editor-preferences.ts';
import { editorLook } from './editor-theme.ts';

const LANGUAGES: Record<Language, () => Extension> = {
  python: () => [python(), indentUnit.of('    ')],
  javascript: () => [javascript(), indentUnit.of('  ')],
  java: () => [java(), indentUnit.of('    ')],
  cpp: () => [cpp(), indentUnit.of('    ')],
};

export const keysPart = new Compartment();
export const completionPart = new Compartment();
export const wrapPart = new Compartment();
export const readOnlyPart = new Compartment();

/** Vim's and Emacs' keys are fetched when somebody wants them. */
export async function loadKeys(choice: Keymap): Promise<Extension> {
  if (choice === 'vim') return (await import('@replit/codemirror-vim')).vim({ status: true });
  if (choice === 'emacs') return (await import('@replit/codemirror-emacs')).emacs();
  return [];
}
export function completion(on: boolean): Extension {
  return on ? [autocompletion(), keymap.of(completionKeymap)] : [];
}
export function lineWrap(on: boolean): Extension {
  return on ? EditorView.lineWrapping : [];
}
export function writable(on: boolean): Extension {
  return [EditorState.readOnly.of(!on), EditorView.editable.of(on)];
}

/** @param first what comes before all other keys, e.g. the page's own */
export function editorState(path: string, text: string, { first, label }: { first: Extension; label: string }): EditorState {
  const language = languageOf(path);
  return EditorState.create({
    doc: text,
    extensions: [
      // Before all others: the modes take the keys they know.
      keysPart.of([]),
      first,
      lineNumbers(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      foldGutter(),
      drawSelection(),
      dropCursor(),
      EditorState.allowMultipleSelections.of(true),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      rectangularSelection(),
      crosshairCursor(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, indentWithTab]),
      completionPart.of([]),
      wrapPart.of([]),
      readOnlyPart.of([]),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', autocapitalize: 'off', autocorrect: 'off' }),
      language ? LANGUAGES[language]() : [],
      ...editorLook,
    ],
  });
}

const EVENTS: [of: string, event: EditEvent][] = [
  ['input.paste', 'paste'], ['input.drop', 'drop'], ['move.drop', 'drop'], ['delete.cut', 'cut'], ['input.complete', 'complete'], ['delete', 'delete'], ['undo', 'undo'], ['redo', 'redo'], ['input', 'type'],
];
/** How a transaction came about. */
export function editEventOf(transaction: Transaction): EditEvent {
  return EVENTS.find(([of]) => transaction.isUserEvent(of))?.[1] ?? 'other';
}
