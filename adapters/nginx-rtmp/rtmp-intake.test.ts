import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '#domain/log.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { RtmpIntake } from './rtmp-intake.ts';

let folder: string;
let clock: ManualClock;
let intake: RtmpIntake;
let launches: number;
const problems: unknown[] = [];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-intake-'));
  fs.chmodSync(folder, 0o755);
  clock = new ManualClock();
  launches = 0;
  problems.length = 0;
});
afterEach(async () => {
  await intake.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** An nginx that is this shell script. */
function withNginx(script: string): RtmpIntake {
  const file = path.join(folder, 'nginx');
  fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const tools = {
    get nginx() {
      launches += 1;
      return file;
    },
    module: null,
    ffmpeg: '/bin/false',
  };
  intake = new RtmpIntake({ tools, dataDir: path.join(folder, 'data'), host: '127.0.0.1', port: 1, clock, log: silentLog, admit: async () => null, onState: (problem) => void problems.push(problem?.fields?.reason ?? null) });
  return intake;
}
/** Lets time pass until it is over. */
async function soon<T>(promise: Promise<T>): Promise<T> {
  let done = false;
  void promise.finally(() => (done = true)).catch(() => {});
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(10);
  }
  return promise;
}

it('an nginx that does not start is tried again every two seconds, by one attempt at a time', async () => {
  await soon(withNginx('echo "bind() failed (98: Address already in use)" >&2; exit 1').start());
  expect([launches, problems.length]).toEqual([1, 1]);
  for (let looks = 0; looks < 3; looks += 1) {
    await clock.advance(500);
    // The next attempt, and the next look at the streams.
    await expect.poll(() => clock.pending).toBe(2);
  }
  expect(launches).toBe(1);
  await clock.advance(500);
  await expect.poll(() => launches).toBe(2);
});

it('nothing is left of an nginx that was being started when the process stopped', async () => {
  const pidFile = path.join(folder, 'data', 'ingest', 'nginx', 'pid');
  const starting = withNginx('echo $$ > pid; exec sleep 60').start();
  await expect.poll(() => fs.existsSync(pidFile) && fs.readFileSync(pidFile, 'utf8').endsWith('\n')).toBe(true);
  const pid = Number(fs.readFileSync(pidFile, 'utf8'));
  await soon(intake.stop());
  await expect.poll(() => lives(pid)).toBe(false);
  await soon(starting);
  expect(clock.pending).toBe(0);
});

it('is not started any more once it was stopped', async () => {
  withNginx('exit 1');
  await intake.stop();
  await soon(intake.start());
  expect([launches, problems, clock.pending]).toEqual([0, [], 0]);
});

function lives(pid: number): boolean {
  try {
    // A process that has ended and was not asked for yet has no command line.
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
