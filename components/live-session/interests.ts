/** From the stream's messages to the interests on screen. Pure. */
import type { Interest, Mention, Sentiment } from '#domain/interests/interest.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';

export interface InterestState {
  /** In the order they were first noticed. */
  interests: Interest[];
  /** Rises with every message that changes something. */
  serial: number;
  /** Per id, the serial of the newest message about it; retracted ones stay, so that an older list does not bring them back. */
  changedAt: Record<string, number>;
  /** For a screen reader: how many there are and the newest one's topic. Updates are not announced. */
  announcement: string;
}
export const NO_INTERESTS: InterestState = { interests: [], serial: 0, changedAt: {}, announcement: '' };

/** The state after a message; the same object when nothing changed. */
export function withInterestMessage(state: InterestState, message: ServerMessage): InterestState {
  if (message.type === 'interest.detected') {
    const interest = asInterest(message.interest);
    if (!interest) return state;
    const at = state.interests.findIndex(({ id }) => id === interest.id);
    const interests = at >= 0 ? state.interests.with(at, interest) : [...state.interests, interest];
    return { ...touched(state, interest.id), interests, announcement: at >= 0 ? state.announcement : noted(interests.length, interest.topic) };
  }
  if (message.type === 'interest.retracted') {
    const taken = state.interests.find(({ id }) => id === message.id);
    const interests = taken ? state.interests.filter((other) => other !== taken) : state.interests;
    return { ...touched(state, message.id), interests, announcement: taken ? `Taken back: ${taken.topic}.` : state.announcement };
  }
  return state;
}

/**
 * Adds the server's list, e.g. after a reload. `asOf` is the state's serial when the list was asked for: what messages
 * have told since then is newer and stays. Announces nothing.
 */
export function withInterestList(state: InterestState, list: readonly Interest[], asOf: number): InterestState {
  const isNewer = (id: string) => (state.changedAt[id] ?? 0) > asOf;
  const mine = new Map(state.interests.map((interest) => [interest.id, interest]));
  const listed = list.flatMap((interest) => (isNewer(interest.id) ? (mine.get(interest.id) ?? []) : interest));
  const ids = new Set(list.map(({ id }) => id));
  const added = state.interests.filter(({ id }) => !ids.has(id) && isNewer(id));
  return { ...state, interests: [...listed, ...added] };
}

function touched(state: InterestState, id: string): InterestState {
  const serial = state.serial + 1;
  return { ...state, serial, changedAt: { ...state.changedAt, [id]: serial } };
}
function noted(count: number, topic: string): string {
  return count === 1 ? `Noted as an interest: ${topic}.` : `${count} interests noted, the newest: ${topic}.`;
}

const SENTIMENT_NAMES: Record<Sentiment, true> = { positive: true, mixed: true, negative: true };

/**
 * The value as an interest, or null. The browser's light check of what `interestSchema` checks on the server; what a
 * card can do without (mentions, confidence) gets a default.
 */
export function asInterest(value: unknown): Interest | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, topic, category, sentiment, confidence, quote, startMs, endMs, itemId, status, mentions } = value as Record<string, unknown>;
  if (!isText(id) || !isText(topic) || !isText(category) || !isText(quote) || !isText(itemId) || !isMs(startMs) || !isMs(endMs)) return null;
  if (!isText(sentiment) || !Object.hasOwn(SENTIMENT_NAMES, sentiment)) return null;
  return {
    id, topic, category, quote, startMs, endMs, itemId,
    sentiment: sentiment as Sentiment,
    confidence: typeof confidence === 'number' ? confidence : 0,
    status: status === 'confirmed' ? 'confirmed' : 'detected',
    mentions: Array.isArray(mentions) ? (mentions as Mention[]) : [],
  };
}
function isText(value: unknown): value is string {
  return typeof value === 'string';
}
function isMs(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
