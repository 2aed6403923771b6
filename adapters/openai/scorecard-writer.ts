/** Reasons for a scorecard through streaming chat completions. Everything it cites is checked by whoever asks. */
import { SpoolError } from '#domain/errors.ts';
import type { ScorecardWriter } from '#domain/scorecard/ports.ts';
import { scorecardMessages } from '#domain/scorecard/scorecard-prompt.ts';
import { areaSchema } from '#domain/scorecard/scorecard.ts';
import { z } from 'zod';
import { jsonIn } from './json-reply.ts';
import { SCORECARD_LIMITS } from './limits.ts';
import { engineName, type RemoteEngineOptions } from './remote-engine.ts';
import { callStreaming } from './remote-call.ts';

const MAX_CHARS = 40_000;
const replySchema = z.object({ areas: z.array(z.unknown()).max(10) });

export function createOpenAiScorecardWriter({ client, model, clock, log, limits = SCORECARD_LIMITS }: RemoteEngineOptions): ScorecardWriter {
  const name = engineName(model);
  return {
    name,
    async write(request, signal) {
      const open = async (inner: AbortSignal) => {
        const stream = await client.chat.completions.create({ model, messages: scorecardMessages(request), stream: true }, { signal: inner });
        return stream[Symbol.asyncIterator]();
      };
      let text = '';
      let finished = false;
      for await (const chunk of callStreaming(open, { engine: name, limits, clock, log, signal })) {
        const choice = chunk.choices?.[0];
        if (typeof choice?.delta?.content === 'string') text += choice.delta.content;
        finished ||= choice?.finish_reason === 'stop';
        if (text.length > MAX_CHARS) break;
      }
      if (!finished) throw new SpoolError('engine.failed', "The remote engine's scorecard broke off.", { fields: { engine: name } });
      const parsed = replySchema.safeParse(jsonIn(text));
      if (!parsed.success) throw new SpoolError('engine.failed', 'The reply of the remote engine is no scorecard.', { fields: { engine: name } });
      // One area that does not fit does not cost the others.
      return parsed.data.areas.flatMap((each) => areaSchema.safeParse(each).data ?? []);
    },
  };
}
