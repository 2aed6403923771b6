/** The port `CodeRunner` for processes beside the runner: one connection per run. */
import net from 'node:net';
import type { CodeRunner, RunnerDescription, RunProgress, RunRequest } from '#domain/code/ports.ts';
import type { RunResult } from '#domain/code/run.ts';
import { frameOf, FrameReader } from '#domain/code/runner-wire.ts';
import type { FromRunner, ToRunner } from '#domain/code/runner-wire.ts';
import { ERRORS, SpoolError } from '#domain/errors.ts';

export class SocketCodeRunner implements CodeRunner {
  readonly name = 'socket';
  readonly #path: string;

  constructor(socketPath: string) {
    this.#path = socketPath;
  }

  async describe(): Promise<RunnerDescription> {
    let description: RunnerDescription | undefined;
    await this.#ask({ op: 'describe' }, (message) => {
      if (message.type === 'description') description = message.description;
      return message.type === 'description';
    });
    return description!;
  }

  async run(request: RunRequest, onProgress: (progress: RunProgress) => void, signal?: AbortSignal): Promise<RunResult> {
    let result: RunResult | undefined;
    await this.#ask(
      { op: 'run', request },
      (message) => {
        if (message.type === 'progress') onProgress(message.progress);
        if (message.type === 'result') result = message.result;
        return message.type === 'result';
      },
      signal,
    );
    return result!;
  }

  /** `take` says whether the message was the last one. */
  #ask(question: ToRunner, take: (message: FromRunner) => boolean, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.#path);
      const reader = new FrameReader();
      let settled = false;
      const settle = (error?: unknown): void => {
        if (settled) return;
        settled = true;
        signal?.removeEventListener('abort', abort);
        socket.destroy();
        if (error === undefined) resolve();
        else reject(error as Error);
      };
      const abort = (): void => settle(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      socket.on('connect', () => {
        for (const part of frameOf(question)) socket.write(part);
      });
      socket.on('data', (chunk: Buffer) => {
        try {
          for (const message of reader.push(chunk) as FromRunner[]) {
            if (message.type === 'error') return settle(errorOf(message));
            if (take(message)) return settle();
          }
        } catch (error) {
          settle(error);
        }
      });
      socket.on('error', (cause) => settle(new SpoolError('unavailable', 'The process that runs code does not answer.', { cause, retryAfterS: 2 })));
      socket.on('close', () => settle(new SpoolError('unavailable', 'The process that runs code ended meanwhile.', { retryAfterS: 2 })));
    });
  }
}

function errorOf({ code, personMessage, retryAfterS }: Extract<FromRunner, { type: 'error' }>): SpoolError {
  return new SpoolError(Object.hasOwn(ERRORS, code) ? code : 'internal', undefined, { personMessage, ...(retryAfterS === undefined ? {} : { retryAfterS }) });
}
