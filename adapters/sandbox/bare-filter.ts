/**
 * The filter of system calls where bubblewrap puts none. Programs run there as the same user as the process that watches
 * them, so it also keeps their signals and limits from that process, and all addresses from them: on loopback a function's
 * runtime hands out invocations, hidden inputs included, to whoever asks.
 */
import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { BARE_ENVIRONMENT, firstProgram } from './languages/programs.ts';
import { seccompFilter } from './seccomp.ts';
import type { Architecture } from './seccomp.ts';
import { harnessFile, toolsFolder } from './tools-folder.ts';

const SOURCE = 'filter.c';

export interface BareFilter {
  /** Stands before a command. */
  readonly program: string;
  /** Holds the filter; every program inherits it as the descriptor that `program` is told. */
  readonly fd: number;
}

/** The program that sets it, compiled when the image was built. @throws when there is no compiler */
export async function filterProgram(folder: string): Promise<string> {
  const compiler = firstProgram(['/usr/bin/gcc', '/usr/bin/g++']);
  if (!compiler) throw new Error('Install a C compiler: apt-get install g++');
  const tools = await toolsFolder(folder, 'filter', [fs.readFileSync(harnessFile(SOURCE))], async (made) => {
    await promisify(execFile)(compiler, ['-O1', '-x', 'c', harnessFile(SOURCE), '-o', path.join(made, 'filter')], { env: BARE_ENVIRONMENT });
    fs.chmodSync(path.join(made, 'filter'), 0o755);
  });
  return path.join(tools, 'filter');
}

/** Null: this kernel, or what it was told, takes none. `guarded`: processes no program may end or bound. */
export async function bareFilter(folder: string, guarded: readonly number[]): Promise<BareFilter | null> {
  const program = await filterProgram(folder);
  const file = path.join(fs.mkdtempSync(path.join(folder, 'filter-')), 'seccomp.bpf');
  fs.writeFileSync(file, seccompFilter(process.arch as Architecture, { cgroup: false, network: false, guarded }));
  const fd = fs.openSync(file, 'r');
  // Without a name: no program can put another in its place.
  fs.rmSync(path.dirname(file), { recursive: true });
  try {
    execFileSync(program, ['3', '/bin/true'], { env: BARE_ENVIRONMENT, stdio: ['ignore', 'ignore', 'ignore', fd] });
    return { program, fd };
  } catch {
    fs.closeSync(fd);
    return null;
  }
}
