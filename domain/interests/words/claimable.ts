/** Which phrases may be claimed at all. */
import { ADVERBS } from './grammar.ts';
import { COMMON } from './common.ts';
import { ACTIVITIES, DROPPED_VERBS, ENDING, GENERIC, HABITS, LEADING, PEOPLE } from './lexicon.ts';
import { isManner } from './patterns.ts';
import type { NamedTopic } from './phrases.ts';
import type { Where } from './state.ts';
import type { Word } from './tokens.ts';

const NO_INTEREST_IN_WISH = /\b(?:stop|end|skip|repeat|leave|go home|answer|question|questions|interview|finish|say|ask|know if|tell you|talk about (?:that|it|this|work)|be honest|rich|alone)\b/;
const MAKING = /^(?:collect|build|make|breed|restore|repair|record|grow|carve|translate|knit|sew|paint|draw|photograph|bake|brew|fix|rescue|raise|train|research|study|teach|design|print|write|play)/;

/** A phrase the taxonomy knows nothing of has to look like a name: short, and none of the words one says all day. */
export function looksLikeName(words: readonly string[]): boolean {
  const content = words.filter((w) => !LEADING.has(w) && !/^(?:the|a|an|of|my|to|in|with|doing|playing|going)$/.test(w));
  return content.length > 0 && content.length <= 3 && content.every((w) => !COMMON.has(w) && !GENERIC.has(w) && !PEOPLE.has(w) && !ADVERBS.has(w) && !isManner(w) && !/\d|'/.test(w));
}
/** "…, my hip", "…, small flowers": what comes behind a comma without "and" explains rather than goes on, unless it has a name. */
export function isAfterthought(words: readonly Word[], start: number, named: NamedTopic): boolean {
  let at = start - 1;
  while (at > 0 && LEADING.has(words[at]!.w) && words[at + 1]!.gap === '' && !/^(?:and|or|plus)$/.test(words[at]!.w)) at--;
  if (/^(?:and|or|plus|&|nor)$/.test(words[at]!.w)) return false;
  return !named.listed || /^(?:the|my|a|an|his|her|our)$/.test(words[start - 1]!.w);
}

export function isClaimable(named: NamedTopic, { stance, listedOnly, opens }: Where, words: readonly string[], first: boolean): boolean {
  if (listedOnly && (!named.known || (named.ordinary && !opens))) return false;
  if (named.ordinary && stance === 'do' && words.length > 1 && /^(?:go|have|do|look|get|sit|be|give|run|count|visit|help|hang|work|turn|sort|walk|tell|meet|i'm|i am|in|at|on)/.test(words[0]!) ) return false;
  if (!named.known && stance === 'weak') return false;
  if (stance === 'do' && words.some((w) => w.endsWith("'s") && PEOPLE.has(w.slice(0, -2)))) return false;
  if (!named.known && (!looksLikeName(words) || (stance === 'do' && !MAKING.test(words[0]!)))) return false;
  if (stance === 'do' && !named.listed && /^(?:read|watch)/.test(words[0]!)) return false;
  if (stance === 'do' && /^(?:laundry|ironing|washing up|chores|cleaning|hoovering|vacuuming|tidying|tidying up|paperwork|homework|dishes|food shopping|driving lessons)$/.test(named.topic)) return false;
  if (stance === 'like' && listedOnly && /^(?:pretty|very|bit)\b/.test(words[0]!)) return false;
  const own = named.topic.split(' ');
  if (stance === 'do') {
    if (words.every((w) => HABITS.has(w) || DROPPED_VERBS.has(w) || LEADING.has(w)) || /^(?:housework|social media|sleep|series|work|school|home life|homework|talking|family|coffee|tea)$/.test(named.topic)) return false;
    if (!first) return named.listed;
    if (/^(?:in|on|at|with|for|from|to)$/.test(words[1] ?? '') && !named.known) return false;
    const verb = words[0]!;
    const light = /^(?:do|go|have|take|give|get|make|tell|meet|visit|look|sit|try|hang|help|run|teach|pick|walk|use|study|learn)$/.test(verb);
    return named.known || (!light && own.length <= 4 && (ACTIVITIES.has(verb) || /(?:ed|t|en|ng|wn)$/.test(verb)));
  }
  if (stance === 'wish') return !NO_INTEREST_IN_WISH.test(words.join(' ')) && !/\bother\b/.test(named.topic);
  if (named.known) return !/\bother\b/.test(named.topic);
  if (stance === 'dislike' && /^(?:scared|afraid|terrified|tired|sick)/.test(words.join(' '))) return false;
  if ((!first && own.length > 3) || /\bother\b/.test(named.topic)) return false;
  return own.length <= 5 && !own.some((w) => ENDING.has(w) && !ACTIVITIES.has(w) && !/^(?:how|why|what)$/.test(w)) && !/^(?:you|your|me|telling|saying|asking|answering)\b/.test(named.topic);
}
