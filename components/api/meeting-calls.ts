/** The addresses of meetings, for the client of `client.ts`. */
import type { Coverage, Meeting } from '#domain/meetings/schema.ts';
import type { MeetingNotes } from '#domain/meetings/notes/schema.ts';
import type { Share, SharedMeeting } from '#domain/meetings/share/share.ts';
import type { SearchResults } from '#domain/meetings/search/search.ts';
import type { SpeakerList } from '#domain/meetings/speakers/list-speakers.ts';
import type { Suppressed } from '#domain/meetings/suppressed-segments.ts';
import type { TranscriptItem } from '#domain/session/session.ts';

export type { Coverage, Meeting, MeetingNotes, SpeakerList, Suppressed };

/** As `startedMeetingSchema` of domain/meetings/coordinate.ts has it. */
export interface StartedMeeting {
  session_id: string;
  rtmp_url: string;
  stream_key: string;
  expires_at: string;
}
export interface ItemRevision {
  revision: number;
  text: string;
  replacedAt: string;
}
/** As `listedSpeakerSchema` of domain/meetings/speakers/list-speakers.ts has it: with merges followed in `speechMs` and `shownAs`. */
export type Speaker = SpeakerList['speakers'][number];
export type NotesFormat = 'md' | 'docx' | 'txt';
export type ExportFormat = 'md' | 'docx' | 'txt' | 'json';

interface Requests {
  base: string;
  json<T>(method: string, path: string, options?: { body?: unknown; signal?: AbortSignal }): Promise<T>;
  none(method: string, path: string): Promise<void>;
}

/** All throw ProblemError. */
export function meetingCalls({ base, json, none }: Requests) {
  const session = (id: string) => `/sessions/${encodeURIComponent(id)}`;
  const part = (id: string, ...parts: string[]) => `${session(id)}/${parts.map(encodeURIComponent).join('/')}`;
  return {
    /** A meeting that is streamed to us. `meeting.no_ingest` says why this machine takes none. */
    startStreamedMeeting: (input: { topic?: string; consent: { recording: boolean } }) => json<StartedMeeting>('POST', '/meetings', { body: { action: 'start_session', ...input } }),
    getMeeting: (id: string, signal?: AbortSignal) => json<Meeting>('GET', part(id, 'meeting'), { signal }),
    /** `item.changed`: it is at another revision by now. */
    correctItem: (id: string, itemId: string, input: { text: string; revision: number }) => json<TranscriptItem>('PATCH', part(id, 'transcript', itemId), { body: input }),
    listItemRevisions: (id: string, itemId: string, signal?: AbortSignal) => json<{ revisions: ItemRevision[] }>('GET', part(id, 'transcript', itemId), { signal }),
    listSuppressed: (id: string, signal?: AbortSignal) => json<{ suppressed: Suppressed[] }>('GET', part(id, 'suppressed'), { signal }),
    restoreSuppressed: (id: string, segmentId: string, restored: boolean) => json<Suppressed>('PATCH', part(id, 'suppressed', segmentId), { body: { restored } }),
    /** Moments by their words and by what they mean, best first. */
    searchMoments: ({ q, kind, limit }: { q: string; kind?: string; limit: number }, signal?: AbortSignal) =>
      json<SearchResults>('GET', `/search?${new URLSearchParams({ q, limit: String(limit), ...(kind ? { kind } : {}) })}`, { signal }),
    /** All that failed, or one chunk of it. */
    retryChunks: (id: string, chunk?: number) => json<{ retried: number }>('POST', part(id, 'chunks', 'retry'), { body: chunk === undefined ? {} : { chunk } }),
    listSpeakers: (id: string, signal?: AbortSignal) => json<SpeakerList>('GET', part(id, 'speakers'), { signal }),
    /** Null takes a name or a merge back. */
    changeSpeaker: (id: string, speaker: string, change: { name?: string | null; mergeInto?: string | null }) => json<SpeakerList>('PATCH', part(id, 'speakers', speaker), { body: change }),
    /** 404 `outcome.not_ready` until they are written. */
    getNotes: (id: string, signal?: AbortSignal) => json<MeetingNotes>('GET', part(id, 'notes'), { signal }),
    listShares: (id: string, signal?: AbortSignal) => json<{ shares: Share[] }>('GET', part(id, 'shares'), { signal }),
    createShare: (id: string, expiresInHours: number) => json<{ share: Share; url: string }>('POST', part(id, 'shares'), { body: { expiresInHours } }),
    revokeShare: (id: string, shareId: string) => none('DELETE', part(id, 'shares', shareId)),
    /** What the holder of a link sees, signed in or not. `share.not_valid` when it has run out or was taken back. */
    openShared: (secret: string, signal?: AbortSignal) => json<SharedMeeting>('GET', `/shares/${encodeURIComponent(secret)}`, { signal }),
    /** Addresses for download links. */
    notesUrl: (id: string, format: NotesFormat) => `${base}${part(id, 'notes')}?format=${format}`,
    exportUrl: (id: string, format: ExportFormat) => `${base}${part(id, 'export')}?format=${format}`,
  };
}
