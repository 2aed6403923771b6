/**
 * People who watch. Where the session lives in this process they hear and see it directly; where another process writes
 * it they follow its event log, which the database keeps for every session.
 */
import type { Clock } from '#domain/clock.ts';
import type { RunResult } from '#domain/code/run.ts';
import { SpoolError } from '#domain/errors.ts';
import type { AudioLog, LiveSessionStore } from '#domain/session/ports.ts';
import type { SessionEvent } from '#domain/session/session.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { MAX_FRAME_BYTES } from '#domain/stream/frames.ts';
import { CLOSE, PROTOCOL_VERSION, type ServerMessage, serverMessageSchema } from '#domain/stream/protocol.ts';
import { MAX_AHEAD_SAMPLES } from '#domain/stream/uplink.ts';
import { shortResult } from './code-companion.ts';
import { IDLE_TIMEOUT_MS, type LiveSession, type Peer } from './live-session.ts';
import type { SessionRegistry } from './session-registry.ts';

/** ARCHITECTURE, decision 9: a poll of at most 200 ms. */
const POLL_MS = 200;
/** Events that are messages of the protocol as they stand. */
const FORWARDED = new Set(['transcript.final', 'agent.done', 'agent.interrupted', 'session.status', 'session.ended', 'turn.metrics', 'interest.detected', 'interest.retracted', 'command.recognized', 'run.result']);

export class Observation {
  readonly #options: { registry: SessionRegistry; store: LiveSessionStore; audio: AudioLog; clock: Clock };

  constructor(options: { registry: SessionRegistry; store: LiveSessionStore; audio: AudioLog; clock: Clock }) {
    this.#options = options;
  }

  /** Who watches a session of this process. */
  watching(sessionId: string): string[] {
    return this.#options.registry.local(sessionId)?.watching ?? [];
  }

  /** Answers how to leave. @throws SpoolError `session.not_found`, `session.over` */
  async join(sessionId: string, peer: Peer): Promise<() => void> {
    const { registry, store, audio } = this.#options;
    const local = registry.local(sessionId);
    if (local) {
      local.observe(peer);
      return () => local.leave(peer);
    }
    const stored = await store.load(sessionId);
    if (!stored) throw new SpoolError('session.not_found');
    if (stored.session.endedAt !== null) throw new SpoolError('session.over');
    peer.send({
      type: 'ready',
      protocol: PROTOCOL_VERSION,
      sessionId,
      role: 'observer',
      status: stored.session.status,
      durableThroughSample: await audio.durableThrough(sessionId),
      downlink: { encoding: 'pcm_s16le', sampleRate: UPLINK_SAMPLE_RATE_HZ },
      limits: { maxFrameBytes: MAX_FRAME_BYTES, maxAheadSamples: MAX_AHEAD_SAMPLES, idleTimeoutMs: IDLE_TIMEOUT_MS },
    });
    return this.#follow(sessionId, peer, stored.events.at(-1)?.seq ?? 0);
  }

  #follow(sessionId: string, peer: Peer, afterSeq: number): () => void {
    const { registry, store, clock } = this.#options;
    let after = afterSeq;
    let left = false;
    let cancel = () => {};
    let local: LiveSession | null = null;
    const poll = async (): Promise<void> => {
      for (const event of await store.eventsSince(sessionId, after)) {
        if (left) return;
        after = event.seq;
        const message = asMessage(event);
        if (message) peer.send(message);
        if (event.type === 'session.ended') return peer.close(CLOSE.ended);
      }
      // Only now: what another process wrote last is in the log alone.
      const here = registry.local(sessionId);
      if (!here || left) return again();
      local = here;
      here.observe(peer);
      // What it became while nobody told: to a client that is connected already a second `ready` says nothing.
      peer.send({ type: 'session.status', status: here.status });
    };
    const again = () => {
      // A database that is away for a moment is asked again.
      if (!left) cancel = clock.schedule(POLL_MS, () => void poll().catch(again));
    };
    again();
    return () => {
      left = true;
      cancel();
      local?.leave(peer);
    };
  }
}

function asMessage(event: SessionEvent): ServerMessage | null {
  if (!FORWARDED.has(event.type)) return null;
  const data = event.type === 'run.result' ? shortResult(event.data as RunResult) : (event.data as object);
  const parsed = serverMessageSchema.safeParse({ type: event.type, ...data });
  return parsed.success ? parsed.data : null;
}
