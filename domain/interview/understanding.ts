/** What the interviewer believes to have understood: from the person's own words, or from what the session already keeps. */
import type { Sentiment } from '../interests/interest.ts';
import type { Exchange } from './memory.ts';
import type { Conversation } from './ports.ts';
import { quotable, withCapitals } from './take-up.ts';
import type { Mention } from './take-up.ts';
import { sameTopic } from './wording.ts';

export interface Understood {
  topic: string;
  sentiment: Sentiment;
  kind: Mention['kind'];
}

/**
 * Every topic once, in the order in which it came up; the last word about it counts, and what was taken back is not there.
 * `conversation.interests`, where given, replaces what the words alone tell; corrections made since still hold.
 */
export function understandingOf(exchanges: readonly Exchange[], kept: Conversation['interests']): Understood[] {
  const fromWords: Understood[] = [];
  const takenBack: string[] = [];
  const added: Understood[] = [];
  const drop = (name: string) => {
    for (let i = fromWords.length - 1; i >= 0; i--) if (sameTopic(fromWords[i]!.topic, name)) fromWords.splice(i, 1);
  };
  for (const [index, { heard }] of exchanges.entries()) {
    if (!heard) continue;
    if (heard.intent === 'undo' && !heard.correction) {
      const undone = heard.mentions.length > 0 ? heard.mentions : (exchanges[index - 1]?.heard?.mentions ?? []);
      for (const { topic } of undone) drop(topic);
      takenBack.push(...undone.map(({ topic }) => topic));
      continue;
    }
    for (const { topic, kind } of heard.mentions) {
      drop(topic);
      fromWords.push({ topic, kind, sentiment: kind === 'dislikes' ? 'negative' : 'positive' });
      // Said again, it is meant again.
      for (let i = takenBack.length - 1; i >= 0; i--) if (sameTopic(takenBack[i]!, topic)) takenBack.splice(i, 1);
    }
    const { correction } = heard;
    if (!correction) continue;
    if (correction.wrong !== undefined) {
      drop(correction.wrong);
      takenBack.push(correction.wrong);
    }
    if (correction.right !== undefined) {
      const right: Understood = { topic: correction.right, kind: 'likes', sentiment: 'positive' };
      drop(right.topic);
      fromWords.push(right);
      added.push(right);
    }
  }
  if (!kept) return fromWords;
  const safe = kept.flatMap(({ topic, sentiment }) => (quotable(topic) === undefined ? [] : [{ topic: withCapitals(topic), sentiment, kind: kindOf(topic, sentiment, fromWords) }]));
  const still = safe.filter(({ topic }) => !takenBack.some((name) => sameTopic(name, topic)));
  return [...still, ...added.filter(({ topic }) => !still.some((each) => sameTopic(each.topic, topic)) && !takenBack.some((name) => sameTopic(name, topic)))];
}

function kindOf(topic: string, sentiment: Sentiment, fromWords: readonly Understood[]): Mention['kind'] {
  if (sentiment === 'negative') return 'dislikes';
  const kind = fromWords.find((each) => sameTopic(each.topic, topic))?.kind;
  return kind === undefined || kind === 'dislikes' ? 'likes' : kind;
}
