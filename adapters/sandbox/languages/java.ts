/** Java: a warm compiler in one sandbox, a JVM that waits for classes in another. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { harnessFile, toolsFolder } from '../tools-folder.ts';
import { JAVA_COMPILE_LIMITS, JavaCompiler } from './java-compiler.ts';
import type { CompileOutcome, Found, LanguageModule, Mount } from './language.ts';
import { BARE_ENVIRONMENT, firstProgram, versionOf } from './programs.ts';
import type { Surroundings } from './registry.ts';

const INSIDE = '/java';
const SOURCES = ['Json', 'Channel', 'Values', 'Harness', 'CompileServer', 'ListNode', 'TreeNode'].map((name) => `java/${name}.java`);
const OLDEST = 17;
/** Of a JVM with these flags, beside the program's heap: metaspace, code, threads, the harness. */
const OWN_MEMORY_MB = 80;
const OWN_PROCESSES = 24;
/** Small and quick to start; what the virtual machine itself says is no output of the program. */
const FLAGS = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-XX:-UsePerfData', '-XX:+ExitOnOutOfMemoryError', '-XX:+DisplayVMOutputToStderr'];
const OPEN_DESCRIPTORS = ['--add-opens', 'java.base/java.io=ALL-UNNAMED'];

export async function findJava(surroundings: Surroundings): Promise<Found> {
  const missing = 'Install a Java development kit: apt-get install default-jdk-headless';
  const javac = firstProgram(['/usr/bin/javac']);
  const java = firstProgram(['/usr/bin/java']);
  if (!javac || !java) return { missing };
  // The compiler's own runtime, whatever `java` is set to.
  const home = path.dirname(path.dirname(javac));
  const version = (await versionOf(javac, ['-version'])).replace(/^javac /, '');
  if (Number(version.split('.')[0]) < OLDEST) return { missing: `${missing} (${OLDEST} or newer; found ${version || 'one that does not start'})` };
  if (!home.startsWith('/usr/')) return { missing: `${missing} (found ${home}, which the sandbox does not see)` };
  const tools = await toolsFolder(surroundings.folder, 'java', [version, ...SOURCES.map((name) => fs.readFileSync(harnessFile(name)))], (folder) => prepare(javac, folder));
  return { module: javaModule(surroundings, home, version, tools) };
}

async function prepare(javac: string, folder: string): Promise<void> {
  await promisify(execFile)(javac, ['-nowarn', '-proc:none', '-encoding', 'UTF-8', '-d', folder, ...SOURCES.map(harnessFile)], { env: BARE_ENVIRONMENT, timeout: 120_000 });
}

function javaModule({ host, clock }: Surroundings, home: string, version: string, tools: string): LanguageModule {
  const program = path.join(home, 'bin/java');
  const mounts: Mount[] = [[tools, INSIDE], ...configuration()];
  const command = (main: string, flags: string[]) => [program, ...FLAGS, ...flags, ...OPEN_DESCRIPTORS, '-cp', INSIDE, main];
  const compiler = new JavaCompiler(host, host.recipe('java-compile', command('spool.CompileServer', ['-Xmx320m', '-Xss16m']), { mounts, environment: {} }, JAVA_COMPILE_LIMITS), clock);
  compiler.warmUp();
  return {
    language: 'java',
    version: `OpenJDK ${version}`,
    toolchain: version,
    ownProcesses: OWN_PROCESSES,
    ownMemoryMb: OWN_MEMORY_MB,
    reservedMb: 1280,
    launch: (memoryMb) => ({ command: command('spool.Harness', [`-Xmx${memoryMb}m`, '-Xms8m', '-XX:MaxMetaspaceSize=64m', '-XX:ReservedCodeCacheSize=32m']), mounts }),
    async compile({ request, signal }): Promise<CompileOutcome> {
      const startMs = clock.monotonicMs();
      const { exitCode, stderr, classes, limit } = await compiler.compile({ main: request.fileName, files: request.files.filter((file) => file.path.endsWith('.java')) }, signal);
      const compile = { exitCode, stderr, timeMs: Math.round((clock.monotonicMs() - startMs) * 100) / 100 };
      if (limit) return { ok: false, status: 'compile_error', compile, limit };
      if (exitCode === null) return { ok: false, status: 'internal_error', compile };
      if (classes === null) return { ok: false, status: 'compile_error', compile };
      const source = request.files.find((file) => file.path === request.fileName)?.content ?? '';
      return { ok: true, artefact: { bytes: classes, details: { mainClass: mainClassOf(request.fileName, source) } }, compile };
    },
    ranOutOfMemory: ({ exitCode }, stderr) => (exitCode === 3 && /Terminating due to java\.lang\.OutOfMemoryError/.test(stderr)) || (exitCode === 1 && /java\.lang\.OutOfMemoryError: (?!unable to create)/.test(stderr)),
    stop: () => compiler.stop(),
  };
}

/** Debian keeps the runtime's settings below /etc. */
function configuration(): Mount[] {
  return fs.readdirSync('/etc').filter((name) => /^java(?:-\d+-openjdk)?$/.test(name)).map((name) => [`/etc/${name}`, `/etc/${name}`] as const);
}

/** The public class, else the one named like the file. */
function mainClassOf(fileName: string, source: string): string {
  return /\bpublic\s+(?:(?:final|abstract|sealed|strictfp)\s+)*(?:class|record|enum|interface)\s+(\w+)/.exec(source)?.[1] ?? fileName.split('/').at(-1)!.replace(/\.java$/, '');
}
