/** Tells `./spool test` the true totals of a run and what failed, and a reader why tests were skipped. */
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestModule } from 'vitest/node';

export interface RunTotals {
  passed: number;
  /** Failed tests, files that could not be loaded, and errors outside of any test. */
  failed: number;
  skipped: number;
  /** One line for each that failed: where, which, and the first line of why. */
  failures: string[];
}

const FAILURE_LENGTH = 400;

export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const totals = totalsOf(modules, unhandledErrors);
    for (const line of skipReasons(modules)) process.stdout.write(`  skipped: ${line}\n`);
    const file = process.env.SPOOL_TEST_TOTALS;
    if (file) fs.writeFileSync(file, JSON.stringify(totals));
  }
}

function totalsOf(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): RunTotals {
  const totals: RunTotals = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const fail = (where: string, errors: readonly unknown[]) => {
    totals.failed += 1;
    totals.failures.push(`${where}: ${firstLine(errors)}`.slice(0, FAILURE_LENGTH));
  };
  for (const error of unhandledErrors) fail('outside of any test', [error]);
  for (const file of modules) {
    const name = path.relative(process.cwd(), file.moduleId);
    let failedTests = 0;
    for (const test of file.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') totals.passed += 1;
      else if (result.state === 'skipped') totals.skipped += 1;
      else {
        failedTests += 1;
        fail(`${name} > ${test.fullName}`, result.errors ?? ['it never came to an end']);
        totals.failures.push(...(test.meta().pages ?? []).map((page) => `  a page of it: ${page}`));
      }
    }
    // A file or a suite can fail without any of its tests failing: an import, a hook.
    if (failedTests === 0 && file.state() === 'failed') fail(name, errorsAround(file));
  }
  return totals;
}

function errorsAround(file: TestModule): readonly unknown[] {
  return [...file.errors(), ...[...file.children.allSuites()].flatMap((suite) => suite.errors())];
}

function firstLine([error]: readonly unknown[]): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return stripVTControlCharacters(String(message ?? 'no reason was told')).split('\n', 1)[0] ?? '';
}

function skipReasons(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    [...module.children.allTests('skipped')].map((test) => {
      const result = test.result();
      return `${test.fullName}${result.state === 'skipped' && result.note ? ` (${result.note})` : ''}`;
    }),
  );
}
