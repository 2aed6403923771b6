/** One transition in the making: a private copy of the state, and the effects so far. */
import { UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';
import type { ServerMessage } from '../stream/protocol.ts';
import type { Effect, LiveState } from './live-state.ts';
import type { EventRecord, ItemRecord } from './ports.ts';

/** The uplink clock stands still when no audio came for this long: longer than anybody waits for an answer. */
const CLOCK_STANDS_MS = 5_000;
/** An overlap of two things the interviewer said is rounding below this, and a clock that stood still above it. */
const ROUNDING_SAMPLES = UPLINK_SAMPLE_RATE_HZ;

export class TransitionDraft {
  readonly state: LiveState;
  readonly effects: Effect[] = [];
  readonly nowMs: number;

  constructor(before: LiveState, nowMs: number) {
    this.state = structuredClone(before);
    this.nowMs = nowMs;
  }

  send(message: ServerMessage): void {
    this.effects.push({ do: 'send', message });
  }

  record(items: ItemRecord[], events: EventRecord[]): void {
    this.effects.push({ do: 'record', ...(items.length > 0 ? { items } : {}), ...(events.length > 0 ? { events } : {}) });
  }

  writeItem(item: ItemRecord): void {
    this.state.placedThroughSample = Math.max(this.state.placedThroughSample, item.endSample);
    this.record([item], [{ type: 'transcript.final', sample: item.startSample, data: item }]);
    this.send({ type: 'transcript.final', ...item });
  }

  /**
   * Where on the uplink clock something at `uplinkSample` lies. While no audio flows (a typed conversation) that clock
   * stands still, so things line up behind what is already there.
   */
  place(uplinkSample: number, behind: number): number {
    const flowing = this.state.heardThroughSample > 0 && this.nowMs - this.state.lastAudioAtMs < CLOCK_STANDS_MS;
    const overlap = behind - uplinkSample;
    return Math.max(0, flowing && overlap > ROUNDING_SAMPLES ? uplinkSample : Math.max(uplinkSample, behind));
  }

  /** Behind the last item, by one sample so that the order is plain. */
  nextPlace(): number {
    return this.state.placedThroughSample + 1;
  }
}
