'use client';

import { useEffect, useRef } from 'react';
import { EditorView } from '@codemirror/view';
import type { FileState } from '#domain/code/replay-file.ts';
import { readOnlyState, showCode } from './read-only-code.ts';

interface Props {
  path: string;
  state: FileState;
  /** True: what came last is marked. */
  fresh: boolean;
  /** True: the place that is worked on stays in sight. */
  follow: boolean;
}

/** The code of a moment. */
export function CodePane({ path, state: { text, selection, changed }, fresh, follow }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    view.current = new EditorView({ parent: place.current! });
    return () => {
      view.current?.destroy();
      view.current = null;
      shown.current = null;
    };
  }, []);
  const [from, to] = fresh && changed ? [changed.from, changed.to] : [null, null];
  const [anchor, head] = selection ? [selection.anchor, selection.head] : [null, null];
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    if (shown.current !== path) {
      editor.setState(readOnlyState(path, text ?? '', `Code of ${path}`));
      shown.current = path;
    }
    showCode(editor, text ?? '', { changed: from === null || to === null ? null : { from, to }, selection: anchor === null || head === null ? null : { anchor, head } }, follow);
  }, [path, text, from, to, anchor, head, follow]);
  return <div ref={place} className="h-full min-h-0 overflow-hidden" />;
}
