/** Recordings of a folder, and the references that lie beside each: `<name>.txt`, `.stm`, `.json` (SegLST), `.rttm`. */
import fs from 'node:fs';
import path from 'node:path';
import { parseRttm, parseSegLst, parseStm, type Span } from '#domain/evaluation/references.ts';
import type { Reference } from '#domain/evaluation/evaluate-transcript.ts';
import { AUDIO_EXTENSIONS } from './read-audio.ts';

export interface Recording {
  /** From the folder, without its ending, e.g. `monday/standup`. */
  name: string;
  file: string;
  /** Null when there is no reference beside it. */
  reference: (Reference & { ignored: Span[] }) | null;
}

/** All below `folder`, in order of their names. @throws Error that names the file which cannot be used, and why */
export function findRecordings(folder: string): Recording[] {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll(path.sep, '/')).sort();
  const audio = files.filter((name) => AUDIO_EXTENSIONS.includes(path.extname(name).slice(1).toLowerCase()));
  const recordings = audio.map((file) => ({ name: file.slice(0, -path.extname(file).length), file }));
  const seen = new Map<string, string>();
  for (const { name, file } of recordings) {
    const other = seen.get(name);
    if (other !== undefined) throw new Error(`${other} and ${file} have the same name, so their references cannot be told apart. Take one of them out.`);
    seen.set(name, file);
  }
  return recordings.map(({ name, file }) => ({ name, file: path.join(folder, file), reference: referenceOf(folder, name) }));
}

/**
 * Words come from the reference that says most: SegLST, STM, then plain text. Times of speech come from RTTM first, which is
 * made for them.
 */
function referenceOf(folder: string, name: string): Recording['reference'] {
  const read = <Parsed>(ending: string, parse: (text: string, session: string) => Parsed): Parsed | null => {
    const file = path.join(folder, `${name}.${ending}`);
    if (!fs.existsSync(file)) return null;
    try {
      return parse(fs.readFileSync(file, 'utf8'), path.basename(name));
    } catch (error) {
      throw new Error(`${name}.${ending} cannot be used. ${(error as Error).message}`, { cause: error });
    }
  };
  const segments = read('json', parseSegLst);
  const stm = read('stm', parseStm);
  const text = read('txt', (words) => [{ speaker: null, startMs: 0, endMs: 0, text: words }]);
  const rttm = read('rttm', parseRttm);
  const timed = segments ?? stm?.utterances ?? null;
  const utterances = timed ?? text;
  if (!utterances && !rttm) return null;
  const named = timed?.every(({ speaker }) => speaker !== null) ? timed : null;
  return { utterances, turns: rttm ?? named, ignored: stm?.ignored ?? [] };
}
