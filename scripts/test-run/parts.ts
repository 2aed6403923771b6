/** The parts of `./spool test`, in order: what fails fast comes first. */
import path from 'node:path';
import { repositoryRoot } from '../support/paths.ts';
import type { Part } from './part.ts';

const MINUTE_MS = 60_000;
/**
 * Files at a time, on two cores. Integration and browser tests also wait for speech at the speed of speech and for processes
 * to come back: three at once took 345 s where two took 412.
 */
const WORKERS = { unit: 2, cloud: 2, integration: 3, e2e: 3 };
/** Full counts take longer; only the gate is bounded. */
const ALL_FACTOR = 8;

export const PART_NAMES = ['lint', 'house', 'types', 'unit', 'cloud', 'integration', 'e2e'] as const;
export type PartName = (typeof PART_NAMES)[number];

/**
 * The limits are ceilings against a hang; the parts are expected to take a fraction of them, together under the
 * 15 minutes of the gate.
 */
export function allParts({ all }: { all: boolean }): (Part & { name: PartName })[] {
  const vitest = (name: 'unit' | 'cloud' | 'integration' | 'e2e', minutes: number): Part & { name: PartName } => ({
    name,
    command: process.execPath,
    args: [
      bin('vitest/vitest.mjs'), 'run', '--project', name, '--reporter=default', '--reporter=./tests/support/reporter.ts', '--passWithNoTests',
      `--maxWorkers=${WORKERS[name]}`,
    ],
    environment: all ? { SPOOL_TEST_ALL: '1' } : {},
    timeLimitMs: minutes * MINUTE_MS * (all ? ALL_FACTOR : 1),
    counted: 'vitest',
  });
  const node = (name: PartName, args: string[], minutes: number): Part & { name: PartName } => ({
    name, command: process.execPath, args, timeLimitMs: minutes * MINUTE_MS, counted: 'exit',
  });
  return [
    node('lint', [bin('oxlint/bin/oxlint'), '--deny-warnings'], 1),
    node('house', ['scripts/check-house.ts'], 1),
    node('types', ['scripts/check-types.ts'], 4),
    vitest('unit', 8),
    // The first time it installs the packages of the cloud definition, over a gigabyte, outside this folder.
    vitest('cloud', 20),
    vitest('integration', 15),
    vitest('e2e', 35),
  ];
}

function bin(file: string): string {
  return path.join(repositoryRoot, 'node_modules', file);
}
