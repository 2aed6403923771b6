/** JavaScript: the very Node.js that Spool runs on, waiting for a job. */
import fs from 'node:fs';
import path from 'node:path';
import { reachableByAll } from '../bubblewrap.ts';
import { harnessFile, toolsFolder } from '../tools-folder.ts';
import type { Found, LanguageModule } from './language.ts';
import { versionOf } from './programs.ts';
import type { Surroundings } from './registry.ts';

const INSIDE = '/javascript';
const PROGRAM_INSIDE = '/node/node';
const HARNESS = 'harness.cjs';
/** Node's own threads: workers of V8 and of the event loop. */
const OWN_PROCESSES = 16;

export async function findJavaScript({ nodeProgram, folder }: Surroundings): Promise<Found> {
  const version = await versionOf(nodeProgram, ['--version']);
  if (version === '') return { missing: 'Node.js does not start; run ./spool up, which installs it.' };
  const tools = await toolsFolder(folder, 'javascript', [fs.readFileSync(harnessFile(HARNESS))], (made) => fs.copyFileSync(harnessFile(HARNESS), path.join(made, HARNESS)));
  return { module: javaScriptModule(await reachableProgram(nodeProgram, version, folder), version, tools) };
}

/** A program in somebody's home folder is copied once to where the sandbox's user can reach it. */
async function reachableProgram(program: string, version: string, folder: string): Promise<string> {
  const real = fs.realpathSync(program);
  if (process.getuid?.() !== 0 || reachableByAll(real)) return real;
  const copy = await toolsFolder(folder, 'node', [version, String(fs.statSync(real).size)], (made) => {
    fs.copyFileSync(real, path.join(made, 'node'), fs.constants.COPYFILE_FICLONE);
    fs.chmodSync(path.join(made, 'node'), 0o755);
  });
  return path.join(copy, 'node');
}

function javaScriptModule(program: string, version: string, tools: string): LanguageModule {
  return {
    language: 'javascript',
    version: `Node.js ${version.replace(/^v/, '')}`,
    toolchain: version,
    ownProcesses: OWN_PROCESSES,
    ownMemoryMb: 24,
    reservedMb: 2048,
    launch: (memoryMb) => ({
      command: [PROGRAM_INSIDE, `--max-old-space-size=${memoryMb}`, '--disable-warning=ExperimentalWarning', `${INSIDE}/${HARNESS}`],
      mounts: [[program, PROGRAM_INSIDE], [tools, INSIDE]],
    }),
    ranOutOfMemory: ({ signal }, stderr) => (signal === 'SIGABRT' || signal === 'SIGTRAP') && /heap out of memory|Allocation failed|Fatal (?:process|JavaScript).*out of memory/i.test(stderr),
  };
}
