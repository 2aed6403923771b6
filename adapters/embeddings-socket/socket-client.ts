/** Asks the worker beside this process what a query means. */
import net from 'node:net';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { MeantQuery, UnderstandQuery } from '#domain/meetings/search/ports.ts';
import { MAX_ANSWER_BYTES, answerSchema } from './messages.ts';

/** The model's child starts with the first question and answers that within 2.5 s (docs/decisions/embeddings.md); somebody waits. */
export const ANSWER_WITHIN_MS = 4_000;

export function socketQueryReader(socketPath: string, clock: Clock): UnderstandQuery {
  return (text, signal) => {
    signal?.throwIfAborted();
    return new Promise<MeantQuery>((resolve, reject) => {
      const socket = net.connect(socketPath);
      let answered = '';
      const settle = (outcome: MeantQuery | SpoolError): void => {
        cancelTimer();
        signal?.removeEventListener('abort', abort);
        socket.destroy();
        if (outcome instanceof SpoolError) reject(outcome);
        else resolve(outcome);
      };
      const abort = (): void => settle(new SpoolError('unavailable', 'Nobody waits for the meaning of a query any more.', { cause: signal?.reason }));
      const cancelTimer = clock.schedule(ANSWER_WITHIN_MS, () => settle(new SpoolError('engine.timeout', 'The worker took too long to say what a query means.')));
      signal?.addEventListener('abort', abort, { once: true });
      socket.setEncoding('utf8');
      socket.on('connect', () => socket.write(`${JSON.stringify({ text })}\n`));
      socket.on('data', (piece: string) => {
        answered += piece;
        if (answered.length > MAX_ANSWER_BYTES) settle(new SpoolError('engine.failed', 'The worker says too much about a query.'));
        else if (answered.endsWith('\n')) settle(meantBy(answered));
      });
      socket.on('error', (cause) => settle(new SpoolError('unavailable', 'The worker does not say what queries mean.', { cause })));
      socket.on('close', () => settle(new SpoolError('unavailable', 'The worker ended before it said what a query means.')));
    });
  };
}

function meantBy(line: string): MeantQuery | SpoolError {
  let answer: ReturnType<typeof answerSchema.safeParse>;
  try {
    answer = answerSchema.safeParse(JSON.parse(line));
  } catch {
    return new SpoolError('engine.failed', 'The worker said something else about a query.');
  }
  if (!answer.success || 'failed' in answer.data) return new SpoolError('engine.failed', 'The sentence model could not say what a query means.');
  return { model: answer.data.model, vector: Float32Array.from(answer.data.vector) };
}
