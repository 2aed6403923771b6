'use client';

import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';

/** Says what goes before a session is erased. `trigger` draws the button that asks; `meeting`: it is one. */
export function EraseSessionDialog({ title, meeting = false, trigger, onErase }: { title: string; meeting?: boolean; trigger: (open: () => void) => ReactNode; onErase: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {trigger(() => setOpen(true))}
      <ConfirmDialog open={open} onOpenChange={setOpen} title={meeting ? 'Erase this meeting?' : 'Erase this session?'} cancel="Keep it" confirm="Erase for good" danger onConfirm={onErase}>
        <p>“{title}” disappears from this server for good. There is no way to bring it back. These go:</p>
        <ul className="mt-3 grid list-disc gap-1 pl-5 marker:text-faint">
          <li>{meeting ? 'the recording of everybody’s voice, and what was uploaded' : 'the recording of your voice, and of the interviewer’s'}</li>
          <li>the transcript, all versions of it</li>
          <li>{meeting ? 'the notes, the names of the speakers, and every link that was shared' : 'everything derived from them, and the log of the session'}</li>
        </ul>
      </ConfirmDialog>
    </>
  );
}
