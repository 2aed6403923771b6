/**
 * A process for crash tests that uses an audio log and is killed while it does. Started with one JSON argument
 * (`ChildTask`); tells its parent what was acknowledged, as it happens.
 */
import { rm, writeFile } from 'node:fs/promises';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { BATCH_INTERVAL_MS } from '#adapters/filesystem/group-commit.ts';
import { asSpoolError } from '#domain/errors.ts';
import { systemClock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import { quickClock } from './quick-clock.ts';
import { seededRandom } from './random.ts';

export type ChildTask =
  /** Opens `sessions` under `epoch` and appends random frames of `voice` until killed. */
  | { do: 'stream'; directory: string; sessions: string[]; epoch: number; voice: number }
  /** Seals, opens or erases a session, and kills itself right before its `dieAt`-th file operation. */
  | { do: 'seal' | 'open' | 'erase'; directory: string; sessionId: string; epoch: number; dieAt: number }
  /** Fills the disk, frees `ballast`, and goes on. */
  | { do: 'fill'; directory: string; sessionId: string };
export type ChildMessage =
  | { is: 'opened' | 'acknowledged'; session: number; throughSample: number }
  | { is: 'refused'; session: number; code: string }
  | { is: 'filled'; acknowledged: number; code: string; reopenedAt: number; readable: boolean; acknowledgedAfter: number };

/** What `voice` says at sample `index` of session number `session`: no two places alike, so a slip shows. */
export function spokenSample(voice: number, session: number, index: number): number {
  return (Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(session + 1, 0x85ebca6b) ^ Math.imul(voice, 0xc2b2ae35)) >> 16;
}
export function spoken(voice: number, session: number, fromSample: number, toSample: number): Int16Array {
  return Int16Array.from({ length: toSample - fromSample }, (_, offset) => spokenSample(voice, session, fromSample + offset));
}

const MAX_FRAME_SAMPLES = 3_200;

async function stream(task: Extract<ChildTask, { do: 'stream' }>): Promise<void> {
  const log = createFilesystemAudioLog({ directory: task.directory, clock: systemClock, log: silentLog });
  const random = seededRandom(process.pid);
  await Promise.all(task.sessions.map(async (sessionId, session) => {
    const writer = await log.openWriter(sessionId, task.epoch);
    let at = writer.durableThroughSample;
    tell({ is: 'opened', session, throughSample: at });
    for (;;) {
      // One to four frames at once, then the wait for the last of them: batches of every shape.
      let last: Promise<number> | undefined;
      for (let frames = 1 + Math.floor(random() * 4); frames > 0; frames -= 1) {
        const to = at + 1 + Math.floor(random() * MAX_FRAME_SAMPLES);
        last = writer.append(spoken(task.voice, session, at, to));
        last.then((throughSample) => tell({ is: 'acknowledged', session, throughSample }), () => {});
        at = to;
      }
      const refused = await last?.then(() => undefined, asSpoolError);
      if (refused) return tell({ is: 'refused', session, code: refused.code });
    }
  }));
}

async function once(task: Extract<ChildTask, { do: 'seal' | 'open' | 'erase' }>): Promise<void> {
  const log = createFilesystemAudioLog({ directory: task.directory, clock: systemClock, log: silentLog });
  await dieBeforeFileOperation(task.dieAt, task.directory);
  if (task.do === 'seal') await log.seal(task.sessionId);
  if (task.do === 'erase') await log.erase(task.sessionId);
  if (task.do === 'open') await log.openWriter(task.sessionId, task.epoch);
}

/** Counts every call that changes files and kills this process at the chosen one, as a crash would. */
async function dieBeforeFileOperation(dieAt: number, directory: string): Promise<void> {
  let operations = 0;
  const handle = await fs.open(directory, 'r');
  await handle.close();
  const watch = (target: object, methods: readonly string[]) => {
    for (const method of methods) {
      const original = Reflect.get(target, method);
      Reflect.set(target, method, function counted(this: unknown, ...args: unknown[]) {
        operations += 1;
        if (operations === dieAt) process.kill(process.pid, 'SIGKILL');
        return Reflect.apply(original, this, args);
      });
    }
  };
  watch(fs, ['open', 'rename', 'rm', 'mkdir', 'writeFile', 'appendFile', 'unlink']);
  watch(Object.getPrototypeOf(handle), ['write', 'sync', 'datasync']);
}

async function fill(task: Extract<ChildTask, { do: 'fill' }>): Promise<void> {
  const log = createFilesystemAudioLog({ directory: task.directory, clock: quickClock(BATCH_INTERVAL_MS), log: silentLog });
  const ballast = path.join(task.directory, 'ballast');
  await writeFile(ballast, new Uint8Array(4 * 1024 * 1024));
  const writer = await log.openWriter(task.sessionId, 1);
  let acknowledged = 0;
  let code = '';
  while (code === '') {
    await writer.append(spoken(1, 0, acknowledged, acknowledged + 50_000)).then((throughSample) => { acknowledged = throughSample; }, (error: unknown) => { code = asSpoolError(error).code; });
  }
  await writer.close();
  await rm(ballast);
  const next = await log.openWriter(task.sessionId, 2);
  const reopenedAt = next.durableThroughSample;
  const acknowledgedAfter = await next.append(spoken(1, 0, reopenedAt, reopenedAt + 50_000));
  const audio = await log.read(task.sessionId, 0, acknowledgedAfter);
  tell({ is: 'filled', acknowledged, code, reopenedAt, acknowledgedAfter, readable: Buffer.from(audio.buffer).equals(Buffer.from(spoken(1, 0, 0, acknowledgedAfter).buffer)) });
  await log.stop();
}

function tell(message: ChildMessage): void {
  process.send?.(message);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const task = JSON.parse(process.argv[2] ?? '') as ChildTask;
  if (task.do === 'stream') await stream(task);
  else if (task.do === 'fill') await fill(task);
  else await once(task);
  process.disconnect?.();
}
