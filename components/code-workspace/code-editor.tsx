'use client';

import { useEffect, useImperativeHandle, useRef, useState, type CSSProperties, type Ref } from 'react';
import { Prec, Transaction, type ChangeSpec, type EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { Keymap } from './editor-preferences.ts';
import type { EditorReports } from './editor-reports.ts';
import { completion, completionPart, editEventOf, editorState, keysPart, lineWrap, loadKeys, readOnlyPart, wrapPart, writable } from './editor-setup.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

export interface EditorHandle {
  focus(): void;
  /** Puts the cursor there and shows it. */
  goTo(offset: number): void;
}
interface Props {
  files: WorkspaceFiles;
  reports: EditorReports;
  path: string;
  keys: Keymap;
  fontSizePx: number;
  wrap: boolean;
  autocomplete: boolean;
  readOnly: boolean;
  onRunTests: () => void;
  onRun: () => void;
  ref?: Ref<EditorHandle>;
}

/** The editor of one file at a time; each file keeps its own history while the page is open. */
export function CodeEditor({ files, reports, path, keys, fontSizePx, wrap, autocomplete, readOnly, onRunTests, onRun, ref }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const states = useRef(new Map<string, EditorState>());
  const shown = useRef<string | null>(null);
  const latest = useRef({ onRunTests, onRun });
  const [ready, setReady] = useState(false);
  useEffect(() => {
    latest.current = { onRunTests, onRun };
  });

  useEffect(() => {
    const known = states.current;
    const editor = new EditorView({
      parent: place.current!,
      dispatchTransactions(transactions, target) {
        target.update(transactions);
        const here = shown.current;
        if (here === null) return;
        for (const transaction of transactions) {
          const outside = transaction.annotation(Transaction.remote) === true;
          let { length } = transaction.startState.doc;
          transaction.changes.iterChanges((fromA, toA, fromB, _toB, inserted) => {
            const insert = inserted.toString();
            reports.edited(here, { from: fromB, to: fromB + (toA - fromA), insert, length, event: outside ? 'merge' : editEventOf(transaction) });
            length += insert.length - (toA - fromA);
          });
          if (transaction.docChanged && !outside) files.edit(here, transaction.newDoc.toString());
          if (transaction.selection && !outside) reports.moved(here, { anchor: transaction.newSelection.main.anchor, head: transaction.newSelection.main.head });
        }
      },
    });
    view.current = editor;
    setReady(true);
    const stop = files.onReplaced((changed, text) => {
      if (changed === shown.current) editor.dispatch({ changes: smallestChange(editor.state.doc.toString(), text), annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)] });
      else known.delete(changed);
    });
    return () => {
      stop();
      editor.destroy();
      view.current = null;
      shown.current = null;
      known.clear();
    };
  }, [files, reports]);

  useEffect(() => {
    const editor = view.current;
    if (!ready || !editor || shown.current === path) return;
    if (shown.current !== null && files.contentOf(shown.current) !== null) states.current.set(shown.current, editor.state);
    const text = files.contentOf(path) ?? '';
    const before = states.current.get(path);
    const own = keymap.of([
      { key: 'Mod-Enter', run: () => (latest.current.onRunTests(), true) },
      { key: 'Shift-Mod-Enter', run: () => (latest.current.onRun(), true) },
      // The browser would save the page; here everything is saved as it is typed.
      { key: 'Mod-s', run: () => true },
    ]);
    shown.current = null;
    editor.setState(before && before.doc.toString() === text ? before : editorState(path, text, { first: Prec.highest(own), label: `Code of ${path}` }));
    shown.current = path;
    reports.opened(path);
  }, [ready, files, reports, path]);

  useEffect(() => {
    view.current?.dispatch({ effects: [completionPart.reconfigure(completion(autocomplete)), wrapPart.reconfigure(lineWrap(wrap)), readOnlyPart.reconfigure(writable(!readOnly))] });
  }, [ready, path, autocomplete, wrap, readOnly]);
  useEffect(() => {
    let wanted = true;
    loadKeys(keys).then(
      (extension) => wanted && view.current?.dispatch({ effects: keysPart.reconfigure(extension) }),
      () => {}, // The usual keys stay.
    );
    return () => {
      wanted = false;
    };
  }, [ready, path, keys]);

  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    goTo: (offset) => {
      view.current?.dispatch({ selection: { anchor: offset }, effects: EditorView.scrollIntoView(offset, { y: 'center' }) });
      view.current?.focus();
    },
  }), []);

  return <div ref={place} className="h-full min-h-0 overflow-hidden" style={{ '--editor-size': `${fontSizePx}px` } as CSSProperties} />;
}

/** What lies between the common beginning and the common end, so that the cursor stays where it is. */
function smallestChange(before: string, after: string): ChangeSpec {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1;
  let back = 0;
  while (back < before.length - from && back < after.length - from && before[before.length - 1 - back] === after[after.length - 1 - back]) back += 1;
  return { from, to: before.length - back, insert: after.slice(from, after.length - back) };
}
