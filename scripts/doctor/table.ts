/** The doctor's table: at most 100 columns, readable without colours. */

export interface Capability {
  name: string;
  /** `on`: works. `plain`: works, and there is something better. `off`: does not work, on purpose or for want of something. `broken`: would keep `up` from working. */
  state: 'on' | 'plain' | 'off' | 'broken';
  engine: string;
  why: string;
  /** The exact command or variable that would improve it. */
  improve?: string;
}

export const TABLE_WIDTH = 100;
const NAME_WIDTH = 20;
const ENGINE_WIDTH = 31;
const MARKS = { on: 'ok ', plain: 'ok ', off: '-  ', broken: '!! ' } as const;
const COLOURS = { on: 32, plain: 33, off: 90, broken: 31 } as const;

/** One block per capability: mark, name, engine, why (wrapped), and below it what would improve it. */
export function renderTable(capabilities: readonly Capability[], colours: boolean): string {
  const whyWidth = TABLE_WIDTH - 3 - NAME_WIDTH - ENGINE_WIDTH;
  const head = `   ${'CAPABILITY'.padEnd(NAME_WIDTH)}${'ENGINE'.padEnd(ENGINE_WIDTH)}WHY`;
  const blocks = capabilities.map(({ name, state, engine, why, improve }) => {
    const whyLines = wrap(why, whyWidth);
    const engineLines = wrap(engine, ENGINE_WIDTH - 2);
    const count = Math.max(whyLines.length, engineLines.length);
    const mark = colours ? `\u001B[${COLOURS[state]}m${MARKS[state]}\u001B[0m` : MARKS[state];
    const lines = Array.from({ length: count }, (_, index) =>
      `${index === 0 ? mark : '   '}${(index === 0 ? name : '').padEnd(NAME_WIDTH)}${(engineLines[index] ?? '').padEnd(ENGINE_WIDTH)}${whyLines[index] ?? ''}`.trimEnd(),
    );
    // A command is never broken in two where it could stand on one line: it begins under the capability's name.
    const hints = improve ? wrap(`→ ${improve}`, TABLE_WIDTH - 6).map((line) => `      ${line}`) : [];
    return [...lines, ...hints].join('\n');
  });
  return [head, ...blocks].join('\n');
}

/** Words on lines of at most `width` characters; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((part) => part.match(new RegExp(`.{1,${width}}`, 'g')) ?? [])) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}
