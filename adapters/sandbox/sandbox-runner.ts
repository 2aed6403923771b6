/** The port `CodeRunner` over bubblewrap: finds what this machine can do, proves it, keeps spares, runs. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { resolveEntryPoint } from '#domain/code/entry-point.ts';
import type { EntryPoint, SourceOutline } from '#domain/code/entry-point.ts';
import type { CodeRunner, RunnerDescription, RunProgress, RunRequest } from '#domain/code/ports.ts';
import { LANGUAGES, RUN_DEFAULTS } from '#domain/code/run.ts';
import type { Language, RunResult } from '#domain/code/run.ts';
import { SpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import { ArtefactCache } from './artefact-cache.ts';
import { Attempt } from './attempt.ts';
import { findHost } from './host.ts';
import type { Host } from './host.ts';
import type { Judge } from './run-tests.ts';
import type { Artefact, Compilation, Found, LanguageModule } from './languages/language.ts';
import { findLanguage } from './languages/registry.ts';
import { OutputBudget } from './output.ts';
import { runProgram } from './run-program.ts';
import { runTests } from './run-tests.ts';
import type { Recipe } from './sandbox.ts';
import { proveSandbox } from './self-test.ts';
import { Spares } from './spares.ts';

export interface SandboxRunnerOptions {
  /** A folder for this runner alone; nothing in it is kept. */
  folder: string;
  clock: Clock;
  log: Log;
  outline(language: Language, source: string): SourceOutline;
  /** The Node.js that runs JavaScript. */
  nodeProgram: string;
  /** How many sandboxes of each language stand ready; 0 starts each when it is needed. */
  spares?: number;
  /** False: the weaker rung, for tests. */
  useCgroups?: boolean;
  languages?: readonly Language[];
  /** Where no sandbox can be made: the machine itself, see bare-machine.ts. */
  bareHost?: () => Host;
  /** Who says whether a value is the expected one; absent: compared here. */
  judge?: Judge;
}

/** Of one language; more only when they are used. */
const DEFAULT_SPARES = 2;
/** How often what was missing is looked for again. */
const LOOK_AGAIN_MS = 5_000;

interface Ready {
  host: Host;
  spares: Spares;
}

export class SandboxRunner implements CodeRunner {
  readonly name = 'bubblewrap';
  readonly #options: SandboxRunnerOptions;
  readonly #artefacts = new ArtefactCache();
  #ready: Ready | null = null;
  #modules = new Map<Language, LanguageModule>();
  #missing = new Map<Language, string>();
  /** Languages that are being looked for or prepared: a precompiled header takes seconds the first time. */
  readonly #preparing = new Map<Language, Promise<void>>();
  #unavailable: string | null = 'The runner has not been started.';
  #starting: Promise<void> | null = null;
  #lookedMs = -Infinity;
  #stopped = false;
  readonly #running = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();

  constructor(options: SandboxRunnerOptions) {
    this.#options = options;
  }

  /** Looks around and proves the sandbox; languages and spares follow. What is missing later turns up by itself. */
  async start(): Promise<void> {
    await (this.#starting ??= this.#look().finally(() => {
      this.#starting = null;
    }));
  }

  /** Resolves when every language that is there can run. */
  async prepared(): Promise<void> {
    await this.start();
    await Promise.all(this.#preparing.values());
  }

  async describe(): Promise<RunnerDescription> {
    await this.#lookAgain();
    return {
      languages: LANGUAGES.map((language) => ({ language, version: this.#modules.get(language)?.version ?? null, missing: this.#modules.has(language) ? null : (this.#missing.get(language) ?? this.#unavailable ?? 'It is being prepared; try again in a few seconds.') })),
      enforcement: this.#ready?.host.enforcement ?? null,
      unavailable: this.#unavailable,
    };
  }

  /** Begins the name of every group of this runner. */
  get mark(): string {
    return prefixFor(this.#options.folder);
  }

  /** Why memory is held less strongly than it could be; empty when it is not. */
  get weaker(): string {
    return this.#ready?.host.weaker ?? '';
  }

  async run(request: RunRequest, onProgress: (progress: RunProgress) => void, signal?: AbortSignal): Promise<RunResult> {
    if (this.#unavailable !== null || !this.#modules.has(request.language)) await this.#lookAgain();
    if (this.#ready === null || this.#unavailable !== null) {
      throw new SpoolError('runner.unavailable', undefined, { personMessage: `Running code is off on this machine. ${this.#unavailable ?? ''}`.trim() });
    }
    if (!this.#modules.has(request.language)) await this.#preparing.get(request.language);
    const module = this.#modules.get(request.language);
    if (!module) throw new SpoolError('language.missing', undefined, { personMessage: this.#missing.get(request.language) ?? 'This language is not installed on the server.' });
    const any = AbortSignal.any([this.#stopping.signal, ...(signal ? [signal] : [])]);
    any.throwIfAborted();
    const running = this.#run(this.#ready, module, request, onProgress, any);
    const settled = running.then(() => {}, () => {});
    this.#running.add(settled);
    try {
      return await running;
    } finally {
      this.#running.delete(settled);
    }
  }

  /** Ends every run, every spare and every compiler; nothing is left. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unavailable = 'The runner has been stopped.';
    this.#stopping.abort(new SpoolError('runner.unavailable', 'The runner has been stopped.'));
    await this.#starting?.catch(() => {});
    await Promise.all([...this.#running, ...this.#preparing.values()]);
    await Promise.all([...this.#modules.values()].map((module) => module.stop?.()));
    await this.#ready?.spares.stop();
    this.#ready?.host.close();
    this.#ready = null;
  }

  async #run(ready: Ready, module: LanguageModule, request: RunRequest, onProgress: (progress: RunProgress) => void, signal: AbortSignal): Promise<RunResult> {
    const startMs = performance.now();
    const source = request.files.find(({ path: each }) => each === request.fileName)?.content ?? '';
    const outline = this.#options.outline(request.language, source);
    const entry: EntryPoint | null = request.tests
      ? resolveEntryPoint({ language: request.language, fileName: request.fileName, outline }, request.tests.entryPoint, request.tests.signature?.name)
      : null;
    const base = { language: request.language, enforcement: ready.host.enforcement };

    let artefact: Artefact | null = null;
    let compile: Compilation | undefined;
    if (module.compile) {
      onProgress({ type: 'compiling' });
      const outcome = await this.#artefacts.get(artefactKey(module, request, entry), () => module.compile!({ request, entry, signal }));
      signal.throwIfAborted();
      compile = outcome.compile;
      if (!outcome.ok) {
        return {
          ...base, status: outcome.status, ...(outcome.limit ? { limit: outcome.limit } : {}), success: false, compile, ...(request.tests ? { results: notRun(request) } : {}),
          stdout: '', stderr: compile.stderr, truncated: false, exitCode: compile.exitCode, signal: null, timeMs: performance.now() - startMs, cpuMs: 0, memoryKb: 0,
        };
      }
      artefact = outcome.artefact;
    }

    onProgress({ type: 'running' });
    const recipe = this.#recipe(ready, module, request.limits);
    const attempts = new Set<Attempt>();
    const budget = new OutputBudget(request.limits.outputBytes, () => {
      for (const attempt of attempts) attempt.stop('output');
    });
    const tell = { stdout: (text: string) => onProgress({ type: 'output', stream: 'stdout', text }), stderr: (text: string) => onProgress({ type: 'output', stream: 'stderr', text }) };
    const open = async (quiet: boolean): Promise<Attempt> => {
      signal.throwIfAborted();
      const sandbox = ready.spares.take(recipe);
      sandbox.setMemory(memoryBytes(module, request.limits.memoryMb));
      const attempt = new Attempt(sandbox, module, budget, quiet ? null : tell);
      attempts.add(attempt);
      return attempt;
    };
    const abort = (): void => {
      for (const attempt of attempts) attempt.stop('abort');
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      const outcome = entry
        ? await runTests({ request, entry, artefact, isModule: outline.isModule, open, onResult: (result) => onProgress({ type: 'test', result }), outputExceeded: () => budget.exceeded, ...(this.#options.judge ? { judge: this.#options.judge } : {}) })
        : await runProgram(await open(false), request, artefact, outline.isModule);
      signal.throwIfAborted();
      return {
        ...base, ...outcome, success: outcome.status === 'passed' || outcome.status === 'ok', ...(compile ? { compile } : {}), truncated: budget.exceeded,
        timeMs: rounded(outcome.timeMs), cpuMs: rounded(outcome.cpuMs),
      };
    } finally {
      signal.removeEventListener('abort', abort);
      await Promise.all([...attempts].map((attempt) => attempt.destroy()));
      ready.spares.refill(recipe);
    }
  }

  #recipe({ host }: Ready, module: LanguageModule, limits: RunRequest['limits']): Recipe {
    const { command, mounts, environment } = module.launch(limits.memoryMb);
    return host.recipe(
      module.language,
      command,
      { mounts, environment: environment ?? {} },
      { memoryBytes: memoryBytes(module, limits.memoryMb), processes: limits.processes + module.ownProcesses, diskBytes: limits.diskBytes, processors: 1, reservedBytes: module.reservedMb * 1024 * 1024 },
    );
  }

  async #lookAgain(): Promise<void> {
    if (this.#stopped) return;
    const complete = this.#unavailable === null && this.#missing.size === 0;
    if (complete || this.#options.clock.monotonicMs() - this.#lookedMs < LOOK_AGAIN_MS) {
      await this.#starting;
      return;
    }
    await this.start();
  }

  async #look(): Promise<void> {
    const { folder, clock, log } = this.#options;
    this.#lookedMs = clock.monotonicMs();
    if (!this.#ready) {
      const found = this.#options.bareHost ? { host: this.#options.bareHost() } : await findHost({ folder, prefix: prefixFor(folder), useCgroups: this.#options.useCgroups });
      if ('unavailable' in found) {
        this.#unavailable = found.unavailable;
        return;
      }
      const problem = found.host.bare ? null : await proveSandbox(found.host);
      if (problem !== null) {
        found.host.close();
        this.#unavailable = problem;
        log.warn({}, 'The sandbox does not hold or does not start; running code is off.');
        return;
      }
      this.#ready = { host: found.host, spares: new Spares(found.host, clock) };
    }
    this.#unavailable = this.#stopped ? this.#unavailable : null;
    for (const language of this.#options.languages ?? LANGUAGES) {
      if (this.#modules.has(language) || this.#preparing.has(language)) continue;
      const preparing = this.#prepare(this.#ready, language).finally(() => this.#preparing.delete(language));
      this.#preparing.set(language, preparing);
    }
  }

  async #prepare(ready: Ready, language: Language): Promise<void> {
    const { folder, log, nodeProgram, clock } = this.#options;
    let found: Found;
    try {
      found = await findLanguage(language, { host: ready.host, spares: ready.spares, folder, nodeProgram, log, clock });
    } catch (error) {
      log.warn({ language, ...traceOf(error) }, 'A language could not be prepared.');
      found = { missing: 'It is installed but could not be prepared; the log of the code runner says why.' };
    }
    if (this.#stopped) {
      if ('module' in found) await found.module.stop?.();
      return;
    }
    if ('missing' in found) {
      this.#missing.set(language, found.missing);
      return;
    }
    this.#missing.delete(language);
    this.#modules.set(language, found.module);
    ready.spares.keep(this.#recipe(ready, found.module, RUN_DEFAULTS), this.#options.spares ?? DEFAULT_SPARES);
  }
}

function memoryBytes(module: LanguageModule, memoryMb: number): number {
  return (memoryMb + module.ownMemoryMb) * 1024 * 1024;
}

/** Known to nobody outside: two sessions never share what was compiled, not even from the same text. */
function artefactKey(module: LanguageModule, request: RunRequest, entry: EntryPoint | null): string {
  const files = request.files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return createHash('sha256').update(JSON.stringify([request.sessionId, module.toolchain, request.fileName, entry, request.tests?.signature ?? null, files])).digest('hex');
}

function notRun(request: RunRequest): RunResult['results'] {
  return request.tests?.cases.map(({ name, hidden, expected }) => (hidden ? { name, hidden: true, passed: false, timeMs: 0 } : { name, passed: false, expected, stdout: '', error: 'The program does not compile.', timeMs: 0 }));
}

/** Groups carry it, so that a runner finds those of its killed predecessor and touches nobody else's. */
function prefixFor(folder: string): string {
  return `spool-${createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 12)}`;
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
