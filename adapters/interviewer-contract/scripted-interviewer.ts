/** An interviewer that says what the test wrote, delta by delta, and can fail or wait wherever the test wants. */
import type { Conversation, Interviewer } from '#domain/interview/ports.ts';

export type ScriptedStep = string | Error | Promise<unknown>;
export interface ScriptedReply {
  /** Strings are deltas, an error is thrown, a promise is waited for. */
  steps: ScriptedStep[];
  closes?: boolean;
}

/** Replies in the order of `replies`; the last one is repeated. `asked` records the conversations it was shown. */
export function scriptedInterviewer(replies: ScriptedReply[], name = 'scripted'): Interviewer & { asked: Conversation[] } {
  const asked: Conversation[] = [];
  return {
    name,
    asked,
    reply(conversation, signal) {
      const script = replies[Math.min(asked.length, replies.length - 1)]!;
      asked.push(structuredClone(conversation));
      let finished = false;
      async function* text() {
        for (const step of script.steps) {
          if (signal?.aborted) return;
          if (step instanceof Error) throw step;
          if (typeof step === 'string') yield step;
          else await Promise.race([step, aborted(signal)]);
        }
        finished = !signal?.aborted;
      }
      return { text: text(), closes: () => finished && script.closes === true };
    },
  };
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal?.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
