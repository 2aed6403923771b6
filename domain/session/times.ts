/** Times of a recording as people read them. */

/** `4:07` or `1:02:09`; a time before the beginning is the beginning. */
export function clockTime(ms: number): string {
  const { hours, minutes, seconds } = timeParts(ms);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}

/** Whole ones; what is less than a second is left out. */
export function timeParts(ms: number): { hours: number; minutes: number; seconds: number } {
  const all = Math.max(0, Math.floor(ms / 1000));
  return { hours: Math.floor(all / 3_600), minutes: Math.floor(all / 60) % 60, seconds: all % 60 };
}

/** `7` as `07`. */
export function pad(value: number): string {
  return String(value).padStart(2, '0');
}
