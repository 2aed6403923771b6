/** Where interests lie in recordings and how they are grouped. Pure. */
import { CATEGORIES } from '#domain/interests/categories.ts';
import type { Interest } from '#domain/interests/interest.ts';
import type { ProfileInterest } from '#domain/interests/ports.ts';

/** A part of a recording; `toMs` is exclusive. */
export interface PlayRange {
  fromMs: number;
  toMs: number;
}
export interface Evidence {
  itemId: string;
  quote: string;
  startMs: number;
  endMs: number;
}

/** Exactly the part where it was said; null when that does not lie in the recording of `lengthMs`. */
export function playableRange({ startMs, endMs }: Pick<Evidence, 'startMs' | 'endMs'>, lengthMs: number): PlayRange | null {
  const toMs = Math.min(endMs, lengthMs);
  return toMs > startMs ? { fromMs: startMs, toMs } : null;
}

/** True: both are there and the same part. */
export function isSameRange(one: PlayRange | null, other: PlayRange | null): boolean {
  return one !== null && other !== null && one.fromMs === other.fromMs && one.toMs === other.toMs;
}

/** The places besides the one an interest is quoted with, in the order they were said. */
export function otherMentions(interest: Interest): Evidence[] {
  return interest.mentions
    .filter(({ itemId, startMs, endMs }) => itemId !== interest.itemId || startMs !== interest.startMs || endMs !== interest.endMs)
    .toSorted((one, other) => one.startMs - other.startMs);
}

/** The element of a transcript item, as the target of links within the review. */
export function itemAnchor(itemId: string): string {
  return `said-${itemId}`;
}

/** The review of a session at the moment something was said. `play`: to be heard at once, where the browser allows it. */
export function momentLink(sessionId: string, startMs: number, { play = false } = {}): string {
  return `/sessions/${encodeURIComponent(sessionId)}?at=${startMs}${play ? '&play=1' : ''}`;
}

/** The moment an address asks for, in ms; null when there is none or it is no time. */
export function momentFrom(at: string | string[] | undefined): number | null {
  return typeof at === 'string' && /^\d{1,9}$/.test(at) ? Number(at) : null;
}

export interface InterestGroup {
  category: string;
  interests: ProfileInterest[];
}

/**
 * By category, in the taxonomy's order, unknown categories last. Within one: what the person confirmed first, then the
 * surer ones.
 */
export function groupByCategory(interests: readonly ProfileInterest[]): InterestGroup[] {
  const groups = new Map<string, ProfileInterest[]>();
  for (const interest of interests) groups.set(interest.category, [...(groups.get(interest.category) ?? []), interest]);
  const rank = (category: string) => {
    const at = CATEGORIES.findIndex(({ id }) => id === category);
    return at >= 0 ? at : CATEGORIES.length;
  };
  return [...groups]
    .map(([category, members]) => ({ category, interests: members.toSorted(firmestFirst) }))
    .toSorted((one, other) => rank(one.category) - rank(other.category) || one.category.localeCompare(other.category));
}

function firmestFirst(one: ProfileInterest, other: ProfileInterest): number {
  const confirmed = Number(other.status === 'confirmed') - Number(one.status === 'confirmed');
  return confirmed || other.confidence - one.confidence || one.topic.localeCompare(other.topic);
}
