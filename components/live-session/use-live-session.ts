/** The React door to a live session: a snapshot of its view, its actions, and the level of the microphone. */
'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { browserPorts } from './browser-ports.ts';
import { IDLE_VIEW, LiveSessionController } from './live-session-controller.ts';
import type { LiveSessionPorts } from './live-session-controller.ts';
import type { LiveSession } from './live-session-types.ts';

/**
 * The live session with this id, as seen from this page. Nothing happens before `actions.start`; when the component
 * leaves, the session is left (not ended). `createPorts` is for tests and stays the same for the component's life.
 */
export function useLiveSession(sessionId: string, createPorts: (sessionId: string) => LiveSessionPorts = browserPorts): LiveSession {
  const [held, setHeld] = useState(() => ({ sessionId, controller: createController(sessionId, createPorts) }));
  let { controller } = held;
  if (held.sessionId !== sessionId) {
    controller = createController(sessionId, createPorts);
    setHeld({ sessionId, controller });
  }
  useEffect(() => controller.use(), [controller]);
  const view = useSyncExternalStore(controller.subscribe, controller.getView, () => IDLE_VIEW);
  return { view, actions: controller.actions, level: controller.level };
}

function createController(sessionId: string, createPorts: (sessionId: string) => LiveSessionPorts): LiveSessionController {
  // While the server renders there is no browser to take anything from, and nothing is asked of the controller either.
  return new LiveSessionController(typeof window === 'undefined' ? ({} as LiveSessionPorts) : createPorts(sessionId));
}
