/** Tells speech into a microphone from a quiet room, by loudness alone: enough to say "we hear you" before a session. */

/** Loud for this long in all within WINDOW_MS, so that a click or a knock does not count: two syllables of "Hello Spool". */
const ENOUGH_MS = 250;
const WINDOW_MS = 2_000;
/** Loudness that counts when the room is silent; the level display's 0…1 spans 48 dB, so this is -43 dBFS, soft speech. */
const LEAST_LEVEL = 0.35;
/** Speech stands out of the room's own noise by at least 10 dB. */
const ABOVE_ROOM = 10 / 48;

export interface VoiceCheck {
  /** One reading per animation frame; true from the moment speech was heard. */
  hear(level: number, atMs: number): boolean;
}

/** A check that starts from scratch. */
export function createVoiceCheck(): VoiceCheck {
  let room: number | null = null;
  let lastMs: number | null = null;
  let loud: { atMs: number; lengthMs: number }[] = [];
  let heard = false;
  return {
    hear(level, atMs) {
      const lengthMs = lastMs === null ? 0 : Math.min(100, atMs - lastMs);
      lastMs = atMs;
      // The room is the quietest that was heard; it rises slowly so that a fan switched on is learned too.
      room = room === null ? level : Math.min(level, room + 0.02 * (lengthMs / 1000));
      if (level >= Math.max(LEAST_LEVEL, room + ABOVE_ROOM)) loud.push({ atMs, lengthMs });
      loud = loud.filter((reading) => atMs - reading.atMs <= WINDOW_MS);
      heard ||= loud.reduce((sum, reading) => sum + reading.lengthMs, 0) >= ENOUGH_MS;
      return heard;
    },
  };
}
