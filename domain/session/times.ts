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

/** A length in few letters, `40 s`, `4 min 20 s`, `1 h 5 min`; from ten minutes on without seconds. Rounded as the title's length is, but nothing that is there is called nothing. */
export function shortLength(ms: number): string {
  const seconds = ms > 0 ? Math.max(1, Math.round(ms / 1000)) : 0;
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 600) return [`${Math.floor(seconds / 60)} min`, seconds % 60 > 0 && `${seconds % 60} s`].filter(Boolean).join(' ');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return [`${Math.floor(minutes / 60)} h`, minutes % 60 > 0 && `${minutes % 60} min`].filter(Boolean).join(' ');
}
