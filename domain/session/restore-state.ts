/** Rebuilds a live session from what is stored of it, so that it outlives any process. */
import type { ConversationTurn } from '../interview/ports.ts';
import type { ItemRecord, StoredSession } from './ports.ts';
import { msToSamples } from '../stream/audio-format.ts';
import { type LiveState, type Owed, TYPED_ITEM, initialState } from './live-state.ts';

export interface RestoredSession {
  state: LiveState;
  /** Audio before this sample was transcribed or judged to hold no words; hearing starts here. */
  heardThroughSample: number;
}

/** `nowMs` on the same monotonic clock that later transitions use. */
export function restoreState(stored: StoredSession, nowMs: number): RestoredSession {
  const fresh = initialState(stored.session.kind, nowMs);
  let { owed, turn, nextUtterance, pace, helpedAtMs } = fresh;
  let heardThroughSample = 0;
  let said: Owed | null = null;
  let turnHasWords = false;
  const lastAgent = { endSample: 0, text: '' };
  for (const event of stored.events) {
    const data = (event.data ?? {}) as Record<string, unknown>;
    switch (event.type) {
      case 'turn.ended':
        turn = Math.max(turn, Number(data.turn));
        owed = { kind: 'answer' };
        turnHasWords = false;
        break;
      case 'transcript.final':
        if (data.speaker !== 'agent') turnHasWords = true;
        break;
      case 'agent.began':
        nextUtterance = Math.max(nextUtterance, Number(data.utterance) + 1);
        break;
      case 'agent.said':
        nextUtterance = Math.max(nextUtterance, Number(data.utterance) + 1);
        lastAgent.text = String(data.text);
        // Until it is heard to its end it is owed.
        said = { kind: 'repeat', text: lastAgent.text, ...(data.closes === true ? { closes: true } : {}) };
        owed = said;
        break;
      case 'agent.interrupted':
        nextUtterance = Math.max(nextUtterance, Number(data.utterance) + 1);
        if (data.reason === 'interrupted') owed = null;
        else owed = said ?? owed;
        break;
      case 'agent.done':
        turnHasWords = false;
        owed = null;
        said = null;
        break;
      case 'agent.pace':
        pace = Number(data.pace);
        break;
      case 'help.offered':
        helpedAtMs = nowMs;
        break;
      case 'agent.played':
        lastAgent.endSample = Math.max(lastAgent.endSample, (event.sample ?? 0) + Number(data.samples));
        break;
      case 'speech.ignored':
      case 'transcription.failed':
        heardThroughSample = Math.max(heardThroughSample, Number(data.endSample));
        break;
    }
  }
  // Typed answers have no length and tell nothing about what was heard.
  for (const item of stored.items) if (item.speaker !== 'agent' && item.endSample > item.startSample) heardThroughSample = Math.max(heardThroughSample, item.endSample);
  const placedThroughSample = Math.max(-1, ...stored.items.map((item) => item.endSample));
  if (!fresh.policy.interviewer) owed = null;
  // Words of a turn whose end was not seen: silence ends it as if nothing had happened. A "mhm" under an answer is no turn.
  turnHasWords &&= owed === null || owed.kind === 'opening';
  const deadlineSample = heardThroughSample + msToSamples(fresh.policy.incompleteSilenceMs);
  const user: LiveState['user'] = turnHasWords ? { is: 'waiting', endSample: heardThroughSample, deadlineSample, sinceMs: nowMs } : { is: 'quiet' };
  const phase = stored.session.status === 'paused' ? 'paused' : 'live';
  return { state: { ...fresh, phase, user, turnHasWords, owed, turn, nextUtterance, lastAgent, pace, helpedAtMs, placedThroughSample, heardThroughSample }, heardThroughSample };
}

/** Items in the order they were written down: typed answers have no length, so their place in the audio does not tell. */
export function itemsInOrder(stored: StoredSession): Map<string, ItemRecord> {
  const written = stored.events.filter((event) => event.type === 'transcript.final').map((event) => (event.data as ItemRecord).itemId);
  const rank = new Map([...new Set(written)].map((itemId, index) => [itemId, index]));
  const sorted = [...stored.items].sort((a, b) => (rank.get(a.itemId) ?? Infinity) - (rank.get(b.itemId) ?? Infinity));
  return new Map(sorted.map((item) => [item.itemId, item]));
}

/** The conversation as the interviewer sees it: neighbouring items of one speaker joined. */
export function conversationTurns(items: Iterable<ItemRecord>): ConversationTurn[] {
  const turns: ConversationTurn[] = [];
  for (const item of items) {
    const speaker = item.speaker === 'agent' ? 'agent' : 'user';
    const last = turns.at(-1);
    if (last?.speaker === speaker) {
      last.text = `${last.text} ${item.text}`.trim();
      last.unheardText = item.unheardText;
    } else turns.push({ speaker, text: item.text, ...(item.unheardText ? { unheardText: item.unheardText } : {}), ...(item.itemId.startsWith(TYPED_ITEM) ? { typed: true } : {}) });
  }
  return turns;
}
