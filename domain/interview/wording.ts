/** Choosing words: the same conversation always gets the same ones, and one reply does not sound like the last. */

/** 32-bit FNV-1a (Fowler, Noll, Vo): small, and the same on every machine. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  // FNV's low bits are weak for near-equal keys; this final mixing is MurmurHash3's.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export function fill(template: string, slots: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '');
}

export const normalise = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Picks by `key`, passing over wordings that `said` (normalised) already contains while others are left. */
export function pick<T>(choices: readonly T[], key: string, said = '', textOf: (choice: T) => string = String): T {
  const fresh = choices.filter((choice) => !wasSaid(textOf(choice), said));
  const from = fresh.length > 0 ? fresh : choices;
  return from[hashOf(key) % from.length]!;
}

/** Content words of a topic, cut so that "drawing" and "draw", "snails" and "snail" are one. */
export function stemsOf(topic: string): string[] {
  return normalise(topic)
    .split(' ')
    .filter((word) => word.length > 2 && !SMALL_WORDS.has(word))
    .map((word) => word.replace(/(?:ings?|ers?|es|s|ed|y|ies)$/, '').slice(0, STEM_CHARS))
    .filter(Boolean);
}
/** Whether two names mean the same thing, as far as their words tell. */
export function sameTopic(one: string, other: string): boolean {
  const stems = new Set(stemsOf(one));
  return stemsOf(other).some((stem) => stems.has(stem));
}
const STEM_CHARS = 6;
const SMALL_WORDS = new Set('the and for with your our his her their all old new own play playing make making learn learning read reading watch watching about some very more big little good doing like into from collecting building build'.split(' '));

/** Whether all fixed parts of a template occur in `said`, in their order. */
function wasSaid(template: string, said: string): boolean {
  const padded = ` ${said} `;
  let from = 0;
  for (const part of template.split(/\{\w+\}/).map(normalise).filter(Boolean)) {
    const at = padded.indexOf(` ${part} `, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

/** The name to address somebody by: the first word, if it reads like a name. */
export function firstNameOf(personName: string): string {
  const first = personName.trim().split(/[\s,]+/u)[0] ?? '';
  return /^\p{L}[\p{L}\p{M}'’.-]{0,29}$/u.test(first) ? first : '';
}

/** "a, b and c" */
export function listOf(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
