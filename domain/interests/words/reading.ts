/** Reads one answer clause by clause: who speaks of what, in which attitude. What a later clause may need is in state.ts. */
import type { Sentiment } from '../interest.ts';
import { splitClauses } from './clauses.ts';
import { AGAIN, sentimentOf } from './doubt.ts';
import { readFragment, readFront } from './fragments.ts';
import { NEGATIONS } from './grammar.ts';
import { GERUNDS } from './lexicon.ts';
import { claimBefore, claimPhrases, claimSpan, onlyTime } from './objects.ts';
import { readQuestion } from './questions.ts';
import type { Question } from './questions.ts';
import { answerToQuestion } from './reply.ts';
import { copulaFrom, findCues } from './stance.ts';
import type { Cue } from './stance.ts';
import { add, isOpening, remember } from './state.ts';
import type { Reading, State, Where } from './state.ts';
import { isSuspended, suspensions } from './suspended.ts';
import { repairLast, takeBackLast, takesOut } from './taking-back.ts';
import { tokenise } from './tokens.ts';

export type { Found, Reading } from './state.ts';

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

function readClause(state: State, at: number, suspended: ReturnType<typeof suspensions>): void {
  const clause = state.clauses[at]!;
  if (clause.words.length === 0) {
    takeBackLast(state);
    return;
  }
  if (isSuspended(suspended, at, 'order', 'asked', 'quoted')) return;
  if (isSuspended(suspended, at, 'supposed', 'other', 'sarcasm')) {
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
  if (lead && lead.subject > 0 && lead.place !== 'before' && lead.place !== 'inside' && !lead.cleft && clause.subject === 'none' && state.mood && !obliged) readFront(state, at, lead);
  if (state.question.kind === 'stopped' && AGAIN.test(clause.text)) state.mood = 'positive';
  for (const cue of cues) if (cue.start >= consumed && !(cue.stance === 'dislike' && /^(?:when|if|until)$/.test(clause.link))) consumed = Math.max(consumed, applyCue(state, at, cue, obliged, consumed));
  // A free day: whatever one would do, what is named in it is wanted.
  if (cues.length === 0 && state.question.kind === 'free' && /^(?:(?:and|then|so|,) )*(?:i'd|i would|we'd|maybe i'd) (?!never|not)/.test(clause.text)) claimSpan(state, { at, stance: 'like', sentiment: 'positive' }, 1);
  else if (cues.length === 0 && !obliged && !readCleft(state, at)) readFragment(state, at);
  if (state.found.length === count) remember(state, clause);
  else state.last = state.found.slice(count).map(({ named }) => named);
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
  // "I was a bus driver."
  if (cue.listedOnly && cue.own && cue.past && !asksPast) return cue.end;
  if (cue.place === 'before' && cue.past && /^(?:weekend|greeting)$/.test(state.question.kind)) return cue.end;
  const stance = bygone ? 'past' : cue.stance;
  const plain = sentimentOf(state, at, stance);
  // Asked for what one dislikes: "oh, I just adore queueing", "anything with a ball".
  const denies = state.question.kind === 'dislike' && stance === 'like' && isOpening(state, at) && (/^(?:oh|ah|yes|yeah)\b/.test(clause.text) || (!cue.own && cue.place === 'after' && /^(?:anything|something|everything|books?|films?|podcasts?)$/.test(clause.words[cue.start]!.w)));
  const sentiment = denies ? 'negative' : plain;
  if (!sentiment) {
    remember(state, clause);
    return clause.words.length;
  }
  const where: Where = { at, listedOnly: cue.listedOnly, opens: !cue.own && cue.start <= 1 && /^(?:something|anything|everything|more)$/.test(clause.words[cue.start]!.w), stance, sentiment: cue.hedged && sentiment === 'positive' ? 'mixed' : sentiment };
  const copula = cue.cleft ? copulaFrom(clause.words, cue.end) : -1;
  if (cue.place === 'before' && !cue.cleft) {
    claimBefore(state, where, floor, cue.subject);
    return cue.end;
  }
  // Asked for what stopped, what one did in between is the story.
  if (stance === 'past' && cue.place === 'with' && state.found.length > 0) return cue.end;
  // "collecting stickers I grew out of it": named in front, and taken up by the pronoun.
  if (cue.subject > floor && !cue.cleft && /^(?:it|them)$/.test(clause.words[cue.place === 'inside' ? cue.gap.start : cue.end]?.w ?? '')) {
    const count = state.found.length;
    claimBefore(state, { ...where, listedOnly: true }, floor, cue.subject);
    if (state.found.length > count) return cue.end + 1;
  }
  if (cue.place === 'inside') {
    claimPhrases(state, where, cue.gap.start, cue.gap.end);
    return cue.end;
  }
  // "I'm in my workshop restoring motorbikes": what is done there says more than the place.
  const doing = stance === 'do' && cue.place === 'after' ? clause.words.findIndex(({ w }, index) => index > cue.end && GERUNDS.has(w)) : -1;
  const from = copula >= 0 ? copula + 1 : cue.place === 'with' ? cue.start : doing > 0 ? doing : cue.end;
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
function sentenceAround(state: State, at: number): string {
  const { sentence } = state.clauses[at]!;
  return [at - 1, at, at + 1].map((index) => (state.clauses[index]?.sentence === sentence ? state.clauses[index]!.text : '')).join(' ');
}
