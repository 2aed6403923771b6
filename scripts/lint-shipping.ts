/**
 * `node scripts/lint-shipping.ts [--all]`: has hadolint read the Dockerfiles, and zizmor and actionlint (with shellcheck) the
 * workflows. What is not there is fetched from Python's index into the shared cache; actionlint, which is not in it, must be in the PATH.
 * `--all` fails where one is missing instead of leaving it out.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import { LOCAL_DOCKERFILES, SERVICES } from './images/services.ts';
import { repositoryRoot } from './support/paths.ts';
import { findLinter, installLinters } from './support/shipping-lint.ts';

const WORKFLOWS = '.github/workflows';

export interface LintRun {
  linter: 'hadolint' | 'zizmor' | 'actionlint';
  /** Null when it found nothing; else its words. */
  problem: string | null;
}

/** Each linter that is here, over all its files. */
export async function lintShipping(): Promise<LintRun[]> {
  const dockerfiles = [...SERVICES.map(({ dockerfile }) => dockerfile), ...LOCAL_DOCKERFILES].filter((file) => fs.existsSync(path.join(repositoryRoot, file)));
  const workflows = fs.readdirSync(path.join(repositoryRoot, WORKFLOWS)).map((name) => `${WORKFLOWS}/${name}`);
  const shellcheck = findLinter('shellcheck');
  const words: Record<LintRun['linter'], string[]> = {
    hadolint: ['--no-color', ...dockerfiles],
    // Without the network: what it would look up there is what scripts/pin.ts resolves.
    zizmor: ['--offline', '--no-progress', '--config=.github/zizmor.yml', '--color=never', '--persona=pedantic', ...workflows],
    actionlint: ['-no-color', ...(shellcheck ? ['-shellcheck', shellcheck] : []), ...workflows],
  };
  const found = (Object.keys(words) as LintRun['linter'][]).flatMap((linter) => ({ linter, program: findLinter(linter) }));
  return Promise.all(found.flatMap(({ linter, program }) => (program ? [runOne(linter, program, words[linter])] : [])));
}

async function runOne(linter: LintRun['linter'], program: string, words: string[]): Promise<LintRun> {
  try {
    await promisify(execFile)(program, words, { cwd: repositoryRoot });
    return { linter, problem: null };
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    return { linter, problem: `${stdout}${stderr}`.trim() || message };
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
  const problem = await installLinters(AbortSignal.timeout(300_000));
  if (problem) console.log(`Not installed: ${problem}`);
  const runs = await lintShipping();
  for (const { linter, problem: words } of runs) console.log(words === null ? `ok    ${linter}` : `FAIL  ${linter}\n${words}`);
  const missing = (['hadolint', 'zizmor', 'actionlint'] as const).filter((name) => !runs.some(({ linter }) => linter === name));
  for (const name of missing) console.log(`${values.all ? 'FAIL' : 'skip'}  ${name} is not here`);
  process.exitCode = runs.some(({ problem: words }) => words !== null) || (values.all && missing.length > 0) ? 1 : 0;
}
