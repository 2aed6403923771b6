/**
 * How streams come in. An intake (RTMP: adapters/nginx-rtmp; Zoom's own streams: adapters/zoom-rtms) writes down what
 * arrives at once and reads it as often as asked, so nothing of a stream depends on anybody else being alive.
 */

/** One coming of a sender. Its audio lies in a file until all of it is in the session. */
export interface IncomingStream {
  sessionId: string;
  /** When it came; with the session it names the stream. */
  publishedAtMs: number;
}
export interface StreamStatus {
  /** The sender is there. */
  live: boolean;
  /** When something last arrived, ms since the epoch. */
  lastArrivalMs: number;
  /** It ended because our own part failed, not because the sender left. */
  brokeDown: boolean;
}
/** Of senders that keep participants apart: one of them spoke. Samples of the stream. */
export interface SpokenSpan {
  /** As the sender numbers them. */
  participant: string;
  name: string;
  startSample: number;
  endSample: number;
}
export interface StreamIntake {
  /** All that came and was not removed, in the order they came; also from before this process was started. */
  streams(): IncomingStream[];
  status(stream: IncomingStream): StreamStatus;
  /**
   * Its audio as 16 kHz mono from sample `fromSample` of the stream, as it arrives, to its end: the same samples however
   * often and whenever it is read. @throws SpoolError `engine.failed` when it cannot be decoded (what came before stands)
   */
  read(stream: IncomingStream, fromSample: number, signal: AbortSignal): AsyncIterable<Int16Array>;
  /** Who spoke when, where the sender tells; complete once it has gone. */
  spoken?(stream: IncomingStream): SpokenSpan[];
  /** What has arrived so far is all; the sender is shown out. */
  cut(stream: IncomingStream): void;
  /** Its audio is in the session, or nobody wants it: what was written down is deleted. */
  remove(stream: IncomingStream): void;
  /** Called after every change of `streams` or of whether one is live. */
  onChange(listener: () => void): void;
}

/** Who is behind a key, and whether they may come in. */
export interface KeyHolder {
  sessionId: string;
  keyExpiresAtMs: number;
  /** The stream was there before. */
  begun: boolean;
  /** The meeting has ended, or is about to. */
  over: boolean;
}
export type GapReason = 'stream_away' | 'ingest_failed';
/** Since when a stream is not there, and why. */
export interface Away {
  sinceMs: number;
  reason: GapReason;
}
export interface BegunStream {
  baseSample: number;
  ended: boolean;
}
/** A meeting that is not over. */
export interface OpenMeeting {
  sessionId: string;
  /** Null: its stream was there when last seen. */
  away: Away | null;
  /** Why nothing came before the stream that came last. */
  lastReason: GapReason;
}
/** What becomes of one meeting's streams. Runs as the service role. All times are this machine's, ms since the epoch. */
export interface MeetingWrites {
  /**
   * The stream that came then begins at `baseSample`; asked for again, the answer is the same. Of one that follows another,
   * the time between them is recorded as a gap.
   */
  beginStream(stream: IncomingStream, baseSample: number, gapReason: GapReason): Promise<BegunStream>;
  /** Of a stream that begins at `baseSample`; twice changes nothing. */
  recordSpoken(sessionId: string, baseSample: number, spans: SpokenSpan[]): Promise<void>;
  endStream(stream: IncomingStream, endedAtMs: number): Promise<void>;
  recordGap(sessionId: string, gap: { atSample: number; fromMs: number; toMs: number; reason: GapReason }): Promise<void>;
  /** Null: it is there. */
  setAway(sessionId: string, away: Away | null): Promise<void>;
  /** The live session follows within a second. */
  requestEnd(sessionId: string): Promise<void>;
  /** A ticket for the participant's seat; null: there is no such session any more, or it is over. */
  issueTicket(sessionId: string): Promise<string | null>;
}
/** Meetings as the ingest sees them. */
export interface IngestStore extends MeetingWrites {
  keyHolder(keyHash: string): Promise<KeyHolder | null>;
  /** Meetings by stream that have begun and are not over. */
  openMeetings(): Promise<OpenMeeting[]>;
  /** Those of `sessionIds` whose end was asked for, that have ended, or that are gone. */
  ending(sessionIds: string[]): Promise<string[]>;
  /** Ends meetings whose stream never came while its key was good. */
  endUnused(nowMs: number): Promise<void>;
}

/** That a process holds a meeting, or what of it came to its disk (claims.ts). With the session it names the claim. */
export interface StreamClaim {
  sessionId: string;
  /** Rises from one to the next, over all processes. */
  claim: number;
  /** By the holder's clock. */
  claimedAtMs: number;
}
export interface RenewedClaim extends Pick<StreamClaim, 'sessionId' | 'claim'> {
  /** Its sender is there, and was heard a moment ago; null: not known yet. */
  occupied: boolean | null;
  /** When one was last heard; null: not since the process was started. */
  heardAtMs: number | null;
}
export interface StandingClaim extends Pick<StreamClaim, 'sessionId' | 'claim'> {
  /** None of another process comes before it: its streams may go into the session. */
  first: boolean;
  /** Those that do are dead. */
  next: boolean;
  /** None comes after it: its holder says whether the stream is there. */
  last: boolean;
}
/** One whose holder has not renewed it in time, or has handed it over. */
export interface DeadClaim extends Pick<StreamClaim, 'sessionId' | 'claim'> {
  handedOver: boolean;
  last: boolean;
}
/** Who has which meeting. `owner` is whoever asks; leases are by the database's clock, other times by the owner's. */
export interface ClaimStore {
  /** Lets a sender in; null: one is there at another process that lives. */
  claimStream(sessionId: string, owner: string, nowMs: number): Promise<StreamClaim | null>;
  /** Takes up a meeting without a sender: one that nobody holds (`over` null), or whose last claim `over` is dead. Of several that ask one gets it, also when it asks again: its answer may have been lost. */
  adoptMeeting(sessionId: string, owner: string, nowMs: number, over: number | null): Promise<StreamClaim | null>;
  claimsOf(owner: string): Promise<StreamClaim[]>;
  /** Those of `held` that still stand, and all claims of others that do not. */
  renewClaims(owner: string, held: RenewedClaim[]): Promise<{ standing: StandingClaim[]; dead: DeadClaim[] }>;
  /** Removes dead claims before this one and records what they did not bring into the session. Null: the session is over. @returns whether this one is first now */
  passDeadClaims(claim: StreamClaim, owner: string, durableThroughSample: number | null): Promise<boolean>;
  releaseClaims(owner: string, claims: Pick<StreamClaim, 'sessionId' | 'claim'>[]): Promise<void>;
  /** From now on any process may go on with what `owner` holds. */
  handOver(owner: string): Promise<void>;
  /** Writes that change nothing once the claim does not stand any more. */
  writesOf(claim: StreamClaim, owner: string): MeetingWrites;
}
