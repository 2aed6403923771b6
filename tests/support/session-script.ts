/** Tests tell a conversation as a script: what happens, at which moment, and what the session did about it. */
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { msToSamples } from '#domain/stream/audio-format.ts';
import type { EventRecord, ItemRecord } from '#domain/session/ports.ts';
import { type Effect, type LiveState, type SessionInput, deadlineMs, initialState } from '#domain/session/live-state.ts';
import { transition } from '#domain/session/session-state.ts';
import type { SessionKind } from '#domain/session/session.ts';

type MessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

export class SessionScript {
  state: LiveState;
  nowMs = 1_000_000;
  effects: Effect[] = [];
  /** Samples sent so far, as the microphone's clock counts them. */
  sample = 0;

  constructor(kind: SessionKind = 'onboarding', overrides: Partial<LiveState> = {}) {
    this.state = initialState(kind, this.nowMs, overrides);
  }

  /** Something happens now; answers what the session does at once. */
  happens(event: SessionInput): Effect[] {
    const step = transition(this.state, { ...event, nowMs: this.nowMs });
    this.state = step.state;
    this.effects.push(...step.effects);
    return step.effects;
  }

  /** Time passes without audio; due ticks come. */
  waits(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (let due = deadlineMs(this.state, this.nowMs); due !== null && due <= untilMs; due = deadlineMs(this.state, this.nowMs)) {
      this.nowMs = due;
      this.happens({ type: 'tick' });
    }
    this.nowMs = untilMs;
  }

  /** `ms` of microphone audio without anything new in it. */
  listens(ms: number): void {
    for (let left = ms; left > 0; left -= 32) {
      this.waits(Math.min(32, left));
      this.sample += msToSamples(Math.min(32, left));
      this.happens({ type: 'listened', throughSample: this.sample });
    }
  }

  joins(): this {
    this.happens({ type: 'joined', downlinkRateHz: 16_000 });
    return this;
  }

  /** The person begins to speak. @returns the item under way */
  begins(): string {
    this.happens({ type: 'speech.started', sample: this.sample, segmentStart: this.sample });
    const { user } = this.state;
    if (user.is !== 'talking') throw new Error('Nobody is talking.');
    return user.item.itemId;
  }

  /** Silence of `silentMs` is noticed after the words; their text comes when asked for. */
  pauses(text: string | null, silentMs = 160): number {
    const endSample = this.sample;
    this.listens(silentMs);
    const asked = this.happens({ type: 'speech.paused', endSample }).find((effect) => effect.do === 'transcribe');
    if (text !== null && asked) this.happens({ type: 'transcribed', itemId: asked.itemId, endSample, final: false, text });
    return endSample;
  }

  /** A whole utterance of `ms`, then silence until the turn is over or `silenceMs` have passed. */
  says(text: string, { ms = 1_500, silenceMs = 700 } = {}): void {
    this.begins();
    this.listens(ms);
    this.pauses(text);
    this.listens(silenceMs - 160);
  }

  /** The interviewer answers with sound: `ms` of it, handed over at once. */
  answers(text: string, ms = 2_000, { complete = true, closes = false } = {}): number {
    const utterance = this.state.agent?.number;
    if (utterance === undefined) throw new Error('Nobody asked the interviewer.');
    this.happens({ type: 'reply.text', utterance, text });
    this.happens({ type: 'reply.audio', utterance, samples: msToSamples(ms), uplinkSample: this.sample });
    if (complete) this.happens({ type: 'reply.complete', utterance, closes });
    return utterance;
  }

  /** The player reports `ms` of the utterance under way as heard. */
  hears(ms: number): void {
    const utterance = this.state.agent?.number ?? 0;
    this.happens({ type: 'playback', utterance, playedSamples: msToSamples(ms), uplinkSample: this.sample });
  }

  did<T extends Effect['do']>(what: T): Extract<Effect, { do: T }>[] {
    return this.effects.filter((effect): effect is Extract<Effect, { do: T }> => effect.do === what);
  }

  sent<T extends ServerMessage['type']>(type: T): MessageOf<T>[] {
    return this.did('send').flatMap(({ message }) => (message.type === type ? [message as MessageOf<T>] : []));
  }

  recorded(): { items: ItemRecord[]; events: EventRecord[] } {
    const records = this.did('record');
    return { items: records.flatMap((record) => record.items ?? []), events: records.flatMap((record) => record.events ?? []) };
  }

  /** Forgets what was done so far, to look at what follows alone. */
  fresh(): void {
    this.effects = [];
  }
}
