/** Times of a recording as people read them. */

/** `4:07` or `1:02:09`. */
export function clockTime(ms: number): string {
  const { hours, minutes, seconds } = timeParts(ms);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}

export function timeParts(ms: number): { hours: number; minutes: number; seconds: number } {
  return { hours: Math.floor(ms / 3_600_000), minutes: Math.floor(ms / 60_000) % 60, seconds: Math.floor(ms / 1000) % 60 };
}

export function pad(value: number): string {
  return String(value).padStart(2, '0');
}
