/** What a language has to say so that its programs can be run: one file each, listed in `registry.ts`. */
import type { EntryPoint } from '#domain/code/entry-point.ts';
import type { Language, RunResult } from '#domain/code/run.ts';
import type { RunRequest } from '#domain/code/ports.ts';

/** A folder or file of the host, shown read-only. */
export type Mount = readonly [from: string, to: string];

/** The command that waits for a job, and what it needs to see. */
export interface Launch {
  command: readonly string[];
  mounts: readonly Mount[];
  environment?: Readonly<Record<string, string>>;
}

/** What a compiler gave: bytes for the sandbox that runs them. */
export interface Artefact {
  bytes: Buffer;
  /** Anything the harness must know beside the bytes. */
  details: Record<string, unknown>;
}

export type Compilation = NonNullable<RunResult['compile']>;

export type CompileOutcome =
  | { ok: true; artefact: Artefact; compile: Compilation }
  | { ok: false; compile: Compilation; limit?: RunResult['limit']; status: 'compile_error' | 'internal_error' };

/** One use of a compiler, however it runs. */
export interface CompileRequest {
  request: RunRequest;
  entry: EntryPoint | null;
  signal: AbortSignal;
}

/** What every harness is told. */
export interface Job {
  mode: 'tests' | 'program';
  files: RunRequest['files'];
  main: string;
  args: readonly string[];
  isModule: boolean;
  entry: EntryPoint | null;
  signature: NonNullable<RunRequest['tests']>['signature'];
}

export interface LanguageModule {
  readonly language: Language;
  /** Word of the version, e.g. `CPython 3.11.2`. */
  readonly version: string;
  /** The same text means the same artefact. */
  readonly toolchain: string;
  /** How to start what waits for a job under this memory limit. */
  launch(memoryMb: number): Launch;
  /** Threads and helpers of the runtime itself, which do not count as the program's processes. */
  readonly ownProcesses: number;
  /** Memory of the runtime that is not counted as the program's. */
  readonly ownMemoryMb: number;
  /** What it maps without using it. */
  readonly reservedMb: number;
  /** The job in this harness's own form; JSON, then the artefact's bytes, unless it has one. */
  pack?(job: Job, artefact: Artefact | null): Buffer;
  compile?(request: CompileRequest): Promise<CompileOutcome>;
  /** What this runtime says on stderr, and how it ends, when its memory was used up. */
  ranOutOfMemory(ending: { exitCode: number | null; signal: string | null }, stderr: string): boolean;
  stop?(): Promise<void>;
}

/** A language that was looked for on this machine. */
export type Found = { module: LanguageModule } | { missing: string };
