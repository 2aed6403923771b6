/**
 * The tracks of a recording, rendered window by window so that a range of hours-long audio costs only that range:
 *   user   what the person sent, sample for sample
 *   agent  the interviewer's speech where it was played on the uplink clock, silence between
 *   mix    the sum of both, clipped to 16 bits. Where only one speaks it equals that one's track exactly; a headroom of
 *          3 dB would make everybody quieter for the rare moment in which two loud voices overlap.
 */
import { z } from 'zod';
import type { SessionEvent } from './session.ts';

export const RECORDING_TRACKS = ['user', 'agent', 'mix'] as const;
export type RecordingTrack = (typeof RECORDING_TRACKS)[number];

/** The event that says which stretch of an utterance was played. Its `sample` is where, on the uplink clock. */
const AGENT_PLAYED = 'agent.played';
const agentPlayedSchema = z.object({
  utterance: z.int().min(0),
  /** First sample of the stretch within the utterance, at 16 kHz. */
  fromSample: z.int().min(0),
  samples: z.int().min(0),
});

/** A stretch of an utterance and where it lies on the uplink clock. */
export interface Placement extends z.infer<typeof agentPlayedSchema> {
  atSample: number;
}

/** The placements in a session's event log, by where they begin. Events of other types or shapes place nothing. */
export function planTracks(events: readonly SessionEvent[]): Placement[] {
  return events
    .filter((event) => event.type === AGENT_PLAYED && event.sample !== undefined)
    .flatMap((event): Placement[] => {
      const played = agentPlayedSchema.safeParse(event.data);
      return played.success ? [{ ...played.data, atSample: event.sample as number }] : [];
    })
    .sort((a, b) => a.atSample - b.atSample)
    .map((placement, index, all) => {
      // Two stretches overlap only where the uplink clock stood still: the earlier gives way.
      const roomSamples = (all[index + 1]?.atSample ?? Infinity) - placement.atSample;
      return { ...placement, samples: Math.min(placement.samples, roomSamples) };
    });
}

/** Number of samples of a track: exactly what was sent for `user`; for the others until the last word was played. */
export function trackLength(track: RecordingTrack, userLength: number, placements: readonly Placement[]): number {
  if (track === 'user') return userLength;
  return placements.reduce((end, placement) => Math.max(end, placement.atSample + placement.samples), userLength);
}

export interface RenderRequest {
  track: RecordingTrack;
  /** Number of samples the person sent. */
  userLength: number;
  placements: readonly Placement[];
  /** Samples [fromSample, toSample) of what the person sent. */
  readUser(fromSample: number, toSample: number): Promise<Int16Array>;
  /** A whole utterance at 16 kHz; null when it was never stored. */
  readUtterance(utterance: number): Promise<Int16Array | null>;
  fromSample: number;
  toSample: number;
}

/** Samples [fromSample, toSample) of a track, shorter at its end. What cannot be read is silence: positions never move. */
export async function renderTrack(request: RenderRequest): Promise<Int16Array> {
  const { track, userLength, placements, fromSample } = request;
  const toSample = Math.min(request.toSample, trackLength(track, userLength, placements));
  const window = new Int16Array(Math.max(0, toSample - fromSample));
  if (track !== 'agent' && fromSample < userLength && window.length > 0) {
    window.set(await request.readUser(fromSample, Math.min(toSample, userLength)));
  }
  if (track === 'user') return window;

  const utterances = new Map<number, Int16Array | null>();
  for (const { utterance, fromSample: within, samples, atSample } of placements) {
    const begin = Math.max(fromSample, atSample);
    const end = Math.min(toSample, atSample + samples);
    if (begin >= end) continue;
    if (!utterances.has(utterance)) utterances.set(utterance, await request.readUtterance(utterance));
    const speech = utterances.get(utterance)?.subarray(within + begin - atSample, within + end - atSample);
    if (speech) addClipped(window, begin - fromSample, speech);
  }
  return window;
}

function addClipped(target: Int16Array, offset: number, speech: Int16Array): void {
  for (const [index, value] of speech.entries()) {
    const sum = (target[offset + index] ?? 0) + value;
    target[offset + index] = Math.max(-32_768, Math.min(32_767, sum));
  }
}
