/** What time, doubt and conditions make of an attitude: given up, taken up again, missed, lukewarm. */
import type { Sentiment } from '../interest.ts';
import { findTopics } from '../taxonomy.ts';
import type { Stance } from './attitudes.ts';
import { ACTIVITIES } from './lexicon.ts';
import type { State, Where } from './state.ts';
import type { Word } from './tokens.ts';

/** Less than certain about what follows. */
const MAYBE = /^(?:maybe|perhaps|possibly|odd|occasional)$/;
const HEDGED = /^[^,]*\b(?:maybe|perhaps)$|^(?:[a-z']+ ){0,2}(?:maybe|perhaps|possibly)\b|\b(?:i guess|i might|might|not sure|okay|all right|alright|so so|now and then|once in a while|now and again|every so often|from time to time|depends|not bad|quite okay|tolerable|could be worse|i can take it or leave it|take or leave|meh|don't mind)\b/;
const STILL = /\bstill (?:do|am|love|like|enjoy|draw|play|sing|dance|read|make|collect|go|have|is|are|write|cook|swim|climb|paint|ride|keep|build|the same|today|my)\b|\bi still\b|\bhasn't changed\b|\bto this day\b|\beven (?:today|now)\b|\buntil today\b|\bnever stopped\b/;
export const UNSURE_AFTER = /^(?:(?:but|and|though|although|or|,) )*(?:i guess$|i'm not sure|i am not sure|not sure|i don't know if|maybe not|i'm not certain|who knows|it depends|depends|only (?:when|if)|it has its moments|i haven't decided|i miss it|i might start|i might go back|i don't know yet)/;
export const ONLY_IF = /^(?:and |but )?(?:only (?:when|if|because)|as long as|so long as|provided|unless|when there's nothing|if there's nothing|if i'm (?:bored|forced)|when i'm bored)/;
const NO_MORE = /\b(?:any ?more|anymore|any longer|not now|stopped|gave (?:it |them )?up|given (?:it )?up|no longer|quit|until|till|sold|not since|these days i don't|don't now|i don't|haven't (?:since|touched|played|done)|dropped|now i (?:dread|hate|don't|can't)|now it's|lost interest|grew out|now i|too old|got bored|couldn't do it)\b/;
export const AGAIN = /\b(?:only paused|just paused|taking a break|having a break|signed up (?:again|for)|gone back|went back|going back|taken (?:it )?up again|starting again in|started again|start again in|taken it up again|took it up again|back at it|back to it|going again|picked it up again|i'm back|again now|re-enrolled|re-joined|rejoined|first lesson again|(?:do|play|go|doing|playing|started|lessons?) (?:it |them )?again|next (?:month|week|year|term) i (?:go on|start|carry on|continue)|(?:last|this) (?:autumn|spring|summer|winter|year|month|week) i (?:joined|started|signed up|took)|now i(?:'m| am) (?:back|there)|picking it up|got it out again|dusted (?:it|them) off)\b/;
export const STILL_MISSED = /\b(?:thinking (?:of|about) (?:starting|going back|taking it up|picking it up)|would love to (?:start|go back|play)|i'd love to start|miss it|miss them|might start again|might go back|might take it up|might yet|one day again|maybe again|would like to start again|never say never|go back to (?:it|that|them)? ?like a shot|like a shot|hoping to (?:get back|go back|start|return)|have (?:it|the [a-z]+) back|still dream|a shame|a pity|such a loss|one of these days|if i could|come back|wish i hadn't|bring myself to|regret it|miss (?:very much|the))\b/;

/** Doubt is in the clause itself; an "okay" that opens it is none. */
export function isHedged(text: string): boolean {
  return HEDGED.test(text.replace(/^(?:(?:okay|alright|all right|right|so|well|yeah|oh|,) )+/, ''));
}
/** What is said next about the same thing: up to where the speaker turns to another. */
function followingOf(state: State, at: number): string {
  const own = new Set(topicsIn(state, at));
  let text = '';
  for (let next = at + 1; next <= at + 4 && next < state.clauses.length; next++) {
    const { subject, link } = state.clauses[next]!;
    const turns = own.size > 0 && !/\bstill\b/.test(state.clauses[next]!.text) && subject === 'self' && !/^(?:when|because|until|if|since|unless)$/.test(link) && topicsIn(state, next).some((topic) => !own.has(topic));
    if (turns) break;
    text += `${state.clauses[next]!.text} `;
  }
  return text.slice(0, 240);
}
function topicsIn(state: State, at: number): string[] {
  return findTopics(state.clauses[at]!.words.map(({ w }) => w)).map(({ topic }) => topic.name);
}

/** What the attitude comes to, or null where it says nothing about today. */
export function sentimentOf(state: State, at: number, stance: Stance): Sentiment | null {
  const clause = state.clauses[at]!;
  const same = (index: number): string => (state.clauses[index] ? state.clauses[index]!.text : '');
  const rest = `${clause.text} ${followingOf(state, at)}`;
  if (stance === 'past') {
    if (AGAIN.test(rest) && !/\bhoping to\b/.test(rest)) return 'positive';
    if (STILL_MISSED.test(rest)) return 'mixed';
    // "… and I still do diving" is about something else.
    const about = [1, 2, 3, 4].map((step) => state.clauses[at + step]).filter((next) => next && findTopics(next.words.map(({ w }) => w)).every(({ start, end }) => end - start === 1 && ACTIVITIES.has(next.words[start]!.w)));
    if (STILL.test(`${clause.text} ; ${about.map((next) => next!.text).join(' ; ').slice(0, 240)}`)) return 'positive';
    if (NO_MORE.test(rest) || state.question.kind === 'stopped') return 'negative';
    return null;
  }
  if (stance === 'stopped') {
    if (AGAIN.test(rest) && !/\bhoping to\b/.test(rest)) return 'positive';
    return STILL_MISSED.test(rest) ? 'mixed' : 'negative';
  }
  if (stance === 'dislike') return 'negative';
  if (stance === 'weak') return 'mixed';
  if (isHedged(clause.text) && !/\b(?:love|adore|passion)\b/.test(clause.text)) return 'mixed';
  if (state.clauses[at + 1]?.link !== undefined && (UNSURE_AFTER.test(same(at + 1)) || ONLY_IF.test(same(at + 1)) || (same(at + 1).startsWith('when there') && stance === 'do'))) return 'mixed';
  if (at > 0 && /\bi guess$/.test(same(at - 1)) && state.clauses[at - 1]!.sentence === clause.sentence) return 'mixed';
  if (ONLY_IF.test(clause.text) || (at > 0 && ONLY_IF.test(same(at - 1)) && state.clauses[at - 1]!.sentence === clause.sentence)) return 'mixed';
  return 'positive';
}
/** "programming and maybe web design": only the second is in doubt. */
export function localHedge(where: Where, words: readonly Word[], from: number, start: number): Where {
  return where.sentiment === 'positive' && words.slice(Math.max(from, start - 3), start).some(({ w }) => MAYBE.test(w)) ? { ...where, sentiment: 'mixed' } : where;
}
