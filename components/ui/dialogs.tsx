'use client';

import { Suspense, lazy, useState } from 'react';
import type { ConfirmDialogProps, InfoDialogProps } from './dialog.tsx';

const loadDialogs = () => import('./dialog.tsx');
const LoadedConfirm = lazy(() => loadDialogs().then(({ ConfirmDialog }) => ({ default: ConfirmDialog })));
const LoadedInfo = lazy(() => loadDialogs().then(({ InfoDialog }) => ({ default: InfoDialog })));

/** Fetches the dialogs' script ahead of need, for pages that must go on working when the server is away. */
export function preloadDialogs(): void {
  // A failure shows when a dialog is opened; until then there is nothing to tell.
  loadDialogs().catch(() => {});
}

/** Once it was opened a dialog stays mounted, so that it can close with its transition. */
function useWanted(open: boolean): boolean {
  const [wanted, setWanted] = useState(open);
  if (open && !wanted) setWanted(true);
  return wanted;
}

/** `ConfirmDialog`, whose script is fetched when it is first opened. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  if (!useWanted(props.open)) return null;
  return (
    <Suspense fallback={null}>
      <LoadedConfirm {...props} />
    </Suspense>
  );
}

/** `InfoDialog`, whose script is fetched when it is first opened. */
export function InfoDialog(props: InfoDialogProps) {
  if (!useWanted(props.open)) return null;
  return (
    <Suspense fallback={null}>
      <LoadedInfo {...props} />
    </Suspense>
  );
}
