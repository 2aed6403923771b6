/** The interviewer through streaming chat completions, as OpenAI, Ollama, vLLM and gateways to other models offer them. */
import type OpenAI from 'openai';
import { SpoolError } from '#domain/errors.ts';
import { CODE_PROMPT_VERSION } from '#domain/interview/code-guide/code-prompts.ts';
import { CodeGuard } from '#domain/interview/code-guide/guard.ts';
import type { Conversation, Interviewer } from '#domain/interview/ports.ts';
import { messagesFor } from '#domain/interview/prompts.ts';
import { INTERVIEWER_LIMITS, MAX_REPLY_CHARS } from './limits.ts';
import { callStreaming, type RemoteCallOptions } from './remote-call.ts';
import { SpokenText } from './spoken-text.ts';
import { engineName, type RemoteEngineOptions } from './remote-engine.ts';

export function createOpenAiInterviewer({ client, model, clock, log, limits = INTERVIEWER_LIMITS }: RemoteEngineOptions): Interviewer {
  const name = engineName(model);
  return {
    name,
    reply(conversation, signal) {
      let closes = false;
      let hinted = false;
      async function* text() {
        if (signal?.aborted) return;
        const spoken = new SpokenText();
        const guard = conversation.kind === 'code' ? new CodeGuard(conversation.code) : null;
        let said = '';
        try {
          for await (const delta of deltasOf(client, model, conversation, { engine: name, limits, clock, log, signal })) {
            const words = guard ? guard.push(spoken.push(delta)) : spoken.push(delta);
            said += words;
            if (words !== '') yield words;
            if (spoken.closes || (said.length > MAX_REPLY_CHARS && /[.!?]["”’)]*\s*$/u.test(said))) break;
          }
        } catch (error) {
          // Interrupted: the words simply end.
          if (signal?.aborted) return;
          throw error;
        }
        if (signal?.aborted) return;
        const rest = guard ? guard.push(spoken.end()) + (said.trim() === '' && spoken.isEmpty ? '' : guard.end()) : spoken.end();
        if (rest !== '') yield rest;
        if (`${said}${rest}`.trim() === '') throw new SpoolError('engine.failed', 'The remote engine answered without words.', { fields: { engine: name } });
        closes = spoken.closes && !signal?.aborted;
        hinted = spoken.gaveHint || conversation.request === 'hint';
      }
      return { text: text(), closes: () => closes, gaveHint: () => hinted, promptVersion: () => (conversation.kind === 'code' ? CODE_PROMPT_VERSION : null) };
    },
  };
}

/** A stream that ends without saying why it ended was cut. */
async function* deltasOf(client: OpenAI, model: string, conversation: Conversation, options: RemoteCallOptions): AsyncGenerator<string> {
  const open = async (signal: AbortSignal) => {
    const stream = await client.chat.completions.create({ model, messages: messagesFor(conversation), stream: true }, { signal });
    return stream[Symbol.asyncIterator]();
  };
  let finished = false;
  for await (const chunk of callStreaming(open, options)) {
    const choice = chunk.choices?.[0];
    if (typeof choice?.delta?.content === 'string' && choice.delta.content !== '') yield choice.delta.content;
    finished ||= typeof choice?.finish_reason === 'string';
  }
  if (!finished) throw new SpoolError('engine.failed', "The remote engine's answer broke off.", { fields: { engine: options.engine } });
}
