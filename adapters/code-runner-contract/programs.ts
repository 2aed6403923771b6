/** Requests as tests write them: short, everything else as it is by default. */
import type { RunRequest } from '#domain/code/ports.ts';
import { RUN_DEFAULTS } from '#domain/code/run.ts';
import type { Comparison, Language } from '#domain/code/run.ts';

export const FILE_OF: Record<Language, string> = { python: 'answer.py', javascript: 'answer.js', java: 'Main.java', cpp: 'answer.cpp' };

export interface Asked {
  sessionId?: string;
  fileName?: string;
  files?: Record<string, string>;
  stdin?: string;
  args?: string[];
  limits?: Partial<RunRequest['limits']>;
  entryPoint?: string;
  signature?: NonNullable<RunRequest['tests']>['signature'];
  /** The last value of each is the expected one. */
  tests?: unknown[][];
  hidden?: unknown[][];
  compare?: Comparison;
}

let count = 0;

export function requestFor(language: Language, source: string, asked: Asked = {}): RunRequest {
  const fileName = asked.fileName ?? FILE_OF[language];
  const cases = [
    ...(asked.tests ?? []).map((values, index) => ({ name: `case ${index + 1}`, values, hidden: false })),
    ...(asked.hidden ?? []).map((values, index) => ({ name: `hidden ${index + 1}`, values, hidden: true })),
  ].map(({ name, values, hidden }) => ({ name, input: values.slice(0, -1), expected: values.at(-1), compare: asked.compare ?? ('exact' as const), hidden }));
  count += 1;
  return {
    runId: `run ${count}`,
    sessionId: asked.sessionId ?? `session ${count}`,
    language,
    files: [{ path: fileName, content: source }, ...Object.entries(asked.files ?? {}).map(([path, content]) => ({ path, content }))],
    fileName,
    ...(cases.length > 0 ? { tests: { entryPoint: asked.entryPoint ?? null, cases, ...(asked.signature ? { signature: asked.signature } : {}) } } : {}),
    ...(asked.stdin === undefined ? {} : { stdin: asked.stdin }),
    ...(asked.args === undefined ? {} : { args: asked.args }),
    limits: { ...RUN_DEFAULTS, ...asked.limits },
  };
}
