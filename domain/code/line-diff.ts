/** What changed between two versions of a file, line by line, as an interviewer reads it. */

/** Longer middles are shown whole: the table of a comparison grows with the square. */
const MAX_COMPARED_LINES = 400;
const CONTEXT_LINES = 1;
const MAX_DIFF_CHARS = 6_000;

/** Lines with "+", "-" or " " before them; gaps as "…". Empty when nothing changed. */
export function lineDiff(before: string, after: string): string {
  if (before === after) return '';
  const [a, b] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const marked = [
    ...a.slice(Math.max(0, head - CONTEXT_LINES), head).map((line) => ` ${line}`),
    ...compared(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...b.slice(b.length - tail, b.length - tail + CONTEXT_LINES).map((line) => ` ${line}`),
  ];
  const text = withoutLongRuns(marked).join('\n');
  return text.length <= MAX_DIFF_CHARS ? text : `${text.slice(0, MAX_DIFF_CHARS)}\n…`;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** By the longest common subsequence of lines. */
function compared(a: string[], b: string[]): string[] {
  if (a.length > MAX_COMPARED_LINES || b.length > MAX_COMPARED_LINES) return [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)];
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) for (let j = b.length - 1; j >= 0; j -= 1) longest[i]![j] = a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  const marked: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      marked.push(` ${a[i]}`);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) marked.push(`-${a[i++]}`);
    else marked.push(`+${b[j++]}`);
  }
  return marked;
}

function withoutLongRuns(marked: string[]): string[] {
  const shown: string[] = [];
  for (const [index, line] of marked.entries()) {
    const near = marked.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some((other) => !other.startsWith(' '));
    if (near) shown.push(line);
    else if (shown.at(-1) !== '…') shown.push('…');
  }
  return shown;
}
