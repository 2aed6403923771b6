/** Scripted people: what they answer and what must come of it. The format is described in docs/interviewer.md. */
import { readdirSync, readFileSync } from 'node:fs';
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

/** When the script is over. */
const NOTHING_MORE = 'No, that is all.';
const MAX_EXCHANGES = 60;

export function loadScenarios(): Scenario[] {
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  const fixtures = read('../fixtures/interests/conversations.json') as { id: string; answers: string[] }[];
  return readdirSync(new URL('.', import.meta.url))
    .filter((name) => name.endsWith('.json'))
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
}

/** Plays the person against an interviewer until it closes. */
export async function play(scenario: Scenario, interviewer: Interviewer, sessionId: string): Promise<Played> {
  const turns: ConversationTurn[] = [];
  const left = [...(scenario.answers ?? [])];
  const replies = [...(scenario.answersTo ?? [])];
  const conversation: Conversation = { sessionId, kind: 'onboarding', personName: scenario.personName ?? 'Ada', turns, elapsedMs: 0 };
  let answers = 0;
  let closed = false;
  while (turns.length < 2 * MAX_EXCHANGES && !closed) {
    conversation.interests = scenario.interests?.findLast(({ fromAnswer }) => answers > fromAnswer)?.interests;
    const reply = interviewer.reply(structuredClone(conversation));
    let text = '';
    for await (const delta of reply.text) text += delta;
    turns.push({ speaker: 'agent', text });
    closed = reply.closes();
    if (closed) break;
    const at = replies.findIndex(({ asks }) => new RegExp(asks, 'i').test(text));
    turns.push({ speaker: 'user', text: at >= 0 ? replies.splice(at, 1)[0]!.answer : (left.shift() ?? NOTHING_MORE) });
    answers += 1;
    conversation.elapsedMs += (scenario.secondsPerExchange ?? 28) * 1000;
  }
  return { turns, agent: turns.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text), answers, minutes: conversation.elapsedMs / 60_000, closed, conversation };
}
