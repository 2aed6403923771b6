/** Reads one answer clause by clause and keeps what a later clause may need: what was spoken of, what may be taken back. */
import type { Sentiment } from '../interest.ts';
import { findTopic, findTopics, isOrdinary } from '../taxonomy.ts';
import { splitClauses } from './clauses.ts';
import type { Clause } from './clauses.ts';
import type { Stance } from './attitudes.ts';
import { copulaFrom, findCues } from './stance.ts';
import type { Cue } from './stance.ts';
import type { Word } from './tokens.ts';
import { isSuspended, suspensions } from './suspended.ts';
import { ACTIVITIES, DROPPED_VERBS, ENDING, GENERIC, HABITS, LEADING, PAST, PEOPLE } from './lexicon.ts';
import { nameTopic, phrasesFrom, splitRun, WEAK_TOPICS } from './phrases.ts';
import type { NamedTopic } from './phrases.ts';
import { COMMON } from './common.ts';
import { ADVERBS, COPULAS, NEGATIONS } from './grammar.ts';
import { isManner } from './patterns.ts';
import { readQuestion } from './questions.ts';
import type { Question } from './questions.ts';
import { tokenise } from './tokens.ts';

export interface Found {
  named: NamedTopic;
  sentiment: Sentiment;
  /** `bare`: a topic without a verb, liked because the question asked for it. */
  stance: Stance | 'bare';
  confidence: number;
  /** Offsets in the answer. */
  from: number;
  to: number;
  /** Joined to the clause before by "but", "and", "although". */
  sameBreath: boolean;
  clause: number;
}
export interface Reading {
  found: Found[];
  retracted: { topic: string; from: number; to: number }[];
}

/** From one mention. A wish or liking in so many words is rarely wrong; a bare noun phrase may be anything. */
const CONFIDENCE: Record<Stance | 'bare', number> = { like: 0.9, wish: 0.85, do: 0.7, weak: 0.6, dislike: 0.88, stopped: 0.85, past: 0.75, skill: 0.5, bare: 0.65 };

interface State {
  text: string;
  question: Question;
  clauses: Clause[];
  found: Found[];
  retracted: Reading['retracted'];
  /** What was spoken of last, for "it" and "them". */
  last: NamedTopic[];
  /** How a bare phrase is meant after what was said so far. */
  mood: Sentiment | null;
  known: string[];
  /** An attitude whose object has not been named yet: "it's …" may follow. */
  expects: Sentiment | null;
  /** The first word of the clause after the last phrase read. */
  readTo: number;
}

export function readAnswer(text: string, question: string, knownTopics: readonly string[]): Reading {
  const words = tokenise(text);
  const clauses = splitClauses(words);
  const state: State = { text, question: readQuestion(question), clauses, found: [], retracted: [], last: [], mood: null, known: [...knownTopics], readTo: 0, expects: null };
  state.mood = moodOf(state.question);
  if (state.question.topic) state.last = [state.question.topic];
  const suspended = suspensions(clauses);
  for (let at = 0; at < clauses.length; at++) readClause(state, at, suspended);
  answerToQuestion(state);
  return { found: state.found, retracted: state.retracted };
}
function moodOf({ kind }: Question): Sentiment | null {
  if (kind === 'dislike' || kind === 'stopped') return 'negative';
  if (kind === 'liking' || kind === 'doing' || kind === 'proud' || kind === 'work' || kind === 'free') return 'positive';
  return null;
}

const TAKES_OUT =
  /\b(?:take|leave|cross|strike|scratch|cut|remove|delete|erase) (?:out )?(?:the |my |that |this |off )?([a-z' ]{2,40}?)(?: back)?(?: (?:out|off|from|again)\b|$)|\bforget (?:about |what i said about |the |that i (?:said|mentioned) )([a-z' ]{2,40})$|\bi (?:did not|didn't|never) (?:say|mean)(?: that)? (?:i (?:like|love|enjoy|play) )?([a-z' ]{2,40})$|\bi (?:don't|do not) (?:actually |really )?(?:like|love|enjoy|play|do) ([a-z' ]{2,30}) after all$|\b([a-z' ]{2,30}) (?:isn't|is not|aren't|was not|wasn't) (?:really )?(?:it|right|true|what i (?:said|meant))(?: either)?$/;
const NO_INTEREST_IN_WISH = /\b(?:stop|end|skip|repeat|leave|go home|answer|question|questions|interview|finish|say|ask|know if|tell you|talk about (?:that|it|this|work)|be honest|rich|alone)\b/;
/** Less than certain about what follows. */
const MAYBE = /^(?:maybe|perhaps|possibly|odd|occasional)$/;
const HEDGED = /\b(?:maybe|perhaps)$|^(?:[a-z']+ ){0,2}(?:maybe|perhaps|possibly)\b|\b(?:i guess|i might|might|not sure|okay|all right|alright|so so|now and then|once in a while|now and again|every so often|from time to time|depends|not bad|quite okay|tolerable|could be worse|i can take it or leave it|take or leave|meh|don't mind)\b/;
const STILL = /\bstill (?:do|am|love|like|enjoy|draw|play|sing|dance|read|make|collect|go|have|is|are|write|cook|swim|climb|paint|ride|keep|build|the same|today|my)\b|\bi still\b|\bhasn't changed\b|\bto this day\b|\beven (?:today|now)\b|\buntil today\b|\bnever stopped\b/;
const UNSURE_AFTER = /^(?:(?:but|and|though|although|or|,) )*(?:i guess$|i'm not sure|i am not sure|not sure|i don't know if|maybe not|i'm not certain|who knows|it depends|depends|only (?:when|if)|it has its moments|i haven't decided|i miss it|i might start|i might go back|i don't know yet)/;
const ONLY_IF = /^(?:and |but )?(?:only (?:when|if|because)|as long as|so long as|provided|unless|when there's nothing|if there's nothing|if i'm (?:bored|forced)|when i'm bored)/;
const NO_MORE = /\b(?:any ?more|anymore|any longer|not now|stopped|gave (?:it |them )?up|given (?:it )?up|no longer|quit|until|till|sold|not since|these days i don't|don't now|i don't|haven't (?:since|touched|played|done)|dropped|now i (?:dread|hate|don't|can't)|now it's|lost interest|grew out|now i|too old|got bored|couldn't do it)\b/;
const AGAIN = /\b(?:only paused|just paused|taking a break|having a break|signed up (?:again|for)|gone back|went back|going back|taken (?:it )?up again|starting again in|started again|start again in|taken it up again|took it up again|back at it|back to it|going again|picked it up again|i'm back|again now|re-enrolled|re-joined|rejoined|first lesson again|(?:do|play|go|doing|playing|started|lessons?) (?:it |them )?again|next (?:month|week|year|term) i (?:go on|start|carry on|continue)|(?:last|this) (?:autumn|spring|summer|winter|year|month|week) i (?:joined|started|signed up|took)|now i(?:'m| am) (?:back|there)|picking it up|got it out again|dusted (?:it|them) off)\b/;
const STILL_MISSED = /\b(?:thinking (?:of|about) (?:starting|going back|taking it up|picking it up)|would love to (?:start|go back|play)|i'd love to start|miss it|miss them|might start again|might go back|might take it up|might yet|one day again|maybe again|would like to start again|never say never|go back to (?:it|that|them)? ?like a shot|like a shot|hoping to (?:get back|go back|start|return)|have (?:it|the [a-z]+) back|still dream|a shame|a pity|such a loss|one of these days|if i could|come back|wish i hadn't|bring myself to|regret it|miss (?:very much|the))\b/;

function readClause(state: State, at: number, suspended: ReturnType<typeof suspensions>): void {
  const clause = state.clauses[at]!;
  if (clause.words.length === 0) {
    takeBackLast(state);
    return;
  }
  if (isSuspended(suspended, at, 'order', 'asked', 'sarcasm', 'quoted')) return;
  if (isSuspended(suspended, at, 'supposed', 'other')) {
    remember(state, clause);
    return;
  }
  if (takesOut(state, clause)) return;
  const obliged = isSuspended(suspended, at, 'must');
  if (readEcho(state, at)) return;
  const count = state.found.length;
  const cues = findCues(clause, state.clauses[at - 1], state.question.kind);
  if (clause.repair && (cues.length === 0 || cues[0]!.stance === 'like' || cues[0]!.stance === 'do')) repairLast(state, clause, cues.length === 0);
  let consumed = 0;
  // "nurse or midwife, something with babies": the answer stands in front of the rest.
  const lead = cues[0];
  if (lead && lead.subject > 0 && lead.place !== 'before' && lead.place !== 'inside' && !lead.cleft && clause.subject === 'none' && state.mood && !obliged) readFront(state, at, lead.subject);
  if (state.question.kind === 'stopped' && AGAIN.test(clause.text)) state.mood = 'positive';
  for (const cue of cues) if (cue.start >= consumed && !(cue.stance === 'dislike' && /^(?:when|if|until)$/.test(clause.link))) consumed = Math.max(consumed, applyCue(state, at, cue, obliged, consumed));
  if (cues.length === 0 && !obliged && !readCleft(state, at)) readBare(state, at);
  if (state.found.length === count) remember(state, clause);
  else state.last = state.found.slice(count).map(({ named }) => named);
}

interface Where {
  at: number;
  stance: Stance | 'bare';
  sentiment: Sentiment;
  confidence?: number;
  listedOnly?: boolean;
}

/** "What I'm really working at is book binding": whatever the verb, it is named for being the speaker's. */
function readCleft(state: State, at: number): boolean {
  const clause = state.clauses[at]!;
  const head = /^(?:(?:and|but|so|because|well|,) )*(?:what|the (?:only |one |other |main |first )?(?:thing|one|part|bit|subject|lesson|sport)(?: that)?|something|[a-z]+ i do what i want which) (?:i|i'm|i've|i'd|we|is) /.exec(clause.text);
  if (!head || state.mood === null) return false;
  const copula = copulaFrom(clause.words, head[0].trim().split(' ').length - (head[0].endsWith('is ') ? 1 : 0));
  if (copula < 0 || clause.words.slice(0, copula).some(({ w }) => NEGATIONS.has(w) || w === 'was')) return false;
  return claimPhrases(state, { at, stance: 'like', sentiment: 'positive' }, copula + 1, clause.words.length) > 0;
}

/** "My sister loves it, and so do I", "they all like it but I don't". */
function readEcho(state: State, at: number): boolean {
  const { text, words } = state.clauses[at]!;
  if (/^(?:and |but )?i'd (?:sooner|rather)(?: (?:eat|die|stick|chew|pull|swallow|have (?:a|my) (?:tooth|teeth))\b|$)/.test(text)) {
    for (const named of state.last.slice(-1)) add(state, { at, stance: 'dislike', sentiment: 'negative' }, named, 0, words.length);
    return true;
  }
  const echo = /^(?:(?:and|but|well|whereas|while|,) )*(?:(so do i|so am i|me too|same here|i do too|i do as well|i like (?:all of )?(?:it|that|them) too)|(i don't|i do not|not me|i can't|i never did|i'm not|me neither|neither do i))$/.exec(text);
  if (!echo || at === 0 || state.last.length === 0) return false;
  const before = state.clauses[at - 1]!;
  if (before.subject === 'self' && !/\b(?:like|love|enjoy|into)\b/.test(before.text)) return false;
  for (const named of state.last.slice(-2)) add(state, { at, stance: 'like', sentiment: echo[1] ? 'positive' : 'negative' }, named, 0, words.length);
  return true;
}

const LONG_AGO = /\b(?:when i was (?:a |an |little|young|small|at |in |about |nine|ten|eleven|twelve|six|seven|eight|five|thirteen|fourteen|fifteen|sixteen)|as a (?:child|kid|boy|girl|teenager|student)|back then|back in the day|in my (?:youth|twenties|teens|childhood)|years ago|at school|in primary|growing up)\b/;

/** Claims what the cue is about; returns the first word not yet read. */
function applyCue(state: State, at: number, cue: Cue, obliged: boolean, floor: number): number {
  const clause = state.clauses[at]!;
  if (cue.stance === 'do' && /\bto (?:work|school|the shops?|college|uni|the office)\b/.test(clause.text.slice(clause.starts[cue.start]))) return cue.end;
  if (cue.stance === 'skill' || (cue.stance === 'do' && (obliged || state.question.kind === 'greeting'))) return cue.end;
  const asksPast = state.question.kind === 'past' || state.question.kind === 'stopped';
  const bygone = (cue.stance === 'like' || cue.stance === 'wish') && cue.past && (asksPast || LONG_AGO.test(sentenceAround(state, at)) || /\b(?:years ago|long (?:while|time) ago|haven't been to school since)\b/i.test(state.text.slice(0, 160)));
  if (cue.place === 'before' && cue.past && /^(?:weekend|greeting)$/.test(state.question.kind)) return cue.end;
  const stance = bygone ? 'past' : cue.stance;
  const plain = sentimentOf(state, at, stance);
  // "Oh, I just adore queueing", asked for what one dislikes.
  const sentiment = state.question.kind === 'dislike' && stance === 'like' && /^(?:oh|ah|yes|yeah)\b/.test(clause.text) && isOpening(state, at) ? 'negative' : plain;
  if (!sentiment) {
    remember(state, clause);
    return clause.words.length;
  }
  const where: Where = { at, listedOnly: cue.listedOnly, stance, sentiment: cue.hedged && sentiment === 'positive' ? 'mixed' : sentiment };
  if (cue.place === 'inside') {
    claimPhrases(state, where, cue.gap.start, cue.gap.end);
    return cue.end;
  }
  const copula = cue.cleft ? copulaFrom(clause.words, cue.end) : -1;
  if (cue.place === 'before' && !cue.cleft) {
    claimBefore(state, where, floor, cue.subject);
    return cue.end;
  }
  const from = copula >= 0 ? copula + 1 : cue.place === 'with' ? cue.start : cue.end;
  const count = claimPhrases(state, where, from, clause.words.length);
  // "maps I love", "Spanish I gave up after two weeks": no object follows, so it is what stands in front, or what was spoken of.
  const next = clause.words[cue.end]?.w ?? '';
  const nextLink = state.clauses[at + 1]?.sentence === clause.sentence ? state.clauses[at + 1]!.link : '';
  if (count === 0 && !cue.cleft && stance !== 'do' && !(cue.end >= clause.words.length && clause.words.slice(floor, cue.subject).every(({ w }) => /^(?:and|but|so|because|also|then)$/.test(w)) && /^(?:when|if|that|which|who)$/.test(nextLink)) && (onlyTime(clause.words, cue.end) || (cue.subject > floor && /^(?:after|when|because|at|in|last|for|since|before|with|during)$/.test(next)))) claimBefore(state, where, floor, cue.subject);
  // "I live for Saturday mornings. It's the park run": what it is comes next.
  else if (count === 0 && (cue.cleft || stance === 'like' || stance === 'wish') && cue.end < clause.words.length) {
    if (claimSpan(state, where, cue.end) === 0) state.expects = sentiment;
  }

  return count > 0 ? state.readTo : cue.end;
}
/** "I'd rather be in the garage with my motorbike": the first thing named behind a strong word of liking. */
function claimSpan(state: State, where: Where, from: number): number {
  if (where.stance !== 'like' && where.stance !== 'wish') return 0;
  const { words } = state.clauses[where.at]!;
  const row = words.slice(from).map(({ w }) => w);
  const stop = row.findIndex((w) => /^(?:than|not|because|instead|when|if|but)$/.test(w));
  const span = findTopics(stop < 0 ? row : row.slice(0, stop)).find(({ topic, start, end }) => !WEAK_TOPICS.has(topic.name) && !isOrdinary(row.slice(start, end)));
  if (!span || row.slice(0, span.start).some((w) => PEOPLE.has(w) || w === 'your')) return 0;
  add(state, where, { topic: span.topic.name, category: span.topic.category, listed: true, known: true }, from, from + span.end);
  return 1;
}
/** A fragment in front of a way of speaking ("swimming I'm scared of deep water"), unless that is about it ("maps I love"). */
function readFront(state: State, at: number, end: number): void {
  const clause = state.clauses[at]!;
  const cue = findCues(clause, state.clauses[at - 1], state.question.kind)[0]!;
  if (onlyTime(clause.words, cue.end) || /^(?:after|when|because|at|in|last|for|since|before|with|during|it|them)$/.test(clause.words[cue.end]?.w ?? '')) return;
  let from = 0;
  while (from < end && BARE_OPENERS.test(clause.words[from]!.w)) from++;
  if (from >= end || NOT_BARE.test(clause.words[from]!.w) || clause.words.slice(from, end).some(({ w }) => COPULAS.has(w) || NEGATIONS.has(w))) return;
  bareList(state, { at, stance: 'bare', sentiment: state.mood! }, from, true, end);
}
/** Nothing more is said, or only when and how much. */
function onlyTime(words: readonly Word[], from: number): boolean {
  for (let at = from; at < words.length; at++) if (!/^(?:most|best|a|lot|very|much|too|every|day|week|so|more|than|anything|all|the|time|now|still|again|at|of)$/.test(words[at]!.w)) return false;
  return true;
}
function sentenceAround(state: State, at: number): string {
  const { sentence } = state.clauses[at]!;
  return [at - 1, at, at + 1].map((index) => (state.clauses[index]?.sentence === sentence ? state.clauses[index]!.text : '')).join(' ');
}

function sentimentOf(state: State, at: number, stance: Stance): Sentiment | null {
  const clause = state.clauses[at]!;
  const same = (index: number): string => (state.clauses[index] ? state.clauses[index]!.text : '');
  const following = [1, 2, 3, 4].map((step) => same(at + step)).join(' ; ').slice(0, 240);
  const rest = `${clause.text} ; ${following}`;
  if (stance === 'past') {
    if (AGAIN.test(rest)) return 'positive';
    if (STILL_MISSED.test(rest)) return 'mixed';
    // "… and I still do diving" is about something else.
    const about = [1, 2, 3, 4].map((step) => state.clauses[at + step]).filter((next) => next && findTopics(next.words.map(({ w }) => w)).length === 0);
    if (STILL.test(`${clause.text} ; ${about.map((next) => next!.text).join(' ; ').slice(0, 240)}`)) return 'positive';
    if (NO_MORE.test(rest) || state.question.kind === 'stopped') return 'negative';
    return null;
  }
  if (stance === 'stopped') {
    if (AGAIN.test(rest)) return 'positive';
    return STILL_MISSED.test(rest) ? 'mixed' : 'negative';
  }
  if (stance === 'dislike') return 'negative';
  if (stance === 'weak') return 'mixed';
  if (HEDGED.test(clause.text.replace(/^(?:(?:okay|alright|all right|right|so|well|yeah|oh|,) )+/, '')) && !/\b(?:love|adore|passion)\b/.test(clause.text)) return 'mixed';
  if (state.clauses[at + 1]?.link !== undefined && (UNSURE_AFTER.test(same(at + 1)) || ONLY_IF.test(same(at + 1)) || (same(at + 1).startsWith('when there') && stance === 'do'))) return 'mixed';
  if (at > 0 && /\bi guess$/.test(same(at - 1)) && state.clauses[at - 1]!.sentence === clause.sentence) return 'mixed';
  if (ONLY_IF.test(clause.text) || (at > 0 && ONLY_IF.test(same(at - 1)) && state.clauses[at - 1]!.sentence === clause.sentence)) return 'mixed';
  return 'positive';
}

function claimBefore(state: State, where: Where, floor: number, end: number): void {
  const clause = state.clauses[where.at]!;
  let start = floor;
  while (start < end && /^(?:except|apart|from|only|and|but|so|because|then|also|yes|yeah|no|although|though|while|if|when|i|or|oh|now|which|who)$/.test(clause.words[start]!.w)) start++;
  if (start >= end || /^(?:it|it's|that|that's|they|they're|this|these|those|he|she|i'm|there's|i)$/.test(clause.words[start]!.w)) {
    if (/^(?:there's|he|she)$/.test(clause.words[start]?.w ?? '')) return;
    if (where.listedOnly && start >= end && !/^(?:it|it's|that|that's|they|they're|them)$/.test(clause.words[end]?.w ?? '')) return;
    // "It's the quiet I love."
    if (/^(?:it's|that's)$/.test(clause.words[start]?.w ?? '') && end - start > 1 && claimPhrases(state, where, start + 1, end) > 0) return;
    for (const named of state.last.slice(/^(?:they|they're|these|those)$/.test(clause.words[start]?.w ?? '') ? -3 : -1)) add(state, where, named, 0, clause.words.length);
    return;
  }
  claimPhrases(state, where, start, end);
}

/** How many claims or references were found. */
function claimPhrases(state: State, where: Where, from: number, to: number): number {
  const clause = state.clauses[where.at]!;
  const words = clause.words.slice(0, to);
  if (from >= words.length || words.slice(from).some(({ w }) => w === 'your') || /^(?:everything|anything) (?:that|which)/.test(clause.text.slice(clause.starts[from]))) return 0;
  if (/^(?:it|that)$/.test(words[from]!.w) && /^(?:when|if|that)$/.test(words[from + 1]?.w ?? state.clauses[where.at + 1]?.words[0]?.w ?? '') && where.stance !== 'stopped') {
    const next = state.clauses[where.at + 1];
    const describesIt = state.last.length > 0 && next?.words[0]?.w === 'when' && /\bit\b|\bit's\b/.test(next.text);
    if (!describesIt) return 0;
  }
  let count = 0;
  // "I play it every day": the verb says how, the pronoun what.
  if (where.stance === 'do' && /^(?:it|them|those|that)$/.test(words[from + 1]?.w ?? '')) {
    for (const named of state.last.slice(words[from + 1]!.w === 'it' ? -1 : 0)) add(state, where, named, from, from + 2);
    return 1;
  }
  for (const phrase of phrasesFrom(words, from, where.stance === 'do').flatMap((one) => splitRun(words, one))) {
    state.readTo = phrase.end;
    if (phrase.refers) {
      if (/^(?:him|her)$/.test(words[phrase.start]!.w) && state.last.at(-1)?.category !== 'nature') continue;
      const meant = /^(?:them|those|these|all|both)$/.test(words[phrase.start]!.w) || /^(?:all|both)$/.test(words[phrase.start - 2]?.w ?? '') ? state.last : state.last.slice(-1);
      for (const named of meant) add(state, where, named, from, phrase.end);
      count += 1;
      break;
    }
    const named = nameTopic(words.slice(phrase.start, phrase.end).map(({ w }) => w));
    // "my cousin and his drones", "somebody's shed".
    if (/^(?:his|her|their|your)$/.test(words[phrase.start - 1]?.w ?? '')) continue;
    if (named && !phrase.first && isAfterthought(words, phrase.start, named)) continue;
    if (!named || !isClaimable(named, where, words.slice(phrase.start, phrase.end).map(({ w }) => w), phrase.first)) {
      if (phrase.first && (where.stance === 'do' || where.stance === 'wish')) return count;
      continue;
    }
    add(state, localHedge(where, words, from, phrase.start), named, from, phrase.end);
    count++;
  }
  return count;
}
/** "programming and maybe web design": only the second is in doubt. */
function localHedge(where: Where, words: readonly Word[], from: number, start: number): Where {
  return where.sentiment === 'positive' && words.slice(Math.max(from, start - 3), start).some(({ w }) => MAYBE.test(w)) ? { ...where, sentiment: 'mixed' } : where;
}

/** "…, my hip", "…, small flowers": what comes behind a comma without "and" explains rather than goes on, unless it has a name. */
function isAfterthought(words: readonly Word[], start: number, named: NamedTopic): boolean {
  let at = start - 1;
  while (at > 0 && LEADING.has(words[at]!.w) && words[at + 1]!.gap === '' && !/^(?:and|or|plus)$/.test(words[at]!.w)) at--;
  if (/^(?:and|or|plus|&|nor)$/.test(words[at]!.w)) return false;
  return !named.listed || /^(?:the|my|a|an|his|her|our)$/.test(words[start - 1]!.w);
}
const MAKING = /^(?:collect|build|make|breed|restore|repair|record|grow|carve|translate|knit|sew|paint|draw|photograph|bake|brew|fix|rescue|raise|train|research|study|teach|design|print|write|play)/;
/** A phrase the taxonomy knows nothing of has to look like a name: short, and none of the words one says all day. */
function looksLikeName(words: readonly string[]): boolean {
  const content = words.filter((w) => !LEADING.has(w) && !/^(?:the|a|an|of|my|to|in|with|doing|playing|going)$/.test(w));
  return content.length > 0 && content.length <= 3 && content.every((w) => !COMMON.has(w) && !GENERIC.has(w) && !PEOPLE.has(w) && !ADVERBS.has(w) && !isManner(w) && !/\d|'/.test(w));
}
function isClaimable(named: NamedTopic, { stance, listedOnly }: Where, words: readonly string[], first: boolean): boolean {
  if (listedOnly && (!named.known || named.ordinary)) return false;
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

function add(state: State, where: Where, named: NamedTopic, start: number, end: number): void {
  const clause = state.clauses[where.at]!;
  const range = quoteOf(clause, start, end);
  state.found.push({
    named,
    sentiment: where.sentiment,
    stance: where.stance,
    confidence: (where.confidence ?? CONFIDENCE[where.stance]) * (where.sentiment === 'mixed' ? 0.7 : 1) * (named.known ? 1 : 0.9),
    ...range,
    sameBreath: clause.link === 'but' || clause.link === 'and' || clause.link === 'although' || clause.link === 'though',
    clause: where.at,
  });
}
/** The clause without its link; of a long one only up to the phrase. */
function quoteOf(clause: Clause, start: number, end: number): { from: number; to: number } {
  let first = 0;
  while (first < Math.min(start, clause.words.length - 1) && /^(?:and|but|so|because|then|although|though|while|which)$/.test(clause.words[first]!.w)) first++;
  const last = clause.words.length <= 14 ? clause.words.length : Math.max(end, Math.min(clause.words.length, start + 1));
  return { from: clause.words[first]!.from, to: clause.words[Math.max(first, last - 1)]!.to };
}
const BARE_OPENERS = /^(?:and|so|then|also|yes|yeah|yep|oh|or|okay|plus|mostly|mainly|especially|particularly|now|anyway|maybe|no|nope|because|sure|right|well|still|of|too|definitely|usually|often|sometimes|hi|hello|wow|ooh|honestly|at|home|um|for|me|erm|today|lately|first|always|loads|probably|that's|god|either|both)$/;
/** Words a fragment cannot begin with: it would be about where, when and how, or a sentence whose subject is missing. */
const NOT_BARE =
  /^(?:in|at|on|with|for|from|to|by|every|after|before|went|was|is|had|got|saw|did|could|can|would|will|have|has|nothing|everybody|somebody|people|thanks|thank|said|put|leave|look|worth|please|never|ever|dunno|unless|very|good|fine|rough|tired|haven't|don't|didn't|been|just|as|than|come|came|let|give|tell|ask|wait|hold|stop|next|same|less|lovely|nice|whatever|anything|what|when|where)$/;
const IT_IS = /^(?:these days |nowadays |now |mostly |mainly )*(?:which is|which are|it's|it is|that's|is|was|there's|there is|it was|it has to be|it would be|that would be|it must be|it's got to be|it'd be|has to be|would be|it's been|it has been|mine is|mine's|mine are) (?:mostly |mainly |always |all |more |just |about |only |probably |now |been |definitely |either |got to be |the odd )*/;

/** A clause without a way of speaking: "Chess.", "Geography, because of volcanoes", "now it's climbing", "apart from darts". */
function readBare(state: State, at: number): void {
  const clause = state.clauses[at]!;
  const { words } = clause;
  let from = 0;
  while (from < words.length && BARE_OPENERS.test(words[from]!.w) && !(words[from]!.w === "that's" && from === 0)) from++;
  if (from >= words.length) return;
  const first = words[from]!.w;
  const rest = textFrom(clause, from);
  // "No instrument.": not done, and nothing said against it.
  const none = words[from - 1]?.w === 'no' && words[from]!.gap === '';
  const following = state.clauses[at + 1]?.text ?? '';
  const hedged = HEDGED.test(clause.text.replace(/^(?:(?:okay|alright|all right|right|so|well|yeah|oh|,) )+/, '')) || UNSURE_AFTER.test(following) || ONLY_IF.test(following) || /^if (?:it's|there's|it (?!w)|the|we|i'm) ?/.test(following);
  const claim = (start: number, sentiment: Sentiment, onlyListed: boolean): number => bareList(state, { at, stance: 'bare', sentiment: hedged && sentiment === 'positive' ? 'mixed' : sentiment }, start, onlyListed);
  const previous = state.found.at(-1);

  // "Not so much films as the theatre."
  const rather = /^not (?:so much |as much )?(?:[a-z']+ ){1,5}(?:as|but) (?=[a-z])/.exec(rest);
  if (rather && state.mood === 'positive') {
    claim(from + rather[0].trim().split(' ').length, 'positive', true);
    return;
  }
  const except = /^(?:apart from|except for|except|other than|anything but|all but|but not|not)\b/.exec(rest);
  if (except) {
    const start = from + except[0].split(' ').length;
    if (except[0] === 'anything but') claim(start, 'negative', false);
    else if (except[0] === 'not' || except[0] === 'but not') notThis(state, at, start);
    else if (!previous && state.mood) claim(start, state.mood === 'negative' ? 'positive' : 'negative', true);
    else if (previous) claim(start, previous.sentiment === 'negative' ? 'positive' : 'negative', true);
    return;
  }
  if (/^never again$/.test(rest)) {
    for (const named of state.last.slice(-1)) add(state, { at, stance: 'stopped', sentiment: 'negative' }, named, 0, words.length);
    return;
  }
  // "no festivals for me", "music, no": a topic with its verdict.
  if (/\bno$/.test(textFrom(clause, 0).slice(0, clause.starts[from]).trim()) && / (?:for me|either|any more|anymore)$/.test(rest)) {
    claim(from, 'negative', true);
    return;
  }
  if (none) return;
  const verdict = /^[a-z' ,]{2,30}? (yes|no|nope|yeah|nah|yes please|no thanks|god no|hell no|god yes)$/.exec(rest);
  if (verdict && !/^(?:no|yes)\b| (?:for|at|of|in|with|say|said|says) (?:yes|no)$/.test(rest)) {
    bareList(state, { at, stance: 'like', sentiment: /^(?:y|god y)/.test(verdict[1]!) ? 'positive' : 'negative' }, from, true);
    return;
  }
  // "Judo until I was sixteen."
  if (/^until (?:i|we|my|last|the)\b/.test(following) && state.mood === 'positive') {
    bareList(state, { at, stance: 'past', sentiment: STILL_MISSED.test(state.text.toLowerCase()) ? 'mixed' : 'negative' }, from, true);
    return;
  }
  const asksPast = state.question.kind === 'past' || state.question.kind === 'stopped';
  if (asksPast && isOpening(state, at)) {
    const sentiment = sentimentOf(state, at, 'past');
    if (sentiment) bareList(state, { at, stance: 'past', sentiment }, from, state.question.kind === 'past');
    return;
  }
  if (/ (?:neither|either)$/.test(clause.text) && (previous?.sentiment === 'negative' || words.length < 4)) {
    claim(from, 'negative', true);
    return;
  }
  if (/^(?:then )?work\b/.test(rest) && state.mood === 'positive') return;
  if (state.mood === 'positive' && /^no\b/.test(following) && state.clauses[at + 1]!.sentence === clause.sentence && !state.clauses[at + 1]!.repair && words.length - from < 4) {
    claim(from, 'negative', true);
    return;
  }
  if (/^used to\b/.test(rest) && words.length - from <= 2) {
    state.mood = 'negative';
    return;
  }
  if (state.question.topic && rest.split(' ').length <= 5 && /\b(?:less|more|than|sometimes|always|still)\b/.test(rest)) return;
  const continues = previous !== undefined && previous.clause >= at - 1 && (previous.sentiment === state.mood || state.clauses[at - 1]!.sentence === clause.sentence);
  // "Now it's climbing": what took the place of something is liked.
  const cleft = IT_IS.exec(textFrom(clause, 0).replace(/^(?:(?:and|but|so|because|well|,) )+/, ''));
  if (/^(?:and |but |because )?(?:it's|it is|that's) like\b/.test(clause.text)) return;
  if (cleft && clause.link !== 'if' && clause.link !== 'when') {
    const start = words.length - textFrom(clause, 0).replace(/^(?:(?:and|but|so|because|well|,) )+/, '').slice(cleft[0].length).split(' ').filter((w) => w !== ',').length;
    const opensWithArticle = /^(?:a|an|my|your|his|her|their|about|for|because|not|so|too|what|how|where|when|that)$/.test(words[start]?.w ?? '') || (words[start]?.w === 'the' && !isOpening(state, at));
    if (state.expects) {
      claim(start, state.expects, true);
      state.expects = null;
    } else if (!opensWithArticle && (state.mood !== null || previous)) {
      const turned = /\b(?:now|instead|these days|since|been)\b/.test(clause.text) || previous?.sentiment === 'negative' || clause.link === 'but';
      claim(start, state.mood === 'negative' && !turned ? 'negative' : 'positive', !clause.repair);
    }
    return;
  }
  if (state.mood === null && !continues) return;
  let mood: Sentiment = continues && previous.sentiment !== 'mixed' ? previous.sentiment : (state.mood ?? 'positive');
  if (first === 'but' || clause.link === 'but') {
    if (first === 'but') from++;
    while (/^(?:no|yes|yeah|then|also|now)$/.test(words[from]?.w ?? '')) from++;
    if (previous?.sentiment === 'negative') mood = 'positive';
    if (/^(?:not|only)$/.test(words[from]?.w ?? '')) {
      if (words[from]!.w === 'not') notThis(state, at, from + 1);
      return;
    }
  }
  const cause = /^because of (?:the )?/.exec(clause.text);
  if (cause && state.mood === 'positive') {
    claim(cause[0].trim().split(' ').length, 'positive', true);
    return;
  }
  if (clause.subject !== 'none' || /^(?:because|when|if|who|which|while|until|unless)$/.test(clause.link) || from >= words.length) return;
  const opens = isOpening(state, at);
  if (!opens && !continues && !clause.repair && firstBreak(words, from) > 6 && clause.link !== 'but') return;
  if (NOT_BARE.test(words[from]!.w) && !/^to [a-z]+ /.test(rest)) {
    if (/^(?:with|at|in|on) (?:my |the )?[a-z']+(?: [a-z]+)?$/.test(rest) && state.mood === 'positive') claim(from + 1, mood, true);
    return;
  }
  claim(from, mood, !(opens || clause.repair));
}
/** How many words until the first pause. */
function firstBreak(words: readonly Word[], from: number): number {
  for (let at = from + 1; at < words.length; at++) if (words[at]!.gap !== '') return at - from;
  return words.length - from;
}
function textFrom(clause: Clause, from: number): string {
  return clause.text.slice(clause.starts[from] ?? clause.text.length);
}
/** Nothing but yes, no and the like was said before. */
function isOpening(state: State, at: number): boolean {
  for (let before = 0; before < at; before++) {
    const words = state.clauses[before]!.words.filter(({ w }) => !/^(?:yes|yeah|yep|no|nope|oh|okay|so|and|well|hello|hi|thanks|sure|maybe|easy|good|question|definitely|that's|a|let|me|see|hmm|right|look|nah|of|course)$/.test(w));
    if (words.length > 0) return false;
  }
  return true;
}
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
    if (named && named.topic.split(' ').every((w) => HABITS.has(w) || w === 'amateur') && where.sentiment === 'positive') continue;
    if (words[0] === 'sleep' || words.join(' ') === 'listen to radio' || words.includes('radio') && words[0] === 'listen') continue;
    if (named && !named.known && (/^(?:my|the|this)$/.test(clause.words[phrase.start - 1]?.w ?? '') || words.slice(1).some((w) => PAST.has(w) && !/^(?:read|cut|set|built)$/.test(w)) || /^(?:older|bigger|more|better)$/.test(words[0]!) || PAST.has(words[0]!))) continue;
    if (!named || (PEOPLE.has(words[0]!) && words.length === 1 && !(named.listed && state.question.kind === 'work'))) {
      if (phrase.first && words.every((w) => GENERIC.has(w) || LEADING.has(w))) return count;
      continue;
    }
    if (/^(?:friends|family|work|school|talking|sleep|home life)$/.test(named.topic) && words.length < 2 && where.sentiment === 'positive' && !phrase.first) continue;
    if (!named.known && !looksLikeName(words)) continue;
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
      bareList(state, { at, stance: 'dislike', sentiment: 'negative' }, start, true);
    }
  }
}
function retract(state: State, topic: string, clause: Clause): void {
  state.retracted.push({ topic, ...quoteOf(clause, clause.words.length, clause.words.length) });
}
/** "Scratch that": the claims of the last sentence that made any. */
function takeBackLast(state: State): void {
  const last = state.found.at(-1);
  if (!last) return;
  const { sentence } = state.clauses[last.clause]!;
  const gone = state.found.filter((one) => state.clauses[one.clause]!.sentence === sentence);
  state.found = state.found.filter((one) => !gone.includes(one));
  for (const one of gone) state.retracted.push({ topic: one.named.topic, from: one.from, to: one.to });
}
/** "physics, no sorry, I meant chemistry": the last claim goes, and how it was meant stays. */
function repairLast(state: State, clause: Clause, bare: boolean): void {
  const last = state.found.at(-1);
  if (!last) return;
  if (bare && /^(?:not|but|yes|yeah|i|it|that|because) ?/.test(clause.text) && !/^i (?:do|go|play|mean|like) /.test(clause.text)) {
    if (!/^(?:not because|yes but not|yeah but not)/.test(clause.text)) return;
  }
  state.found.pop();
  state.mood = last.sentiment === 'mixed' ? 'positive' : last.sentiment;
  retract(state, last.named.topic, clause);
}
function takesOut(state: State, clause: Clause): boolean {
  const match = TAKES_OUT.exec(clause.text.replaceAll(' ,', ''));
  if (!match) return false;
  const words = (match.slice(1).find(Boolean) ?? '').split(' ').filter((w) => w && !/^(?:please|again|out|back)$/.test(w));
  const named = nameTopic(words);
  const meant = named ? [named] : /^(?:it|that|them|this|those)?$/.test(words.join(' ')) && /\b(?:take|leave|cross|strike|delete|remove|erase)\b/.test(clause.text) ? state.last.slice(-1) : [];
  if (meant.length === 0) return false;
  const isSaid = meant.some(({ topic }) => state.known.some((known) => known === topic || known.includes(topic)) || state.found.some((one) => one.named.topic === topic) || state.last.some((one) => one.topic === topic));
  if (!isSaid && !/\b(?:out|forget|remove|delete|not say|didn't say)\b/.test(clause.text)) return false;
  for (const { topic } of meant) {
    state.found = state.found.filter((one) => one.named.topic !== topic);
    retract(state, topic, clause);
  }
  return true;
}

/** For "it" and "them" in what follows. */
function remember(state: State, clause: Clause): void {
  const spans = findTopics(clause.words.map(({ w }) => w)).filter(({ topic, start, end }) => !isOrdinary(clause.words.slice(start, end).map(({ w }) => w)) && !WEAK_TOPICS.has(topic.name) && !/^(?:talking|games|walking|science|reading|writing|singing|drawing|watching|selling)$/.test(clause.words[start]!.w === topic.name ? '' : topic.name));
  if (spans.length === 0) return;
  state.last = spans.map(({ topic }) => ({ topic: topic.name, category: topic.category, listed: true, known: true }));
}

const YES = /^(?:(?:oh|well|hm|god|gosh|hell|lord|my|,) )*(?:yes|yeah|yep|yup|sure|definitely|absolutely|totally|i do|i am|i still do|very much|of course|a lot|always|course i do|love it|i would|please|every (?:[a-z]*day|week|night|morning)|whenever|most days|all the time|god yes|you bet|very|with pleasure|gladly|why not)\b/;
const NO = /^(?:(?:oh|well|hm|,) )*(?:no|nope|nah|not|never|can't stand|hate it|loathe|hated it|i don't|i'd (?:rather|sooner) (?:eat|die|stick|chew|swallow|pull|watch)|not my (?:cup of tea|thing|bag|scene)|you couldn't pay me|over my dead body|i'm not|i stopped|hardly|gave it up|god no|i'd be terrified|i'd hate|i'd rather not|no way|ugh|please no|never|hardly)\b/;
/** To a wide question ("Do you do any sports?") a plain no says little; these say more. */
const EMPHATIC_NO = /\b(?:god no|hell no|no way|no chance|not my (?:cup of tea|thing|bag|scene|world)|hate (?:it|them|all)|can't stand|never in my life|absolutely not|certainly not|i'd rather not|over my dead body|allergic|not if i can help it|please no)\b/;
const SINCE = /^(?:(?:oh|well|um|,) )*(?:since|for|about|nearly|almost|over|ages|years|forever|all my life|ten|two|three|four|five|six|seven|eight|nine|a (?:year|few|couple)|donkey's|[a-z]+teen|twenty|thirty|forty|fifty|ever since|as long as|too long)\b/;
const LUKEWARM = /\b(?:sort of|sometimes|a bit|a little|now and then|it's okay|it's fine|so so|not as much|less|kind of|maybe|depends|it's all right)\b/;

/** A yes or a no is about what was asked. */
function answerToQuestion(state: State): void {
  const { topic, still } = state.question;
  if (state.question.wide && state.found.length === 0 && EMPHATIC_NO.test(state.text.toLowerCase().replaceAll('’', "'")) && state.text.length < 80) {
    state.found.push({ named: state.question.wide, sentiment: 'negative', stance: 'bare', confidence: 0.6, from: state.text.search(/\S/), to: state.text.trimEnd().length, sameBreath: false, clause: 0 });
    return;
  }
  if (!topic || state.found.some(({ named }) => named.topic === topic.topic)) return;
  const start = state.text.search(/\S/);
  if (start < 0 || state.text.length > 240) return;
  const lower = state.text.toLowerCase().replaceAll('’', "'").replace(/[^a-z' ]+/g, ' , ').replace(/\s+/g, ' ').replace(/^ ?, /, '').replace(/^(?:um|uh|erm|er|me|oh|ooh|well) (?:, )?/, '').trim();
  if (/\b(?:i said|i meant|i did not say|you misheard)\b/.test(lower)) return;
  const sentiment: Sentiment | null = /can't say i do/.test(lower) ? 'mixed' : NO.test(lower) ? 'negative' : YES.test(lower) || (state.question.duration && SINCE.test(lower)) ? (LUKEWARM.test(lower) ? 'mixed' : 'positive') : /\bno$|\bno ,$/.test(lower) ? 'negative' : LUKEWARM.test(lower) ? 'mixed' : null;
  if (!sentiment || state.found.some((one) => one.clause === 0 && one.sentiment === 'positive' && sentiment === 'negative')) return;
  const to = state.text.trimEnd().length;
  state.found.push({ named: topic, sentiment, stance: still && sentiment === 'negative' ? 'stopped' : 'bare', confidence: 0.7, from: start, to, sameBreath: false, clause: 0 });
}

export function isListed(topic: string): boolean {
  return findTopic(topic) !== undefined;
}
