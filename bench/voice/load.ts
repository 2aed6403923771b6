/** The near end of a load process. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadEnd, LoadReport, LoadRequest } from './load-report.ts';

export interface Load {
  pid: number;
  /** Resolves when all have joined, at the earliest after `overMs`. */
  add(count: number, overMs: number): Promise<void>;
  report(fromMs: number, toMs: number): Promise<LoadReport>;
  finish(): Promise<LoadEnd>;
  close(): void;
}

export async function startLoad(open: Omit<Extract<LoadRequest, { ask: 'open' }>, 'ask'>): Promise<Load> {
  const child = fork(fileURLToPath(new URL('./load-process.ts', import.meta.url)), [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  child.on('message', (answer: { id: number; value?: unknown; failed?: string }) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.failed === undefined) asker?.resolve(answer.value);
    else asker?.reject(new Error(answer.failed));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The load process ended with ${code}.`));
  });
  const ask = (request: LoadRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      child.send({ id: lastId, request });
    });
  await ask({ ask: 'open', ...open });
  return {
    pid: child.pid!,
    add: async (count, overMs) => void (await ask({ ask: 'add', count, overMs })),
    report: (fromMs, toMs) => ask({ ask: 'report', fromMs, toMs }) as Promise<LoadReport>,
    finish: () => ask({ ask: 'finish' }) as Promise<LoadEnd>,
    close: () => void child.kill('SIGTERM'),
  };
}
