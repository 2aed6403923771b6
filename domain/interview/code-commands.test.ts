import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CODE_COMMANDS } from './code-command-definitions.ts';
import { STANDARD_COMMANDS } from './voice-command-definitions.ts';
import { recognizeCommand } from './voice-commands.ts';
import type { CommandContext } from './voice-commands.ts';

interface Labelled {
  id: string;
  text: string;
  context: CommandContext;
  command: string | null;
}
const COMMANDS = [...CODE_COMMANDS, ...STANDARD_COMMANDS];
const NAMES = ['run', 'run-tests', 'next-problem', 'hint', 'read-problem', 'time-left', 'end'];
const load = (half: string) => JSON.parse(readFileSync(new URL(`../../tests/fixtures/commands/code-${half}.json`, import.meta.url), 'utf8')) as Labelled[];
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function score(half: string) {
  const judged = load(half).map((each) => ({ ...each, found: recognizeCommand(each.text, { context: each.context, commands: COMMANDS })?.command ?? null }));
  const rows = [...NAMES, 'all'].map((name) => {
    const of = (command: string | null) => command !== null && (name === 'all' || command === name);
    const right = judged.filter(({ command, found }) => of(found) && found === command).length;
    const [claimed, meant] = [judged.filter(({ found }) => of(found)).length, judged.filter(({ command }) => of(command)).length];
    return { name, right, claimed, meant, precision: right / Math.max(1, claimed), recall: right / Math.max(1, meant) };
  });
  console.log([`Commands of a code interview, ${half}:`, ...rows.map(({ name, right, claimed, meant, precision, recall }) => `  ${name.padEnd(12)} precision ${percent(precision)} (${right}/${claimed})  recall ${percent(recall)} (${right}/${meant})`)].join('\n'));
  return { judged, all: rows.at(-1)! };
}

describe('commands of a code interview are told from talk about code', () => {
  it('on the development half', () => {
    const { judged, all } = score('development');
    const failed = judged.flatMap(({ id, text, command, found }) => (command === found ? [] : [`${id}: "${text}" ${command} taken for ${found}`]));
    if (failed.length > 0) console.log(failed.join('\n'));
    expect(all.precision).toBeGreaterThanOrEqual(0.95);
    expect(all.recall).toBeGreaterThanOrEqual(0.9);
  });
  it('on the held-out half, of which only the totals are shown', () => {
    const { all } = score('held-out');
    expect(all.precision).toBeGreaterThanOrEqual(0.9);
    expect(all.recall).toBeGreaterThanOrEqual(0.8);
  });
});

it.each(['my code runs in linear time', 'I would test it with an empty list', 'give me a hint of salt', 'the next problem is that the indices change', 'How much time does sorting take?', ''])('%j is no command', (text) => {
  expect(recognizeCommand(text, { context: 'asked', commands: COMMANDS })).toBeNull();
});

it('has a name and a sentence of help for each', () => {
  for (const { name, help } of CODE_COMMANDS) expect([name, help]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.stringMatching(/“.+”/)]);
});

it('is decided for whatever was typed', () => {
  for (const piece of ['can you ', 'please ', 'run the ', 'a ', 'another next ', 'hint ', 'read me the problem ', '. ', ', ', 'how much time ', 'let me just try to run ', 'test it again ']) {
    expect(() => recognizeCommand(piece.repeat(8_000).slice(0, 8_000), { context: 'asked', commands: COMMANDS })).not.toThrow();
  }
});
