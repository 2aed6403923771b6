/** The stream of a meeting for whoever watches it: words as they are understood, and how it ended. Without React. */
import { NO_CAPTIONS, withMessage, withoutUnfinished, type CaptionState } from '#components/live-session/captions.ts';
import type { Caption, ConnectionState, Problem } from '#components/live-session/live-session-types.ts';
import { Outbox } from '#components/live-session/outbox.ts';
import { StreamClient, type StreamClientPorts, type StreamEnd } from '#components/live-session/stream-client.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';

export interface MeetingStreamView {
  connection: ConnectionState;
  captions: Caption[];
  /** For a polite live region: the newest finished line. */
  announcement: string;
  ended: StreamEnd['reason'] | null;
  problem: Problem | null;
}
export const NO_STREAM: MeetingStreamView = { connection: 'idle', captions: [], announcement: '', ended: null, problem: null };
/** The session went on in another process: tried again after this. */
export const RETRY_MS = 3_000;

export class MeetingStream {
  readonly #ports: StreamClientPorts;
  readonly #subscribers = new Set<() => void>();
  #view: MeetingStreamView = NO_STREAM;
  #captions: CaptionState = NO_CAPTIONS;
  #client: StreamClient | null = null;
  #open = false;
  #cancel: () => void = () => {};

  constructor(ports: StreamClientPorts) {
    this.#ports = ports;
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#subscribers.add(onChange);
    return () => this.#subscribers.delete(onChange);
  };
  readonly getView = (): MeetingStreamView => this.#view;

  start(): void {
    if (this.#open) return;
    this.#open = true;
    this.#connect();
  }
  /** Leaves; the meeting goes on. */
  stop(): void {
    this.#open = false;
    this.#cancel();
    this.#client?.close();
    this.#client = null;
  }
  retry(): void {
    this.#patch({ problem: null });
    if (this.#client) this.#client.retryNow();
    else if (this.#open) this.#connect();
  }

  #connect(): void {
    this.#cancel();
    const client = new StreamClient(this.#ports, new Outbox(), {
      onConnection: (connection) => this.#patch({ connection }),
      onReady: () => this.#show(withoutUnfinished(this.#captions)),
      onMessage: (message: ServerMessage) => this.#show(withMessage(this.#captions, message)),
      onProblem: (problem) => {
        this.#patch({ problem });
        if (problem?.fatal) this.#client = null;
      },
      onEnded: ({ reason }) => {
        this.#client = null;
        // Nobody takes an observer's place: the session only moved.
        if (reason === 'replaced') this.#cancel = this.#ports.clock.schedule(RETRY_MS, () => this.#open && this.#connect());
        else this.#patch({ ended: reason });
      },
    });
    this.#client = client;
    client.open();
  }

  #show(captions: CaptionState): void {
    if (captions === this.#captions) return;
    this.#captions = captions;
    this.#patch({ captions: captions.captions, announcement: captions.announcement });
  }
  #patch(change: Partial<MeetingStreamView>): void {
    this.#view = { ...this.#view, ...change };
    for (const notify of this.#subscribers) notify();
  }
}
