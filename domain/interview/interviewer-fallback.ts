/** An interviewer with a stand-in: takes over before the first word; afterwards a broken sentence is ended, not begun again. */
import { Degrading, within, type FallbackOptions } from '../speech/degradation.ts';
import type { Interviewer, InterviewerReply } from './ports.ts';

/** A person who has finished speaking waits this long for the first word at most. */
export const INTERVIEWER_SLOW_AFTER_MS = 3_500;
/** Said after a sentence that broke off; begins with the mark that ends it. */
export const BROKEN_OFF = '… Sorry, I lost my thread there. Please go on.';

export function interviewerWithFallback(primary: Interviewer, local: Interviewer, options: FallbackOptions): Interviewer {
  const { clock, slowAfterMs = INTERVIEWER_SLOW_AFTER_MS } = options;
  const state = new Degrading({ port: 'interviewer', from: primary.name, to: local.name }, options);
  return {
    get name() {
      return state.breaker.resting ? local.name : primary.name;
    },
    reply(conversation, signal) {
      let speaking: InterviewerReply | null = null;
      async function* text() {
        if (signal?.aborted) return;
        if (!state.breaker.allows()) {
          state.tell(conversation.sessionId);
          speaking = local.reply(conversation, signal);
          yield* speaking.text;
          return;
        }
        const stop = new AbortController();
        let said = '';
        let decided = false;
        speaking = primary.reply(conversation, signal ? AbortSignal.any([signal, stop.signal]) : stop.signal);
        const deltas = speaking.text[Symbol.asyncIterator]();
        try {
          // White space is no word: it neither stops the wait nor commits to this reply.
          const firstWords = async () => {
            let next = await deltas.next();
            while (!next.done && next.value.trim() === '') next = await deltas.next();
            return next;
          };
          for (let next = await within(firstWords, slowAfterMs, clock, signal); !next.done; next = await deltas.next()) {
            said += next.value;
            yield next.value;
          }
          decided = !signal?.aborted;
          if (decided) state.succeeded();
          return;
        } catch (error) {
          if (signal?.aborted) return;
          decided = true;
          state.failed(conversation.sessionId, error);
        } finally {
          if (!decided) state.breaker.undecided();
          stop.abort();
          // Not waited for: an engine that hangs would hold the stand-in up.
          deltas.return?.().catch(() => {});
        }
        if (said === '') {
          speaking = local.reply(conversation, signal);
          yield* speaking.text;
          return;
        }
        speaking = null;
        if (!/[.!?…]["'”’)]*\s*$/u.test(said)) yield BROKEN_OFF;
      }
      return { text: text(), closes: () => speaking?.closes() ?? false, gaveHint: () => speaking?.gaveHint?.() ?? false, promptVersion: () => speaking?.promptVersion?.() ?? null };
    },
  };
}
