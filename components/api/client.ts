/**
 * The typed API client: one function per address, over fetch with the session cookie. Every failure is a ProblemError
 * with words for the person; a failure to reach the server has words of its own.
 */
import type { Role } from '#domain/actor.ts';
import type { FileSummary, WorkspaceFile } from '#domain/code/file.ts';
import type { Invitation, InvitationKind } from '#domain/code/invitation.ts';
import type { ListedRun } from '#domain/code/list-runs.ts';
import type { VersionPage } from '#domain/code/list-versions.ts';
import type { SeenInvitation } from '#domain/code/look-at-invitation.ts';
import type { PrivateNotes } from '#domain/code/private-notes.ts';
import type { Problem, PublicProblem } from '#domain/code/problem.ts';
import type { FileVersion } from '#domain/code/replay.ts';
import type { RunResult } from '#domain/code/run.ts';
import type { Interest, Sentiment } from '#domain/interests/interest.ts';
import type { Profile } from '#domain/interests/ports.ts';
import type { FollowUp } from '#domain/follow-up/follow-up.ts';
import type { AreaScore, Scorecard } from '#domain/scorecard/scorecard.ts';
import type { FoundSession } from '#domain/session/search-match.ts';
import type { Session, SessionEvent, SessionKind, TranscriptItem } from '#domain/session/session.ts';
import type { SessionStatus, StreamRole } from '#domain/stream/protocol.ts';
import { meetingCalls } from './meeting-calls.ts';
import { operationsCalls } from './operations-calls.ts';
import { problemFrom, unreachable } from './problem-error.ts';
import { uploadCalls } from './upload-calls.ts';

export { ProblemError } from './problem-error.ts';
export type { MeetingNotes } from './meeting-calls.ts';

export interface Person {
  id: string;
  name: string;
  role: Role;
}
export interface StreamTicket {
  /** Where the stream is, e.g. `ws://localhost:8080/v1/stream`. */
  url: string;
  /** Good once, for a minute. */
  ticket: string;
  expiresAt: string;
  /** The server there slept and is being started: ask for another ticket in a few seconds. */
  warmingUp?: true;
}
export interface SessionQuery {
  kind?: SessionKind;
  status?: SessionStatus;
  q?: string;
  limit?: number;
  cursor?: string;
}
export type AudioTrack = 'user' | 'agent' | 'mix';
export type TranscriptFormat = 'json' | 'txt' | 'md' | 'srt' | 'vtt';

/** What a person may correct about an interest; any correction counts as theirs. */
export interface InterestPatch {
  topic?: string;
  /** A category id of domain/interests/categories.ts. */
  category?: string;
  sentiment?: Sentiment;
  status?: 'confirmed';
}

/** What to run, as `executeInput` of domain/code/run.ts has it. */
export interface RunWish {
  sessionId: string;
  fileName: string;
  tests?: 'visible' | 'all';
  stdin?: string;
}
/** `runId` of one that is not finished: ask for it again. */
export type RunAnswer = { finished: true; result: RunResult } | { finished: false; runId: string; status: 'queued' | 'running'; position: number | null };
export type ProblemSummary = Pick<PublicProblem, 'id' | 'title' | 'difficulty' | 'areas' | 'minutes'> & { own: boolean };

export interface ApiClientOptions {
  /** In front of `/api`; empty in the browser, an origin in Node. */
  baseUrl?: string;
  /** For callers without a cookie. */
  token?: string;
  fetch?: typeof fetch;
}
interface RequestOptions {
  body?: unknown;
  /** True: the request is sent even when the page goes away in that moment. */
  keepalive?: boolean;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** Functions over `baseUrl`, all of which throw ProblemError. */
export function createApiClient(options: ApiClientOptions = {}) {
  const base = `${options.baseUrl ?? ''}/api`;

  async function request(method: string, path: string, { body, signal, keepalive, headers: more }: RequestOptions = {}): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json', ...more };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (options.token) headers.authorization = `Bearer ${options.token}`;
    let response: Response;
    try {
      response = await (options.fetch ?? fetch)(base + path, {
        method, headers, signal, keepalive, credentials: 'same-origin', cache: 'no-store', body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw unreachable(error);
    }
    if (!response.ok) throw await problemFrom(response);
    return response;
  }
  async function json<T>(method: string, path: string, requestOptions?: RequestOptions): Promise<T> {
    const response = await request(method, path, requestOptions);
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw unreachable(error);
    }
  }
  async function run(method: string, path: string, requestOptions?: RequestOptions): Promise<RunAnswer> {
    const response = await request(method, path, requestOptions);
    const body: unknown = await response.json().catch((error: unknown) => Promise.reject(unreachable(error)));
    if (response.status !== 202) return { finished: true, result: body as RunResult };
    const { runId, status, position } = body as { runId: string; status: 'queued' | 'running'; position?: number };
    return { finished: false, runId, status, position: position ?? null };
  }
  const file = (sessionId: string, path: string) => `/files/${encodeURIComponent(sessionId)}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const atVersion = (version: number) => ({ 'if-match': `"${version}"` });
  const session = (id: string) => `/sessions/${encodeURIComponent(id)}`;
  const interest = (id: string, interestId: string) => `${session(id)}/interests/${encodeURIComponent(interestId)}`;

  return {
    /** Signs in locally, without a password. 404 `route.unknown` where an identity provider is configured. */
    signIn: (person: { name: string; role: Role }) => json<{ token: string; user: Person }>('POST', '/auth/local', { body: person }),
    /** Keeps the sign-in of somebody who has just signed in with an account. */
    keepSignIn: (tokens: { idToken: string; refreshToken: string }) => json<{ user: Person }>('POST', '/auth/session', { body: tokens }),
    /** Ends the cookie's sign-in. */
    signOut: () => request('DELETE', '/auth/session').then(() => undefined),
    /** Ends all sign-ins of the person's account. 404 `route.unknown` where people sign in by name. */
    signOutEverywhere: () => request('DELETE', '/auth/session?everywhere=true').then(() => undefined),
    /** Who the caller is; null when not signed in. */
    async me(signal?: AbortSignal): Promise<Person | null> {
      try {
        return (await json<{ user: Person }>('GET', '/auth/me', { signal })).user;
      } catch (error) {
        if (error instanceof Error && 'status' in error && error.status === 401) return null;
        throw error;
      }
    },
    health: (signal?: AbortSignal) => json<{ status: string }>('GET', '/health', { signal }),
    createSession: (input: { kind?: SessionKind; templateId?: string; title?: string; consent?: { recording: boolean }; settings?: { autocomplete: boolean } }) =>
      json<{ session: Session; stream: StreamTicket }>('POST', '/sessions', { body: input }),
    /** A sample interview, to be made now; the one that is being made already, if there is one. */
    makeSample: () => json<Session>('POST', '/sessions/sample'),
    /** Newest first; with `q` each with its best match. */
    listSessions(query: SessionQuery = {}, signal?: AbortSignal) {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') parameters.set(name, String(value));
      const text = parameters.toString();
      return json<{ sessions: FoundSession[]; nextCursor: string | null }>('GET', `/sessions${text ? `?${text}` : ''}`, { signal });
    },
    getSession: (id: string, signal?: AbortSignal) => json<Session>('GET', session(id), { signal }),
    updateSession: (id: string, patch: { title?: string; consent?: { recording: boolean }; settings?: { autocomplete: boolean } }) => json<Session>('PATCH', session(id), { body: patch }),
    /** Ends the session; ending it again changes nothing. */
    endSession: (id: string) => json<Session>('DELETE', session(id)),
    /** Removes the session and everything of it for good. */
    eraseSession: (id: string) => request('DELETE', `${session(id)}?erase=true`).then(() => undefined),
    getTicket: (id: string, role: StreamRole = 'participant', signal?: AbortSignal) =>
      json<StreamTicket>('POST', `${session(id)}/ticket`, { body: { role }, signal }),
    getTranscript: (id: string, signal?: AbortSignal) => json<{ items: TranscriptItem[] }>('GET', `${session(id)}/transcript?format=json`, { signal }),
    getEvents: (id: string, after = 0, signal?: AbortSignal) =>
      json<{ events: SessionEvent[]; next: number }>('GET', `${session(id)}/events?after=${after}`, { signal }),
    getInterests: (id: string, signal?: AbortSignal) => json<{ interests: Interest[] }>('GET', `${session(id)}/interests`, { signal }),
    updateInterest: (id: string, interestId: string, patch: InterestPatch) => json<Interest>('PATCH', interest(id, interestId), { body: patch }),
    deleteInterest: (id: string, interestId: string) => request('DELETE', interest(id, interestId), { keepalive: true }).then(() => undefined),
    getProfile: (signal?: AbortSignal) => json<Profile>('GET', '/profile', { signal }),
    /** Forgets what the person confirmed and deleted across sessions; sessions and what was found in them stay. */
    eraseProfile: () => request('DELETE', '/profile').then(() => undefined),
    listProblems: (signal?: AbortSignal) => json<{ templates: ProblemSummary[] }>('GET', '/templates', { signal }),
    getProblem: (id: string, signal?: AbortSignal) => json<PublicProblem>('GET', `/templates/${encodeURIComponent(id)}`, { signal }),
    /** Whole, with hidden tests and solutions; only of one's own. */
    getOwnProblem: (id: string, signal?: AbortSignal) => json<Problem>('GET', `/templates/${encodeURIComponent(id)}?whole=true`, { signal }),
    /** `draft`: a problem without its id, as its author typed it; what is wrong with it comes back by JSON path. */
    createProblem: (draft: unknown) => json<Problem>('POST', '/templates', { body: draft }),
    updateProblem: (id: string, draft: unknown) => json<Problem>('PUT', `/templates/${encodeURIComponent(id)}`, { body: draft }),
    deleteProblem: (id: string) => request('DELETE', `/templates/${encodeURIComponent(id)}`).then(() => undefined),
    listFiles: (sessionId: string, signal?: AbortSignal) => json<{ files: FileSummary[] }>('GET', `/files/${encodeURIComponent(sessionId)}`, { signal }),
    readFile: (sessionId: string, path: string, signal?: AbortSignal) => json<WorkspaceFile>('GET', file(sessionId, path), { signal }),
    createFile: (sessionId: string, path: string, content: string) => json<WorkspaceFile>('POST', '/files', { body: { sessionId, filePath: path, content } }),
    /** Saves only what still is at `version`. 412 `file.version_mismatch` otherwise. */
    saveFile: (sessionId: string, path: string, content: string, version: number) => json<WorkspaceFile>('PUT', file(sessionId, path), { body: { content }, headers: atVersion(version) }),
    deleteFile: (sessionId: string, path: string, version: number) => request('DELETE', file(sessionId, path), { headers: atVersion(version) }).then(() => undefined),
    /** Answers after a second at the latest; what is not finished by then is asked for with `getRun`. */
    execute: (wish: RunWish, signal?: AbortSignal) => run('POST', '/execute', { body: wish, signal, headers: { prefer: 'wait=1' } }),
    getRun: (runId: string, signal?: AbortSignal) => run('GET', `/runs/${encodeURIComponent(runId)}`, { signal }),
    /** What was ever saved, oldest first; `after` is `next` of the page before. */
    listVersions: (sessionId: string, after?: string, signal?: AbortSignal) => json<VersionPage>('GET', `${session(sessionId)}/versions${after ? `?after=${encodeURIComponent(after)}` : ''}`, { signal }),
    listRuns: (sessionId: string, signal?: AbortSignal) => json<{ runs: ListedRun[] }>('GET', `${session(sessionId)}/runs`, { signal }),
    invite: (sessionId: string, input: { kind: InvitationKind; expiresInHours: number }) => json<{ invitation: Invitation; secret: string }>('POST', `${session(sessionId)}/invitations`, { body: input }),
    listInvitations: (sessionId: string, signal?: AbortSignal) => json<{ invitations: Invitation[] }>('GET', `${session(sessionId)}/invitations`, { signal }),
    revokeInvitation: (sessionId: string, invitationId: string) => request('DELETE', `${session(sessionId)}/invitations/${encodeURIComponent(invitationId)}`).then(() => undefined),
    lookAtInvitation: (secret: string, signal?: AbortSignal) => json<SeenInvitation>('POST', '/invitations/look', { body: { secret }, signal }),
    acceptInvitation: (input: { secret: string; name?: string; consent?: { recording: boolean } }) =>
      json<{ sessionId: string; kind: InvitationKind; user: Person }>('POST', '/invitations/accept', { body: input }),
    /** What was saved in the workspace, oldest first; `after`: `next` of the page before. */
    getVersions: (sessionId: string, after: string | null = null, signal?: AbortSignal) =>
      json<{ versions: FileVersion[]; next: string | null }>('GET', `${session(sessionId)}/versions${after === null ? '' : `?after=${encodeURIComponent(after)}`}`, { signal }),
    getPrivateNotes: (sessionId: string, signal?: AbortSignal) => json<PrivateNotes>('GET', `${session(sessionId)}/private-notes`, { signal }),
    savePrivateNote: (sessionId: string, text: string) => json<PrivateNotes>('PUT', `${session(sessionId)}/private-notes`, { body: { text } }),
    getScorecard: (sessionId: string, signal?: AbortSignal) => json<Scorecard>('GET', `${session(sessionId)}/scorecard`, { signal }),
    editScorecard: (sessionId: string, change: { areas?: AreaScore[]; note?: string }) => json<Scorecard>('PUT', `${session(sessionId)}/scorecard`, { body: change }),
    signScorecard: (sessionId: string) => json<Scorecard>('POST', `${session(sessionId)}/scorecard/sign`),
    getFollowUp: (sessionId: string, signal?: AbortSignal) => json<{ followUp: FollowUp | null }>('GET', `${session(sessionId)}/follow-up`, { signal }),
    ...meetingCalls({ base, json, none: (method, path) => request(method, path).then(() => undefined) }),
    ...operationsCalls({ json, none: (method, path) => request(method, path).then(() => undefined) }),
    ...uploadCalls({ json, none: (method, path) => request(method, path).then(() => undefined) }),
    /** Address for a player or a download link; it supports ranges. */
    audioUrl: (id: string, track: AudioTrack = 'user') => `${base}${session(id)}/audio?track=${track}`,
    /** Address for a download link. */
    transcriptUrl: (id: string, format: TranscriptFormat) => `${base}${session(id)}/transcript?format=${format}`,
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;

/** The browser's client: same origin, session cookie. */
export const api: ApiClient = createApiClient();
