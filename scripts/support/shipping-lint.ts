/** The programs that read Dockerfiles and workflows; see `.github/workflows/test.yml` for how actionlint is had. */
import path from 'node:path';
import { findPythonTool, installPythonTools } from './python-tools.ts';
import type { PythonTools } from './python-tools.ts';
import { findProgram } from './system-tools.ts';

const LINT: PythonTools = {
  name: 'lint',
  requirements: path.join(import.meta.dirname, 'lint-requirements.txt'),
  whole: 'import os, sys; sys.exit(not all(os.path.exists(os.path.join(os.path.dirname(sys.executable), name)) for name in ("hadolint", "shellcheck", "zizmor")))',
};

/** The path of one; null when it is not installed. actionlint is not in Python's index as a program: `go install` makes it. */
export function findLinter(name: 'hadolint' | 'shellcheck' | 'zizmor' | 'actionlint'): string | null {
  return name === 'actionlint' ? findProgram('actionlint', [`${process.env.HOME}/go/bin`]) : findPythonTool(LINT, name);
}

/** Resolves with null once they are there, or with why they are not. */
export const installLinters = (signal: AbortSignal): Promise<string | null> => installPythonTools(LINT, signal);
