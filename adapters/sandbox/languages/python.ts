/** Python: one interpreter that waits for a job; its standard library is what the system's package has. */
import { firstProgram, versionOf } from './programs.ts';
import type { Found, LanguageModule } from './language.ts';
import { TOOLS_FOLDER } from '../bubblewrap.ts';

const OLDEST: readonly [number, number] = [3, 8];

export async function findPython(): Promise<Found> {
  // Only what lies under /usr is seen in the sandbox; a version manager's interpreter in a home folder is not.
  const program = firstProgram(['/usr/bin/python3', '/usr/local/bin/python3']);
  const missing = 'Install Python 3: apt-get install python3';
  if (!program) return { missing };
  const words = await versionOf(program, ['-I', '-S', '-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])']);
  const [major = 0, minor = 0] = words.split('.').map(Number);
  if (words === '' || major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) return { missing: `${missing} (${OLDEST.join('.')} or newer; found ${words || 'one that does not start'})` };
  return { module: pythonModule(program, words) };
}

function pythonModule(program: string, version: string): LanguageModule {
  return {
    language: 'python',
    version: `CPython ${version}`,
    toolchain: version,
    ownProcesses: 0,
    ownMemoryMb: 12,
    reservedMb: 64,
    // Isolated and without site packages: the working directory is added by the harness.
    launch: () => ({ command: [program, '-I', '-S', '-B', `${TOOLS_FOLDER}/harness.py`], mounts: [] }),
    ranOutOfMemory: ({ exitCode }, stderr) => exitCode === 1 && /^MemoryError\b/m.test(stderr.slice(-2_000)),
  };
}
