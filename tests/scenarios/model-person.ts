/** Scripted language models for the scripted people: what they say turn by turn and what they make of each answer. Format: docs/interviewer.md. */
import { readFileSync } from 'node:fs';
import { answerIn, asksToRead, type ChatReply } from '#tests/support/openai-server.ts';

type Said = string | { text?: string; cutAfter?: number; status?: number };
interface Read {
  /** Topic, category, sentiment, quote. */
  claims?: [string, string, string, string][];
  /** Topic, quote. */
  retractions?: [string, string][];
  /** Said instead of JSON of the schema. */
  reply?: string;
  refusal?: string;
  finish?: 'length';
  status?: number;
}
export interface ModelPerson {
  id: string;
  /** A person of tests/fixtures/interests/conversations.json. */
  fixture: string;
  /** What this model is like, in a sentence. */
  model: string;
  /** By number of the turn; the others are a plain question, and after the last answer a goodbye. */
  says: Record<string, Said>;
  /** By number of the answer; nothing is found in the others. */
  reads: Record<string, Read>;
  expect: {
    hears?: string[];
    neverHears?: string[];
    /** Claims and retractions thrown away because they were not said. */
    discarded?: number;
    /** Ports that went on locally at least once. */
    degraded?: string[];
    /** Kept with this sentiment, beside what the person's own expectations name. */
    keeps?: [topic: string, sentiment: string][];
    /** Where the checks end: what must not be claimed, with words that were said but mean something else. */
    believed?: string[];
    /** Kept as taken back. */
    retracted?: string[];
  };
}

export function loadModelPeople(): ModelPerson[] {
  return JSON.parse(readFileSync(new URL('model-people.json', import.meta.url), 'utf8')) as ModelPerson[];
}

/** Answers chat requests as this model does. @param answers what the person says, in order */
export function modelOf({ says, reads }: ModelPerson, answers: readonly string[]): (body: Record<string, unknown>) => ChatReply {
  return (body) => {
    if (asksToRead(body)) return reading(reads[answers.findIndex((answer) => answer.trim() === answerIn(body))]);
    const turn = (body.messages as { role: string }[]).filter(({ role }) => role === 'assistant').length;
    const said = says[turn] ?? (turn < answers.length ? 'I see. What else do you enjoy?' : 'Thank you, Ada. Goodbye. [[END]]');
    if (typeof said === 'string') return { deltas: deltasOf(said) };
    return { ...said, deltas: deltasOf(said.text ?? '') };
  };
}

function reading({ claims = [], retractions = [], reply, ...rest }: Read = {}): ChatReply {
  const json = {
    claims: claims.map(([topic, category, sentiment, quote]) => ({ topic, category, sentiment, confidence: 0.9, quote })),
    retractions: retractions.map(([topic, quote]) => ({ topic, quote })),
  };
  return { deltas: deltasOf(reply ?? JSON.stringify(json)), ...rest };
}

/** About as long as a model's tokens are. */
function deltasOf(text: string): string[] {
  return text.match(/[^]{1,12}/g) ?? [];
}
