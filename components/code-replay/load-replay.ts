/** Everything a replay is made of, over REST. */
import { api } from '#components/api/client.ts';
import type { FileVersion } from '#domain/code/replay.ts';
import type { SessionEvent } from '#domain/session/session.ts';

/** The log after `after`, to its present end. @throws ProblemError */
export async function loadEvents(sessionId: string, after: number, signal?: AbortSignal): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  for (let next = after; ; ) {
    const page = await api.getEvents(sessionId, next, signal);
    if (page.events.length === 0) return events;
    events.push(...page.events);
    next = page.next;
  }
}

/** What was saved after `after`, to the present end, and where that is. @throws ProblemError */
export async function loadVersions(sessionId: string, after: string | null, signal?: AbortSignal): Promise<{ versions: FileVersion[]; next: string | null }> {
  const versions: FileVersion[] = [];
  for (let next = after; ; ) {
    const page = await api.getVersions(sessionId, next, signal);
    if (page.versions.length === 0) return { versions, next };
    versions.push(...page.versions);
    next = page.next;
  }
}

export async function loadReplay(sessionId: string, signal?: AbortSignal) {
  const [session, { items }, events, { versions }] = await Promise.all([
    api.getSession(sessionId, signal),
    api.getTranscript(sessionId, signal),
    loadEvents(sessionId, 0, signal),
    loadVersions(sessionId, null, signal),
  ]);
  return { session, items, events, versions, nowMs: Date.now() };
}
