/** What running code and keeping a workspace need. */
import type { Signature } from './problem.ts';
import type { Comparison, Language, RunResult, TestResult } from './run.ts';

/** One run as a runner gets it: everything is here, it asks nobody. */
export interface RunRequest {
  runId: string;
  /** Runs of one session queue behind each other, sessions take turns. */
  sessionId: string;
  language: Language;
  /** Paths relative to the working directory, already checked; contents are UTF-8. */
  files: { path: string; content: string }[];
  fileName: string;
  /** Absent: the file runs as a program. */
  tests?: {
    /** Camel case; resolved before, or null: the runner resolves it by the contract's rule. */
    entryPoint: string | null;
    /** The template's, where there is one: maps values that the code's own signature leaves open, and names the function. */
    signature?: Signature;
    /** Expected values never enter the sandbox. */
    cases: { name: string; input: unknown[]; expected: unknown; compare: Comparison; hidden: boolean }[];
  };
  stdin?: string;
  args?: string[];
  limits: { wallMsPerCase: number; wallMsPerRun: number; memoryMb: number; outputBytes: number; processes: number; diskBytes: number };
}

export type RunProgress =
  | { type: 'queued'; position: number }
  | { type: 'compiling' }
  | { type: 'running' }
  /** Text as it comes, valid UTF-8, bounded by the output limit. */
  | { type: 'output'; stream: 'stdout' | 'stderr'; text: string }
  | { type: 'test'; result: TestResult };

export interface RunnerDescription {
  /** Which languages work, with their version; which do not, and what to install. */
  languages: { language: Language; version: string | null; missing: string | null }[];
  enforcement: RunResult['enforcement'] | null;
  /** Null: it runs. Otherwise why it does not, and what to do. */
  unavailable: string | null;
}

export interface CodeRunner {
  readonly name: string;
  describe(): Promise<RunnerDescription>;
  /**
   * Whatever the program does is a result, never a rejection. Aborting kills everything the run started.
   * @throws SpoolError `runner.unavailable` | `runner.busy` | `entry_point.ambiguous` | `language.missing`
   */
  run(request: RunRequest, onProgress: (progress: RunProgress) => void, signal?: AbortSignal): Promise<RunResult>;
}
