'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { api } from '#components/api/client.ts';
import { IDLE_UPLOAD, UploadController } from './upload-controller.ts';
import type { UploadControllerPorts, UploadState } from './upload-controller.ts';
import { browserUploadPorts } from './upload-file.ts';

const key = (sessionId: string) => `spool-upload-${sessionId}`;

/** An upload begins with the component and stops with it; what arrived is kept, and choosing the file again goes on. */
export function useUpload(sessionId: string | null): { state: UploadState; upload: UploadController } {
  const [upload] = useState(() => new UploadController(browserPorts(), sessionId));
  useEffect(() => {
    void upload.start();
    return () => upload.stop();
  }, [upload]);
  const state = useSyncExternalStore(upload.subscribe, upload.getState, () => IDLE_UPLOAD);
  const sending = state.step === 'sending';
  useEffect(() => {
    if (!sending) return;
    // The browser asks in its own words whether to leave.
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [sending]);
  return { state, upload };
}

function browserPorts(): UploadControllerPorts {
  return {
    ...browserUploadPorts,
    api,
    remember(sessionId, uploadId) {
      try {
        if (uploadId === null) localStorage.removeItem(key(sessionId));
        else localStorage.setItem(key(sessionId), uploadId);
      } catch {
        // Storage is off or full: a reload shows less, and nothing else is lost.
      }
    },
    remembered(sessionId) {
      try {
        return localStorage.getItem(key(sessionId));
      } catch {
        return null;
      }
    },
  };
}
