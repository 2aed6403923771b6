/** Finds the attitudes of one clause: which way of speaking, whose it is, what negation, tense and modal verbs make of it. */
import { verbForms } from '../inflection.ts';
import { GERUNDS } from './lexicon.ts';
import { ATTITUDES } from './attitudes.ts';
import type { Place, Stance } from './attitudes.ts';
import type { Clause } from './clauses.ts';
import { ADVERBS, AUXILIARIES, COPULAS, NEGATIONS, OTHERS, SELF, YOU } from './grammar.ts';
import { compilePattern, isManner, matchPattern } from './patterns.ts';
import type { Element, Match } from './patterns.ts';
import type { QuestionKind } from './questions.ts';
import type { Word } from './tokens.ts';

export interface Cue {
  stance: Stance;
  place: Place;
  listedOnly: boolean;
  /** Words [subject, start) say who and when, [start, end) are the way of speaking. */
  subject: number;
  start: number;
  end: number;
  gap: Match['gap'];
  /** "what I love most is …": the object follows the copula. */
  cleft: boolean;
  /** Told of the past ("I loved it"), without "have" or "always". */
  past: boolean;
  /** The speaker is its subject; otherwise it is said of anything ("… is fun"). */
  own: boolean;
  /** "might", "could", "not sure I like": less than it says. */
  hedged: boolean;
}
interface Entry {
  stance: Stance;
  place: Place;
  own: boolean;
  fresh: boolean;
  listedOnly: boolean;
  pattern: Element[];
}

/** By the first word; what comes first in the table wins among equals. */
/** "plays", "loves": never said of oneself. */
const THIRD_PERSON = new Set<string>();
const PAST_FORMS = new Set<string>();
const BY_FIRST = new Map<string, Entry[]>();
for (const { stance, place, own, fresh, listedOnly, ways } of ATTITUDES) {
  for (const way of ways.split(';').map((text) => text.replace(/\s+/g, ' ').trim())) {
    if (!way) continue;
    if (own) for (const [, verb] of way.matchAll(/~([a-z]+)/g)) {
      THIRD_PERSON.add(verbForms(verb!)[1]!);
      for (const form of verbForms(verb!).slice(3)) if (form !== verb) PAST_FORMS.add(form);
    }
    const pattern = compilePattern(way);
    const entry: Entry = { stance, place, own: own ?? false, fresh: fresh ?? false, listedOnly: listedOnly ?? false, pattern };
    // An optional first word may be missing: the entry stands under the next one too.
    for (let element = 0; element < pattern.length; element++) {
      const { words, rows, kind } = pattern[element]!;
      const rest = element === 0 ? entry : { ...entry, pattern: pattern.slice(element) };
      for (const word of new Set([...words, ...rows.map(([first]) => first!)])) BY_FIRST.set(word, [...(BY_FIRST.get(word) ?? []), rest]);
      if (kind !== 'optional') break;
    }
  }
}

/** In one clause; who says more repeats themselves. */
const MAX_CUES = 8;

/** Every attitude that can be the speaker's, left to right, the longest way of speaking at each word. */
export function findCues(clause: Clause, before: Clause | undefined, question: QuestionKind): Cue[] {
  const { words } = clause;
  const cues: Cue[] = [];
  for (let at = 0; at < words.length && cues.length < MAX_CUES; at++) {
    let best: Cue | undefined;
    for (const entry of BY_FIRST.get(words[at]!.w) ?? []) {
      const match = matchPattern(words, at, entry.pattern);
      if (!match || (best && match.end <= best.end)) continue;
      const cue = cueOf(clause, before, entry, match, question);
      if (cue) best = cue;
    }
    if (best) cues.push(best);
  }
  return cues;
}

interface Lead {
  holder: 'self' | 'other' | 'you' | 'none' | 'noun';
  /** "… and play games": the subject is that of the clause. */
  joined?: boolean;
  /** Where subject and auxiliaries begin. */
  from: number;
  negations: number;
  words: string[];
}
/** Over adverbs, auxiliaries and negation back to the subject. */
function leadTo(words: readonly Word[], start: number): Lead {
  const lead: Lead = { holder: 'none', from: start, negations: 0, words: [] };
  for (let at = start - 1; at >= 0 && start - at < 9; at--) {
    const { w } = words[at]!;
    if (SELF.has(w)) return { ...lead, holder: 'self', from: at, words: [...lead.words, w] };
    if (YOU.has(w)) return { ...lead, holder: 'you', from: at };
    if (OTHERS.has(w) && !(w === 'most' && at > 0)) return { ...lead, holder: 'other', from: at };
    if (NEGATIONS.has(w)) lead.negations++;
    else if (!ADVERBS.has(w) && !AUXILIARIES.has(w) && !isManner(w)) return { ...lead, holder: /^(?:and|but|or|so|because|then|yes|yeah|oh|though|although|plus|no|nope|well|okay|too|what|both)$/.test(w) ? 'none' : 'noun', joined: w === 'and' && at > 0, from: at + 1 };
    lead.words.push(w);
    lead.from = at;
  }
  return lead;
}

/** What one does at a weekend of one's own accord. */
const LEISURE = /^(?:played|baked|drew|painted|sketched|read|cycled|swam|ran|hiked|climbed|surfed|skated|fished|camped|knitted|sewed|gardened|sang|danced|rode|sailed|coded|programmed|filmed|carved|fixed|restored|jogged)$/;
const CLEFT_HEAD = /^(?:what|thing|things|one|part|bit|all|something|only|that|which|subject|sport|hobby|activity|lesson|everything|stuff|game|place|best|most|whatever|topic|person)$/;
const RAISING = /^(?:say|mean|think|believe|claim|sure|certain|guess|know|call|myself|pretend|that|if|whether)$/;

/** A way of speaking in its clause: everything the steps below look at. */
interface Sighting {
  clause: Clause;
  before: Clause | undefined;
  entry: Entry;
  match: Match;
  question: QuestionKind;
  lead: Lead;
  /** The first word of the way of speaking. */
  first: string;
  negations: number;
  raised: ReturnType<typeof raisedNegation>;
  would: boolean;
  past: boolean;
  /** One of these words leads up to it. */
  has: (...words: string[]) => boolean;
}

function cueOf(clause: Clause, before: Clause | undefined, entry: Entry, match: Match, question: QuestionKind): Cue | undefined {
  const sighting = sightingOf(clause, before, entry, match, question);
  const { lead, first, has, raised, past } = sighting;
  if (entry.own ? !isSpeakers(sighting) : !isSaidAtLarge(sighting)) return undefined;
  const usedTo = entry.own && has('used') && has('to') && (entry.stance === 'like' || entry.stance === 'do' || entry.stance === 'wish');
  const stance = usedTo ? negated(sighting, 'past') : entry.stance === 'do' ? done(sighting) : negated(sighting, entry.stance);
  if (!stance) return undefined;
  const doubtful = (has('might', 'may', 'could') && !/^(?:spend|lose|listen|talk|read|watch|eat|live|happily|go)$/.test(first)) || raised === 'unsure';
  return {
    stance,
    place: entry.place,
    listedOnly: entry.listedOnly,
    own: entry.own,
    subject: entry.own ? lead.from : match.start,
    start: match.start,
    end: match.end,
    gap: match.gap,
    cleft: isCleft(sighting),
    past: past && !entry.fresh,
    hedged: doubtful && entry.stance !== 'do',
  };
}
function sightingOf(clause: Clause, before: Clause | undefined, entry: Entry, match: Match, question: QuestionKind): Sighting {
  const { words } = clause;
  const first = words[match.start]!.w;
  const found: Lead = SELF.has(first) ? { holder: 'self', from: match.start, negations: 0, words: [first] } : leadTo(words, match.start);
  // "Me and my friends go to concerts."
  const together = found.holder === 'noun' && match.start <= 6 && /^(?:(?:and|so|but|then|sometimes|,) )*(?:me and|my [a-z ]{2,24} and (?:me|i)|[a-z]+ and (?:me|i)) /.test(clause.text);
  const lead: Lead = together ? { ...found, holder: 'self' } : found;
  const has: Sighting['has'] = (...some) => some.some((word) => lead.words.includes(word));
  const raised = lead.holder === 'self' ? raisedNegation(words, lead.from) : '';
  const denied = !entry.own && words.slice(0, match.start).some(({ w }, at) => NEGATIONS.has(w) && /^(?:say|think|believe|claim|sure)$/.test(words[at + 1]?.w ?? ''));
  return {
    clause,
    before,
    entry,
    match,
    question,
    lead,
    first,
    has,
    raised,
    negations: lead.negations + match.negations + (raised === 'not' || raised === 'mild' ? 1 : 0) + (denied ? 1 : 0),
    would: has('would', "i'd", "we'd", "wouldn't") || /^(?:would|i'd|we'd)$/.test(first),
    past: ((PAST_FORMS.has(first) || first === 'was' || first === 'were' || first === 'had') && !has('have', "i've", 'always', 'has', "we've", 'having')) || has('did', "didn't", 'was', 'were'),
  };
}

/** The subject of the verb is the speaker, in words or because it was dropped. */
function isSpeakers({ clause, before, entry, match, question, lead, first, past }: Sighting): boolean {
  if (/^(?:it's|that's|they're|he's|she's|you're|there's|what's|here's)$/.test(first) || THIRD_PERSON.has(first)) return false;
  // "I'm like a dog with a bone".
  if (first === 'like' && /^(?:i'm|am|was|were|be|been|is|are|it's|we're)$/.test(clause.words[match.start - 1]?.w ?? '')) return false;
  if (lead.holder !== 'none') return lead.holder === 'self';
  // "Talking about myself." only names what was asked for.
  if (first.endsWith('ing') && (question === 'dislike' || question === 'stopped')) return false;
  // A dropped subject is the speaker, or whoever the clause before was about.
  if (clause.subject === 'other' || clause.subject === 'you' || clause.subject === 'it' || (first === 'like' && match.start === 0)) return false;
  if (clause.link === 'and' && before?.subject === 'other' && before.sentence === clause.sentence) return false;
  if (entry.stance !== 'do') return true;
  // Without a subject a verb of doing only names something ("playing chess"), unless question or connection make it a sentence.
  if (question === 'weekend' && (LEISURE.test(first) || first === 'went') && lead.from === 0) return true;
  if (first.endsWith('ing')) return false;
  return (lead.joined && clause.subject === 'self') || (question === 'free' && (lead.from === 0 || lead.joined === true) && !past) || (clause.link === 'and' && before?.subject === 'self');
}
/** "X is fun": of anything but the one spoken to, or the speakers themselves ("we're terrible"). */
function isSaidAtLarge({ clause: { words, subject }, entry, match }: Sighting): boolean {
  if (subject === 'you' && !words.slice(match.start, match.end).some(({ w }) => /^(?:me|us|my|beat)$/.test(w))) return false;
  return entry.place !== 'before' || !/^(?:i'm|we're|am)$/.test(words[match.start - 1]?.w ?? '');
}

const NO_MORE = /\b(?:any ?more|any longer|these days|nowadays|again)\b/;
/** What negation turns an attitude into: "not keen on", "don't hate", "never stopped", "wouldn't say I love". */
function negated({ clause, match, first, negations, raised, would, has }: Sighting, stance: Stance): Stance | undefined {
  if (negations % 2 === 0) return negations > 0 && stance === 'like' ? 'weak' : stance;
  const never = has('never', "can't", 'nobody') || clause.words.slice(match.start, match.end).some(({ w }) => w === 'never');
  switch (stance) {
    case 'like':
      if (NO_MORE.test(clause.text.slice(clause.starts[match.start])) || has('longer')) return 'stopped';
      return raised === 'mild' || (raised !== '' && would) ? 'weak' : 'dislike';
    case 'wish':
      return 'dislike';
    case 'weak':
      return /^(?:don't|do|didn't|wouldn't|never|not|isn't|aren't|wasn't)$/.test(first) ? 'weak' : 'dislike';
    case 'dislike':
      return never ? 'like' : 'weak';
    case 'stopped':
      return 'like';
    case 'past':
      return undefined;
    default:
      return stance;
  }
}
const FOR_HOURS = /\b(?:for (?:hours|ages|days|ever)|all (?:day|night|evening|weekend)|forever|until)\b/;
const NOT_OF_ONES_OWN_ACCORD = /\b(?:birthday|wedding|stag|hen|dragged|roped|forced|work|school|team building|had to)\b/;
/** What doing something comes to: a liking where it can be done for hours, nothing where one must, might or did once. */
function done({ clause, match, question, lead, first, negations, would, past, has }: Sighting): Stance | undefined {
  const next = clause.words[match.end]?.w ?? '';
  // "keep going back", "do like"
  if (/^(?:keep|keeps|kept)$/.test(first) && next.endsWith('ing')) return undefined;
  if (/^(?:do|did)$/.test(first) && /^(?:like|love|enjoy|hate|prefer|want|not|adore|miss)$/.test(next)) return undefined;
  const to = lead.words.indexOf('to');
  if (has('must', 'should', 'need', "shouldn't") || (to >= 0 && (/^(?:have|had)$/.test(lead.words[to + 1] ?? '') || has('supposed', 'ought')))) return undefined;
  if (past && (question === 'past' || question === 'stopped') && negations === 0) return 'past';
  const leisure = question === 'weekend' && (LEISURE.test(first) || (first === 'went' && GERUNDS.has(next))) && !NOT_OF_ONES_OWN_ACCORD.test(clause.text);
  if (past && !leisure && question !== 'proud' && question !== 'past' && question !== 'stopped') return undefined;
  if (negations > 0) return NO_MORE.test(clause.text.slice(clause.starts[match.start])) || has('longer') ? 'stopped' : undefined;
  if ((would || lead.holder === 'none') && question === 'free') return 'like';
  const might = has('might', 'may', 'could', 'can', "can't", 'will', "i'll", "we'll", 'going') || would;
  if (might && !leisure && !(has('still') && has('can')) && !FOR_HOURS.test(clause.text)) return undefined;
  return has('can', 'could') ? 'like' : 'do';
}

/** "What I love most is …", "what fascinates me is …". */
function isCleft({ clause: { words }, entry, match, lead }: Sighting): boolean {
  if (entry.own) return lead.holder === 'self' && lead.from > 0 && CLEFT_HEAD.test(words[lead.from - 1]!.w);
  const first = words.findIndex(({ w }) => !/^(?:and|but|so|because|well|yes|yeah|then|i|guess|oh|no|maybe|honestly|the|a|my|one|only|other|probably|think|main|first|also)$/.test(w));
  return entry.place === 'before' && first < match.start && /^(?:what|thing|things|something|all|everything|one|part|bit|stuff|whatever)$/.test(words[first]?.w ?? '');
}

/** "I don't think I like …", "I'm not sure I like …". */
function raisedNegation(words: readonly Word[], subject: number): '' | 'not' | 'mild' | 'unsure' {
  if (words[subject - 1]?.w === 'that' && words[subject - 2]?.w === 'not') return 'not';
  const verb = words[subject - 1]?.w === 'that' || words[subject - 1]?.w === 'if' ? subject - 2 : subject - 1;
  if (verb < 0 || !RAISING.test(words[verb]?.w ?? '')) return '';
  for (let at = verb - 1; at >= Math.max(0, verb - 4); at--) if (NEGATIONS.has(words[at]!.w)) return words[at]!.w === "wouldn't" ? 'mild' : words[verb]!.w === 'sure' || words[verb]!.w === 'know' || words[verb]!.w === 'certain' ? 'unsure' : 'not';
  return '';
}
/** The first copula from here on, or -1: "what I like about school |is| art". */
export function copulaFrom(words: readonly Word[], from: number): number {
  for (let at = from; at < words.length; at++) if (COPULAS.has(words[at]!.w) && !/^(?:has|have|been)$/.test(words[at]!.w)) return at;
  return -1;
}
