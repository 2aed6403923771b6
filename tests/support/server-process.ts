/** One process of Spool, started as `up` starts it, for tests that run some of them and no supervisor. */
import path from 'node:path';
import { ManagedProcess, type ProcessSpec } from '#scripts/supervisor/managed-process.ts';

/** Two slow cores start three processes with their engines. */
const READY_WITHIN_MS = 120_000;
const ENDED_WITHIN_MS = 15_000;

/** Resolves when it is ready, with what ends it. @throws ProcessFailed with the end of its log; when it ends, that it had died meanwhile */
export async function startProcess(spec: ProcessSpec, logFolder: string): Promise<() => Promise<void>> {
  const managed = new ManagedProcess({ ...spec, readyTimeoutMs: READY_WITHIN_MS }, path.join(logFolder, `${spec.name}.log`), { say() {}, changed() {} });
  await managed.start();
  return async () => {
    await managed.stop(ENDED_WITHIN_MS);
    if (managed.restarts > 0) throw new Error(`The process ${spec.name} died ${managed.restarts} times during the test.`);
  };
}
