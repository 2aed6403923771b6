/** Looking for interpreters and compilers. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';

const VERSION_LIMIT_MS = 10_000;

/** The real path of the first that can be executed. */
export function firstProgram(candidates: readonly string[]): string | null {
  for (const candidate of candidates) {
    try {
      fs.accessSync(candidate, fs.constants.X_OK);
      return fs.realpathSync(candidate);
    } catch {
      // Not this one.
    }
  }
  return null;
}

/** Nothing of our own environment reaches another program. */
export const BARE_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' } as unknown as NodeJS.ProcessEnv;

/** What it prints, in one line; empty when it does not start. */
export function versionOf(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { env: BARE_ENVIRONMENT, timeout: VERSION_LIMIT_MS }, (error, stdout, stderr) => resolve(error ? '' : `${stdout}${stderr}`.trim()));
  });
}
