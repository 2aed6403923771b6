/**
 * C++: g++ with a precompiled header, in a sandbox of its own; the program's bytes come out over a pipe and go into another
 * sandbox, where a small launcher waits to become it.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { EntryPoint } from '#domain/code/entry-point.ts';
import { COMPILE_LIMITS, compileIn, withoutFolders } from '../compile-sandbox.ts';
import { sendBytes } from '../channel.ts';
import { harnessFile, toolsFolder } from '../tools-folder.ts';
import type { Artefact, CompileOutcome, CompileRequest, Found, Job, LanguageModule } from './language.ts';
import { BARE_ENVIRONMENT, firstProgram, versionOf } from './programs.ts';
import type { Surroundings } from './registry.ts';

const SOURCES = ['spool.hpp', 'spool.cpp', 'launcher.c'];
const INSIDE = '/cpp';
/** One precompiled header fits one set of flags; g++ passes over it silently when they differ. */
const FLAGS = ['-std=gnu++20', '-O1', '-pipe', '-fdiagnostics-color=never', '-fmax-errors=20'];
const WITH_EVERYTHING = 'everything.hpp';
/** Headers that the small precompiled one does not hold and that are dear to read. */
const DEAR_HEADERS = /#\s*include\s*<(?:bits\/stdc\+\+\.h|regex|ranges|thread|chrono|future|filesystem|format|mutex|condition_variable|fstream|locale|valarray|execution)>/;
const GLUE = '../spool-main.cpp';
const OUTPUT = '/box/program.out';

export async function findCpp(surroundings: Surroundings): Promise<Found> {
  const compiler = firstProgram(['/usr/bin/g++']);
  if (!compiler) return { missing: 'Install a C++ compiler: apt-get install g++' };
  const version = await versionOf(compiler, ['-dumpfullversion']);
  if (Number(version.split('.')[0]) < 10) return { missing: `Install a newer C++ compiler: apt-get install g++ (10 or newer; found ${version || 'one that does not start'})` };
  // gold links in a quarter of the time of the default linker.
  const linker = firstProgram(['/usr/bin/ld.gold']) ? ['-fuse-ld=gold'] : [];
  const tools = await toolsFolder(surroundings.folder, 'cpp', [compiler, version, FLAGS.join(' '), WITH_EVERYTHING, ...SOURCES.map((name) => fs.readFileSync(harnessFile(name)))], (folder) => prepare(compiler, folder));
  return { module: cppModule(surroundings, compiler, linker, version, tools) };
}

/** Our own sources, so outside a sandbox. */
async function prepare(compiler: string, folder: string): Promise<void> {
  const run = (args: string[]) => promisify(execFile)(compiler, args, { cwd: folder, env: BARE_ENVIRONMENT, timeout: 120_000 });
  for (const name of SOURCES) fs.copyFileSync(harnessFile(name), path.join(folder, name));
  await run([...FLAGS, '-x', 'c++-header', 'spool.hpp', '-o', 'spool.hpp.gch']);
  // Reading a larger one costs every compilation 50 ms, so only those get it that would otherwise read it all anew.
  fs.writeFileSync(path.join(folder, WITH_EVERYTHING), '#include <bits/stdc++.h>\n#include "spool.hpp"\n');
  await run([...FLAGS, '-x', 'c++-header', WITH_EVERYTHING, '-o', `${WITH_EVERYTHING}.gch`]);
  await run([...FLAGS, '-c', 'spool.cpp', '-o', 'spool.o']);
  await run(['-O1', '-x', 'c', 'launcher.c', '-o', 'launcher']);
  fs.chmodSync(path.join(folder, 'launcher'), 0o755);
}

function cppModule({ host, spares }: Surroundings, compiler: string, linker: string[], version: string, tools: string): LanguageModule {
  const mounts = [[tools, INSIDE]] as const;
  const compileRecipe = host.recipe('cpp-compile', [`${INSIDE}/launcher`], { mounts, environment: {} }, COMPILE_LIMITS);
  spares.keep(compileRecipe, 1);
  return {
    language: 'cpp',
    version: `g++ ${version}`,
    toolchain: `${version} ${FLAGS.join(' ')}`,
    ownProcesses: 0,
    ownMemoryMb: 4,
    reservedMb: 64,
    launch: () => ({ command: [`${INSIDE}/launcher`], mounts }),
    pack: (job: Job, artefact) => pack([job.mode, artefact!.bytes, ...packFiles(job.files), `./${stemOf(job.main)}`, ...(job.mode === 'program' ? job.args : [])]),
    async compile(request): Promise<CompileOutcome> {
      const sandbox = spares.take(compileRecipe);
      const done = await compileIn(sandbox, (each) => sendBytes(each.pipes.control, compileJob(compiler, linker, request)), tidy, request.signal);
      spares.refill(compileRecipe);
      const { compile, bytes, limit, broken } = done;
      if (broken) return { ok: false, status: 'internal_error', compile };
      if (bytes === null) return { ok: false, status: 'compile_error', compile, ...(limit ? { limit } : {}) };
      return { ok: true, artefact: { bytes, details: {} } satisfies Artefact, compile };
    },
    ranOutOfMemory: ({ signal }, stderr) => signal === 'SIGABRT' && /std::bad_alloc|bad_array_new_length|length_error/.test(stderr),
  };
}

function compileJob(compiler: string, linker: string[], { request, entry }: CompileRequest): Buffer {
  const glue = entry ? [{ path: GLUE, content: glueFor(request.fileName, entry, request.files.map(({ content }) => content).join('\n')) }] : [];
  const header = request.files.some(({ content }) => DEAR_HEADERS.test(content)) ? WITH_EVERYTHING : 'spool.hpp';
  const sources = entry ? [GLUE, `${INSIDE}/spool.o`] : [request.fileName];
  const command = [compiler, ...FLAGS, '-include', `${INSIDE}/${header}`, '-iquote', '.', ...sources, ...linker, '-o', OUTPUT];
  return pack(['compile', '', ...packFiles([...request.files, ...glue]), OUTPUT, ...command]);
}

/** The file with the tests' function, and what calls it. A `main` in it is another name here. */
function glueFor(fileName: string, entry: EntryPoint, allSources: string): string {
  const node = (name: string, fields: string, text: string) => (new RegExp(`\\b(?:struct|class)\\s+${name}\\b(?!\\s*[*&;])`).test(allSources) ? '' : `struct ${name} { int val; ${fields} ${text} };\n`);
  const called = entry.kind === 'method' ? `${entry.owner}::${entry.name}` : `::${entry.name}`;
  return [
    node('ListNode', 'ListNode* next;', 'ListNode() : val(0), next(nullptr) {} ListNode(int x) : val(x), next(nullptr) {} ListNode(int x, ListNode* next) : val(x), next(next) {}'),
    node('TreeNode', 'TreeNode* left; TreeNode* right;', 'TreeNode() : val(0), left(nullptr), right(nullptr) {} TreeNode(int x) : val(x), left(nullptr), right(nullptr) {} TreeNode(int x, TreeNode* left, TreeNode* right) : val(x), left(left), right(right) {}'),
    '#define main spool_candidate_main\n',
    `#include ${JSON.stringify(fileName)}\n`,
    '#undef main\n',
    `int main() { return spool::serve([](const spool::Json& input, spool::Writer& out) { spool::invoke(&${called}, input, out); }); }\n`,
  ].join('');
}

/** Without the lines about files that the candidate did not write. */
function tidy(text: string): string {
  return withoutFolders(text)
    .split('\n')
    .filter((line) => !/^(?:In file included from|\s+from) .*spool-main\.cpp/.test(line))
    .join('\n')
    .replaceAll('spool_candidate_main', 'main');
}

function packFiles(files: readonly { path: string; content: string }[]): (string | Buffer)[] {
  return [String(files.length), ...files.flatMap(({ path: name, content }) => [name, content])];
}

/** The launcher's form of a job; see harness/launcher.c. */
function pack(parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => {
    const bytes = Buffer.from(part as string);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return [length, bytes];
  }));
}

function stemOf(fileName: string): string {
  return fileName.split('/').at(-1)!.replace(/\.[^.]*$/, '');
}
