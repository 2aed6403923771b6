/** Python: one interpreter that waits for a job; its standard library is what the system's package has. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { harnessFile, toolsFolder } from '../tools-folder.ts';
import type { Found, LanguageModule } from './language.ts';
import { BARE_ENVIRONMENT, firstProgram, versionOf } from './programs.ts';
import type { Surroundings } from './registry.ts';

const INSIDE = '/python';
const HARNESS = 'harness.py';
const COMPILE = 'import py_compile, sys; py_compile.compile(sys.argv[1], cfile=sys.argv[1] + "c", dfile="/python/harness.py", doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)';

const OLDEST: readonly [number, number] = [3, 8];

export async function findPython({ folder }: Surroundings): Promise<Found> {
  // Only what lies under /usr is seen in the sandbox; a version manager's interpreter in a home folder is not.
  const program = firstProgram(['/usr/bin/python3', '/usr/local/bin/python3']);
  const missing = 'Install Python 3: apt-get install python3';
  if (!program) return { missing };
  const words = await versionOf(program, ['-I', '-S', '-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])']);
  const [major = 0, minor = 0] = words.split('.').map(Number);
  if (words === '' || major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) return { missing: `${missing} (${OLDEST.join('.')} or newer; found ${words || 'one that does not start'})` };
  const source = fs.readFileSync(harnessFile(HARNESS));
  const tools = await toolsFolder(folder, 'python', [words, source], async (made) => {
    // Compiled once: the interpreter may write nothing where it runs.
    fs.copyFileSync(harnessFile(HARNESS), path.join(made, HARNESS));
    await promisify(execFile)(program, ['-I', '-S', '-c', COMPILE, HARNESS], { cwd: made, env: BARE_ENVIRONMENT });
  });
  return { module: pythonModule(program, words, tools) };
}

function pythonModule(program: string, version: string, tools: string): LanguageModule {
  return {
    language: 'python',
    version: `CPython ${version}`,
    toolchain: version,
    ownProcesses: 0,
    ownMemoryMb: 12,
    reservedMb: 64,
    // Isolated and without site packages: the working directory is added by the harness.
    launch: () => ({ command: [program, '-I', '-S', '-B', `${INSIDE}/harness.pyc`], mounts: [[tools, INSIDE]] }),
    ranOutOfMemory: ({ exitCode }, stderr) => exitCode === 1 && /^MemoryError\b/m.test(stderr.slice(-2_000)),
  };
}
