/** A Dockerfile as data, as far as ours use the language, and which files of the tree `COPY` finds under `.dockerignore`. */
import fs from 'node:fs';
import path from 'node:path';

export interface Instruction {
  verb: string;
  /** What follows the verb, continued lines joined. */
  text: string;
  /** Of the first line, from 1. */
  line: number;
}
export interface Stage {
  name: string;
  /** An image or an earlier stage. */
  from: string;
  instructions: Instruction[];
}

/** @throws Error when a line is no instruction */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const { verb, text: rest, line } of instructionsOf(text)) {
    if (verb === 'FROM') {
      const [from = '', as, name] = rest.split(/\s+/);
      stages.push({ from, name: as?.toUpperCase() === 'AS' && name ? name : String(stages.length), instructions: [] });
    } else if (verb !== 'ARG' || stages.length > 0) {
      const stage = stages.at(-1);
      if (!stage) throw new Error(`Line ${line}: ${verb} stands before the first FROM.`);
      stage.instructions.push({ verb, text: rest, line });
    }
  }
  return stages;
}

function instructionsOf(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open: Instruction | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    // A comment may stand between the lines of one instruction.
    if (line === '' || line.startsWith('#')) continue;
    const continues = line.endsWith('\\');
    const body = continues ? line.slice(0, -1).trim() : line;
    if (open) open.text = `${open.text} ${body}`.trim();
    else {
      const [, verb, rest = ''] = /^([A-Za-z]+)(?:\s+(.*))?$/.exec(body) ?? [];
      if (!verb) throw new Error(`Line ${index + 1} is no instruction: ${line}`);
      open = { verb: verb.toUpperCase(), text: rest, line: index + 1 };
      found.push(open);
    }
    if (!continues) open = null;
  }
  return found;
}

/** `--from=x` and the like of an instruction, and its other words. */
export function flagsOf(text: string): { flags: Record<string, string>; words: string[] } {
  const words = text.split(/\s+/).filter(Boolean);
  const first = words.findIndex((word) => !word.startsWith('--'));
  const flags = Object.fromEntries(words.slice(0, first).map((word) => word.slice(2).split('=', 2) as [string, string]));
  return { flags, words: words.slice(first) };
}

/** The words of CMD, HEALTHCHECK's CMD or ENTRYPOINT in their JSON form. @throws Error when it is a line for a shell */
export function wordsOf(text: string): string[] {
  const json = text.slice(text.indexOf('['));
  const words: unknown = text.includes('[') ? JSON.parse(json) : null;
  if (!Array.isArray(words)) throw new Error(`Not in JSON form, so a shell would stand before the process: ${text}`);
  return words.map(String);
}

/** True when a path of the context takes no part in a build. Later lines win; `!` lets in again, a folder with all below it. */
export function ignoredBy(dockerignore: string): (file: string) => boolean {
  const rules = dockerignore
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ lets: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '').replace(/^\/|\/$/g, '')) }));
  return (file) => rules.reduce((ignored, { lets, pattern }) => (pattern.test(file) ? !lets : ignored), false);
}

/** As Go's path matcher: `*` within a name, `**` over any number of folders; what lies below a match matches. */
function patternOf(glob: string): RegExp {
  const source = glob
    .split('/')
    .map((part) => (part === '**' ? '**' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*').replaceAll('?', '[^/]')))
    .join('/')
    .replaceAll('**/', '(?:.*/)?')
    .replaceAll('**', '.*');
  return new RegExp(`^${source}(?:/.*)?$`);
}

/** The files below `source` that are not ignored, as paths from the root. @throws Error when there is none: an engine fails then too */
export function filesToCopy(root: string, source: string, ignored: (file: string) => boolean): string[] {
  const at = path.join(root, source);
  const stat = fs.statSync(at, { throwIfNoEntry: false });
  const names = !stat ? [] : stat.isDirectory() ? filesBelow(at).map((name) => path.posix.join(source, name)) : [source];
  const files = names.map((name) => path.posix.normalize(name)).filter((name) => !ignored(name));
  if (files.length === 0) throw new Error(`COPY ${source}: nothing of it is in the build's context. Look at .dockerignore.`);
  return files;
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/(?:^|\/)node_modules\//.test(`${entry.parentPath}/`.slice(folder.length)))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}
