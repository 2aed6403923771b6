/** One use of a compiler in a sandbox of its own, with limits of its own. */
import type { RunLimit } from '#domain/code/run.ts';
import { ChannelBroken, MessageReader } from './channel.ts';
import type { Compilation } from './languages/language.ts';
import { OutputBudget, OutputStream } from './output.ts';
import type { Sandbox } from './sandbox.ts';
import { WORK_FOLDER } from './bubblewrap.ts';

/** Compilers need more than the programs they make: g++ with the usual headers takes 190 MB, javac 80. */
export const COMPILE_LIMITS = { memoryBytes: 512 * 1024 * 1024, processes: 64, diskBytes: 256 * 1024 * 1024, processors: 2, reservedBytes: 1024 * 1024 * 1024 };
export const COMPILE_WALL_MS = 20_000;
/** What a compiler says is read by a person. */
const COMPILE_OUTPUT_BYTES = 128 * 1024;
const MAX_ARTEFACT_BYTES = 16 * 1024 * 1024;

export interface Compiled {
  compile: Compilation;
  /** Null: it did not compile. */
  bytes: Buffer | null;
  limit?: RunLimit;
  /** What came back was not what a compiler's helper sends. */
  broken: boolean;
}

/** Sends the job, waits for the exit code and the bytes. Ends the sandbox in any case. */
export async function compileIn(sandbox: Sandbox, send: (sandbox: Sandbox) => void, tidy: (stderr: string) => string, signal: AbortSignal): Promise<Compiled> {
  const startMs = performance.now();
  let limit: RunLimit | undefined;
  const stop = (because?: RunLimit): void => {
    limit ??= because;
    sandbox.kill();
  };
  const budget = new OutputBudget(COMPILE_OUTPUT_BYTES, () => stop('output'));
  const streams = [new OutputStream(sandbox.pipes.stdout, budget, null), new OutputStream(sandbox.pipes.stderr, budget, null)];
  const answers = new MessageReader(sandbox.pipes.answers, MAX_ARTEFACT_BYTES);
  const timer = setTimeout(() => stop('wall'), COMPILE_WALL_MS);
  const abort = (): void => stop();
  signal.addEventListener('abort', abort, { once: true });
  let exitCode: number | null = null;
  let bytes: Buffer | null = null;
  let broken = false;
  try {
    send(sandbox);
    const told = await answers.next();
    if (told?.kind === 'json') {
      const { exit } = JSON.parse(told.text) as { exit?: unknown };
      if (typeof exit === 'number' && Number.isInteger(exit)) exitCode = exit;
      const artefact = exitCode === 0 ? await answers.next() : null;
      bytes = artefact?.kind === 'bytes' ? artefact.bytes : null;
    }
    broken = limit === undefined && (exitCode === null || (exitCode === 0 && bytes === null));
  } catch (error) {
    if (!(error instanceof ChannelBroken) && !(error instanceof SyntaxError)) throw error;
    broken = limit === undefined;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    await sandbox.destroy();
  }
  if (sandbox.outOfMemory()) limit = 'memory';
  const text = tidy(streams.map((stream) => stream.takePart()).join(''));
  const compile = { exitCode, stderr: limit ? `${text}${WORDS[limit] ?? ''}` : text, timeMs: Math.round((performance.now() - startMs) * 100) / 100 };
  return { compile, bytes: limit ? null : bytes, ...(limit ? { limit } : {}), broken: broken && limit === undefined };
}

const WORDS: Partial<Record<RunLimit, string>> = {
  wall: `The compiler took longer than ${COMPILE_WALL_MS / 1000} s and was ended.\n`,
  memory: `The compiler needed more than ${COMPILE_LIMITS.memoryBytes / 1024 / 1024} MiB and was ended.\n`,
  output: '\nThe compiler said more than fits here and was ended.\n',
};

/** Paths as the candidate knows them. */
export function withoutFolders(text: string): string {
  return text.replaceAll(`${WORK_FOLDER}/`, '');
}

