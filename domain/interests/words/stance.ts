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
  /** "would". */
  would: boolean;
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

function cueOf(clause: Clause, before: Clause | undefined, entry: Entry, match: Match, question: QuestionKind): Cue | undefined {
  const { words } = clause;
  const first = words[match.start]!.w;
  const together = /^(?:(?:and|so|but|then|sometimes|,) )*(?:me and|my [a-z ]{2,24} and (?:me|i)|[a-z]+ and (?:me|i)) /.test(clause.text);
  const found = SELF.has(first) ? { holder: 'self' as const, from: match.start, negations: 0, words: [first] } : leadTo(words, match.start);
  // "Me and my friends go to concerts."
  const lead = found.holder === 'noun' && together && match.start <= 6 ? { ...found, holder: 'self' as const } : found;
  let negations = lead.negations + match.negations;
  const modal = lead.words;
  const has = (...some: string[]): boolean => some.some((word) => modal.includes(word));
  const raised = lead.holder === 'self' ? raisedNegation(words, lead.from) : '';
  let hedged = has('might', 'may', 'could') || raised === 'unsure';
  if (raised === 'not' || raised === 'mild') negations++;
  if (/^(?:spend|lose|listen|talk|read|watch|eat|live|happily|go)$/.test(first)) hedged = false;
  const would = has('would', "i'd", "we'd", "wouldn't") || /^(?:would|i'd|we'd)$/.test(first);
  const past = (PAST_FORMS.has(first) || first === 'was' || first === 'were' || first === 'had') && !has('have', "i've", 'always', 'has', "we've", 'having') || has('did', "didn't", 'was', 'were');
  if (entry.own) {
    if (/^(?:it's|that's|they're|he's|she's|you're|there's|what's|here's)$/.test(first)) return undefined;
    if (THIRD_PERSON.has(first) || lead.holder === 'other' || lead.holder === 'you') return undefined;
    if (lead.holder === 'noun') return undefined;
    // "Talking about myself." only names what was asked for.
    if (lead.holder === 'none' && first.endsWith('ing') && (question === 'dislike' || question === 'stopped')) return undefined;
    // A dropped subject is the speaker, or whoever the clause before was about.
    if (lead.holder === 'none' && (clause.subject === 'other' || clause.subject === 'you' || clause.subject === 'it')) return undefined;
    if (lead.holder === 'none' && clause.link === 'and' && before?.subject === 'other' && before.sentence === clause.sentence) return undefined;
    if (lead.holder === 'none' && first === 'like' && match.start === 0) return undefined;
    // "I'm like a dog with a bone".
    if (first === 'like' && /^(?:i'm|am|was|were|be|been|is|are|it's|we're)$/.test(words[match.start - 1]?.w ?? '')) return undefined;
    // Without a subject a verb of doing only names something ("playing chess"); reading.ts decides by the question.
    if (lead.holder === 'none' && entry.stance === 'do' && !(lead.joined && clause.subject === 'self' && !first.endsWith('ing')) && !(question === 'weekend' && LEISURE.test(first) && lead.from === 0) && !(question === 'free' && (lead.from === 0 || lead.joined) && !past && !first.endsWith('ing')) && !(clause.link === 'and' && before?.subject === 'self' && !first.endsWith('ing'))) return undefined;
  } else if (clause.subject === 'you' && !words.slice(match.start, match.end).some(({ w }) => /^(?:me|us|my|beat)$/.test(w))) return undefined;
  // "we're terrible" is about the speakers.
  if (!entry.own && entry.place === 'before' && /^(?:i'm|we're|am)$/.test(words[match.start - 1]?.w ?? '')) return undefined;
  if (!entry.own && words.slice(0, match.start).some(({ w }, at) => NEGATIONS.has(w) && /^(?:say|think|believe|claim|sure)$/.test(words[at + 1]?.w ?? ''))) negations++;

  const oneself = has('must', 'should', 'need', "shouldn't") || (modal.includes('to') && (modal[modal.indexOf('to') + 1] === 'have' || modal[modal.indexOf('to') + 1] === 'had' || modal.includes('supposed') || modal.includes('ought')));
  let stance = entry.stance;
  const anymore = /\b(?:any ?more|any longer|these days|nowadays|again)\b/.test(clause.text.slice(clause.starts[match.start])) || has('longer');
  const usedTo = has('used') && has('to');
  if (entry.own && usedTo && (stance === 'like' || stance === 'do' || stance === 'wish')) stance = 'past';
  if (stance === 'do') {
    if (/^(?:keep|keeps|kept)$/.test(first) && words[match.end]?.w.endsWith('ing')) return undefined;
    if (/^(?:do|did)$/.test(first) && /^(?:like|love|enjoy|hate|prefer|want|not|adore|miss)$/.test(words[match.end]?.w ?? '')) return undefined;
    if (oneself) return undefined;
    if (past) {
      if (question === 'past' || question === 'stopped') stance = 'past';
      else if (question === 'weekend' && (LEISURE.test(first) || (first === 'went' && GERUNDS.has(words[match.end]?.w ?? ''))) && !/\b(?:birthday|wedding|stag|hen|dragged|roped|forced|work|school|team building|had to)\b/.test(clause.text)) hedged = false;
      else if (question !== 'proud') return undefined;
    }
    if (negations > 0) {
      if (!anymore) return undefined;
      stance = 'stopped';
    }
    if ((would || lead.holder === 'none') && question === 'free' && negations === 0) stance = 'like';
    else if (has('still') && has('can')) hedged = false;
    else if ((hedged || has('can', "can't", 'will', "i'll", "we'll", 'going') || would) && !/\b(?:for (?:hours|ages|days|ever)|all (?:day|night|evening|weekend)|forever|until)\b/.test(clause.text)) return undefined;
    if (has('can', 'could')) stance = 'like';
    hedged = false;
  } else if (negations % 2 === 1) {
    if (stance === 'like') stance = anymore ? 'stopped' : raised === 'mild' || (raised && would) ? 'weak' : 'dislike';
    else if (stance === 'wish') stance = 'dislike';
    else if (stance === 'weak') stance = /^(?:don't|do|didn't|wouldn't|never|not|isn't|aren't|wasn't)$/.test(first) ? 'weak' : 'dislike';
    else if (stance === 'dislike') stance = has('never', "can't", 'nobody') || words.slice(match.start, match.end).some(({ w }) => w === 'never') ? 'like' : 'weak';
    else if (stance === 'stopped') stance = 'like';
    else if (stance === 'past') return undefined;
  } else if (negations > 1 && stance === 'like') stance = 'weak';

  const head = words[lead.from - 1]?.w ?? '';
  const firstReal = words.findIndex(({ w }) => !/^(?:and|but|so|because|well|yes|yeah|then|i|guess|oh|no|maybe|honestly|the|a|my|one|only|other|other|probably|think|main|first|also)$/.test(w));
  const whatFirst = /^(?:what|thing|things|something|all|everything|one|part|bit|stuff|whatever)$/.test(words[firstReal]?.w ?? '');
  const cleft = entry.own ? lead.holder === 'self' && CLEFT_HEAD.test(head) && lead.from > 0 : entry.place === 'before' && whatFirst && firstReal < match.start;
  return { stance, place: entry.place, listedOnly: entry.listedOnly, subject: entry.own ? lead.from : match.start, start: match.start, end: match.end, gap: match.gap, cleft, past: past && !entry.fresh, own: entry.own, hedged, would };
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
