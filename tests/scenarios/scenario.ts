/** Scripted people: what they answer and what must come of it. The format is described in docs/interviewer.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { newId } from '#domain/ids.ts';
import { ItemReadings } from '#domain/interests/item-readings.ts';
import type { InterestExtractor, InterestRecord } from '#domain/interests/ports.ts';
import type { Conversation, ConversationTurn, Interviewer } from '#domain/interview/ports.ts';

export interface Scenario {
  id: string;
  /** Who this is, in a sentence. */
  person: string;
  personName?: string;
  /** How long one question and its answer take. */
  secondsPerExchange?: number;
  /** Answers of a person in tests/fixtures/interests/conversations.json, or the scenario's own. */
  fixture?: string;
  answers?: string[];
  /** Said once, instead of the next answer, when the interviewer's words match. */
  answersTo?: { asks: string; answer: string }[];
  /** What the session keeps of the person's interests, from the given answer on (counted from 0). */
  interests?: { fromAnswer: number; interests: NonNullable<Conversation['interests']> }[];
  expect: {
    /** Areas that must have been touched. */
    areas?: string[];
    /** Must occur in a question. */
    takenUp?: string[];
    easesOff?: boolean;
    /** Patterns that some turn matches, and that no turn may match; case does not matter. */
    says?: string[];
    neverSays?: string[];
    /** The newest sum-up. */
    sumUp?: { contains?: string[]; omits?: string[] };
    closes: { minutesAtLeast?: number; minutesAtMost: number; answersAtMost?: number };
  };
}

/** What must be known of a person in the end, and what not: tests/fixtures/interests/README.md. */
export interface ExpectedClaims {
  claimed: { topic: string; aliases?: string[]; category: string; sentiment: 'positive' | 'mixed' | 'negative' }[];
  notClaimed: { topic: string; aliases?: string[]; why: string }[];
  merged: { topic: string; answers: number[] }[];
  retracted: { topic: string; said: number; takenBack: number }[];
}

/** When the script is over. */
const NOTHING_MORE = 'No, that is all.';
const MAX_EXCHANGES = 60;

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const SCENARIOS = /^(?!claims|model-|code-)/;

/** The people of tests/fixtures/interests/conversations.json. */
export function loadPeople(): { id: string; person: string; answers: string[]; expect: ExpectedClaims }[] {
  return read('../fixtures/interests/conversations.json');
}

export function loadScenarios(): Scenario[] {
  const fixtures = loadPeople();
  return readdirSync(new URL('.', import.meta.url))
    .filter((name) => name.endsWith('.json') && SCENARIOS.test(name))
    .sort()
    .flatMap((name) => read(name) as Scenario[])
    .map((scenario) => (scenario.fixture === undefined ? scenario : { ...scenario, answers: fixtures.find(({ id }) => id === scenario.fixture)!.answers }));
}

export interface Played {
  turns: ConversationTurn[];
  agent: string[];
  answers: number;
  minutes: number;
  closed: boolean;
  conversation: Conversation;
  /** What the session knows in the end, where an extractor listened. The n-th answer is item `u-<n>`, counted from 0. */
  ledger: InterestRecord[];
}

/** Plays the person against an interviewer until it closes. With an extractor, the session keeps what that finds. */
export async function play(scenario: Scenario, interviewer: Interviewer, sessionId: string, extractor?: InterestExtractor): Promise<Played> {
  const turns: ConversationTurn[] = [];
  const left = [...(scenario.answers ?? [])];
  const replies = [...(scenario.answersTo ?? [])];
  const conversation: Conversation = { sessionId, kind: 'onboarding', personName: scenario.personName ?? 'Ada', turns, elapsedMs: 0 };
  const readings = new ItemReadings({ stored: [], decisions: [], newId });
  let answers = 0;
  let closed = false;
  while (turns.length < 2 * MAX_EXCHANGES && !closed) {
    conversation.interests = extractor ? shown(readings.ledger) : scenario.interests?.findLast(({ fromAnswer }) => answers > fromAnswer)?.interests;
    const reply = interviewer.reply(structuredClone(conversation));
    let text = '';
    for await (const delta of reply.text) text += delta;
    turns.push({ speaker: 'agent', text });
    closed = reply.closes();
    if (closed) break;
    const at = replies.findIndex(({ asks }) => new RegExp(asks, 'i').test(text));
    turns.push({ speaker: 'user', text: at >= 0 ? replies.splice(at, 1)[0]!.answer : (left.shift() ?? NOTHING_MORE) });
    if (extractor) await hear(extractor, readings, { sessionId, itemId: `u-${answers}`, text: turns.at(-1)!.text, question: text });
    answers += 1;
    conversation.elapsedMs += (scenario.secondsPerExchange ?? 28) * 1000;
  }
  return { turns, agent: turns.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text), answers, minutes: conversation.elapsedMs / 60_000, closed, conversation, ledger: readings.ledger };
}

/** As the realtime server does it, every reading of an item in turn. */
async function hear(extractor: InterestExtractor, readings: ItemReadings, { sessionId, itemId, text, question }: { sessionId: string; itemId: string; text: string; question: string }): Promise<void> {
  const request = { sessionId, text, question, knownTopics: readings.ledger.filter(({ status }) => status !== 'retracted').map(({ topic }) => topic) };
  const item = { itemId, revision: 1, text, startSample: 0, endSample: 16_000 };
  if (!extractor.readings) return void readings.put(item, { extractor: extractor.name, extraction: await extractor.extract(request) });
  for await (const reading of extractor.readings(request)) readings.put(item, reading);
}

/** What a person's cards show, the surest first. */
export function shown(ledger: readonly InterestRecord[]): InterestRecord[] {
  return ledger.filter(({ status }) => status === 'detected' || status === 'confirmed').toSorted((a, b) => b.confidence - a.confidence);
}
