/**
 * How fast candidates' code runs: each language in the sandbox beside its bare interpreter, cold, warm and unchanged; many
 * sessions at once and whether they take turns; what is left after many runs.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { requestFor } from '#adapters/code-runner-contract/programs.ts';
import { SocketCodeRunner } from '#adapters/code-runner-socket/socket-client.ts';
import { runnerSocketPath } from '#adapters/code-runner-socket/socket-path.ts';
import type { Language } from '#domain/code/run.ts';
import { LANGUAGES } from '#domain/code/run.ts';
import { repositoryRoot } from '../scripts/support/paths.ts';
import { ANSWERS, bareCommand } from './code/answers.ts';
import { summaryOf, tableOf } from './code/report.ts';
import type { CodeResults, Spread } from './code/report.ts';

/** A person who reads the result before the next run; the spares are filled meanwhile. */
const PAUSE_MS = 400;
const FAIR_SESSIONS = 50;

export const OPTIONS = ['--runs N', '--leak N', '--seconds N'];
/** `--runs N` (default 30 per row), `--leak N` (default 1000), `--seconds N` of throughput (default 5). */
export async function run(args: string[] = []): Promise<{ table: string; results: CodeResults }> {
  const option = (name: string, fallback: number) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : fallback);
  const runs = option('--runs', 30);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-bench-code-'));
  const loadAverageBefore = os.loadavg()[0]!;
  const house = spawn(process.execPath, ['workers/code-runner/main.ts'], { cwd: repositoryRoot, env: { ...process.env, SPOOL_DATA_DIR: folder, SPOOL_LOG_LEVEL: 'warn' }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    await new Promise<void>((resolve, reject) => {
      house.once('message', () => resolve());
      house.once('exit', (code) => reject(new Error(`The code runner ended with ${code}.`)));
    });
    const runner = new SocketCodeRunner(runnerSocketPath(folder));
    // The first of each language waits for what is prepared once.
    for (const language of LANGUAGES) await runner.run(requestFor(language, ANSWERS[language], tenTests('first')), () => {});
    const { enforcement, languages } = await runner.describe();
    const rows: CodeResults['languages'] = [];
    for (const { language, version } of languages) {
      if (version === null) continue;
      tell(`${language}: ${version}`);
      rows.push({ language, version, bareMs: summaryOf(bare(language, Math.min(runs, 15))), ...(await measured(runner, language, runs)) });
    }
    tell('Throughput and turns.');
    const throughput = await measureThroughput(runner, option('--seconds', 5) * 1_000);
    const fairness = await measureFairness(runner);
    tell('What is left.');
    const leak = await measureLeak(runner, option('--leak', 1_000), folder);
    const results: CodeResults = {
      at: new Date().toISOString(),
      machine: { processor: os.cpus()[0]?.model.trim() ?? 'unknown', cores: os.availableParallelism(), node: process.versions.node, loadAverageBefore, loadAverageAfter: os.loadavg()[0]! },
      enforcement: enforcement ?? 'none',
      languages: rows,
      throughput,
      fairness,
      leak,
      timeLimitLateMs: summaryOf(await timeLimits(runner)),
    };
    return { table: tableOf(results), results };
  } finally {
    house.kill('SIGTERM');
    await new Promise((resolve) => house.once('exit', resolve));
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
export default run;

const tenTests = (sessionId: string) => ({ sessionId, tests: Array.from({ length: 10 }, (_each, index) => [[index, 7, 11, 15], index + 7, [0, 1]]) });

async function timed(runner: SocketCodeRunner, language: Language, source: string, sessionId: string): Promise<number> {
  const startMs = performance.now();
  const { status } = await runner.run(requestFor(language, source, tenTests(sessionId)), () => {});
  if (status !== 'passed') throw new Error(`${language} answered ${status}.`);
  return performance.now() - startMs;
}

/** New: text nobody has run. Unchanged: the same again. Without a pause: before the next spare is ready. */
async function measured(runner: SocketCodeRunner, language: Language, runs: number): Promise<{ newMs: Spread; unchangedMs: Spread; withoutPauseMs: Spread }> {
  const comment = language === 'python' ? '#' : '//';
  const [fresh, same, hurried]: number[][] = [[], [], []];
  for (let index = 0; index < runs; index += 1) {
    fresh!.push(await timed(runner, language, `${ANSWERS[language]}\n${comment} ${index}\n`, 'bench'));
    await delay(PAUSE_MS);
  }
  for (let index = 0; index < runs; index += 1) {
    same!.push(await timed(runner, language, ANSWERS[language], 'first'));
    await delay(PAUSE_MS);
  }
  for (let index = 0; index < runs; index += 1) hurried!.push(await timed(runner, language, ANSWERS[language], 'first'));
  return { newMs: summaryOf(fresh!), unchangedMs: summaryOf(same!), withoutPauseMs: summaryOf(hurried!) };
}

/** The interpreter or compiler alone, without a sandbox and without tests: our own text. */
function bare(language: Language, runs: number): number[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-bare-'));
  try {
    return Array.from({ length: runs }, () => {
      const startMs = performance.now();
      for (const [command, ...args] of bareCommand(language, folder)) {
        const { status, stderr } = spawnSync(command!, args, { cwd: folder, env: { PATH: '/usr/bin:/bin' } as unknown as NodeJS.ProcessEnv });
        if (status !== 0) throw new Error(`${command} ended with ${status}: ${String(stderr)}`);
      }
      return performance.now() - startMs;
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function measureThroughput(runner: SocketCodeRunner, forMs: number): Promise<CodeResults['throughput']> {
  const one = async (atOnce: number) => {
    const endMs = performance.now() + forMs;
    let count = 0;
    await Promise.all(Array.from({ length: atOnce }, async (_each, index) => {
      while (performance.now() < endMs) {
        await timed(runner, 'python', ANSWERS.python, `session ${index}`);
        count += 1;
      }
    }));
    return Math.round((count * 10_000) / forMs) / 10;
  };
  return { oneAfterTheOtherPerS: await one(1), fourAtOncePerS: await one(4), fiftyAtOncePerS: await one(FAIR_SESSIONS) };
}

/** Fifty sessions ask at once, one of them fifty times: nobody waits behind that one. */
async function measureFairness(runner: SocketCodeRunner): Promise<CodeResults['fairness']> {
  const startMs = performance.now();
  const greedy = Array.from({ length: 50 }, () => timed(runner, 'python', ANSWERS.python, 'greedy'));
  await delay(5);
  const modest = Array.from({ length: FAIR_SESSIONS - 1 }, (_each, index) => timed(runner, 'python', ANSWERS.python, `modest ${index}`));
  const waits = await Promise.all(modest);
  const modestDoneMs = performance.now() - startMs;
  await Promise.all(greedy);
  return { sessions: FAIR_SESSIONS, modestMs: summaryOf(waits), modestDoneMs: Math.round(modestDoneMs), allDoneMs: Math.round(performance.now() - startMs) };
}

async function measureLeak(runner: SocketCodeRunner, runs: number, folder: string): Promise<CodeResults['leak']> {
  const look = () => ({
    groups: execFileSync('find', ['/sys/fs/cgroup', '-maxdepth', '8', '-type', 'd', '-name', 'spool-*'], { encoding: 'utf8' }).split('\n').filter(Boolean).length,
    mounts: fs.readFileSync('/proc/self/mounts', 'utf8').split('\n').length,
    slots: fs.readdirSync(path.join(folder, 'code-runner', 'slots')).length,
  });
  const before = look();
  let left = runs;
  await Promise.all(Array.from({ length: 4 }, async (_each, index) => {
    while (left-- > 0) await runner.run(requestFor('python', 'import os\nif os.fork() == 0:\n    os.setsid()\n    while True: pass\nprint(1)', { sessionId: `leak ${index}` }), () => {});
  }));
  await delay(2_000);
  const after = look();
  return { runs, groups: after.groups - before.groups, mounts: after.mounts - before.mounts, slots: after.slots - before.slots };
}

/** How long after its limit a run that spins has ended. */
async function timeLimits(runner: SocketCodeRunner): Promise<number[]> {
  const late: number[] = [];
  for (let index = 0; index < 8; index += 1) {
    const startMs = performance.now();
    await runner.run(requestFor('python', 'while True: pass', { limits: { wallMsPerCase: 500 } }), () => {});
    late.push(performance.now() - startMs - 500);
    await delay(PAUSE_MS);
  }
  return late;
}

/** Progress goes to standard error, so that the table alone can be kept. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
