/**
 * Programs that try to get out, to stay, to take everything or to cheat (tests/fixtures/code-corpus), each with what has to
 * become of it in its first line. Collected after DOMjudge, CMS, QingdaoU's Judger, Piston and go-judge.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRequest } from '#domain/code/ports.ts';
import { RUN_DEFAULTS } from '#domain/code/run.ts';
import type { Language, RunLimit, RunStatus } from '#domain/code/run.ts';

const FOLDER = fileURLToPath(new URL('../../tests/fixtures/code-corpus/', import.meta.url));
const LANGUAGE_OF: Record<string, Language> = { '.py': 'python', '.js': 'javascript', '.java': 'java', '.cpp': 'cpp' };

export interface Expectation {
  /** Several only where the kernel decides which limit is met first. */
  status: RunStatus | RunStatus[];
  limit?: RunLimit;
  signal?: string;
  stdout?: string;
  stdoutBytes?: number;
  truncated?: boolean;
  /** Of the first test that failed, or of stderr. */
  error?: string;
  passes?: boolean[];
  /** Stands nowhere in the result. */
  notInResult?: string;
  limits?: Partial<RunRequest['limits']>;
  /** The last value of each is the expected one. */
  tests?: unknown[][];
  entryPoint?: string;
  /** Expected is the range up to the input. */
  expectRange?: boolean;
  /** Only where a control group counts memory. */
  rung?: 'cgroup';
  architecture?: string;
  /** Left out of the gate. */
  slow?: boolean;
}

export interface CorpusProgram {
  /** `group/file`. */
  name: string;
  group: string;
  language: Language;
  request: RunRequest;
  expected: Expectation;
}

export function readCorpus(): CorpusProgram[] {
  const groups = fs.readdirSync(FOLDER).filter((name) => fs.statSync(path.join(FOLDER, name)).isDirectory()).sort();
  return groups.flatMap((group) => fs.readdirSync(path.join(FOLDER, group)).sort().map((file) => readProgram(group, file)));
}

function readProgram(group: string, file: string): CorpusProgram {
  const content = fs.readFileSync(path.join(FOLDER, group, file), 'utf8');
  const expected = JSON.parse(content.slice(0, content.indexOf('\n')).replace(/^(?:#|\/\/): /, '')) as Expectation;
  const language = LANGUAGE_OF[path.extname(file)]!;
  const cases = expected.tests?.map((values, index) => ({
    name: `case ${index + 1}`,
    input: values.slice(0, -1),
    expected: expected.expectRange ? Array.from({ length: values[0] as number }, (_each, at) => at) : values.at(-1),
    compare: 'exact' as const,
    hidden: false,
  }));
  return {
    name: `${group}/${file}`,
    group,
    language,
    expected,
    request: {
      runId: `${group}/${file}`,
      sessionId: `corpus ${group}/${file}`,
      language,
      files: [{ path: file, content }],
      fileName: file,
      ...(cases ? { tests: { entryPoint: expected.entryPoint ?? null, cases } } : {}),
      limits: { ...RUN_DEFAULTS, ...expected.limits },
    },
  };
}
