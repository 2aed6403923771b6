'use client';

import { useEffect, useRef } from 'react';

export interface Shortcut {
  /** As `KeyboardEvent.key`, lower case. */
  key: string;
  run: () => void;
}

const OWN_KEYS = 'input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"]';

/** Single-key shortcuts of a page. Silent while the person types, in dialogs, with modifiers; Space leaves buttons and links alone. */
export function useLiveShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(OWN_KEYS)) return;
      if (event.key === ' ' && target?.closest('button, a, summary, [role="button"]')) return;
      const shortcut = latest.current.find(({ key }) => key === event.key.toLowerCase());
      if (!shortcut) return;
      event.preventDefault();
      shortcut.run();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
