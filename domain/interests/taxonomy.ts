/** The taxonomy as a lookup: names of topics, their aliases, and where they stand in a row of words. */
import { CATEGORIES, isCategory } from './categories.ts';
import type { CategoryId } from './categories.ts';
import { singular, verbForms } from './inflection.ts';
import { DOING_AND_ENJOYING } from './taxonomy/doing-and-enjoying.ts';
import { KNOWING_AND_MAKING } from './taxonomy/making-and-knowing.ts';

export interface Topic {
  /** As people read it, lower case; unique. */
  name: string;
  category: CategoryId;
  /** Other names, spelled out (every form of a verb). */
  aliases: string[];
}

/** No alias is longer; lookups look no further. */
export const MAX_ALIAS_WORDS = 7;

export const TOPICS: readonly Topic[] = Object.entries({ ...KNOWING_AND_MAKING, ...DOING_AND_ENJOYING }).flatMap(([category, block]) => {
  if (!isCategory(category)) throw new Error(`The taxonomy has a block for an unknown category: ${category}`);
  return block
    .split('\n')
    .filter((line) => line.trim())
    .flatMap((line) => parseLine(line, category));
});

/** A line's topic, and one for each narrower name (`+name`). */
function parseLine(line: string, category: CategoryId): Topic[] {
  const colon = line.indexOf(': ');
  const name = line.slice(0, colon).trim();
  const aliases = line
    .slice(colon + 2)
    .split(',')
    .map((alias) => alias.trim())
    .filter((alias) => alias && !alias.startsWith('+'))
    .flatMap((alias) => {
      if (!alias.startsWith('~')) return [alias];
      const [verb, ...rest] = alias.slice(1).split(' ');
      return verbForms(verb!).map((form) => [form, ...rest].join(' '));
    });
  const narrower = line.slice(colon + 2).split(',').map((alias) => alias.trim()).filter((alias) => alias.startsWith('+'));
  return [{ name, category, aliases }, ...narrower.map((alias) => ({ name: alias.slice(1), category, aliases: [] }))];
}

/** The form in which names are compared: lower case, no hyphens, singular words. */
export function topicKey(text: string): string {
  return wordsOf(text).map(singular).join(' ');
}
export function wordsOf(text: string): string[] {
  return text.toLowerCase().replaceAll('’', "'").replaceAll('-', ' ').match(/[\p{L}\p{N}&']+/gu) ?? [];
}

/** Names win over aliases, earlier lines over later ones. */
const byKey = new Map<string, Topic>();
for (const topic of TOPICS) if (!byKey.has(topicKey(topic.name))) byKey.set(topicKey(topic.name), topic);
for (const topic of TOPICS) for (const alias of topic.aliases) if (!byKey.has(topicKey(alias))) byKey.set(topicKey(alias), topic);

/** The topic that is called so, by name or alias. */
export function findTopic(text: string): Topic | undefined {
  return byKey.get(topicKey(text));
}

export interface TopicSpan {
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
    for (let end = Math.min(keys.length, start + MAX_ALIAS_WORDS); end > start; end--) {
      const topic = byKey.get(keys.slice(start, end).join(' '));
      if (!topic) continue;
      found.push({ topic, start, end });
      start = end - 1;
      break;
    }
  }
  return found;
}

export function categoryName(id: string): string {
  return CATEGORIES.find((category) => category.id === id)?.name ?? id;
}
