/**
 * A Dockerfile's stages as folders, without an engine: COPY copies what it would copy, `node`, `npm`, `find` and `mkdir`
 * run for real with the image's absolute paths moved below the stage's folder. What needs Debian's image is left out and
 * listed. Shows that a build has all it copies and that what it makes starts; it does not show the layers of an engine.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { filesToCopy, flagsOf, ignoredBy, parseDockerfile, wordsOf } from './dockerfile.ts';
import type { Instruction, Stage } from './dockerfile.ts';

const run = promisify(execFile);

export interface BuiltStage {
  /** The folder that stands for `/`. */
  root: string;
  workdir: string;
  environment: Record<string, string>;
  user: string;
  command: string[];
  healthcheck: string[];
}
export interface BuildOptions {
  /** Of the repository. */
  context: string;
  /** From the root of the repository. */
  dockerfile: string;
  /** An empty folder. */
  into: string;
  /** What installs the packages of a folder with a package.json and a lock file. */
  install: (folder: string, words: string[]) => Promise<void>;
  /** Told of each command that is left out. */
  onLeftOut?: (command: string) => void;
}

/** @returns the last stage. @throws Error when a step fails, with its Dockerfile's line */
export async function buildSteps(options: BuildOptions): Promise<BuiltStage> {
  const stages = parseDockerfile(fs.readFileSync(path.join(options.context, options.dockerfile), 'utf8'));
  const ignored = ignoredBy(fs.readFileSync(path.join(options.context, '.dockerignore'), 'utf8'));
  const built = new Map<string, BuiltStage>();
  for (const stage of stages) {
    const made = begin(options, stage, built.get(stage.from));
    for (const instruction of stage.instructions) {
      try {
        await step(options, instruction, made, built, ignored);
      } catch (error) {
        throw new Error(`${options.dockerfile}:${instruction.line}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    built.set(stage.name, made);
  }
  const last = built.get(stages.at(-1)?.name ?? '');
  if (!last) throw new Error(`${options.dockerfile} has no stage.`);
  return last;
}

function begin({ into }: BuildOptions, stage: Stage, from: BuiltStage | undefined): BuiltStage {
  const root = path.join(into, stage.name);
  fs.mkdirSync(root, { recursive: true });
  if (from) fs.cpSync(from.root, root, { recursive: true });
  return { workdir: '/', user: 'root', command: [], healthcheck: [], ...from, root, environment: { ...from?.environment } };
}

async function step(options: BuildOptions, { verb, text }: Instruction, stage: BuiltStage, built: Map<string, BuiltStage>, ignored: (file: string) => boolean): Promise<void> {
  switch (verb) {
    case 'WORKDIR':
      stage.workdir = text;
      fs.mkdirSync(inStage(stage, text), { recursive: true });
      return;
    case 'USER':
      stage.user = text;
      return;
    case 'ENV':
      for (const [, name = '', value = ''] of text.matchAll(/([A-Z][A-Z0-9_]*)=("[^"]*"|\S+)/g)) stage.environment[name] = value.replace(/^"|"$/g, '');
      return;
    case 'CMD':
      stage.command = wordsOf(text);
      return;
    case 'HEALTHCHECK':
      stage.healthcheck = wordsOf(text);
      return;
    case 'COPY':
      return copy(options, text, stage, built, ignored);
    case 'RUN':
      for (const command of text.split('&&')) await runCommand(options, command.trim(), stage);
      return;
    default: // EXPOSE, VOLUME, STOPSIGNAL, LABEL, SHELL: nothing to do in a folder
  }
}

/** A path of the image as one of this machine. */
export function inStage(stage: Pick<BuiltStage, 'root' | 'workdir'>, file: string): string {
  return path.join(stage.root, path.posix.resolve(stage.workdir, file));
}

function copy({ context }: BuildOptions, text: string, stage: BuiltStage, built: Map<string, BuiltStage>, ignored: (file: string) => boolean): void {
  const { flags, words } = flagsOf(text);
  const to = words.at(-1)!;
  for (const source of words.slice(0, -1)) {
    // A folder's contents are copied, a file by its name into a target that ends with a slash or is a folder.
    const target = inStage(stage, to);
    const into = (name: string) => (to.endsWith('/') || fs.statSync(target, { throwIfNoEntry: false })?.isDirectory() ? path.join(target, path.basename(name)) : target);
    if (flags.from !== undefined) {
      const from = built.get(flags.from);
      if (!from) throw new Error(`There is no stage ${flags.from}.`);
      const at = inStage(from, source);
      fs.cpSync(at, fs.statSync(at).isDirectory() ? target : into(source), { recursive: true });
      continue;
    }
    const isFolder = fs.statSync(path.join(context, source), { throwIfNoEntry: false })?.isDirectory() ?? false;
    for (const file of filesToCopy(context, source, ignored)) {
      const place = isFolder ? path.join(target, path.posix.relative(source, file)) : into(file);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.copyFileSync(path.join(context, file), place);
    }
  }
}

async function runCommand(options: BuildOptions, command: string, stage: BuiltStage): Promise<void> {
  const [program = '', ...words] = splitWords(command).map((word) => (/^\/\w/.test(word) ? inStage(stage, word) : word));
  const cwd = inStage(stage, '.');
  if (program === 'npm') return options.install(cwd, words);
  if (!['node', 'find', 'mkdir', 'rm'].includes(program) || words.some((word) => word.includes('/var/lib/apt'))) return options.onLeftOut?.(command);
  const environment: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: process.env.PATH, HOME: process.env.HOME, ...stage.environment };
  await run(program === 'node' ? process.execPath : program, words, { cwd, env: environment, maxBuffer: 32 * 1024 ** 2 });
}

/** As a shell splits: quotes hold together, a backslash takes the next letter as it is. */
function splitWords(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, '$1$2$3'));
}
