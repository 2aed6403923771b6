'use client';

import { useEffect, useState } from 'react';
import Undo from 'lucide-react/icons/undo-2';
import { Button } from '#components/ui/button.tsx';

/** It stays this long, and longer while the pointer or the focus is on it. */
const UNDO_SHOWN_MS = 8_000;

/** Says what was just done and offers to take it back; `onGone` once that time is over. Give it a key per deed. */
export function UndoToast({ text, onUndo, onGone }: { text: string; onUndo: () => void; onGone: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onGone, UNDO_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, onGone]);
  return (
    // Above the player, which is at the lower edge of the review.
    <div className="pointer-events-none fixed inset-x-4 bottom-40 z-20 flex justify-center">
      <div
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
        className="pointer-events-auto flex max-w-full items-center gap-2 rounded-full border border-line bg-raised py-1 pr-1.5 pl-5 shadow-lift transition duration-300 starting:translate-y-2 starting:opacity-0"
      >
        <p className="min-w-0 truncate py-2">{text}</p>
        <Button variant="bare" onClick={onUndo}>
          <Undo aria-hidden size={16} />
          Undo
        </Button>
      </div>
    </div>
  );
}
