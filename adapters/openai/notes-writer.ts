/** Reads a meeting through streaming chat completions. Everything it claims is checked by whoever asks. */
import { z } from 'zod';
import { SpoolError } from '#domain/errors.ts';
import type { ClaimedEvidence, NotesWriter } from '#domain/meetings/notes/ports.ts';
import type { PromptMessage } from '#domain/interview/prompts.ts';
import { NOTES_PROMPT_VERSION, chooseMessages, notesMessages } from '#domain/meetings/notes/notes-prompt.ts';
import { jsonIn } from './json-reply.ts';
import { NOTES_LIMITS } from './limits.ts';
import { engineName, plainName, type RemoteEngineOptions } from './remote-engine.ts';
import { callStreaming } from './remote-call.ts';

/** About 8,000 tokens with numbers, names and fences: what a small model of one's own reads at once. */
const MAX_TRANSCRIPT_CHARS = 20_000;
const MAX_REPLY_CHARS = 60_000;
/** More of a kind from one part is no note any more. */
const MAX_POINTS = 40;

const evidence = z.array(z.object({ item: z.coerce.number(), quote: z.string().max(2_000) })).max(20);
const text = z.string().max(2_000);
const optional = z.string().max(200).nullish().transform((value) => value ?? null);
const point = z.object({ text, evidence });
const task = z.object({ text, owner: optional, due: optional, evidence });
const topic = z.object({ title: text, evidence });
/** One point that does not fit does not cost the others. */
const listOf = <T>(each: z.ZodType<T>) => z.array(z.unknown()).max(MAX_POINTS).default([]).transform((list) => list.flatMap((one) => each.safeParse(one).data ?? []));
const replySchema = z.object({ summary: listOf(point), topics: listOf(topic), decisions: listOf(point), actionItems: listOf(task), openQuestions: listOf(point) });
const choiceSchema = z.object({ keep: z.array(z.coerce.number()).max(200) });

export function createOpenAiNotesWriter({ client, model, clock, log, limits = NOTES_LIMITS }: RemoteEngineOptions): NotesWriter {
  const engine = engineName(model);

  async function ask<T>(messages: PromptMessage[], schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    const open = async (inner: AbortSignal) => {
      const stream = await client.chat.completions.create({ model, messages, stream: true }, { signal: inner });
      return stream[Symbol.asyncIterator]();
    };
    let reply = '';
    let finished = false;
    for await (const chunk of callStreaming(open, { engine, limits, clock, log, signal })) {
      const choice = chunk.choices?.[0];
      if (typeof choice?.delta?.content === 'string') reply += choice.delta.content;
      finished ||= choice?.finish_reason === 'stop';
      if (reply.length > MAX_REPLY_CHARS) break;
    }
    if (!finished) throw new SpoolError('engine.failed', "The remote engine's notes broke off.", { fields: { engine, reason: 'broke_off' } });
    const parsed = schema.safeParse(jsonIn(reply));
    if (!parsed.success) throw new SpoolError('engine.failed', 'The reply of the remote engine is no notes.', { fields: { engine, reason: 'malformed' } });
    return parsed.data;
  }

  return {
    name: `${plainName(model)} (${NOTES_PROMPT_VERSION})`,
    maxChars: MAX_TRANSCRIPT_CHARS,
    async read(request, signal) {
      const claimed = await ask(notesMessages(request), replySchema, signal);
      // The prompt numbers utterances, which is short and cannot be mistaken; a number that is none names no item.
      const named = <T extends { evidence: { item: number; quote: string }[] }>(each: T): Omit<T, 'evidence'> & { evidence: ClaimedEvidence[] } => ({
        ...each,
        evidence: each.evidence.map(({ item, quote }) => ({ itemId: request.items[item - 1]?.itemId ?? '', quote })),
      });
      return {
        summary: claimed.summary.map(named),
        topics: claimed.topics.map(named),
        decisions: claimed.decisions.map(named),
        actionItems: claimed.actionItems.map(named),
        openQuestions: claimed.openQuestions.map(named),
      };
    },
    async choose(request, signal) {
      return (await ask(chooseMessages(request), choiceSchema, signal)).keep.map((number) => number - 1);
    },
  };
}
