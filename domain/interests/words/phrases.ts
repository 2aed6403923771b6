/** From a place in a clause to what it is about: noun and gerund phrases, and the names they get. */
import type { CategoryId } from '../categories.ts';
import { gerundOf } from '../inflection.ts';
import { findTopic, findTopics, isOrdinary } from '../taxonomy.ts';
import { placePhrase } from '../vectors.ts';
import { ADVERBS } from './grammar.ts';
import { ACTIVITIES, DROPPED_VERBS, ENDING, GENERIC, LEADING, PAST, PEOPLE, PREPOSITIONS } from './lexicon.ts';
import type { Word } from './tokens.ts';

/** Words [start, end) of a clause. */
export interface Phrase {
  start: number;
  end: number;
  /** "it", "them", "that": what was spoken of before. */
  refers: boolean;
  /** The first of a list, or the only one. */
  first: boolean;
}
export interface NamedTopic {
  topic: string;
  readonly category: CategoryId;
  /** The taxonomy lists it under this name. */
  listed: boolean;
  /** The taxonomy knows at least a part of it. */
  known: boolean;
  /** An everyday word, which by itself only an attitude makes a topic. */
  ordinary?: boolean;
}

const MAX_PHRASE_WORDS = 7;
const MAX_PHRASES = 12;
const REFERRING = /^(?:him|her|it|them|that|this|those|these|both|all|one)$/;
const QUESTION_WORD = /^(?:how|why|what|whether|where|who)$/;

/** The list of phrases that begins at `from`: "drawing, swimming and playing with my cousins". */
export function phrasesFrom(words: readonly Word[], from: number, verbFirst = false): Phrase[] {
  const phrases: Phrase[] = [];
  let at = from;
  while (at < words.length && phrases.length < MAX_PHRASES) {
    // Leading words of this part.
    at += leadInAt(words, at);
    const partStart = at;
    while (at < words.length && LEADING.has(words[at]!.w) && !(at > partStart && words[at]!.gap === ',' && at > from) && !(REFERRING.test(words[at]!.w) && isEndOfPart(words, at + 1))) at++;
    if (at >= words.length) break;
    const { w } = words[at]!;
    // What the taxonomy lists in so many words is taken whole: "spending time with my family".
    const row = words.slice(partStart, partStart + 7);
    const gap = row.findIndex((word, inside) => inside > 0 && word.gap !== '');
    const whole = findTopics((gap < 0 ? row : row.slice(0, gap)).map((word) => word.w))[0];
    if (whole && whole.start === 0 && (whole.end > 2 || (whole.end === 2 && ENDING.has(words[partStart]!.w)))) {
      phrases.push({ start: partStart, end: partStart + whole.end, refers: false, first: phrases.length === 0 });
      at = partStart + whole.end;
    } else if (REFERRING.test(w) && (isEndOfPart(words, at + 1) || w === 'it')) {
      phrases.push({ start: at, end: at + 1, refers: true, first: phrases.length === 0 });
      at++;
    } else if (QUESTION_WORD.test(w)) {
      const end = endOfQuestion(words, at);
      phrases.push({ start: at, end, refers: false, first: phrases.length === 0 });
      at = end;
    } else {
      const end = endOfPhrase(words, at, verbFirst && phrases.length === 0);
      if (end === at) break;
      phrases.push({ start: at, end, refers: false, first: phrases.length === 0 });
      at = end;
    }
    // On to the next part of the list, over what merely qualifies this one.
    if (at < words.length && !isJoint(words, at)) {
      const joint = nextJoint(words, at);
      if (joint < 0) break;
      at = joint;
    }
    if (at < words.length && /^(?:and|or|plus|nor|&)$/.test(words[at]!.w)) at++;
    else if (words[at]?.gap !== ',') break;
    if (at < words.length && (/^(?:and|or|plus)$/.test(words[at]!.w))) at++;
    if (at < words.length && ENDING.has(words[at]!.w) && !LEADING.has(words[at]!.w) && !QUESTION_WORD.test(words[at]!.w)) break;
    if (at < words.length && PREPOSITIONS.has(words[at]!.w) && words[at]!.w !== 'about') break;
  }
  return phrases;
}
/** What stands between an attitude and its object without being the object. */
const LEAD_INS = `have a go at; having a go at; a go at; get the hang of; getting the hang of; have a bash at; have a crack at; get to grips with; be able to; find out more about; finding out about; find out about; know more about; learn more about; learning more about; hear more about; read more about;
more about; learn about; learning about; know about; the basics of; get into; getting into; get better at; getting better at; get good at; take up; taking up; be able to; learn how to; learning how to; how to; a game of; a bit of; a spot of; a good; the odd; the occasional; a decent; anything to do with;
anything about; everything about; something about; something with; anything with; things like; stuff like; the likes of; work as; working as; to work as; work with; working with; work in; working in; become; becoming; be; being; train as; get to; getting to; go back to; going back to; spend time with; spending time with; spending time on; spending time in; the idea of; the thought of; the smell of; the sound of; the feel of; the feeling of; the sight of; the world of;
the history of; the art of; the whole; my own; doing; do some; do a bit of; doing a bit of; help out with; help out at; help with; a book about; books about; reading about; read about; thinking about; talking about; lots of; pictures of; videos of; videos about; documentaries about; podcasts about; a course in; a course on; lessons in; try out; trying out; give it a go; get my hands on`
  .split(';')
  .map((text) => text.trim().split(/\s+/))
  .sort((a, b) => b.length - a.length);
const LEAD_IN_BY_FIRST = new Map<string, string[][]>();
for (const row of LEAD_INS) LEAD_IN_BY_FIRST.set(row[0]!, [...(LEAD_IN_BY_FIRST.get(row[0]!) ?? []), row]);
/** How many words of lead-in stand here, unless the taxonomy lists the phrase with them. */
function leadInAt(words: readonly Word[], from: number): number {
  let at = from;
  for (let turn = 0; turn < 3; turn++) {
    const row = LEAD_IN_BY_FIRST.get(words[at]?.w ?? '')?.find((one) => one.every((w, inside) => words[at + inside]?.w === w && (inside === 0 || words[at + inside]!.gap === '')) && at + one.length < words.length);
    if (!row || row.length < 2 && !DROPPED_VERBS.has(row[0]!) && row[0] !== 'be' && row[0] !== 'being' && row[0] !== 'become' && row[0] !== 'becoming') break;
    const here = words.slice(at, at + 7).map(({ w }) => w);
    if (findTopics(here)[0]?.start === 0 && findTopics(here)[0]!.end > row.length) break;
    at += row.length;
  }
  return at - from;
}
function isJoint(words: readonly Word[], at: number): boolean {
  return words[at]!.gap === ',' || /^(?:and|or|plus|nor|&)$/.test(words[at]!.w);
}
/** A joint within reach, unless a new thought begins first. */
function nextJoint(words: readonly Word[], from: number): number {
  for (let at = from; at < Math.min(words.length, from + 6); at++) {
    if (isJoint(words, at)) return at;
    if (/^(?:because|but|so|i|that|which|who|is|are|was|were|when|if|while|although|than|rather|not|it's|instead|except)$/.test(words[at]!.w)) return -1;
  }
  return -1;
}
function isEndOfPart(words: readonly Word[], at: number): boolean {
  return at >= words.length || isJoint(words, at) || ENDING.has(words[at]!.w) || PREPOSITIONS.has(words[at]!.w) || /^(?:a|every|so|to)$/.test(words[at]!.w);
}

function endOfPhrase(words: readonly Word[], start: number, verbFirst: boolean): number {
  let end = start;
  let sawNoun = false;
  while (end < words.length && end - start < MAX_PHRASE_WORDS) {
    const { w } = words[end]!;
    if (end > start && isJoint(words, end) && !isFixedPair(words, end)) break;
    if (sawNoun && PAST.has(w) && !/^(?:read|cut|set|built|made|drawn|knit|left)$/.test(w)) break;
    if (ENDING.has(w) && !((w === 'every' || w === 'each') && (PREPOSITIONS.has(words[end - 1]?.w ?? '') || (end === start + 1 && isVerb(words[start]!.w)))) && !(end === start && (ACTIVITIES.has(w) || w === 'do'))) break;
    if (end > start && isNumber(w) && /^(?:times|days|nights|evenings|hours|minutes|years|weeks|months|mornings|of|or)$/.test(words[end + 1]?.w ?? '')) break;
    if (/^(?:day|days|night|time|year|years|week|weekend|hours|minutes|hour|lot|bit|home|ago)$/.test(w) && end > start) break;
    if (PREPOSITIONS.has(w)) {
      if (end === start) break;
      const next = words[end + 1]?.w ?? '';
      if (sawNoun && w !== 'about') break;
      if (/^(?:my|the|a|his|her)$/.test(next) && PEOPLE.has(words[end + 2]?.w ?? '')  && !/^with$/.test(w)) break;
      if (/^(?:school|home|hours|ages|years|fun|me|you|it|work|bed|sundays|saturdays)$/.test(next) || ENDING.has(next)) break;
      if (end + 1 >= words.length) break;
    } else if (w === 'a' || w === 'an' || w === 'the' || w === 'my' || w === 'our' || w === 'his' || w === 'her' || w === 'their' || w === 'every' || w === 'all' || w === 'some') {
      // An article after a noun begins something else, unless a preposition stands between.
      if (end > start && sawNoun && !PREPOSITIONS.has(words[end - 1]!.w) && words[end - 1]!.w !== 'of') break;
      if ((w === 'every' || w === 'all') && !PREPOSITIONS.has(words[end - 1]?.w ?? '') && !(end === start + 1 && isVerb(words[start]!.w))) break;
    } else if (w === 'of') {
      /* goes on */
    } else if (w === 'to') {
      if (end > start && !/^(?:learn|learning|love|start|starting|try|trying|listen|listening|talk|talking|going|go|dance|dancing|travel|travelling|how|how's|way|ways|sing|singing)$/.test(words[end - 1]!.w)) break;
    } else if (end > start && /[a-z]{3}ing$/.test(w) && /^(?:about|around|along|down|up|home|there|outside|out)$/.test(words[end - 1]!.w)) break;
    else if (!(end === start && (verbFirst || isVerb(w))) && !/^(?:out|up|off|down|away|back|over)$/.test(w)) sawNoun = true;
    end++;
  }
  while (end > start && (PREPOSITIONS.has(words[end - 1]!.w) || /^(?:a|an|the|my|our|of|to|his|her|their|and|or|some|very|too|much)$/.test(words[end - 1]!.w))) end--;
  return end;
}
function isNumber(w: string): boolean {
  return /^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|several|many|\d+)$/.test(w);
}
function isVerb(w: string): boolean {
  return ACTIVITIES.has(w) || DROPPED_VERBS.has(w) || PAST.has(w) || /[a-z]{2}ing$/.test(w);
}
/** "Dungeons and dragons", "true crime and …": only pairs the taxonomy lists. */
function isFixedPair(words: readonly Word[], at: number): boolean {
  if (words[at]!.w !== 'and' || words[at]!.gap === ',') return false;
  const trio = `${words[at - 1]?.w ?? ''} and ${words[at + 1]?.w ?? ''}`;
  return findTopic(trio) !== undefined || findTopic(`${trio} ${words[at + 2]?.w ?? ''}`) !== undefined;
}
/** "how black holes eat stars", "why we put things off": to the end of the part. */
function endOfQuestion(words: readonly Word[], start: number): number {
  let end = start + 1;
  while (end < words.length && end - start < 12) {
    if (words[end]!.gap === ',' || (/^(?:and|or)$/.test(words[end]!.w) && /^(?:how|why|what|whether|where|who|then|so|the|if)$/.test(words[end + 1]?.w ?? ''))) break;
    if (/^(?:because|but|so|i'm|which|although|if)$/.test(words[end]!.w)) break;
    end++;
  }
  return end;
}

/** The name under which a phrase is claimed, or undefined if it names nothing one could be interested in. */
export function nameTopic(words: readonly string[]): NamedTopic | undefined {
  let rest = [...words];
  if ((rest.length === 1 && NOT_ALONE.test(rest[0]!)) || rest.some((w) => /^(?:nothing|none|nobody)$/.test(w))) return undefined;
  if (rest.length > 2 && /^(?:for)$/.test(rest.at(-2)!) && /^(?:one|two|myself|fun|free|me)$/.test(rest.at(-1)!)) rest = rest.slice(0, -2);
  const whole = listed(rest);
  if (whole) return whole;
  if (QUESTION_WORD.test(rest[0] ?? '')) return nameQuestion(rest);
  // "playing the old violin" → "the old violin" → "violin".
  for (let turn = 0; turn < 6 && rest.length > 0; turn++) {
    const first = rest[0]!;
    if (rest.length > 1 && (LEADING.has(first) || /^(?:to|how|at|in|about|on|for|with|up|into|by|of|off|out)$/.test(first))) rest = rest.slice(1);
    else if (rest.length > 1 && DROPPED_VERBS.has(first) && !PREPOSITIONS.has(rest[1]!) && !/^(?:outside|aloud|late|till|until|alone)$/.test(rest[1]!)) rest = rest.slice(1);
    else break;
    const found = listed(rest);
    if (found) return found;
  }
  if (QUESTION_WORD.test(rest[0] ?? '')) return nameQuestion(rest);
  rest = rest.filter((w) => w !== ',' && !/^(?:seriously|meanwhile|absolutely|mostly|nicely|literally|probably|properly|quietly)$/.test(w));
  // "read loads", "swim competitively", "a cat person".
  while (rest.length > 1 && (/^(?:loads|lots|person|people|stuff|things|thing|type|girl|guy|kind|sort|lessons?|classes|club|practice|training|again|myself|outside|alone|badly|too)$/.test(rest.at(-1)!) || (/ly$/.test(rest.at(-1)!) && findTopic(rest.at(-1)!) === undefined))) {
    rest = rest.slice(0, -1);
    const found = listed(rest);
    if (found) return found;
  }
  if (rest.length === 1 && NOT_ALONE.test(rest[0]!)) return undefined;
  const content = rest.filter((w) => !GENERIC.has(w) && !LEADING.has(w) && !PREPOSITIONS.has(w) && !/^(?:of|to|do|am|is)$/.test(w));
  if (content.length <= 1 && /^(?:being|standing|waiting|getting|having)$/.test(words[0] ?? '') && words.length > 1 && words.length < 5 && findTopics(rest).length === 0) return { topic: words.join(' '), category: 'everyday', listed: false, known: false };
  if (content.length === 0 || /^(?:ones?|neither)$/.test(rest.at(-1)!) || /^help(?:ing)? (?:my|him|her|the) /.test(words.join(' '))) return undefined;
  const spans = findTopics(rest);
  if (spans.length > 0) {
    const covered = new Set(spans.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at)));
    // "fishing down the canal", "reading under the blanket": what comes behind only says where and how.
    const first = spans[0]!;
    if (first.start === 0 && !(spans.length > 1 && /^(?:for|about|on|with|to)$/.test(rest[first.end] ?? '')) && (PREPOSITIONS.has(rest[first.end] ?? '') || ADVERBS.has(rest[first.end] ?? '') || /^(?:down|up|out|off|away|back|round|outside|inside|till|til|until|near|upstairs|downstairs|abroad|online)$/.test(rest[first.end] ?? ''))) {
      return { topic: first.topic.name, category: first.topic.category, listed: true, known: true };
    }
    const uncovered = rest.filter((w, at) => !covered.has(at) && content.includes(w));
    // Words like "friends" or "work" beside unlisted ones make nothing known.
    if (uncovered.length > 0 && spans.every(({ topic }) => WEAK_TOPICS.has(topic.name))) return { topic: phraseName(rest), category: spans.at(-1)!.topic.category, listed: false, known: false };
    if (uncovered.length === 0 && spans.length === 1) return { topic: spans[0]!.topic.name, category: spans[0]!.topic.category, listed: true, known: true, ordinary: isOrdinary(rest.slice(spans[0]!.start, spans[0]!.end)) };
    const joined = phraseName(rest);
    if (joined.split(' ').length > 5) {
      const { topic } = spans.at(-1)!;
      return { topic: topic.name, category: topic.category, listed: true, known: true };
    }
    return { topic: joined, category: categoryOf(joined, spans.at(-1)!.topic.category), listed: false, known: true };
  }
  if (content.every((w) => PEOPLE.has(w))) return undefined;
  const joined = phraseName(rest);
  return unlisted(joined);
}
/** Topics whose words stand in any sentence. */
export const WEAK_TOPICS: ReadonlySet<string> = new Set(['friends', 'family', 'talking', 'work', 'home life', 'time', 'school', 'childcare', 'housework', 'teaching', 'sleep', 'making things', 'food', 'selling']);
const NOT_ALONE = /^(?:plays?|playing|played|watch(?:es|ed|ing)?|works|goes|going|uses?|listen(?:ing|ed)?|breaks?|likes?|leaves|stands?|learn(?:ing|ed)?|understand(?:ing)?|do|doing|did|have|having|[a-z]+ly|making|make|made|getting|building|built|nah|nope|trying|seeing|spending|taking)$/;
function listed(words: readonly string[]): NamedTopic | undefined {
  const text = words.filter((w) => w !== ',').join(' ');
  if (words.length === 1 && (GENERIC.has(words[0]!) || PEOPLE.has(words[0]!)) && !/^(?:work|school|teaching|nursing|dogs?|cats?|friends|family|children|kids|grandchildren|teachers?|nurse|doctor|sleep)$/.test(words[0]!)) return undefined;
  const topic = findTopic(text) ?? (words.length <= 2 ? doneBy(words) : undefined);
  return topic && { topic: topic.name, category: topic.category, listed: true, known: true, ordinary: isOrdinary(words.filter((w) => !LEADING.has(w))) };
}
/** "a swimmer", "a keen knitter": what they do. */
function doneBy(words: readonly string[]): ReturnType<typeof findTopic> {
  const doer = /^([a-z]{3,})(?:er|or)s?$/.exec(words.at(-1) ?? '')?.[1];
  if (!doer) return undefined;
  const before = words.length > 1 ? `${words[0]} ` : '';
  return findTopic(`${before}${doer}ing`) ?? findTopic(`${before}${doer}e`.replace(/ee$/, 'e'));
}
/** What a question is about: the first topic named in it, else its last words. */
function nameQuestion(words: readonly string[]): NamedTopic | undefined {
  const verb = words[1] === 'to' ? words.slice(2) : words.slice(1);
  if (words[1] === 'to' && verb.length > 0) {
    const inner = nameTopic(withGerund(verb));
    if (inner) return inner;
  }
  const span = findTopics(verb).find(({ topic }) => !/^(?:work|games|talking|family|home life|school|time|children|childcare|making things)$/.test(topic.name));
  if (span) return { topic: span.topic.name, category: span.topic.category, listed: true, known: true };
  const content = verb.filter((w) => !GENERIC.has(w) && !ENDING.has(w) && !LEADING.has(w) && !PREPOSITIONS.has(w) && !/^(?:to|of)$/.test(w));
  if (content.length === 0 || words.length > 9 || words.some((w) => /^(?:they|it|you|your|i|my|he|she|me)$/.test(w))) return undefined;
  const topic = `${words[0]} ${verb.join(' ')}`;
  return unlisted(topic);
}
/** Its category is looked for only if it is claimed: most are not. */
function unlisted(topic: string): NamedTopic {
  return {
    topic,
    get category() {
      return placePhrase(topic);
    },
    listed: false,
    known: false,
  };
}
function withGerund(words: readonly string[]): string[] {
  const [first, ...rest] = words;
  return first && !/ing$/.test(first) && /^[a-z]+$/.test(first) ? [gerundOf(first), ...rest] : [...words];
}
function categoryOf(phrase: string, fallback: CategoryId): CategoryId {
  return /^[a-z]+ing /.test(phrase) ? placePhrase(phrase) : fallback;
}
function phraseName(words: readonly string[]): string {
  const [first, ...rest] = words;
  const base = first && (ACTIVITIES.has(first) || /^(?:look|sit|help|give|count|work|tidy|cross)$/.test(first) ? first : PAST.get(first));
  const head = base && rest.length > 0 ? gerundOf(base) : first;
  let named = [head!, ...rest];
  while (named.length > 1 && (GENERIC.has(named.at(-1)!) || PREPOSITIONS.has(named.at(-1)!) || LEADING.has(named.at(-1)!))) named = named.slice(0, -1);
  return named.filter((w) => !/^(?:the|a|an|my|our|some|any)$/.test(w)).join(' ').slice(0, 80);
}

/** "swimming drawing and bracelets", "clocks lawnmowers radios": several names in a row without a joint are a list. */
export function splitRun(words: readonly Word[], phrase: Phrase): Phrase[] {
  const row = words.slice(phrase.start, phrase.end).map(({ w }) => w);
  if (row.length < 2 || findTopic(row.join(' '))) return [phrase];
  const spans = findTopics(row);
  if (spans.length < 2) return [phrase];
  const covered = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  if (covered < row.length || spans.some(({ topic }) => WEAK_TOPICS.has(topic.name))) return [phrase];
  if (!spans.every(({ start, end }) => /(?:s|ing|y)$/.test(row[end - 1]!) && end > start)) return [phrase];
  return spans.map(({ start, end }, at) => ({ start: phrase.start + start, end: phrase.start + end, refers: false, first: phrase.first && at === 0 }));
}
