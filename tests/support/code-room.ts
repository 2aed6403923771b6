/** A live session's code interview in tests: a workspace in memory, and the built-in problems. */
import { measureCode } from '#adapters/code-outline/measure-code.ts';
import { loadProblem } from '#adapters/problems-filesystem/load-problems.ts';
import type { Workspace, WorkspaceReader } from '#domain/code/ports.ts';
import type { Problem } from '#domain/code/problem.ts';
import type { Language, RunResult, TestResult } from '#domain/code/run.ts';
import type { CodeInterview } from '#realtime-server/code-companion.ts';
import path from 'node:path';

const loaded = new Map<string, Promise<Problem>>();
export function builtInProblem(id: string): Promise<Problem> {
  if (!loaded.has(id)) loaded.set(id, loadProblem(path.resolve(import.meta.dirname, '../../problems', id)));
  return loaded.get(id)!;
}

export class ScriptedWorkspace implements WorkspaceReader {
  workspace: Workspace;
  /** When set, reading fails with it, or waits for ever. */
  failure: Error | 'hangs' | null = null;
  reads = 0;
  #version = 0;

  constructor(problem: Problem | null) {
    this.workspace = { problem, file: null, largestPasteChars: 0 };
  }
  async read(): Promise<Workspace | null> {
    this.reads += 1;
    if (this.failure === 'hangs') return new Promise(() => {});
    if (this.failure) throw this.failure;
    return structuredClone(this.workspace);
  }
  /** Saves a file as the person's page does. */
  save(content: string, language: Language = 'python'): void {
    const before = this.workspace.file?.content ?? '';
    this.#version += 1;
    const known = new Set(before.split('\n'));
    const fresh = content.split('\n').filter((line) => !known.has(line)).reduce((sum, line) => sum + line.length, 0);
    if (this.#version === 2 || Math.abs(content.length - before.length) >= 60) this.workspace.largestPasteChars = this.#version === 1 ? 0 : Math.max(this.workspace.largestPasteChars, fresh);
    this.workspace.file = { path: `solution.${{ python: 'py', javascript: 'js', java: 'java', cpp: 'cpp' }[language]}`, version: this.#version, language, content };
  }
  get interview(): CodeInterview {
    return { workspace: this, measure: measureCode };
  }
}

/** A run of tests: the named visible ones fail, with these values, and so many of the hidden ones. */
export function testRun(problem: Problem, { failing = {}, hidden, error }: { failing?: Record<string, unknown>; hidden?: { total: number; failing?: number }; error?: string } = {}): RunResult {
  const results: TestResult[] = [
    ...problem.visibleTests.map(({ name, expected }) => {
      const fails = name in failing;
      return { name, passed: !fails, ...(fails && error ? {} : { actual: fails ? failing[name] : expected }), expected, stdout: '', error: fails ? (error ?? null) : null, timeMs: 1 };
    }),
    ...Array.from({ length: hidden?.total ?? 0 }, (_, index) => ({ name: problem.hiddenTests[index]?.name ?? `hidden ${index}`, hidden: true as const, passed: index >= (hidden?.failing ?? 0), timeMs: 1 })),
  ];
  const passed = results.every((each) => each.passed);
  return { ...plainRun('python'), status: passed ? 'passed' : error ? 'runtime_error' : 'failed', success: passed, results };
}
export function plainRun(language: Language): RunResult {
  return { status: 'ok', success: true, language, stdout: '', stderr: '', truncated: false, exitCode: 0, signal: null, timeMs: 20, cpuMs: 15, memoryKb: 9_000, enforcement: 'cgroup-v2' };
}
/** The events of one run, as the web app writes them. */
export function runEvents(runId: string, result: RunResult, tests: 'visible' | 'all' | null = 'visible', version = 1): { type: string; data: unknown }[] {
  return [
    { type: 'run.started', data: { runId, fileName: 'solution.py', language: result.language, tests, versions: { 'solution.py': version } } },
    { type: 'run.result', data: { runId, ...result } },
  ];
}
