'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { api } from '#components/api/client.ts';
import { systemClock } from '#domain/clock.ts';
import { openKeptFiles } from './kept-files.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** The files of a session for as long as the page shows it. */
export function useWorkspaceFiles(sessionId: string) {
  const [files] = useState(
    () =>
      new WorkspaceFiles({
        clock: systemClock,
        listFiles: () => api.listFiles(sessionId),
        readFile: (path) => api.readFile(sessionId, path),
        createFile: (path, content) => api.createFile(sessionId, path, content),
        saveFile: (path, content, version) => api.saveFile(sessionId, path, content, version),
        deleteFile: (path, version) => api.deleteFile(sessionId, path, version),
        openKept: () => openKeptFiles(sessionId),
      }),
  );
  useEffect(() => {
    void files.open();
    const stop = new AbortController();
    const { signal } = stop;
    const again = () => void files.open().then(() => files.flush());
    addEventListener('online', again, { signal });
    addEventListener('pagehide', () => files.leaving(), { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && files.leaving(), { signal });
    return () => {
      stop.abort();
      files.leaving();
    };
  }, [files]);
  const view = useSyncExternalStore(files.subscribe, files.getView, files.getView);
  return { files, view };
}
