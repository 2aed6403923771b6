/**
 * A code interview as its team sees it, without React: the stream as an observer for words, voices and states; the log and
 * the saved versions over REST for the code, since those are what a replay is made of as well.
 */
import { ProblemError } from '#components/api/problem-error.ts';
import { NO_CAPTIONS, withHistory, withMessage, withoutUnfinished, type CaptionState } from '#components/live-session/captions.ts';
import type { Caption, ConnectionState, Problem } from '#components/live-session/live-session-types.ts';
import { Outbox } from '#components/live-session/outbox.ts';
import { Player, type OpenLoudspeaker } from '#components/live-session/player.ts';
import { requestProblem } from '#components/live-session/problems.ts';
import { StreamClient, type StreamClientPorts, type StreamEnd, type StreamSocket } from '#components/live-session/stream-client.ts';
import type { Clock } from '#domain/clock.ts';
import { buildReplay, type FileVersion, type Replay } from '#domain/code/replay.ts';
import type { Session, SessionEvent, TranscriptItem } from '#domain/session/session.ts';
import { decodeUplinkFrame } from '#domain/stream/frames.ts';
import type { AgentState, ServerMessage, SessionStatus } from '#domain/stream/protocol.ts';
import { PersonVoice } from './person-voice.ts';

export interface WatchPorts extends Pick<StreamClientPorts, 'clock' | 'random' | 'getTicket' | 'online'> {
  clock: Clock;
  /** Asks for both voices; every binary message goes to `onBytes` as well. */
  openSocket(url: string, onBytes: (bytes: Uint8Array) => void): StreamSocket;
  /** All throw ProblemError. */
  getSession(signal: AbortSignal): Promise<Session>;
  getTranscript(signal: AbortSignal): Promise<TranscriptItem[]>;
  getEvents(after: number, signal: AbortSignal): Promise<SessionEvent[]>;
  getVersions(after: string | null, signal: AbortSignal): Promise<{ versions: FileVersion[]; next: string | null }>;
  openLoudspeaker: OpenLoudspeaker;
}

export interface WatchView {
  connection: ConnectionState;
  session: Session | null;
  status: SessionStatus;
  agentState: AgentState;
  captions: Caption[];
  agentText: string;
  /** For a polite live region: the newest finished line. */
  announcement: string;
  personSpeaking: boolean;
  /** Everybody who watches, by name, oneself included. */
  watching: string[];
  /** The code and the runs so far; null: still loading. */
  replay: Replay | null;
  /** False: the log could not be read for a while, so the code may be behind. */
  upToDate: boolean;
  listening: boolean;
  /** The browser wants a press before it plays sound. */
  soundBlocked: boolean;
  ended: StreamEnd['reason'] | null;
  problem: Problem | null;
}
export const IDLE_WATCH: WatchView = {
  connection: 'idle', session: null, status: 'created', agentState: 'listening', captions: [], agentText: '', announcement: '', personSpeaking: false,
  watching: [], replay: null, upToDate: true, listening: false, soundBlocked: false, ended: null, problem: null,
};

/** How often the log is asked for more. A person may make ten times as many requests. */
export const FOLLOW_EVERY_MS = 800;
/** Versions correct what keys tell; without keys they are asked for this often. */
const VERSIONS_EVERY_MS = 4_000;
const RETRY_MS = 3_000;
/** A pause this many times as long as the work before it. */
const PATIENCE = 4;
const RUNNING = /^(?:run\.|editor$|hint\.)/;

export class WatchController {
  readonly #ports: WatchPorts;
  readonly #subscribers = new Set<() => void>();
  #view: WatchView = IDLE_WATCH;
  #captions: CaptionState = NO_CAPTIONS;
  #client: StreamClient | null = null;
  #abort: AbortController | null = null;
  #cancelFollow: () => void = () => {};
  #loads = 0;
  #loaded = 0;
  #events: SessionEvent[] = [];
  #lastSeq = 0;
  #versions: FileVersion[] = [];
  #versionsNext: string | null = null;
  #versionsAtMs = -Infinity;
  /** What was read and is not in the replay yet, since something else could not be read. */
  #unshown = false;
  #voices: { agent: Player; person: PersonVoice; unlock(): void; close(): void } | null = null;
  #rateHz = 16_000;

  constructor(ports: WatchPorts) {
    this.#ports = ports;
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#subscribers.add(onChange);
    return () => this.#subscribers.delete(onChange);
  };
  readonly getView = (): WatchView => this.#view;

  start(): void {
    if (this.#abort) return;
    this.#abort = new AbortController();
    this.#connect();
    void this.#follow();
  }

  /** Leaves; nobody in the interview notices. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#cancelFollow();
    this.#client?.close();
    this.#client = null;
    this.mute();
  }

  /** From a press, so that the browser allows sound. */
  listen(): void {
    if (this.#voices) return this.#voices.unlock();
    const open = () => this.#ports.openLoudspeaker({ onReport: () => {}, onBlocked: (soundBlocked) => this.#patch({ soundBlocked }), onFailed: () => this.mute() });
    const [agent, person] = [open(), open()];
    const player = new Player(agent);
    player.setRate(this.#rateHz);
    this.#voices = {
      agent: player,
      person: new PersonVoice(this.#ports.clock, person),
      unlock: () => {
        void agent.unlock();
        void person.unlock();
      },
      close: () => {
        agent.close();
        person.close();
      },
    };
    this.#patch({ listening: true });
    this.#voices.unlock();
  }

  mute(): void {
    this.#voices?.close();
    this.#voices = null;
    this.#patch({ listening: false, soundBlocked: false });
  }

  retry(): void {
    this.#patch({ problem: null });
    if (this.#client) this.#client.retryNow();
    else this.#connect();
  }

  #connect(): void {
    const { clock, random, openSocket, getTicket, online } = this.#ports;
    const client: StreamClient = new StreamClient({ clock, random, getTicket, online, openSocket: (url) => openSocket(url, (bytes) => this.#bytes(bytes)) }, new Outbox(), {
      onConnection: (connection) => this.#patch({ connection }),
      onReady: (ready) => {
        this.#rateHz = ready.downlink.sampleRate;
        this.#voices?.agent.flush();
        this.#voices?.agent.setRate(this.#rateHz);
        this.#captions = withoutUnfinished(this.#captions);
        this.#showCaptions({ status: ready.status, personSpeaking: false });
        void this.#loadSession();
      },
      onMessage: (message) => this.#message(message),
      onAudio: (frame) => this.#voices?.agent.frame(frame),
      onProblem: (problem) => {
        this.#patch({ problem: problem ? { ...problem, next: nextForWatching(problem) } : null });
        if (problem?.fatal) this.#client = null;
      },
      onEnded: ({ reason }) => {
        this.#client = null;
        // The session went on in another process; nobody takes an observer's place.
        if (reason === 'replaced') this.#cancelOnStop(this.#ports.clock.schedule(RETRY_MS, () => this.#abort && !this.#client && this.#connect()));
        else this.#patch({ ended: reason, personSpeaking: false, agentState: 'listening' });
      },
    });
    this.#client = client;
    client.open();
  }

  #cancelOnStop(cancel: () => void): void {
    this.#abort?.signal.addEventListener('abort', cancel, { once: true });
  }

  #bytes(bytes: Uint8Array): void {
    if (!this.#voices) return;
    const frame = decodeUplinkFrame(bytes);
    if (!('problem' in frame)) this.#voices.person.frame(frame);
  }

  #message(message: ServerMessage): void {
    this.#captions = withMessage(this.#captions, message);
    switch (message.type) {
      case 'agent.state':
        this.#voices?.agent.state(message.state);
        return this.#showCaptions({ agentState: message.state });
      case 'agent.interrupted':
        this.#voices?.agent.interrupted(message.utterance);
        break;
      case 'speech.started':
        return this.#showCaptions({ personSpeaking: true });
      case 'speech.stopped':
        return this.#showCaptions({ personSpeaking: false });
      case 'session.status':
        void this.#loadSession();
        return this.#showCaptions({ status: message.status });
      case 'pong':
        if (message.watching && message.watching.join('\n') !== this.#view.watching.join('\n')) this.#patch({ watching: message.watching });
        return;
      default:
        break;
    }
    this.#showCaptions({});
  }

  /** What the stream does not repeat: the session itself and the words so far. */
  async #loadSession(): Promise<void> {
    const signal = this.#abort?.signal;
    if (!signal) return;
    const load = ++this.#loads;
    try {
      const [session, items] = await Promise.all([this.#ports.getSession(signal), this.#ports.getTranscript(signal)]);
      // The answer to a newer question is here already.
      if (load < this.#loaded) return;
      this.#loaded = load;
      this.#captions = withHistory(this.#captions, items);
      this.#showCaptions({ session, status: session.status });
    } catch (error) {
      if (!signal.aborted && !(error instanceof ProblemError)) throw error;
    }
  }

  async #follow(): Promise<void> {
    const signal = this.#abort?.signal;
    if (!signal) return;
    let waitMs = FOLLOW_EVERY_MS;
    const over = this.#view.ended !== null;
    try {
      const { clock, getEvents, getVersions } = this.#ports;
      const events = await getEvents(this.#lastSeq, signal);
      this.#lastSeq = events.at(-1)?.seq ?? this.#lastSeq;
      this.#unshown ||= events.some(({ type }) => RUNNING.test(type));
      this.#events.push(...events);
      // The stream tells it as well, unless the session moved to another process just then.
      if (events.some(({ type }) => type === 'session.status') && this.#view.session !== null) void this.#loadSession();
      if (this.#unshown || clock.monotonicMs() - this.#versionsAtMs >= VERSIONS_EVERY_MS) {
        this.#versionsAtMs = clock.monotonicMs();
        const { versions, next } = await getVersions(this.#versionsNext, signal);
        this.#versions.push(...versions);
        this.#versionsNext = next;
        this.#unshown ||= versions.length > 0;
      }
      const session = this.#view.session ?? (await this.#ports.getSession(signal));
      if (signal.aborted) return;
      if (this.#unshown || !this.#view.replay) {
        this.#unshown = false;
        const beganMs = clock.monotonicMs();
        this.#patch({ session, replay: buildReplay({ session: { ...session, endedAt: null }, events: this.#events, versions: this.#versions, items: [] }) });
        // Hours of typing take a slow machine a while: most of its time stays for everything else.
        waitMs = Math.max(waitMs, (clock.monotonicMs() - beganMs) * PATIENCE);
      }
      this.#patch({ upToDate: true });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      waitMs = RETRY_MS;
      this.#patch({ upToDate: false, ...(this.#view.replay || error.retryable ? {} : { problem: requestProblem(error, true) }) });
    }
    // The last of a session that is over is read once more, by a question from after the end.
    if (!over || !this.#view.upToDate) this.#cancelFollow = this.#ports.clock.schedule(waitMs, () => void this.#follow());
  }

  #showCaptions(change: Partial<WatchView>): void {
    const { captions, agentText, announcement } = this.#captions;
    this.#patch({ captions, agentText, announcement: announcement.replace(/^You:/, 'Candidate:'), ...change });
  }

  #patch(change: Partial<WatchView>): void {
    const view = this.#view;
    if ((Object.keys(change) as (keyof WatchView)[]).every((key) => Object.is(view[key], change[key]))) return;
    this.#view = { ...view, ...change };
    for (const notify of this.#subscribers) notify();
  }
}

/** The words of a live session speak to who talks; whoever watches has nothing to lose. */
function nextForWatching({ fatal, next }: Problem): string {
  return fatal ? next : 'Trying again. The interview goes on meanwhile, and nothing of it is lost.';
}
