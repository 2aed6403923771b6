'use client';

import { useEffect, useState } from 'react';
import Undo from 'lucide-react/icons/undo-2';
import type { LiveSession } from '#components/live-session/live-session-types.ts';
import { Button } from '#components/ui/button.tsx';
import { commandWords } from './words.ts';

/** Long enough to read it and to reach for the button; it stays while the pointer or the focus is on it. */
const COMMAND_SHOWN_MS = 8_000;

/** Takes the shown command back, if it can be taken back. */
export function takeCommandBack({ view: { command }, actions }: LiveSession): void {
  const back = command && commandWords(command.command, command.text).back;
  if (!back) return;
  if (back.action === 'undo') actions.undo();
  else {
    actions.resume();
    actions.dismissCommand();
  }
}

/** A command understood from the person's own words: what was done, and the way back. */
export function CommandNote({ session }: { session: LiveSession }) {
  const { view: { command }, actions } = session;
  const [held, setHeld] = useState(false);
  const number = command?.number;
  useEffect(() => {
    if (number === undefined) setHeld(false);
    if (number === undefined || held) return;
    const timer = setTimeout(actions.dismissCommand, COMMAND_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [number, held, actions]);
  const words = command ? commandWords(command.command, command.text) : null;
  return (
    <div role="status" className="pointer-events-none absolute inset-x-3 top-3 z-10 flex justify-center">
      {command && words ? (
        <div
          key={command.number}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
          className="pointer-events-auto flex max-w-full items-center gap-2 rounded-full border border-line bg-raised py-1 pr-1.5 pl-5 shadow-lift transition duration-300 starting:-translate-y-2 starting:opacity-0"
        >
          <p className="min-w-0 truncate py-2">
            {words.done} <span className="sr-only">You said: {command.text}</span>
          </p>
          {words.back ? (
            <Button variant="bare" onClick={() => takeCommandBack(session)}>
              <Undo aria-hidden size={16} />
              {words.back.label}
            </Button>
          ) : (
            <span className="w-3" />
          )}
        </div>
      ) : null}
    </div>
  );
}
