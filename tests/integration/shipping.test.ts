/** Dockerfiles and workflows, read by the linters of those who know them. */
import { describe, expect, it } from 'vitest';
import { lintShipping } from '#scripts/lint-shipping.ts';
import { findLinter } from '#scripts/support/shipping-lint.ts';

const LINTERS = ['hadolint', 'zizmor', 'actionlint'] as const;
const runs = await lintShipping();

describe('Dockerfiles and workflows', () => {
  for (const linter of LINTERS) {
    const missing = findLinter(linter) === null;
    it.skipIf(missing)(`hold before ${linter}${missing ? ' (not installed: ./spool test has it where Python’s index can be reached; actionlint: go install)' : ''}`, () => {
      expect(runs.find((run) => run.linter === linter)?.problem).toBeNull();
    });
  }
});
