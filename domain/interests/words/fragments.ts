/** Fragments, read by what was asked: "Chess.", "Geography, because of volcanoes", "now it's climbing", "apart from darts". */
import type { Sentiment } from '../interest.ts';
import { isAfterthought, looksLikeName } from './claimable.ts';
import type { Clause } from './clauses.ts';
import { isHedged, localHedge, ONLY_IF, sentimentOf, STILL_MISSED, UNSURE_AFTER } from './doubt.ts';
import { COPULAS, NEGATIONS } from './grammar.ts';
import { ENDING, GENERIC, HABITS, LEADING, PAST, PEOPLE } from './lexicon.ts';
import { onlyTime } from './objects.ts';
import { nameTopic, phrasesFrom, splitRun } from './phrases.ts';
import { add, isOpening, textFrom } from './state.ts';
import type { Found, State, Where } from './state.ts';
import type { Cue } from './stance.ts';
import { retract } from './taking-back.ts';
import type { Word } from './tokens.ts';

const BARE_OPENERS = /^(?:and|so|then|also|yes|yeah|yep|oh|or|okay|plus|mostly|mainly|especially|particularly|now|anyway|maybe|no|nope|because|sure|right|well|still|of|too|definitely|usually|often|sometimes|hi|hello|wow|ooh|honestly|at|home|um|for|me|erm|today|lately|always|loads|probably|that's|god|either|both)$/;
/** Words a fragment cannot begin with: it would be about where, when and how, or a sentence whose subject is missing. */
const NOT_BARE =
  /^(?:in|at|on|with|for|from|to|by|every|after|before|went|was|is|had|got|saw|did|could|can|would|will|have|has|nothing|everybody|somebody|people|thanks|thank|said|put|leave|look|worth|please|never|ever|dunno|unless|very|good|fine|rough|tired|haven't|don't|didn't|been|just|as|than|come|came|let|give|tell|ask|wait|hold|stop|next|same|less|lovely|nice|whatever|anything|what|when|where)$/;
/** After "it's" these describe something rather than name it. */
const NOT_MEANT = /^(?:a|an|my|your|his|her|their|about|for|because|not|so|too|what|how|where|when|that)$/;
const IT_IS = /^(?:these days |nowadays |now |mostly |mainly )*(?:which is|which are|it's|it is|that's|is|was|there's|there is|it was|it has to be|it would be|that would be|it must be|it's got to be|it'd be|has to be|would be|it's been|it has been|mine is|mine's|mine are) (?:mostly |mainly |always |all |more |just |about |only |probably |now |been |definitely |either |got to be |the odd )*/;

/** One clause without a way of speaking, and what its readers need to know. */
interface Fragment {
  state: State;
  at: number;
  clause: Clause;
  /** The first word behind "and", "oh", "yes". */
  from: number;
  rest: string;
  /** The text of the next clause. */
  following: string;
  previous: Found | undefined;
  /** It goes on where the clause before stopped. */
  continues: boolean;
  claim: (start: number, sentiment: Sentiment, onlyListed: boolean) => number;
}
/** True when the fragment is dealt with. */
type Reader = (fragment: Fragment) => boolean;

export function readFragment(state: State, at: number): void {
  const clause = state.clauses[at]!;
  const { words } = clause;
  let from = 0;
  while (from < words.length && BARE_OPENERS.test(words[from]!.w) && !(words[from]!.w === "that's" && from === 0)) from++;
  // "not much, a bit of gardening".
  const little = /^(?:not (?:much|a lot|really|that much)|nothing (?:much|special|really))\b/.exec(textFrom(clause, from))?.[0];
  if (little && words[from + countWords(little)]?.gap === ',') from += countWords(little);
  if (from >= words.length) return;
  const following = state.clauses[at + 1]?.text ?? '';
  const hedged = isHedged(clause.text) || UNSURE_AFTER.test(following) || ONLY_IF.test(following) || /^if (?:it's|there's|it (?!w)|the|we|i'm) ?/.test(following);
  const previous = state.found.at(-1);
  const continues = previous !== undefined && previous.clause >= at - 1 && (previous.sentiment === state.mood || state.clauses[at - 1]!.sentence === clause.sentence);
  const claim: Fragment['claim'] = (start, sentiment, onlyListed) => bareList(state, { at, stance: 'bare', sentiment: hedged && sentiment === 'positive' ? 'mixed' : sentiment }, start, onlyListed);
  const fragment: Fragment = { state, at, clause, from, rest: textFrom(clause, from), following, previous, continues, claim };
  READERS.some((read) => read(fragment));
}

/** "Not so much films as the theatre", "apart from darts", "anything but history". */
const readContrast: Reader = ({ state, at, from, rest, previous, claim }) => {
  const rather = /^not (?:so much |as much )?(?:[a-z']+ ){1,5}(?:as|but) (?=[a-z])/.exec(rest);
  if (rather && state.mood === 'positive') return claim(from + countWords(rather[0]), 'positive', true) >= 0;
  const except = /^(?:apart from|except for|except|other than|anything but|all but|but not|not)\b/.exec(rest)?.[0];
  if (!except) return false;
  const start = from + countWords(except);
  if (except === 'anything but') claim(start, 'negative', false);
  else if (except === 'not' || except === 'but not') notThis(state, at, start);
  else if (previous || state.mood) claim(start, (previous?.sentiment ?? state.mood) === 'negative' ? 'positive' : 'negative', true);
  return true;
};
/** "No festivals for me", "biology yes", "baking neither", "music, no". */
const readVerdict: Reader = ({ state, at, clause, from, rest, following, previous, claim }) => {
  const { words } = clause;
  if (/^never again$/.test(rest)) {
    for (const named of state.last.slice(-1)) add(state, { at, stance: 'stopped', sentiment: 'negative' }, named, 0, words.length);
    return true;
  }
  const refused = words[from - 1]?.w === 'no' && words[from]!.gap === '';
  if (refused) {
    // A plain "no instrument" says that it is not done, and nothing against it.
    if (/ (?:for me|either|any more|anymore)$/.test(rest)) claim(from, 'negative', true);
    return true;
  }
  const verdict = /^[a-z' ,]{2,30}? (yes|no|nope|yeah|nah|yes please|no thanks|god no|hell no|god yes)$/.exec(rest)?.[1];
  if (verdict && !/^(?:no|yes)\b| (?:for|at|of|in|with|say|said|says) (?:yes|no)$/.test(rest)) {
    bareList(state, { at, stance: 'like', sentiment: /^(?:y|god y)/.test(verdict) ? 'positive' : 'negative' }, from, true);
    return true;
  }
  const neither = / (?:neither|either)$/.test(clause.text) && (previous?.sentiment === 'negative' || words.length < 4);
  const next = state.clauses[at + 1];
  const denied = state.mood === 'positive' && /^no\b/.test(following) && next!.sentence === clause.sentence && !next!.repair && words.length - from < 4;
  if (neither || denied) claim(from, 'negative', true);
  return neither || denied;
};
/** "Judo until I was sixteen", and what is named first when asked for the past. */
const readPast: Reader = ({ state, at, clause, from, rest, following }) => {
  if (/^until (?:i|we|my|last|the)\b/.test(following) && state.mood === 'positive') {
    bareList(state, { at, stance: 'past', sentiment: STILL_MISSED.test(state.text.toLowerCase()) ? 'mixed' : 'negative' }, from, true);
    return true;
  }
  if (/^used to\b/.test(rest) && clause.words.length - from <= 2) {
    state.mood = 'negative';
    return true;
  }
  if ((state.question.kind !== 'past' && state.question.kind !== 'stopped') || !isOpening(state, at)) return false;
  const sentiment = sentimentOf(state, at, 'past');
  if (sentiment) bareList(state, { at, stance: 'past', sentiment }, from, state.question.kind === 'past');
  return true;
};
/** "Now it's climbing": what took the place of something is liked; "it's the park run" says what was meant before. */
const readItIs: Reader = ({ state, at, clause, previous, claim }) => {
  if (/^(?:and |but |because )?(?:it's|it is|that's) like\b/.test(clause.text)) return true;
  const text = clause.text.replace(/^(?:(?:and|but|so|because|well|,) )+/, '');
  const itIs = IT_IS.exec(text);
  if (!itIs || clause.link === 'if' || clause.link === 'when') return false;
  const start = clause.words.length - countWords(text.slice(itIs[0].length));
  const first = clause.words[start]?.w ?? '';
  if (state.expects) {
    claim(start, state.expects, true);
    state.expects = null;
  } else if (!NOT_MEANT.test(first) && (first !== 'the' || isOpening(state, at)) && (state.mood !== null || previous || /\bnow\b/.test(clause.text))) {
    const turned = /\b(?:now|instead|these days|since|been)\b/.test(clause.text) || previous?.sentiment === 'negative' || clause.link === 'but';
    claim(start, state.mood === 'negative' && !turned ? 'negative' : 'positive', !clause.repair);
  }
  return true;
};
/** Names in a row, taken as the question and the clause before mean them. */
const readNames: Reader = ({ state, at, clause, from: opened, rest, previous, continues, claim }) => {
  const { words } = clause;
  if ((/^(?:then )?work\b/.test(rest) && state.mood === 'positive') || (state.mood === null && !continues)) return true;
  if (state.question.topic && countWords(rest) <= 5 && /\b(?:less|more|than|sometimes|always|still)\b/.test(rest)) return true;
  let from = opened;
  let mood: Sentiment = continues && previous && previous.sentiment !== 'mixed' ? previous.sentiment : (state.mood ?? 'positive');
  if (words[from]!.w === 'but' || clause.link === 'but') {
    if (words[from]!.w === 'but') from++;
    while (/^(?:no|yes|yeah|then|also|now)$/.test(words[from]?.w ?? '')) from++;
    if (previous?.sentiment === 'negative') mood = 'positive';
    if (words[from]?.w === 'not') notThis(state, at, from + 1);
    if (/^(?:not|only)$/.test(words[from]?.w ?? '')) return true;
  }
  const cause = /^because of (?:the )?/.exec(clause.text)?.[0];
  if (cause && state.mood === 'positive') return claim(countWords(cause), 'positive', true) >= 0;
  if (clause.subject !== 'none' || /^(?:because|when|if|who|which|while|until|unless)$/.test(clause.link) || from >= words.length) return true;
  const opens = isOpening(state, at);
  if (!opens && !continues && !clause.repair && firstBreak(words, from) > 6 && clause.link !== 'but') return true;
  if (!NOT_BARE.test(words[from]!.w) || /^to [a-z]+ /.test(rest)) claim(from, mood, !(opens || clause.repair));
  else if (/^(?:with|at|in|on) (?:my |the )?[a-z']+(?: [a-z]+)?$/.test(rest) && state.mood === 'positive') claim(from + 1, mood, true);
  return true;
};
const READERS: readonly Reader[] = [readContrast, readVerdict, readPast, readItIs, readNames];

function countWords(text: string): number {
  return text.split(' ').filter((word) => word && word !== ',').length;
}
/** How many words until the first pause. */
function firstBreak(words: readonly Word[], from: number): number {
  for (let at = from + 1; at < words.length; at++) if (words[at]!.gap !== '') return at - from;
  return words.length - from;
}
/** The names in a row from here on, as one attitude means them; how many were claimed. */
function bareList(state: State, where: Where, from: number, onlyListed: boolean, to = Infinity): number {
  const clause = to === Infinity ? state.clauses[where.at]! : { ...state.clauses[where.at]!, words: state.clauses[where.at]!.words.slice(0, to) };
  let count = 0;
  for (const phrase of phrasesFrom(clause.words, from).flatMap((one) => splitRun(clause.words, one))) {
    const words = clause.words.slice(phrase.start, phrase.end).map(({ w }) => w);
    const next = clause.words[phrase.end];
    // "my knee hurts", "the lift is broken": a subject with its verb is not a bare phrase.
    if (next && next.gap === '' && /^(?:is|are|was|were|has|had|have|can|will|would|does|did|don't|doesn't|isn't|said|says|won|makes|gets|hurts)$/.test(next.w) && state.question.kind !== 'proud') return count;
    if (phrase.refers) continue;
    const named = nameTopic(words);
    if (where.sentiment === 'positive' && (words.every((w) => HABITS.has(w)) || named?.topic.split(' ').every((w) => HABITS.has(w)))) continue;
    if (words[0] === 'sleep' || words.join(' ') === 'listen to radio' || words.includes('radio') && words[0] === 'listen') continue;
    if (named && !named.known && (/^(?:my|the|this)$/.test(clause.words[phrase.start - 1]?.w ?? '') || words.slice(1).some((w) => PAST.has(w) && !/^(?:read|cut|set|built)$/.test(w)) || /^(?:older|bigger|more|better)$/.test(words[0]!) || PAST.has(words[0]!))) continue;
    if (!named || (PEOPLE.has(words[0]!) && words.length === 1 && !(named.listed && state.question.kind === 'work'))) {
      if (phrase.first && words.every((w) => GENERIC.has(w) || LEADING.has(w))) return count;
      continue;
    }
    if (/^(?:friends|family|work|school|talking|sleep|home life)$/.test(named.topic) && words.length < 2 && where.sentiment === 'positive' && !phrase.first) continue;
    if (!named.known && (!looksLikeName(words) || (!phrase.first && where.stance === 'past'))) continue;
    if (!named.listed && !phrase.first && isAfterthought(clause.words, phrase.start, named)) continue;
    if (named.ordinary && onlyListed && where.sentiment === 'positive' && phrase.first) continue;
    if (!named.known && (onlyListed || !phrase.first || words.length > 5 || words.some((w) => ENDING.has(w) && !/^(?:how|why|what|to)$/.test(w)) || !/^[\p{L}-]/u.test(words[0]!))) {
      if (!(phrase.first === false && !onlyListed && words.length <= 3 && words.every((w) => !ENDING.has(w) && !GENERIC.has(w)))) continue;
    }
    if (onlyListed && !named.listed && words.length > 4) continue;
    add(state, localHedge(where, clause.words, from, phrase.start), named, from, phrase.end);
    count++;
  }
  return count;
}
/** A fragment in front of a way of speaking ("swimming I'm scared of deep water"), unless that is about it ("maps I love"). */
export function readFront(state: State, at: number, cue: Cue): void {
  const clause = state.clauses[at]!;
  const end = cue.subject;
  if (onlyTime(clause.words, cue.end) || /^(?:after|when|because|at|in|last|for|since|before|with|during|it|them)$/.test(clause.words[cue.end]?.w ?? '')) return;
  let from = 0;
  while (from < end && BARE_OPENERS.test(clause.words[from]!.w)) from++;
  if (from >= end || NOT_BARE.test(clause.words[from]!.w) || clause.words.slice(from, end).some(({ w }) => COPULAS.has(w) || NEGATIONS.has(w))) return;
  bareList(state, { at, stance: 'bare', sentiment: state.mood! }, from, true, end);
}
/** "not horror films": takes back what was claimed; on its own in answer to a question about likes it is a dislike. */
function notThis(state: State, at: number, start: number): void {
  const clause = state.clauses[at]!;
  for (const phrase of phrasesFrom(clause.words, start).slice(0, 1)) {
    const named = nameTopic(clause.words.slice(phrase.start, phrase.end).map(({ w }) => w));
    if (!named) return;
    const claimed = state.found.findIndex((one) => one.named.topic === named.topic);
    if (claimed >= 0 && state.found[claimed]!.sentiment === 'positive') {
      state.found.splice(claimed, 1);
      retract(state, named.topic, clause);
    } else if (state.known.includes(named.topic) || clause.repair) retract(state, named.topic, clause);
    else if (named.listed && state.mood === 'positive' && (isOpening(state, at) || /\balso not\b/.test(clause.text)) && textFrom(clause, start).split(' ').length <= 3 && !state.question.topic && !/^i said|^i mean/.test(state.clauses[at + 1]?.text ?? '') && !/^(?:homework|school|work)$/.test(named.topic)) {
      bareList(state, { at, stance: 'dislike', sentiment: 'negative' }, start, true, phrase.end);
      if (clause.words[phrase.end]?.gap === ',') bareList(state, { at, stance: 'bare', sentiment: 'positive' }, phrase.end, true);
    }
  }
}
