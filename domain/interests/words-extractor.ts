/** Finds interests in spoken answers by rules on words: offline, in well under 5 ms for an answer, the same every time. */
import type { Claim, Extraction, Retraction, Sentiment } from './interest.ts';
import type { ExtractionRequest, InterestExtractor } from './ports.ts';
import { findTopic, topicKey } from './taxonomy.ts';
import { readAnswer } from './words/reading.ts';
import type { Found } from './words/reading.ts';

/** No answer is longer in practice; what comes after is not read. */
export const MAX_CHARS = 8_000;

export const wordsExtractor: InterestExtractor = {
  name: 'words/2',
  async extract(request: ExtractionRequest): Promise<Extraction> {
    return extractByWords(request);
  },
};

export function extractByWords({ text, question, knownTopics }: Omit<ExtractionRequest, 'sessionId'>): Extraction {
  const readable = text.slice(0, MAX_CHARS);
  const { found, retracted } = readAnswer(readable, question, knownTopics);
  const claims = merged(found).map(
    ({ named, sentiment, confidence, from, to }): Claim => ({ topic: named.topic, category: named.category, sentiment, confidence, quote: text.slice(from, to), from, to }),
  );
  const retractions = retracted
    .filter(({ topic }) => !claims.some((claim) => claim.topic === topic && claim.sentiment !== 'negative'))
    .map(({ topic, from, to }): Retraction => ({ topic, quote: text.slice(from, to), from, to }));
  return { claims, retractions };
}

/** One claim for each topic: what was said last decides, unless like and dislike of the same breath make it mixed. */
function merged(found: readonly Found[]): Found[] {
  const byTopic = new Map<string, Found>();
  for (const next of found) {
    const before = byTopic.get(next.named.topic);
    if (!before) byTopic.set(next.named.topic, next);
    else if (before.sentiment === next.sentiment) byTopic.set(next.named.topic, { ...(next.confidence > before.confidence ? next : before), confidence: 1 - (1 - before.confidence) * (1 - next.confidence * 0.5) });
    else byTopic.set(next.named.topic, { ...next, sentiment: settle(before, next) });
  }
  const all = [...byTopic.values()];
  return all.filter((one, at) => !all.some((other, index) => index !== at && repeats(one, other, index < at))).map((one) => ({ ...one, confidence: Math.round(Math.min(0.95, one.confidence) * 100) / 100 }));
}
/** Another claim of the same sentiment says it already: of "ceramics, glazing" the wider, of "looking at pond water" the one with a name. */
function repeats(one: Found, other: Found, isEarlier: boolean): boolean {
  if (one.sentiment !== other.sentiment) return false;
  const topic = findTopic(one.named.topic);
  if (topic?.within !== undefined && topic.within === other.named.topic) return true;
  if (one.named.listed && other.named.listed) return false;
  const own = new Set(topicKey(one.named.topic).split(' '));
  const others = topicKey(other.named.topic).split(' ');
  const contained = others.every((word) => own.has(word)) || [...own].every((word) => others.includes(word));
  return contained && (other.named.listed || (!one.named.listed && isEarlier));
}
function settle(before: Found, next: Found): Sentiment {
  if (next.stance === 'stopped' || before.stance === 'past') return next.sentiment;
  if (before.stance === 'do' || next.stance === 'do') return before.stance === 'do' ? next.sentiment : before.sentiment;
  if (before.clause === next.clause && (before.sentiment === 'positive' || next.sentiment === 'positive') && before.sentiment !== 'negative' && next.sentiment !== 'negative') return 'positive';
  if (before.stance === 'bare' || next.stance === 'bare') return before.stance === 'bare' ? next.sentiment : before.sentiment;
  if (before.sentiment === 'mixed' || next.sentiment === 'mixed') return next.sentiment === 'negative' ? 'negative' : 'mixed';
  return next.sameBreath ? 'mixed' : next.sentiment;
}
