/** Where what came out differs from what was expected, so that a reader need not search. Pure. */
import type { Comparison } from '#domain/code/run.ts';

/** A piece of a value as it is shown; `odd`: here lies the first difference. */
export interface Piece {
  text: string;
  odd: boolean;
}
export interface Difference {
  /** In words, e.g. `At [2]: expected 7, got 5.` */
  words: string;
  expected: Piece[];
  actual: Piece[];
}

type Path = (string | number)[];
const MAX_SHOWN = 60;
/** Beyond it a list stands one item a line. */
const LINE_CHARS = 56;

export function differenceOf(expected: unknown, actual: unknown, compare: Comparison = 'exact'): Difference {
  if (compare === 'unordered' && Array.isArray(expected) && Array.isArray(actual)) return unorderedDifference(expected, actual);
  const path = firstDifference(expected, actual, compare === 'float') ?? [];
  return { words: wordsOf(path, at(expected, path), at(actual, path)), expected: shown(expected, path), actual: shown(actual, path) };
}

/** The path to the first difference; null: there is none. */
export function firstDifference(expected: unknown, actual: unknown, tolerant = false): Path | null {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
      if (index >= expected.length || index >= actual.length) return [index];
      const inner = firstDifference(expected[index], actual[index], tolerant);
      if (inner) return [index, ...inner];
    }
    return null;
  }
  if (isRecord(expected) && isRecord(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      if (!(key in expected) || !(key in actual)) return [key];
      const inner = firstDifference(expected[key], actual[key], tolerant);
      if (inner) return [key, ...inner];
    }
    return null;
  }
  if (typeof expected === 'number' && typeof actual === 'number' && tolerant) {
    const gap = Math.abs(expected - actual);
    return gap <= 1e-6 || gap <= 1e-6 * Math.max(Math.abs(expected), Math.abs(actual)) ? null : [];
  }
  return Object.is(expected, actual) || expected === actual ? null : [];
}

const MISSING = Symbol('missing');
function at(value: unknown, path: Path): unknown {
  let now = value;
  for (const step of path) {
    if (Array.isArray(now) ? (step as number) >= now.length : !isRecord(now) || !(step in now)) return MISSING;
    now = (now as Record<string | number, unknown>)[step];
  }
  return now;
}

function wordsOf(path: Path, expected: unknown, actual: unknown): string {
  const place = path.length === 0 ? '' : `At ${pathWords(path)}: `;
  if (actual === MISSING) return `${place}expected ${brief(expected)}, and nothing came.`;
  if (expected === MISSING) return `${place}nothing was expected, and ${brief(actual)} came.`;
  const hint = typeOf(expected) === typeOf(actual) ? stringHint(expected, actual) : ` (${typeOf(expected)} and ${typeOf(actual)})`;
  const sentence = `${place}expected ${brief(expected)}, got ${brief(actual)}${hint}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
function stringHint(expected: unknown, actual: unknown): string {
  if (typeof expected !== 'string' || typeof actual !== 'string') return '';
  let same = 0;
  while (same < expected.length && expected[same] === actual[same]) same += 1;
  return `; they differ from character ${same + 1} on`;
}
function pathWords(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`)).join('');
}
function brief(value: unknown): string {
  const text = json(value);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`;
}
function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { number: 'a number', string: 'a text', boolean: 'true or false', object: 'an object' }[typeof value as string] ?? typeof value;
}
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function json(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/** The value as text, the part at `path` marked. */
export function shown(value: unknown, path: Path | null): Piece[] {
  const pieces: Piece[] = [];
  const put = (text: string, odd: boolean) => {
    const last = pieces.at(-1);
    if (last && last.odd === odd) last.text += text;
    else pieces.push({ text, odd });
  };
  write(value, path, 0, put);
  return pieces;
}
function write(value: unknown, path: Path | null, depth: number, put: (text: string, odd: boolean) => void): void {
  const odd = path?.length === 0;
  if (odd || path === null || typeof value !== 'object' || value === null) return put(oneLine(value), odd);
  const entries: [string | number, unknown, string][] = Array.isArray(value) ? value.map((one, index) => [index, one, '']) : Object.entries(value).map(([key, one]) => [key, one, `${JSON.stringify(key)}: `]);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const long = oneLine(value).length > LINE_CHARS && entries.some(([, one]) => typeof one === 'object' && one !== null);
  const gap = long ? `\n${'  '.repeat(depth + 1)}` : '';
  put(open, false);
  entries.forEach(([step, one, name], index) => {
    put(`${index === 0 ? gap : long ? `,${gap}` : ', '}${name}`, false);
    write(one, path[0] === step ? path.slice(1) : null, depth + 1, put);
  });
  // The place where something is missing.
  const missing = path.length === 1 && !entries.some(([step]) => step === path[0]);
  if (missing) {
    if (entries.length > 0) put(', ', false);
    put('…', true);
  }
  put(`${long ? `\n${'  '.repeat(depth)}` : ''}${close}`, false);
}
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (isRecord(value)) return `{${Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${oneLine(one)}`).join(', ')}}`;
  return json(value);
}

/** In any order: what is missing, and what is too much. */
function unorderedDifference(expected: unknown[], actual: unknown[]): Difference {
  const left = actual.map((value) => json(value));
  const missing = expected.filter((value) => {
    const found = left.indexOf(json(value));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  const words = [
    missing.length > 0 ? `Missing: ${list(missing.map((value) => brief(value)))}.` : '',
    left.length > 0 ? `Not expected: ${list(left.map((text) => (text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`)))}.` : '',
    'The order does not matter.',
  ].filter(Boolean).join(' ');
  const mark = (values: unknown[], odd: string[]): Piece[] => {
    const open = [...odd];
    return [{ text: '[', odd: false }, ...values.flatMap((value, index): Piece[] => {
      const found = open.indexOf(json(value));
      if (found >= 0) open.splice(found, 1);
      return [...(index > 0 ? [{ text: ', ', odd: false }] : []), { text: oneLine(value), odd: found >= 0 }];
    }), { text: ']', odd: false }];
  };
  return { words, expected: mark(expected, missing.map(json)), actual: mark(actual, left) };
}
function list(texts: string[]): string {
  return texts.length <= 3 ? texts.join(', ') : `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more`;
}
