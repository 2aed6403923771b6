/** Colours and weights of a terminal in text (ECMA-48 “SGR”); everything else that moves or clears is left out. Pure. */
export interface AnsiRun {
  text: string;
  /** 0–15: the terminal's own colours, to be drawn in the theme's; otherwise `#rrggbb`. */
  color?: number | string;
  background?: number | string;
  bold?: true;
  faint?: true;
  italic?: true;
  underline?: true;
  inverse?: true;
}
type Look = Omit<AnsiRun, 'text'>;

// One escape sequence: CSI with its letter, OSC with its end, or a two-character one; unfinished ones at the end as well.
const SEQUENCE = /\u001b(?:\[([0-?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_]|\[?[0-?]*$)/g;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/g;

export function parseAnsi(text: string): AnsiRun[] {
  const runs: AnsiRun[] = [];
  let look: Look = {};
  let at = 0;
  const add = (raw: string) => {
    const clean = overwritten(raw).replace(CONTROL, '');
    if (clean) runs.push({ text: clean, ...look });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    add(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[2] === 'm') look = nextLook(look, match[1]!);
  }
  add(text.slice(at));
  return runs;
}

/** A carriage return goes back to the beginning of the line, as progress bars do. */
function overwritten(text: string): string {
  return text.replaceAll('\r\n', '\n').split('\n').map((line) => line.split('\r').filter(Boolean).reduce((before, after) => after + before.slice(after.length), '')).join('\n');
}

function nextLook(look: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/).map((code) => Number(code || 0));
  let next = { ...look };
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!;
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.faint = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 7) next.inverse = true;
    else if (code === 22) next = without(next, 'bold', 'faint');
    else if (code === 23) next = without(next, 'italic');
    else if (code === 24) next = without(next, 'underline');
    else if (code === 27) next = without(next, 'inverse');
    else if (code === 39) next = without(next, 'color');
    else if (code === 49) next = without(next, 'background');
    else if (code >= 30 && code <= 37) next.color = code - 30;
    else if (code >= 90 && code <= 97) next.color = code - 90 + 8;
    else if (code >= 40 && code <= 47) next.background = code - 40;
    else if (code >= 100 && code <= 107) next.background = code - 100 + 8;
    else if (code === 38 || code === 48) {
      const field = code === 38 ? 'color' : 'background';
      if (codes[at + 1] === 5) {
        next[field] = indexed(codes[at + 2] ?? 0);
        at += 2;
      } else if (codes[at + 1] === 2) {
        next[field] = hex(codes.slice(at + 2, at + 5));
        at += 4;
      }
    }
  }
  return next;
}
function without(look: Look, ...names: (keyof Look)[]): Look {
  return Object.fromEntries(Object.entries(look).filter(([name]) => !names.includes(name as keyof Look)));
}
/** The 256 colours: 16 of the theme's, a cube of 6 × 6 × 6, 24 greys. */
function indexed(index: number): number | string {
  if (index < 16) return index;
  if (index >= 232) return hex(Array<number>(3).fill(8 + (index - 232) * 10));
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return hex([step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)]);
}
function hex(parts: number[]): string {
  return `#${[0, 1, 2].map((at) => Math.max(0, Math.min(255, parts[at] ?? 0)).toString(16).padStart(2, '0')).join('')}`;
}
