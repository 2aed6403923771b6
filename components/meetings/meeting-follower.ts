/**
 * A meeting as it grows, without React: asks for its ledger again and again, and for the transcript whenever a chunk was
 * settled. Captions come from whoever holds the stream.
 */
import { ProblemError } from '#components/api/problem-error.ts';
import type { SpeakerList } from '#components/api/meeting-calls.ts';
import type { Caption } from '#components/live-session/live-session-types.ts';
import type { Clock } from '#domain/clock.ts';
import type { Meeting } from '#domain/meetings/schema.ts';
import type { Session, TranscriptItem } from '#domain/session/session.ts';
import { isFinished } from '#domain/session/session-status.ts';
import { isSettled } from './meeting-words.ts';

export interface FollowerPorts {
  clock: Clock;
  /** All throw ProblemError. */
  getSession(signal: AbortSignal): Promise<Session>;
  getMeeting(signal: AbortSignal): Promise<Meeting>;
  getTranscript(signal: AbortSignal): Promise<TranscriptItem[]>;
  listSpeakers(signal: AbortSignal): Promise<SpeakerList>;
}
export interface FollowerView {
  /** Null: still loading. */
  session: Session | null;
  meeting: Meeting | null;
  items: TranscriptItem[];
  speakers: SpeakerList;
  /** Captions that were finished when `items` were asked for. */
  known: ReadonlySet<string>;
  /** When the ledger was last read, on the server's-and-ours wall clock, in ms. */
  nowMs: number;
  /** False: the server has not answered for a while. */
  upToDate: boolean;
  /** It could not be loaded at all. */
  problem: ProblemError | null;
}
export const NOTHING_FOLLOWED: FollowerView = { session: null, meeting: null, items: [], speakers: { speakers: [], unknownMs: 0 }, known: new Set(), nowMs: 0, upToDate: true, problem: null };

/** How often the ledger is asked for. A person may make ten times as many requests. */
export const FOLLOW_EVERY_MS = 2_000;
/** Without a stream the transcript is asked for as well, this often. */
export const WORDS_EVERY_MS = 6_000;

export class MeetingFollower {
  readonly #ports: FollowerPorts;
  readonly #subscribers = new Set<() => void>();
  #view: FollowerView = NOTHING_FOLLOWED;
  #captions: readonly Caption[] = [];
  #streaming = false;
  #abort: AbortController | null = null;
  #cancel: () => void = () => {};
  #wordsOf = '';
  #wordsAtMs = -Infinity;
  /** How often the page changed something. */
  #changes = 0;

  constructor(ports: FollowerPorts) {
    this.#ports = ports;
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#subscribers.add(onChange);
    return () => this.#subscribers.delete(onChange);
  };
  readonly getView = (): FollowerView => this.#view;

  start(): void {
    if (this.#abort) return;
    this.#abort = new AbortController();
    void this.#follow();
  }
  stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#cancel();
  }
  /** What the stream has told so far, and whether it is there. */
  heard(captions: readonly Caption[], streaming: boolean): void {
    this.#captions = captions;
    // What was said while the stream was away is not told again.
    if (streaming && !this.#streaming) this.#wordsOf = '';
    this.#streaming = streaming;
  }
  /** Now rather than in a while; with the words. */
  refresh(): void {
    if (!this.#abort) return;
    this.#wordsOf = '';
    this.stop();
    this.start();
  }
  /** What the page itself changed. */
  change(change: Partial<Pick<FollowerView, 'session' | 'items' | 'speakers' | 'meeting'>>): void {
    this.#changes += 1;
    this.#patch(change);
  }

  async #follow(): Promise<void> {
    const signal = this.#abort!.signal;
    let again = true;
    try {
      const { clock, getSession, getMeeting } = this.#ports;
      const changes = this.#changes;
      const [session, meeting] = await Promise.all([getSession(signal), getMeeting(signal)]);
      const words = wordsKey(session, meeting);
      const bare = !this.#streaming && !isFinished(session.status) && clock.monotonicMs() - this.#wordsAtMs >= WORDS_EVERY_MS;
      // The ledger may tell of a chunk before its words are asked for, never the other way round.
      if (words !== this.#wordsOf || bare) await this.#loadWords(signal, words, changes);
      if (signal.aborted) return;
      // Asked for before the page changed something, so it may be without that.
      if (changes !== this.#changes) return await this.#follow();
      this.#patch({ session, meeting, nowMs: clock.nowMs(), upToDate: true, problem: null });
      again = !isSettled(session.status, meeting) || (meeting.notesVersion === 0 && session.status !== 'failed' && meeting.coverage.capturedMs > 0 && isRecent(session, clock.nowMs()));
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      this.#patch({ upToDate: false, ...(this.#view.meeting && error.status !== 404 ? {} : { problem: error }) });
    }
    if (again) this.#cancel = this.#ports.clock.schedule(FOLLOW_EVERY_MS, () => this.#abort && void this.#follow());
  }

  async #loadWords(signal: AbortSignal, words: string, changes: number): Promise<void> {
    const known = new Set(this.#captions.filter(({ final }) => final).map(({ itemId }) => itemId));
    const [items, speakers] = await Promise.all([this.#ports.getTranscript(signal), this.#ports.listSpeakers(signal)]);
    if (signal.aborted || changes !== this.#changes) return;
    this.#wordsOf = words;
    this.#wordsAtMs = this.#ports.clock.monotonicMs();
    this.#patch({ items, speakers, known });
  }

  #patch(change: Partial<FollowerView>): void {
    this.#view = { ...this.#view, ...change };
    for (const notify of this.#subscribers) notify();
  }
}

/** Changes whenever the transcript may have changed. */
function wordsKey({ status }: Session, { coverage: { chunks }, voicedChunks, notesVersion }: Meeting): string {
  return [status, chunks.transcribed, chunks.failed, voicedChunks, notesVersion].join(' ');
}

/** Notes follow soon after the end, or never, e.g. when nobody spoke. */
const NOTES_FOLLOW_WITHIN_MS = 600_000;
function isRecent({ endedAt }: Session, nowMs: number): boolean {
  return endedAt !== null && nowMs - Date.parse(endedAt) < NOTES_FOLLOW_WITHIN_MS;
}
