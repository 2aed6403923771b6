/** The taxonomy as a lookup: names of topics, their aliases, and where they stand in a row of words. */
import { isCategory } from './categories.ts';
import type { CategoryId } from './categories.ts';
import { singular, verbForms } from './inflection.ts';
import { DOING_AND_ENJOYING } from './taxonomy/doing-and-enjoying.ts';
import { KNOWING_AND_MAKING } from './taxonomy/making-and-knowing.ts';
import { PLAIN_NAMES } from './taxonomy/plain-names.ts';

export interface Topic {
  /** As people read it, lower case; unique. */
  name: string;
  category: CategoryId;
  /** Other names, spelled out (every form of a verb). */
  aliases: string[];
  /** The wider topic in whose line it stands. */
  within?: string;
}

/** No alias is longer; lookups look no further. */
const MAX_ALIAS_WORDS = 7;

const LINES = Object.entries({ ...KNOWING_AND_MAKING, ...DOING_AND_ENJOYING }).flatMap(([category, block]) => {
  if (!isCategory(category)) throw new Error(`The taxonomy has a block for an unknown category: ${category}`);
  return block
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => parseLine(line, category));
});
/** A line's topic answers to its narrower names too; a lookup by one of them finds the narrower topic. */
export const TOPICS: readonly Topic[] = LINES.map(({ topic }) => topic);
const NARROWER: readonly Topic[] = LINES.flatMap(({ narrower }) => narrower);
/** What needs no line of its own. */
const PLAIN: readonly Topic[] = Object.entries(PLAIN_NAMES).flatMap(([category, names]) => names.split(',').map((name): Topic => ({ name: name.trim(), category: category as CategoryId, aliases: [] })));

function parseLine(line: string, category: CategoryId): { topic: Topic; narrower: Topic[] } {
  const colon = line.indexOf(': ');
  const name = line.slice(0, colon).trim();
  const parts = line.slice(colon + 2).split(',').map((alias) => alias.trim()).filter(Boolean);
  const narrower = parts.filter((alias) => alias.startsWith('+')).map((alias): Topic => ({ name: alias.slice(1), category, aliases: [], within: name }));
  const aliases = parts.flatMap((alias) => {
    if (alias.startsWith('+')) return [alias.slice(1)];
    if (!alias.startsWith('~')) return [alias];
    const [verb, ...rest] = alias.slice(1).split(' ');
    return verbForms(verb!).map((form) => [form, ...rest].join(' '));
  });
  return { topic: { name, category, aliases }, narrower };
}

/** The form in which names are compared: lower case, no hyphens, singular words. */
export function topicKey(text: string): string {
  return wordsOf(text).map(singular).join(' ').replace(/^the (?=.)/, '');
}
export function wordsOf(text: string): string[] {
  return text.toLowerCase().replaceAll('’', "'").replaceAll('-', ' ').match(/[\p{L}\p{N}&']+/gu) ?? [];
}

/** Names win over aliases, earlier lines over later ones. */
const byKey = new Map<string, Topic>();
for (const topic of [...TOPICS, ...NARROWER]) if (!byKey.has(topicKey(topic.name))) byKey.set(topicKey(topic.name), topic);
for (const topic of TOPICS) for (const alias of topic.aliases) if (!byKey.has(topicKey(alias))) byKey.set(topicKey(alias), topic);
for (const topic of PLAIN) if (!byKey.has(topicKey(topic.name))) byKey.set(topicKey(topic.name), topic);

/** How many words the longest name has that begins with this one: most words begin none. */
const longestFrom = new Map<string, number>();
for (const key of byKey.keys()) {
  const words = key.split(' ');
  if (words.length <= MAX_ALIAS_WORDS) longestFrom.set(words[0]!, Math.max(longestFrom.get(words[0]!) ?? 0, words.length));
}

/** The topic that is called so, by name or alias. */
export function findTopic(text: string): Topic | undefined {
  return byKey.get(topicKey(text));
}

/** Names that are everyday words too: only a word of liking or disliking makes them a topic. */
const ORDINARY = new Set(
  `time pens rain sand snow school lessons exams test work job jobs working home sleep nap food eating money saving lists party spring autumn winter weather energy machines bus plane ship train lift lights speakers camera
  style clothes selling sales business trade property contracts management types words word language rock soul pop metal band instrument song songs stage act acts drag tap magic pilot jets jam tea coffee
  wine beer pizza ice soup cake cakes biscuits chips meat vegetables fish bread garlic salt cheese honey spice family friends children kids babies parents teacher doctor nurse chef judge coach body brain heart bones muscles
  road bridge bridges tunnel castle garden beach sea river lake forest mountain island moon star stars sun cloud storm dog cat mouse rat bug worm fly letters diary book books newspaper magazine
  picture pictures photo photos film films series show shows programme programmes game games puzzle card cards ball pool walk walks run ride drive bike car cars van truck
  talking chat silence traffic noise stickers colours counting engines tools headphones recording mixing drinking smoking exercise country countries church god police detective law court peace army news number data chart acids admin airports averages badges bags batteries beans belts birthdays blood borders buildings buttons cabinets carpets cells cereal chairs chicken circles courts cousins curtains cushions customs dark dentists diagrams doctors dresses early eggs emails emo essays eye fences figures flies fog forms functions furniture garage go graphs hair hats heart hedges helicopters hills horn hospitals house houses hugs keyboard keyboards law lawns lessons letters light lighting lists markets matrices meetings metals mondays mornings mugs nails names noise nuts offices parking patience patterns peace peas phones pins pipes plays ponds pool potatoes quotes radios rice rings risk roofs rugs sales sandwiches scripts senses sheds shoes shops signs snacks snap socks soil spoons stones summer surnames surprises swings tables tablets tag teachers teddies tests trance triangle unions vans waiting walls war waves weddings weeds wind winter zero`
    .split(/\s+/)
    .map(singular),
);
/** The words are used every day without being spoken of. */
export function isOrdinary(words: readonly string[]): boolean {
  return words.every((word) => ORDINARY.has(singular(word)));
}

interface TopicSpan {
  topic: Topic;
  /** Words [start, end). */
  start: number;
  end: number;
}
/** Every topic named in a row of lower-case words: the longest at each place, without overlap, left to right. */
export function findTopics(words: readonly string[]): TopicSpan[] {
  const keys = words.map(singular);
  const found: TopicSpan[] = [];
  for (let start = 0; start < keys.length; start++) {
    for (let end = Math.min(keys.length, start + (longestFrom.get(keys[start]!) ?? 0)); end > start; end--) {
      const topic = byKey.get(keys.slice(start, end).join(' '));
      if (!topic) continue;
      found.push({ topic, start, end });
      start = end - 1;
      break;
    }
  }
  return found;
}
