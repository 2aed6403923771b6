/** Cuts a row of spoken words into clauses. Works without punctuation: a new subject begins a new clause. */
import { findTopic } from '../taxonomy.ts';
import { ACTIVITIES, PEOPLE } from './lexicon.ts';
import type { Word } from './tokens.ts';

export type Subject = 'self' | 'other' | 'you' | 'it' | 'none';
export interface Clause {
  words: Word[];
  /** The words with single spaces; a pause within is " , ". */
  text: string;
  /** Where each word begins in `text`. */
  starts: number[];
  /** Number of its sentence. */
  sentence: number;
  /** "but", "because", … or empty. It is part of the words. */
  link: string;
  /** Corrects what was said just before ("no wait", "sorry, I meant"); the marker is not part of the words. */
  repair: boolean;
  subject: Subject;
  asked: boolean;
}

const LINKS = new Set('but because although though while whereas unless until if which who whom when except so since'.split(' '));
/** Words a clause may begin with before its subject. */
const OPENING = new Set('but and now then so also sometimes maybe today plus or because although though while well yes yeah no oh lately recently usually mostly'.split(' '));
const PRONOUN = /^(?:i|we|he|she|they|i'm|i've|i'd|i'll|we're|we've|we'd|we'll|he's|he'd|he'll|she's|she'd|she'll|they're|they've|they'd|they'll)$/;
const IT = /^(?:it's|that's|there's|here's|you're|you've|you'd|you'll|it'll|it'd)$/;
/** After these a pronoun belongs to what came before: "what I like", "the one I play". */
const HOLDS = new Set('what that which who how where when why whether if because thing things one ones only than as everything all anything something nothing but and or so although though while since until unless subject bit part whenever favourite say think sure mean wish when wherever except like way first reason before after till'.split(' '));
const AUXILIARY = /^(?:is|isn't|was|wasn't|has|had|does|doesn't|did|didn't|can|can't|could|couldn't|will|won't|would|wouldn't|says|said|thinks|makes|made|makes|goes|went|seems|makes|always|never|likes|loves|hates|plays|wants|practice|practises|practices|grows|keeps|works|likes|collects|told|took|dragged|tells|keeps|started|are|were|have|do|don't|like|love|plays|writes|reads|sings|paints|bakes|cooks|runs|and)$/;
const FINITE_AFTER_AND = /^(?:hate|hates|love|like|enjoy|listen|watch|read|go|do|don't|can't|can|never|have|had|also|sometimes|mostly|stopped|gave|quit|am|was|think|wonder|want|would|will|often|usually|now|help|try|tried|it|just|really|then)$/;
const REPAIR_START = /^(?:(?:actually |oh |well )?no,? (?:then )?(?:sorry,? |wait,? )?i mean(?:t)?|no,? (?:wait|sorry|hang on|hold on)(?:,? (?:no|sorry|not that))?(?:,? i mean(?:t)?)?|(?:sorry|wait),? (?:no|not that|wrong)(?:,? i mean(?:t)?)?|sorry,? i mean(?:t)?|i meant(?: to say)?|wait,? i mean(?:t)?|scratch that|scrap that|cancel that|strike that|forget that|forget it|correction|or rather|make that|i take that back|i take it back|take that back|delete that|no,? not that|sorry(?=,? [a-z]+ [a-z]+$))(?= |$)/;
const LONE_REPAIR = /^(?:no|sorry)$/;

/** No auxiliary, link or adverb: "not" after it opposes another thing. */
const NAMES_IT = /^(?!(?:is|am|are|was|were|be|been|it's|that's|he's|she's|i'm|you're|they're|we're|do|does|did|have|has|had|will|would|can|could|should|may|might|must|and|or|but|if|so|why|as|maybe|perhaps|probably|certainly|definitely|absolutely|really|just|usually|normally|actually|honestly|simply|still|hope|guess|suppose|think|afraid|than|like|of|for|to|with|about|by|at|in|on)$)[a-z]/;
/** No clause that means something is longer; what one clause costs grows with the square of its length. */
const MAX_CLAUSE_WORDS = 60;

export function splitClauses(words: readonly Word[]): Clause[] {
  const clauses: Clause[] = [];
  let current: Word[] = [];
  let sentence = -1;
  let repair = false;
  const close = (nextRepair = false): void => {
    if (current.length > 0) clauses.push(clauseOf(current, sentence, repair));
    else if (repair && !nextRepair) return;
    current = [];
    repair = nextRepair;
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.gap === '.') {
      close(repair && current.length === 0);
      sentence++;
    }
    const marker = repairAt(words, at);
    if (marker > 0) {
      close(true);
      repair = true;
      at += marker - 1;
      // A marker that ends its sentence stands alone: it takes back what came before.
      if (words[at + 1] === undefined || words[at + 1]!.gap === '.') {
        clauses.push({ ...clauseOf([], sentence, true), words: [] });
        repair = false;
      }
      continue;
    }
    if (current.length >= MAX_CLAUSE_WORDS) close();
    if (current.length > 0 && startsClause(words, at, current)) {
      // "I grew out of it now it's vinyl": the "now" belongs to what follows.
      const carried = current.length > 2 && word.gap === '' && current.at(-1)!.w === 'now' && current.at(-1)!.gap === '' ? current.splice(-1) : [];
      close();
      current = carried;
    }
    current.push(word);
  }
  close();
  clauses.forEach((clause, at) => {
    if (clause.subject === 'other' && /^(?:(?:and|but|so|because|although|though|when|if|then|now|,) )*(?:they|they're|they've|they'd|they'll|their)\b/.test(clause.text) && !speaksOfPeople(clauses, at)) clause.subject = 'it';
  });
  return clauses;
}

/** "They" are people if people were spoken of, and otherwise things. */
function speaksOfPeople(clauses: readonly Clause[], at: number): boolean {
  if (/\b(?:say|said|think|want|told|asked|like|love|hate|never say|talk|call)\b/.test(clauses[at]!.text)) return true;
  for (let before = at - 1; before >= Math.max(0, at - 3); before--) if (clauses[before]!.words.some(({ w }) => PEOPLE.has(w.replace(/'s$/, '')) || /^(?:ladies|pupils|neighbours|folks|the others|team|clients|customers|patients)$/.test(w))) return true;
  return at === 0;
}
function repairAt(words: readonly Word[], at: number): number {
  const first = words[at]!.w;
  if (!/^(?:no|sorry|wait|i|scratch|scrap|cancel|strike|forget|correction|or|make|take|delete|actually|oh|well)$/.test(first)) return 0;
  let text = '';
  for (let inside = at; inside < Math.min(words.length, at + 7); inside++) {
    if (inside > at && words[inside]!.gap === '.') break;
    text += (inside > at ? (words[inside]!.gap === ',' ? ', ' : ' ') : '') + words[inside]!.w;
  }
  const match = REPAIR_START.exec(text);
  if (match) {
    const length = match[0].split(' ').length;
    // "Sorry, it's so loud" and "no, wait" at the very beginning correct nothing.
    if (at === 0 && !/mean/.test(match[0])) return 0;
    return length;
  }
  // "a bike, no, a car": only between two pauses, and not as an answer of its own.
  const next = words[at + 1];
  if (LONE_REPAIR.test(first) && at > 0 && words[at]!.gap === ',' && next?.gap === ',' && !PRONOUN.test(next.w) && !IT.test(next.w)) return 1;
  return 0;
}

function startsClause(words: readonly Word[], at: number, current: readonly Word[]): boolean {
  const { w, gap } = words[at]!;
  const before = words[at - 1]!.w;
  const next = words[at + 1]?.w ?? '';
  if (current.every((word) => OPENING.has(word.w)) && gap !== ',' && w !== 'not') return false;
  // "biology yes chemistry yes physics no": each has its verdict.
  if (/^(?:yes|no|nope)$/.test(before) && current.length > 1 && current.length < 6 && !hasVerb(current) && !/^(?:yes|no|nope|thanks|thank|way|please|but|and|i)$/.test(w) && !/^(?:yes|no|oh|me|him|for|at|of|in|with|by|has|have|there|say|says|said)$/.test(current.at(-2)!.w) && gap === '') return true;
  if (gap === ',' && /^(?:yes|no|nope|yeah)$/.test(before) && current.length > 1 && !hasVerb(current)) return true;
  if (LINKS.has(w)) {
    if (w === 'but' && /^(?:anything|nothing|everything|all)$/.test(before)) return false;
    if (w === 'so' && (gap === '' && !PRONOUN.test(next) && !IT.test(next) && !/^(?:my|that|nutrition|it|now)$/.test(next))) return false;
    if (w === 'since' && !PRONOUN.test(next)) return false;
    if (w === 'like') return false;
    if (w === 'who' && /^(?:someone|somebody|people|anyone)$/.test(before)) return false;
    return !(w === 'if' && before === 'as') && before !== 'even' && before !== 'only';
  }
  if (w === 'only' && /^(?:when|if|because)$/.test(next)) return true;
  if ((w === 'as' || w === 'so') && next === 'long') return true;
  if (gap === ',' && isVerdict(words, at)) return true;
  if (w === 'and' || w === 'or') {
    if (/^(?:the|my)$/.test(next) && /^(?:worst|best|least|most|favourite|only)$/.test(words[at + 2]?.w ?? '')) return true;
    if (PRONOUN.test(next) || IT.test(next)) return true;
    if (/^(?:my|his|her|our)$/.test(next) && personWithVerb(words, at + 1)) return true;
    if (/^(?:it|that|you|then|now|so|but|also|me|this|there)$/.test(next)) return true;
    return (FINITE_AFTER_AND.test(next) || (ACTIVITIES.has(next) && hasFiniteSelf(current) && !endsInGerund(current) && !afterTo(current))) && hasVerb(current) && !(next === 'read' && afterTo(current));
  }
  if (w === 'not' && gap === ',') return true;
  // "the piano not the violin": recognisers leave the comma out.
  if (w === 'not' && /^(?:the|a|an)$/.test(next) && NAMES_IT.test(before)) return true;
  if (gap === ',' && hasVerb(current) && frontsSentence(words, at)) return true;
  if (gap === ',' && /^(?:no|nope|never|now|neither|nor|nothing|apart|then|instead|otherwise|is|was|yes|yeah|they|you|it|has|have|had|what|everybody|everyone|people|nobody|somebody)$/.test(w)) return true;
  if (IT.test(w) && current.every((word) => OPENING.has(word.w))) return false;
  if (IT.test(w)) return !HOLDS.has(before) || gap === ',';
  if ((PRONOUN.test(w) || IT.test(w)) && current.every((word) => OPENING.has(word.w))) return false;
  if (before === 'say' && /^(?:wouldn't|can't|couldn't|don't)$/.test(words[at - 2]?.w ?? '')) return false;
  if (PRONOUN.test(w)) {
    if (before === 'me' || before === 'and' || before === 'but') return before === 'me' && current.length > 1 && !['me'].includes(current[0]!.w);
    if (gap === ',' && !['that', 'and', 'but', 'because'].includes(before)) return !/^(?:what|which|when|if)$/.test(before);
    return !HOLDS.has(before) && !(current.length === 1 && LINKS.has(before)) && !isFronted(current);
  }
  if (/^(?:my|his|her|our|the)$/.test(w) && (hasVerb(current) || gap === ',')) {
    if (/^(?:with|for|by|from|to|of|like|than|at|about|because|and|but|as|when|if|so|while|help)$/.test(before) && !['and', 'but', 'because', 'so', 'when'].includes(before)) return false;
    return personWithVerb(words, at) && !HOLDS.has(before);
  }
  // "it's the carving that makes me happiest"
  if (w === 'that' && current.slice(0, 3).some((word) => /^(?:it's|is|was)$/.test(word.w)) && /^(?:makes|keeps|gets|gives|i)$/.test(next)) return false;
  if (w === 'it' || w === 'you' || w === 'that') {
    if (/^(?:is|was|has|makes|does|doesn't|would|can|gives|keeps|looks|starts|started|can't|don't|have|know|get|drop|wouldn't|never|just)$/.test(next) && gap === '' && !HOLDS.has(before) && !/^(?:like|love|of|with|for|do|at|to|about|if|hate|than|as|in|on|call|is|see|doing)$/.test(before)) return w !== 'that' || next !== 'has';
  }
  return false;
}
/** ", maths not so much", ", baking no": a topic with its own verdict. */
function isVerdict(words: readonly Word[], at: number): boolean {
  for (let inside = at + 1; inside <= at + 3 && inside < words.length && words[inside]!.gap === ''; inside++) {
    const rest = `${words[inside]!.w} ${words[inside + 1]?.w ?? ''}`;
    if (/^(?:not (?:so|really|at|as|for|my)|less so|yes |no |isn't )/.test(`${rest} `) && (words[inside + 1]?.gap !== '' || /^(?:not|less|isn't)/.test(rest))) return true;
  }
  return false;
}
/** ", history I find boring", ", the rest I don't mind": an object in front begins a clause of its own. */
function frontsSentence(words: readonly Word[], at: number): boolean {
  for (let inside = at; inside <= at + 3 && inside < words.length; inside++) {
    const { w, gap } = words[inside]!;
    if (inside > at && gap !== '') return false;
    if (inside > at && /^(?:i|we)$/.test(w)) return !HOLDS.has(words[inside - 1]!.w);
    if (LINKS.has(w) || HOLDS.has(w) || hasVerb([words[inside]!])) return false;
  }
  return false;
}
/** "maps I love", "Spanish I gave up": an object in front, and no verb yet. */
function isFronted(current: readonly Word[]): boolean {
  return current.length <= 4 && !hasVerb(current) && !/^(?:he|she|him|her|them|me|you|yes|yeah|no|nope|okay|well|oh|right|sorry|thanks|hello|hi|honestly|anyway|so|now|then|today|here|there|please|and|but|because)$/.test(current.at(-1)!.w) && !current.some(({ w }) => /^(?:god|wait|dunno|sure|if|when|like)$/.test(w));
}
function personWithVerb(words: readonly Word[], at: number): boolean {
  for (let inside = at + 1; inside <= at + 3 && inside + 1 < words.length; inside++) {
    const { w } = words[inside]!;
    const next = words[inside + 1]!;
    if (PEOPLE.has(w) && next.gap !== '.' && (AUXILIARY.test(next.w) || PRONOUN.test(next.w) || /[a-z]{2}s$/.test(next.w)) && next.w !== 'and') return true;
  }
  return false;
}
function hasVerb(words: readonly Word[]): boolean {
  return words.some(({ w }) => /^(?:is|are|am|was|were|have|has|had|do|does|did|don't|can|can't|like|love|enjoy|hate|play|go|went|made|make|want|got|get|it's|that's|there's)$/.test(w) || /'(?:m|s|re|ve|d|ll)$/.test(w) || PRONOUN.test(w) || ACTIVITIES.has(w));
}
function hasFiniteSelf(words: readonly Word[]): boolean {
  return words.some(({ w }) => w === 'i' || w === 'we' || w === "i've" || w === 'sometimes' || w === 'mostly' || w === 'often');
}
function endsInGerund(words: readonly Word[]): boolean {
  return words.slice(-4).some(({ w }) => /[a-z]{3}ing$/.test(w));
}
function afterTo(words: readonly Word[]): boolean {
  return words.some(({ w }, at) => w === 'to' && ACTIVITIES.has(words[at + 1]?.w ?? ''));
}

const LEADING_LINK = /^(?:(?:and|but|so|because|then|also|plus|now|oh|yes|yeah|yep|no|although|though|while|whereas|when|if|since|or|unless|until|anyway|look|okay|right|sure|hello|maybe|sometimes|usually|mostly|only|even|which|who|except|too|once|otherwise|instead|before|first|me|myself|personally|mostly|but|surely|sorry|wait|only|however|apparently|,) )*/;

function clauseOf(words: readonly Word[], sentence: number, repair: boolean): Clause {
  let text = '';
  const starts: number[] = [];
  words.forEach((word, at) => {
    if (at > 0) text += word.gap === ',' ? ' , ' : ' ';
    starts.push(text.length);
    text += word.w;
  });
  const first = words[0]?.w ?? '';
  const second = words[1]?.w ?? '';
  const link = first === 'only' && /^(?:when|if)$/.test(second) ? second : LINKS.has(first) ? first : (first === 'and' || first === 'or') && LINKS.has(second) ? second : first === 'and' ? 'and' : '';
  return { words: [...words], text, starts, sentence, link, repair, subject: subjectOf(text, words), asked: words.some(({ asked }) => asked) };
}

/** Whose clause it is, by how it begins. */
function subjectOf(text: string, words: readonly Word[]): Subject {
  const bare = text.slice(LEADING_LINK.exec(text)![0].length);
  if (/^(?:me and |my [a-z ]{2,24} and (?:i|me)\b|[a-z]+ and i\b)/.test(bare)) return 'self';
  if (/^(?:i|we|i'm|i've|i'd|i'll|we're|we've|we'd|we'll|us)\b/.test(bare) || /^(?:what|the (?:only |one |other |main |best )?(?:thing|one|bit|part)|something|one thing|everything|all|the [a-z]+) i(?:'m|'ve|'d)? /.test(bare)) return 'self';
  if (/^(?:you|you're|you've|you'd|you'll|your)\b/.test(bare)) return 'you';
  if (/^(?:he|she|they|he's|she's|they're|he'd|she'd|they'd|they've|they'll|he'll|she'll|his|her|their|most people|some people|other people|half of|everybody's|everyone's)\b/.test(bare)) return 'other';
  const bareWords = bare.replaceAll(' , ', ' ').split(' ');
  if (/^(?:it|it's|that|that's|this|there|there's|these|those|here's|they)\b/.test(bare)) return 'it';
  if (/^(?:my|our|the|a|an|some|one|this|two)$/.test(bareWords[0]!)) {
    for (let at = 1; at < Math.min(5, bareWords.length); at++) {
      const w = bareWords[at]!;
      if (/^(?:of|with|for|about|is|are|in)$/.test(w)) break;
      const person = w.replace(/'s$/, '');
      const next = bareWords[at + 1];
      if (!PEOPLE.has(person) || (next !== undefined && findTopic(`${w} ${next}`))) continue;
      if (next === undefined && words.length < 4) return 'none';
      // "a teacher or a vet", "my grandma's dumplings": named, not doing anything.
      if (/^(?:a|an|one|some)$/.test(bareWords[0]!) && !(next && (AUXILIARY.test(next) || /[a-z]{2}s$/.test(next)) && next !== 'and')) return 'none';
      if (w !== person && words.length <= 4 && !hasVerb(words.filter((word) => word.w !== w))) return 'none';
      return 'other';
    }
  }
  if (PEOPLE.has(bareWords[0]!) && bareWords.length > 1 && !findTopic(`${bareWords[0]} ${bareWords[1]}`) && !/^(?:and|or|,)$/.test(bareWords[1]!)) return 'other';
  // A name in the third person: "Petra does the hotels".
  const firstName = words.find(({ w }) => w === bareWords[0]);
  if (firstName && /^\p{L}+$/u.test(bareWords[0]!) && /^(?:does|has|likes|loves|plays|says|wants|thinks|he|she|collects|hates)$/.test(bareWords[1] ?? '') && bareWords.length > 2 && looksLikeName(bareWords[0]!)) return 'other';
  return 'none';
}
function looksLikeName(word: string): boolean {
  return !/^(?:it|that|this|what|which|there|everything|nothing|something|all|who|one|[a-z]+ing|[a-z]+s)$/.test(word) && findTopic(word) === undefined;
}
