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

/** Chores and the day's round: done because they come up. */
const CHORES = new Set(['laundry', 'ironing', 'washing up', 'chores', 'cleaning', 'vacuuming', 'hoovering', 'tidying', 'tidying up', 'paperwork', 'homework', 'dishes', 'food shopping', 'driving lessons', 'housework', 'social media', 'sleep', 'series', 'work', 'school', 'home life', 'talking', 'family', 'coffee', 'tea']);
/** Verbs that say nothing of what is done. */
const LIGHT = /^(?:do|go|have|take|give|get|make|tell|meet|visit|look|sit|try|hang|help|run|teach|pick|walk|use|study|learn|be|count|work|turn|sort|i'm|in|at|on)$/;

/** `words` are the phrase as spoken, `first` says whether it opens its list. */
export function isClaimable(named: NamedTopic, where: Where, words: readonly string[], first: boolean): boolean {
  const { stance, listedOnly, opens } = where;
  if (listedOnly && (!named.known || (named.ordinary && !opens))) return false;
  // "I'm a pretty average person"
  if (listedOnly && stance === 'like' && /^(?:pretty|very|bit)$/.test(words[0]!)) return false;
  if (!named.known && (stance === 'weak' || !looksLikeName(words))) return false;
  if (/\bother\b/.test(named.topic)) return false;
  if (stance === 'do') return isDoneByChoice(named, words, first);
  if (stance === 'wish') return !NO_INTEREST_IN_WISH.test(words.join(' '));
  if (named.known) return true;
  const own = named.topic.split(' ');
  return own.length <= (first ? 5 : 3) && !own.some((w) => ENDING.has(w) && !ACTIVITIES.has(w) && !/^(?:how|why|what)$/.test(w)) && !/^(?:you|your|me|telling|saying|asking|answering)\b/.test(named.topic);
}
/** Something done tells of an interest if it is more than a chore, and somebody's name does not make it theirs. */
function isDoneByChoice(named: NamedTopic, words: readonly string[], first: boolean): boolean {
  const verb = words[0]!;
  if (CHORES.has(named.topic) || words.every((w) => HABITS.has(w) || DROPPED_VERBS.has(w) || LEADING.has(w))) return false;
  if (words.some((w) => w.endsWith("'s") && PEOPLE.has(w.slice(0, -2)))) return false;
  if (named.ordinary && words.length > 1 && LIGHT.test(verb)) return false;
  if (named.listed) return true;
  if (!first || /^(?:read|watch)/.test(verb)) return false;
  return named.known || (MAKING.test(verb) && !LIGHT.test(verb) && !/^(?:in|on|at|with|for|from|to)$/.test(words[1] ?? '') && named.topic.split(' ').length <= 4);
}
