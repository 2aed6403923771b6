/** What the session verbs (REST) and the live session need from storage. Implemented in adapters/postgres and adapters/filesystem. */
import type { PersonActor } from '../actor.ts';
import type { InterestRecord, TopicDecision } from '../interests/ports.ts';
import type { EndReason, SessionStatus, StreamRole } from '../stream/protocol.ts';
import type { FoundSession } from './search-match.ts';
import type { Session, SessionEvent, SessionKind, TranscriptItem } from './session.ts';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Every method runs in a transaction with the person's claims: row-level security decides what exists. */
export interface SessionRepository {
  create(actor: PersonActor, input: { id: string; kind: SessionKind; title: string; templateId: string | null; recordingConsent: boolean; autocomplete?: boolean }): Promise<Session>;
  /** A sample and, in the same transaction, the job that makes it. One that is being made already is answered instead. */
  createSample(actor: PersonActor, input: { id: string; title: string }): Promise<{ session: Session; created: boolean }>;
  get(actor: PersonActor, sessionId: string): Promise<Session | null>;
  /** With `q`: those in which it was said, each with its best match, unless `q` only excludes words. */
  list(actor: PersonActor, query: { kind?: SessionKind; status?: SessionStatus; q?: string; limit: number; cursor?: string }): Promise<Page<FoundSession>>;
  update(actor: PersonActor, sessionId: string, patch: { title?: string; recordingConsent?: boolean; autocomplete?: boolean }): Promise<Session | null>;
  /**
   * Asks for the end. A session nobody streams to and with no audio is completed at once; otherwise the request is
   * recorded (`end_requested_at`) and the live session's owner carries it out. Idempotent.
   */
  requestEnd(actor: PersonActor, sessionId: string): Promise<Session | null>;
  /** Deletes every row at once and enqueues, in the same transaction, the job that removes audio. False: not found. */
  erase(actor: PersonActor, sessionId: string): Promise<boolean>;
  transcript(actor: PersonActor, sessionId: string): Promise<TranscriptItem[] | null>;
  events(actor: PersonActor, sessionId: string, after: number, limit: number): Promise<SessionEvent[] | null>;
  /** Stores the ticket's SHA-256 only. Null: no such session for this person and role. */
  issueTicket(actor: PersonActor, sessionId: string, input: { tokenHash: string; role: StreamRole; expiresAtMs: number }): Promise<'issued' | null>;
}

/** An item or event as the live session writes it. */
export interface ItemRecord {
  itemId: string;
  revision: number;
  speaker: string;
  text: string;
  unheardText?: string;
  startSample: number;
  endSample: number;
}
export interface EventRecord {
  type: string;
  sample?: number;
  data: unknown;
}
/** Of a meeting: how much audio is on the disk, from which its chunks follow. */
export interface CapturedAudio {
  throughSample: number;
  /** Length of a chunk; the first one told holds for the whole meeting. */
  chunkSamples: number;
}
export interface SessionChanges {
  items?: ItemRecord[];
  events?: EventRecord[];
  /** As they are now, whole, by id. What the person changed by hand keeps topic, category, sentiment and status. */
  interests?: InterestRecord[];
  /** With `ended`, it is all there will ever be. */
  captured?: CapturedAudio;
  status?: SessionStatus;
  startedAt?: 'now';
  ended?: { reason: EndReason; durationMs: number };
}
export interface StoredSession {
  session: Session;
  ownerId: string;
  /** What the interviewer calls the person: the candidate's name where one was invited, else the owner's; in a sample the invented one. */
  ownerName: string;
  items: ItemRecord[];
  /** The whole event log, from which a live session rebuilds itself. */
  events: SessionEvent[];
  /** Of every status, by first mention. */
  interests: InterestRecord[];
  /** What the owner decided about topics, in whichever session; none in a sample, which is not about them. */
  decisions: TopicDecision[];
  endRequested: boolean;
}
export interface TicketClaim {
  sessionId: string;
  personId: string;
  personName: string;
  role: StreamRole;
}

/** Storage of the live session. Runs as the service role; every write names the writer's epoch and fails when it is stale. */
export interface LiveSessionStore {
  /** Uses a ticket up. Null: unknown, used or expired, or its person has no such place in the session any more. */
  consumeTicket(tokenHash: string): Promise<TicketClaim | null>;
  /** Whether the person still may see the session live: its owner, and who was let in to watch and not out again. */
  mayWatch(sessionId: string, personId: string): Promise<boolean>;
  /**
   * Becomes the session's one writer if nobody is, or the writer's lease has run out; the epoch rises by one.
   * `held`: another writer's lease is valid; it has been asked to hand over (unless `handOver` is false), try again after `retryAfterMs`.
   */
  acquireLease(sessionId: string, writerId: string, ttlMs: number, handOver?: boolean): Promise<{ epoch: number } | { held: true; retryAfterMs: number } | null>;
  /** One statement for all sessions of this process. Answers those still held and not asked for by another server. */
  renewLeases(writerId: string, sessionIds: string[], ttlMs: number): Promise<{ kept: string[]; wanted: string[] }>;
  releaseLease(sessionId: string, writerId: string, epoch: number): Promise<void>;
  /** Ends leases of earlier processes at the same host and port (writer ids that share the prefix), which must be dead; `but` is not one of them. */
  releaseLeasesOf(writerIdPrefix: string, but?: string): Promise<void>;
  load(sessionId: string): Promise<StoredSession | null>;
  /** False once it was erased. */
  exists(sessionId: string): Promise<boolean>;
  /** All or nothing, and once when the same object is given again after a failure. @throws SpoolError `lease.lost` when `epoch` is not the session's newest. */
  commit(sessionId: string, epoch: number, changes: SessionChanges): Promise<{ lastSeq: number }>;
  /**
   * What code runs appended to the logs of several sessions, in one statement: `run.*` events after each `after`, and the
   * number up to which the log was looked through. Sessions without anything new may be left out.
   */
  runEvents(sessions: { sessionId: string; after: number }[]): Promise<{ sessionId: string; throughSeq: number; events: SessionEvent[] }[]>;
  /** Events after `after`, for observers and to follow what other processes append. */
  eventsSince(sessionId: string, after: number): Promise<SessionEvent[]>;
  /** Sessions of this process whose end was asked for over REST. */
  endRequests(writerId: string): Promise<string[]>;
  /** Live sessions whose writer's lease ran out more than `idleMs` ago, or whose end was requested with nobody writing. */
  abandoned(idleMs: number, limit: number): Promise<string[]>;
  /** True when a query succeeds. */
  reachable(): Promise<boolean>;
}

/**
 * The durable audio of sessions. An epoch's samples are contiguous; where a newer epoch begins, older ones end,
 * so nothing a stale writer appends is ever read.
 */
export interface AudioLog {
  /** Opens the log for appending at its durable end under a new epoch, which fences older ones. */
  openWriter(sessionId: string, epoch: number): Promise<AudioLogWriter>;
  /** Number of samples readable, i.e. the next one wanted. */
  durableThrough(sessionId: string): Promise<number>;
  /** Samples [fromSample, toSample) of what the person sent. Shorter at the end of the log. */
  read(sessionId: string, fromSample: number, toSample: number): Promise<Int16Array>;
  /** Stores an utterance of the interviewer, at 16 kHz, so that its track can be rendered later. Durable when resolved. */
  writeUtterance(sessionId: string, utterance: number, samples: Int16Array): Promise<void>;
  readUtterance(sessionId: string, utterance: number): Promise<Int16Array | null>;
  /** Writes the one recording object, then lets the log's files go. Safe to repeat. */
  seal(sessionId: string): Promise<void>;
  /** Removes every byte of the session, journal included. Safe to repeat. */
  erase(sessionId: string): Promise<void>;
  /**
   * Where storage serves files itself: an address that answers with the sealed recording as a WAV file, under this
   * Content-Disposition, to whoever has it, for a while. Null while there is no recording of all that was said.
   */
  recordingAddress?(sessionId: string, options: { disposition: string }): Promise<string | null>;
}
export interface AudioLogWriter {
  /** Number of samples on disk, i.e. the next one wanted after a restart. */
  readonly durableThroughSample: number;
  /**
   * Appends samples that directly follow the last ones given. Resolves with the new `durableThroughSample` once they
   * would survive `kill -9` of every process and a power cut.
   * @throws SpoolError `audio.disk_full` | `audio.write_failed` | `lease.lost` (a newer writer, a seal or an erasure);
   * nothing later is accepted then. `stream.too_fast` | `stream.overloaded`: too much is waiting; these samples were not
   * taken and may be given again. `samples` must not change until this resolves.
   */
  append(samples: Int16Array): Promise<number>;
  close(): Promise<void>;
}
