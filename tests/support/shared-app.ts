/**
 * One Spool for all browser tests that neither kill parts of it nor set its variables: starting one costs a core some 14 s.
 * It is started when the first test file asks, by the process that runs all of them, and stopped after the last.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { readRunFile, type RunFile } from '#scripts/supervisor/run-file.ts';
import { startApp, type AppInstance } from './app-instance.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test file asks for the shared instance. */
    sharedAppBroker: string;
  }
}

export type SharedApp = Pick<AppInstance, 'url' | 'dataDir' | 'run'>;

/** The setup of the project `e2e`, run once in vitest's own process. @returns what ends it */
export default async function brokerSharedApp(project: TestProject): Promise<() => Promise<void>> {
  let app: Promise<AppInstance> | undefined;
  const broker = createServer((_, response) => {
    app ??= startApp();
    app.then(
      ({ url, dataDir }) => response.end(JSON.stringify({ url, dataDir })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  project.provide('sharedAppBroker', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);
  return async () => {
    broker.close();
    await (await app?.catch(() => undefined))?.stop();
  };
}

/**
 * The instance that test files share. Others use it at the same time: the people of a test have names of their own.
 * @throws Error with the end of its output when it does not become ready
 */
export async function sharedApp(): Promise<SharedApp> {
  const answer = await fetch(inject('sharedAppBroker'));
  if (!answer.ok) throw new Error(await answer.text());
  const { url, dataDir } = (await answer.json()) as { url: string; dataDir: string };
  return { url, dataDir, run: () => readRunFile(dataDir) as RunFile };
}
