/** Which function the test cases call: the contract's rule over what a file defines. */
import { SpoolError } from '../errors.ts';
import type { Language } from './run.ts';

/** What a source file defines at its top level, as far as a parser sees it without running anything. */
export interface SourceOutline {
  functions: { name: string; isPublic: boolean }[];
  classes: { name: string; isPublic: boolean; methods: { name: string; isPublic: boolean }[] }[];
  /** JavaScript: it uses `import` or `export`. */
  isModule: boolean;
  /** The parser met something it does not understand, so the outline may lack things. */
  hasErrors: boolean;
}

export type EntryPoint = { kind: 'function'; name: string } | { kind: 'method'; owner: string; name: string };

/**
 * The asked-for name; else the template's function if this file defines it; else the only public one; else the one named
 * like the file. Names match ignoring case and `_`. Free functions come before methods; methods are those of the only
 * public class, of `Solution`, or of the only class. A file that does not parse is let through, so that its own language says
 * what is wrong.
 * @throws SpoolError `entry_point.ambiguous`
 */
export function resolveEntryPoint(file: { language: Language; fileName: string; outline: SourceOutline }, requested: string | null, templateName?: string): EntryPoint {
  const candidates = candidatesOf(file.language, file.outline);
  const stem = stemOf(file.fileName);
  const find = (name: string) => {
    const [owner, method] = name.includes('.') ? [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)] : [null, name];
    const fitting = (same: (a: string, b: string) => boolean) => candidates.find((each) => same(each.entry.name, method) && (owner === null || (each.entry.kind === 'method' && same(each.entry.owner, owner))));
    return fitting((a, b) => a === b) ?? fitting((a, b) => plain(a) === plain(b));
  };
  if (requested !== null) {
    const found = find(requested);
    if (found) return found.entry;
    // What no parser sees (a name made while running, a file that does not parse) the language itself finds or misses.
    if (file.outline.hasErrors || isDynamic(file.language)) return namedAsAsked(requested);
    throw ambiguous(`There is no function "${requested}" in ${file.fileName}. ${listOf(candidates)}`);
  }
  const template = templateName === undefined ? undefined : find(templateName);
  if (template) return template.entry;
  const open = candidates.filter(({ isPublic }) => isPublic);
  if (open.length === 1) return open[0]!.entry;
  const likeFile = open.filter(({ entry }) => plain(entry.name) === plain(stem));
  if (likeFile.length === 1) return likeFile[0]!.entry;
  if (file.outline.hasErrors && open.length === 0) return { kind: 'function', name: templateName ?? stem };
  throw ambiguous(open.length === 0 ? `There is no function in ${file.fileName} that the tests could call.` : `Which function should the tests call? ${listOf(open)} Name one as "entryPoint", or name the file like it.`);
}

interface Candidate {
  entry: EntryPoint;
  isPublic: boolean;
}

function candidatesOf(language: Language, outline: SourceOutline): Candidate[] {
  const functions = outline.functions
    .filter(({ name }) => !(language === 'cpp' && name === 'main'))
    .map(({ name, isPublic }): Candidate => ({ entry: { kind: 'function', name }, isPublic }));
  const owner = mainClassOf(language, outline);
  const methods = (owner?.methods ?? [])
    .filter(({ name }) => !(language === 'java' && name === 'main'))
    .map(({ name, isPublic }): Candidate => ({ entry: { kind: 'method', owner: owner!.name, name }, isPublic }));
  // Overloads are one name.
  const methodNames = methods.filter((each, index) => methods.findIndex((other) => other.entry.name === each.entry.name) === index);
  const preferred = functions.some(({ isPublic }) => isPublic) ? [...functions, ...methodNames.map((each) => ({ ...each, isPublic: false }))] : [...functions, ...methodNames];
  // In Java a class without a public method means its package-private ones.
  if (language === 'java' && !preferred.some(({ isPublic }) => isPublic)) return preferred.map((each) => ({ ...each, isPublic: true }));
  return preferred;
}

const NODES = new Set(['ListNode', 'TreeNode']);

function mainClassOf(language: Language, { classes }: SourceOutline): SourceOutline['classes'][number] | undefined {
  const own = classes.filter(({ name }) => !NODES.has(name));
  const open = language === 'java' ? own.filter(({ isPublic }) => isPublic) : [];
  if (open.length === 1) return open[0];
  const solution = own.find(({ name }) => name === 'Solution');
  if (solution) return solution;
  const withMethods = own.filter(({ methods }) => methods.length > 0);
  return withMethods.length === 1 ? withMethods[0] : undefined;
}

/** Functions may come into being while the file runs. */
function isDynamic(language: Language): boolean {
  return language === 'python' || language === 'javascript';
}

function namedAsAsked(name: string): EntryPoint {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? { kind: 'function', name } : { kind: 'method', owner: name.slice(0, dot), name: name.slice(dot + 1) };
}

function listOf(candidates: Candidate[]): string {
  if (candidates.length === 0) return 'It defines none.';
  const names = candidates.slice(0, 10).map(({ entry }) => (entry.kind === 'method' ? `${entry.owner}.${entry.name}` : entry.name));
  return `It defines ${names.join(', ')}${candidates.length > names.length ? ', …' : ''}.`;
}

function ambiguous(words: string): SpoolError {
  return new SpoolError('entry_point.ambiguous', undefined, { personMessage: words });
}

function stemOf(fileName: string): string {
  return fileName.split('/').at(-1)!.replace(/\.[^.]*$/, '');
}

/** twoSum, two_sum and TwoSum are one name. */
function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
