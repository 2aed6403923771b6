/** Values for the ear: what a test puts in and what comes out, in a few words. Numbers stay digits; the voice reads them. */

const MAX_SPOKEN_ELEMENTS = 6;
const MAX_SPOKEN_CHARS = 40;
const MAX_SPELLED = 8;
const MARKS: Record<string, string> = {
  '(': 'open parenthesis', ')': 'close parenthesis', '[': 'open bracket', ']': 'close bracket', '{': 'open brace', '}': 'close brace', '<': 'less than', '>': 'greater than',
  '+': 'plus', '-': 'minus', '*': 'times', '/': 'slash', '=': 'equals', '#': 'hash', '.': 'dot', ',': 'comma', ' ': 'space', '_': 'underscore', ':': 'colon', '"': 'quote', "'": 'quote',
};

export function speakValue(value: unknown, depth = 0): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return speakText(value);
  if (Array.isArray(value)) return speakList(value, depth);
  if (typeof value === 'object') {
    const size = Object.keys(value).length;
    if (size === 0) return 'an empty map';
    const [name, first] = Object.entries(value)[0]!;
    return size === 1 && depth === 0 ? `a map from ${speakText(name)} to ${speakValue(first, depth + 1)}` : `a map with ${counted(size, 'entry', 'entries')}`;
  }
  return 'something that is no value';
}

function speakText(text: string): string {
  if (text === '') return 'an empty text';
  if (text.length > MAX_SPOKEN_CHARS) return `a text of ${text.length} characters`;
  if (/^[\p{L}\p{N}][\p{L}\p{N} '’.,-]*$/u.test(text)) return `"${text}"`;
  const known = [...text].every((char) => /[\p{L}\p{N}]/u.test(char) || char in MARKS);
  if (!known || text.length > MAX_SPELLED) return `a text of ${text.length} characters`;
  return [...text].map((char) => MARKS[char] ?? char).join(' ');
}

function speakList(list: readonly unknown[], depth: number): string {
  if (list.length === 0) return 'an empty list';
  const flat = list.every((each) => each === null || typeof each !== 'object');
  if (!flat) return depth === 0 && list.length <= 2 && list.every(Array.isArray) ? listed(list.map((each) => `the list ${speakValue(each, depth + 1)}`)) : `a list of ${counted(list.length, 'entry', 'entries')}`;
  if (list.length > MAX_SPOKEN_ELEMENTS) return `a list of ${list.length}, beginning with ${listed(list.slice(0, 3).map((each) => speakValue(each, depth + 1)))}`;
  if (list.length === 1) return `a list with only ${speakValue(list[0], depth + 1)}`;
  return listed(list.map((each) => speakValue(each, depth + 1)));
}

/** Where two values first differ, in a few words; empty when the values say it themselves. */
export function speakDifference(actual: unknown, expected: unknown): string {
  if (!Array.isArray(actual) || !Array.isArray(expected) || actual.length === 0 || expected.length === 0) return '';
  if (actual.length + expected.length <= 6 && actual.length === expected.length) return '';
  const at = expected.findIndex((each, index) => JSON.stringify(each) !== JSON.stringify(actual[index]));
  if (actual.length !== expected.length && (at === -1 || at >= Math.min(actual.length, expected.length))) {
    return `yours has ${counted(actual.length, 'element', 'elements')} instead of ${expected.length}`;
  }
  if (at === -1) return '';
  return `they first differ at position ${at}, where it should be ${speakValue(expected[at], 1)}`;
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
