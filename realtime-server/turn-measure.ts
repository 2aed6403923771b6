/** How long an answer took, part by part: from the end of a person's speech to the first audio of the reply. */
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { ArrivalTimes } from './arrival-times.ts';

export type TurnMetrics = Omit<Extract<ServerMessage, { type: 'turn.metrics' }>, 'type'>;

export class TurnMeasure {
  readonly arrivals = new ArrivalTimes();
  #turn: { turn: number; utterance: number; endSample: number; deadlineSample: number; decidedAtMs: number } | null = null;

  /** The turn was taken to be over at `decidedAtMs` (monotonic); `utterance` answers it. */
  ended(turn: { turn: number; utterance: number; endSample: number; deadlineSample: number }, decidedAtMs: number): void {
    this.#turn = { ...turn, decidedAtMs };
  }

  /** On the first samples of `utterance`: the figures of the turn it answers, once. */
  answered(utterance: number, firstTextAtMs: number | null, nowMs: number): TurnMetrics | null {
    const turn = this.#turn;
    if (!turn || turn.utterance !== utterance) return null;
    this.#turn = null;
    const { decidedAtMs } = turn;
    const endedAtMs = this.arrivals.of(turn.endSample) ?? decidedAtMs;
    const silentAtMs = Math.min(decidedAtMs, this.arrivals.of(turn.deadlineSample) ?? decidedAtMs);
    const textAtMs = firstTextAtMs ?? nowMs;
    const round = (ms: number) => Math.max(0, Math.round(ms * 10) / 10);
    return {
      turn: turn.turn,
      endpointMs: round(silentAtMs - endedAtMs),
      sttMs: round(decidedAtMs - silentAtMs),
      llmFirstTokenMs: round(textAtMs - decidedAtMs),
      ttsFirstByteMs: round(nowMs - textAtMs),
      totalMs: round(nowMs - endedAtMs),
    };
  }
}
