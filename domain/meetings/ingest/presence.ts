/** Whether a meeting's stream is there, and what follows when it is not. Pure: time comes with every event. */
import type { Away, GapReason } from './ports.ts';

/** A stream that stays away for longer does not come back: the meeting ends (SPOOL_STREAM_GRACE_SECONDS). */
export const GRACE_MS = 5 * 60_000;

export type Presence =
  | { is: 'awaited' }
  /** `after`: what was before, as an earlier process wrote it down. */
  | { is: 'here'; after?: GapReason }
  /** `graceFromMs`: when the time to come back began to run. */
  | ({ is: 'away'; graceFromMs: number } & Away)
  /** No sender is let in any more; what has arrived is still taken in. */
  | { is: 'ending' };

export type PresenceEvent =
  | { type: 'came' }
  /** `atMs`: when the last of it arrived. */
  | { type: 'went'; atMs: number; nowMs: number; reason: GapReason }
  /** `takenIn`: all that arrived is in the session. */
  | { type: 'tick'; nowMs: number; graceMs: number; takenIn: boolean }
  | { type: 'endRequested' };

export type PresenceEffect = { do: 'setAway'; away: Away | null } | { do: 'requestEnd' } | { do: 'cut' };

export function presenceTransition(state: Presence, event: PresenceEvent): { state: Presence; effects: PresenceEffect[] } {
  if (state.is === 'ending') return { state, effects: event.type === 'came' ? [{ do: 'cut' }] : [] };
  switch (event.type) {
    case 'came':
      return { state: { is: 'here' }, effects: state.is === 'here' ? [] : [{ do: 'setAway', away: null }] };
    case 'went':
      if (state.is === 'away') return { state, effects: [] };
      return { state: { is: 'away', sinceMs: event.atMs, graceFromMs: event.nowMs, reason: event.reason }, effects: [{ do: 'setAway', away: { sinceMs: event.atMs, reason: event.reason } }] };
    case 'tick':
      // What has arrived is taken in first: a session that is over takes nothing.
      if (state.is !== 'away' || !event.takenIn || event.nowMs - state.graceFromMs < event.graceMs) return { state, effects: [] };
      return { state: { is: 'ending' }, effects: [{ do: 'requestEnd' }] };
    case 'endRequested':
      return { state: { is: 'ending' }, effects: [{ do: 'cut' }] };
    default:
      return event satisfies never;
  }
}

/** Why nothing came in between, for the gap before the stream that has come now. */
export function gapReasonOf(state: Presence): GapReason {
  return (state.is === 'away' ? state.reason : state.is === 'here' ? state.after : null) ?? 'stream_away';
}
