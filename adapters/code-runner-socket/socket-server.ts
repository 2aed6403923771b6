/** The runner's door: a Unix socket that only this user can open. */
import type net from 'node:net';
import { PrivateSocket } from '#adapters/unix-socket/private-socket.ts';
import type { CodeRunner } from '#domain/code/ports.ts';
import { frameOf, FrameReader } from '#domain/code/runner-wire.ts';
import type { FromRunner, ToRunner } from '#domain/code/runner-wire.ts';
import { asSpoolError, SpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';

/** Nobody asks for nothing. */
const SILENCE_MS = 30_000;

export class SocketServer {
  readonly #runner: CodeRunner;
  readonly #log: Log;
  readonly #door: PrivateSocket;

  constructor(runner: CodeRunner, log: Log) {
    this.#runner = runner;
    this.#log = log;
    this.#door = new PrivateSocket((socket) => this.#serve(socket));
  }

  start(file: string): Promise<void> {
    return this.#door.start(file);
  }

  stop(): Promise<void> {
    return this.#door.stop();
  }

  #serve(socket: net.Socket): void {
    const gone = new AbortController();
    const reader = new FrameReader();
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    socket.on('close', () => {
      gone.abort(new SpoolError('unavailable', 'Whoever asked for the run has gone.'));
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const message of reader.push(chunk)) {
          socket.setTimeout(0);
          void this.#answer(socket, message as ToRunner, gone.signal);
        }
      } catch {
        socket.destroy();
      }
    });
  }

  async #answer(socket: net.Socket, message: ToRunner, signal: AbortSignal): Promise<void> {
    const send = (answer: FromRunner): void => {
      if (!socket.writable) return;
      socket.cork();
      for (const part of frameOf(answer)) socket.write(part);
      socket.uncork();
    };
    try {
      if (message.op === 'describe') send({ type: 'description', description: await this.#runner.describe() });
      else send({ type: 'result', result: await this.#runner.run(message.request, (progress) => send({ type: 'progress', progress }), signal) });
    } catch (error) {
      if (!signal.aborted) {
        const known = asSpoolError(error);
        if (known.code === 'internal') this.#log.error(traceOf(error), 'A run failed for a reason of ours.');
        send({ type: 'error', code: known.code, personMessage: known.personMessage, ...(known.retryAfterS === undefined ? {} : { retryAfterS: known.retryAfterS }) });
      }
    } finally {
      socket.end();
    }
  }
}
