import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recognizeCommand } from './voice-commands.ts';
import type { CommandContext, CommandDefinition } from './voice-commands.ts';
import { STANDARD_COMMANDS } from './voice-command-definitions.ts';

interface Labelled {
  id: string;
  text: string;
  context: CommandContext;
  command: string | null;
}
const load = (half: string) => JSON.parse(readFileSync(new URL(`../../tests/fixtures/commands/commands-${half}.json`, import.meta.url), 'utf8')) as Labelled[];

function score(labelled: Labelled[]) {
  const names = ['repeat', 'skip', 'pause', 'resume', 'end', 'undo', 'slower'];
  const judged = labelled.map((each) => ({ ...each, found: recognizeCommand(each.text, { context: each.context })?.command ?? null }));
  const of = (wanted: string[]) => {
    const meant = judged.filter(({ command }) => command !== null && wanted.includes(command));
    const claimed = judged.filter(({ found }) => found !== null && wanted.includes(found));
    const right = claimed.filter(({ found, command }) => found === command);
    return { meant: meant.length, claimed: claimed.length, right: right.length, precision: right.length / Math.max(1, claimed.length), recall: right.length / Math.max(1, meant.length) };
  };
  const all = of(names);
  return { judged, all, byName: Object.fromEntries(names.map((name) => [name, of([name])])) };
}
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
function table(half: string, { all, byName }: ReturnType<typeof score>): string {
  const rows = Object.entries({ ...byName, all }).map(([name, { precision, recall, right, claimed, meant }]) => `  ${name.padEnd(7)} precision ${percent(precision)} (${right}/${claimed})  recall ${percent(recall)} (${right}/${meant})`);
  return [`Commands, ${half}:`, ...rows].join('\n');
}

describe('commands are told from answers', () => {
  it('on the development half', () => {
    const result = score(load('development'));
    console.log(table('development', result));
    const failed = result.judged.flatMap(({ id, command, found }) => (command === found ? [] : [`${id}: ${command} taken for ${found}`]));
    if (failed.length > 0) console.log(failed.join('\n'));
    expect(result.all.precision).toBeGreaterThanOrEqual(0.95);
    expect(result.all.recall).toBeGreaterThanOrEqual(0.85);
  });
  it('on the held-out half, of which only the totals are shown', () => {
    const result = score(load('held-out'));
    console.log(table('held out', result));
    expect(result.all.precision).toBeGreaterThanOrEqual(0.9);
    expect(result.all.recall).toBeGreaterThanOrEqual(0.8);
  });
});

describe('what counts as a command', () => {
  const found = (text: string, context: CommandContext = 'asked') => recognizeCommand(text, { context })?.command ?? null;
  it.each([
    ['Could you repeat that?', 'repeat'],
    ['I would rather not answer that.', 'skip'],
    ["Let's pause.", 'pause'],
    ["I'd like to stop here.", 'end'],
    ['Forget what I said about the horses.', 'undo'],
    ['Can you speak more slowly, please?', 'slower'],
    ['Um, can we, can we skip this one?', 'skip'],
    ["I'm a bit deaf, once more please.", 'repeat'],
  ])('%s', (text, command) => {
    expect(found(text)).toBe(command);
  });
  it.each(['My brother told me to stop.', 'I had to repeat a year.', 'We skip rope.', 'I want to try something different.', "Don't skip anything.", 'How do I pause this?', 'What happens if I say stop?', 'Wait, I know! Octopuses!', 'I want to quit smoking.', "I'd love to play it again.", "That's it.", '', '…'])('%j is an answer', (text) => {
    expect(found(text)).toBeNull();
  });
  it('resumes only what is paused', () => {
    expect(found("I'm back.", 'paused')).toBe('resume');
    expect(found("I'm back.")).toBeNull();
    expect(found('Next question.', 'paused')).toBe('resume');
    expect(found('Next question.')).toBe('skip');
  });
  it('shows what was said', () => {
    expect(recognizeCommand('  Say that again, please. ', { context: 'asked' })).toEqual({ command: 'repeat', text: 'Say that again, please.' });
  });
  it('takes commands of other kinds of interview', () => {
    const run: CommandDefinition = { name: 'run', help: 'Runs your code.', clause: [/^(?:please |can you )*run (?:it|my code|the tests)$/] };
    const commands = [run, ...STANDARD_COMMANDS];
    expect(recognizeCommand('Okay, can you run the tests, please?', { context: 'asked', commands })?.command).toBe('run');
    expect(recognizeCommand('I run every morning.', { context: 'asked', commands })).toBeNull();
    expect(recognizeCommand('Skip this.', { context: 'asked', commands })?.command).toBe('skip');
  });
  it('has a name and a sentence of help for each', () => {
    for (const { name, help } of STANDARD_COMMANDS) expect([name, help]).toEqual([expect.stringMatching(/^[a-z]+$/), expect.stringMatching(/“.+”/)]);
  });
  it('is decided for whatever was typed', () => {
    const pieces = ['can you ', 'please ', 'i want to ', 'stop ', 'a ', 'the the question ', 'say that ', '. ', ', ', 'um ', 'no ', 'forget what i said ', 'wait wait ', 'would you mind if you ', 'a', "'", 'what i said about x '];
    for (const piece of pieces) {
      const text = piece.repeat(8_000).slice(0, 8_000);
      for (const context of ['asked', 'paused'] as const) expect(() => found(text, context)).not.toThrow();
    }
  });
});
