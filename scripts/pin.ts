/**
 * `node scripts/pin.ts [--check]`: what the project takes from others by a tag, which may move, is written down as what the tag
 * stands for now: images in Dockerfiles, docker-compose.dev.yml and the cloud definition by their digest, actions in
 * workflows by their commit. Needs the network; nothing is typed from memory. Tags stay where a person reads them, and to
 * take a newer one it is changed there and this is run again. `--check` changes nothing and fails while one is not pinned.
 * `--image <name:tag>` prints that image with its digest, for a setting.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { commitOfTag } from './pins/git-tag.ts';
import { digestOfImage } from './pins/registry.ts';
import { pinnable, withPin } from './pins/references.ts';
import type { Reference } from './pins/references.ts';
import { repositoryRoot } from './support/paths.ts';

export interface PinOptions {
  root: string;
  digestOf: (image: string) => Promise<string>;
  commitOf: (repository: string, tag: string) => Promise<string>;
  say: (line: string) => void;
}

/** All there is to pin, with where it stands. */
export function referencesIn(root: string): (Reference & { file: string })[] {
  return filesIn(root).flatMap((file) => pinnable(file, fs.readFileSync(path.join(root, file), 'utf8')).map((reference) => ({ ...reference, file })));
}

/** Writes every pin that can be resolved. @returns false when one could not be */
export async function pinAll({ root, digestOf, commitOf, say }: PinOptions): Promise<boolean> {
  const known = new Map<string, Promise<string>>();
  let all = true;
  for (const file of filesIn(root)) {
    const at = path.join(root, file);
    const before = fs.readFileSync(at, 'utf8');
    let text = before;
    for (const reference of pinnable(file, before)) {
      const key = `${reference.name}:${reference.tag}`;
      if (!known.has(key)) known.set(key, reference.kind === 'image' ? digestOf(key) : commitOf(reference.name, reference.tag));
      try {
        text = withPin(text, reference, await known.get(key)!);
      } catch (error) {
        all = false;
        say(`${file}:${reference.line}: ${key} is not pinned: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (text !== before) {
      fs.writeFileSync(at, text);
      say(`${file}: pinned.`);
    }
  }
  return all;
}

/** Sentences about what is not pinned. */
export function unpinned(root: string): string[] {
  return referencesIn(root)
    .filter(({ pin }) => pin === null)
    .map(({ file, line, name, tag }) => `${file}:${line}: ${name}:${tag} may become something else. Run: node scripts/pin.ts`);
}

function filesIn(root: string): string[] {
  const below = (folder: string) => {
    const names = fs.existsSync(path.join(root, folder)) ? fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }) : [];
    return names.filter((name) => !name.includes('node_modules')).map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')));
  };
  const all = [...['.github/workflows', 'app', 'realtime-server', 'workers', 'amplify/custom'].flatMap(below), 'docker-compose.dev.yml'];
  return all.filter((file) => /(?:^|\/)Dockerfile$|\.ya?ml$|^amplify\/.*(?<!\.test)\.ts$/.test(file) && fs.existsSync(path.join(root, file))).sort();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false }, image: { type: 'string' } } });
  const say = (line: string) => console.log(line);
  if (values.image) {
    say(`${values.image}@${await digestOfImage(values.image)}`);
  } else if (values.check) {
    const open = unpinned(repositoryRoot);
    for (const line of open) say(line);
    say(open.length === 0 ? `All ${referencesIn(repositoryRoot).length} images and actions are pinned.` : `${open.length} of ${referencesIn(repositoryRoot).length} are not pinned.`);
    process.exitCode = open.length === 0 ? 0 : 1;
  } else {
    process.exitCode = (await pinAll({ root: repositoryRoot, digestOf: digestOfImage, commitOf: commitOfTag, say })) ? 0 : 1;
  }
}
