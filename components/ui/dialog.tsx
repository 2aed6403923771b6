'use client';

import type { ReactNode } from 'react';
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import { buttonClass } from './button.tsx';

// Above what stays in sight on a page, as the player does.
const BACKDROP = 'fixed inset-0 z-40 min-h-dvh bg-shade transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0';
const POPUP =
  'fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-2rem)] w-[30rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col overflow-y-auto rounded-3xl border border-line bg-raised p-6 shadow-lift transition-[scale,opacity] duration-150 data-ending-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:scale-[0.98] data-starting-style:opacity-0 sm:p-8';

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  /** The way back, named by what stays, e.g. `Keep it`. */
  cancel: string;
  /** Named by what happens, e.g. `Erase for good`. */
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
}

/** Asks before something that cannot be taken back. The safe answer has the focus first. */
export function ConfirmDialog({ open, onOpenChange, title, children, cancel, confirm, danger = false, onConfirm }: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={BACKDROP} />
        <AlertDialog.Popup className={POPUP}>
          <AlertDialog.Title className="text-2xl">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="mt-3 text-soft">
            {children}
          </AlertDialog.Description>
          <div className="mt-7 flex flex-wrap justify-end gap-3">
            <AlertDialog.Close className={buttonClass('quiet')}>{cancel}</AlertDialog.Close>
            <AlertDialog.Close className={buttonClass(danger ? 'danger' : 'primary')} onClick={onConfirm}>
              {confirm}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

export interface InfoDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
}

/** Something to read, closed by Escape, by its button or by a click beside it. */
export function InfoDialog({ open, onOpenChange, title, children }: InfoDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP} />
        <Dialog.Popup className={POPUP}>
          <Dialog.Title className="text-2xl">{title}</Dialog.Title>
          <div className="mt-4">{children}</div>
          <Dialog.Close className={buttonClass('quiet', 'm', 'mt-7 self-end')}>Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
