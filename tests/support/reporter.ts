/** Tells `./spool test` the true totals of a run, and a reader why tests were skipped. */
import fs from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export interface RunTotals {
  passed: number;
  /** Failed tests, files that could not be loaded, and errors outside of any test. */
  failed: number;
  skipped: number;
}

export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const totals = totalsOf(modules, unhandledErrors.length);
    for (const line of skipReasons(modules)) process.stdout.write(`  skipped: ${line}\n`);
    const file = process.env.SPOOL_TEST_TOTALS;
    if (file) fs.writeFileSync(file, JSON.stringify(totals));
  }
}

function totalsOf(modules: readonly TestModule[], unhandledErrors: number): RunTotals {
  const totals: RunTotals = { passed: 0, failed: unhandledErrors, skipped: 0 };
  for (const file of modules) {
    let failedTests = 0;
    for (const test of file.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') totals.passed += 1;
      else if (state === 'skipped') totals.skipped += 1;
      // A test that never came to an end counts as failed.
      else failedTests += 1;
    }
    // A file or a suite can fail without any of its tests failing: an import, a hook.
    const failedAround = failedTests === 0 && file.state() === 'failed' ? 1 : 0;
    totals.failed += failedTests + failedAround;
  }
  return totals;
}

function skipReasons(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    [...module.children.allTests('skipped')].map((test) => {
      const result = test.result();
      return `${test.fullName}${result.state === 'skipped' && result.note ? ` (${result.note})` : ''}`;
    }),
  );
}
