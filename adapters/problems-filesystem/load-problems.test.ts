import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadProblem, loadProblems, ProblemFilesError } from './load-problems.ts';

let root: string;
let folder: string;

const json = {
  id: 'double-it',
  title: 'Double it',
  difficulty: 'easy',
  areas: ['numbers'],
  minutes: 5,
  spoken: 'You get a number. Give back twice as much.',
  signature: { name: 'doubleIt', parameters: [{ name: 'number', type: 'int' }], returns: 'int' },
  visibleTests: [{ name: 'one', input: [1], expected: 2 }],
  hiddenTests: [{ name: 'none', input: [0], expected: 0 }],
  hints: ['What is twice one?', 'What could you add?', 'Add it to itself.'],
  followUps: ['What about large numbers?', 'What about halves?'],
  complexity: { time: 'O(1)', space: 'O(1)', spoken: 'constant time' },
  approaches: [{ name: 'addition', optimal: true, ask: 'Is there another way?' }],
  rubric: Object.fromEntries(['problem-solving', 'code-quality', 'correctness', 'communication', 'speed'].map((area) => [area, { weak: 'a', solid: 'b', strong: 'c' }])),
};

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-problems-'));
  folder = path.join(root, 'double-it');
  fs.mkdirSync(folder);
  writeJson({});
  write('statement.md', 'Double the number.');
  for (const extension of ['py', 'js', 'java', 'cpp']) {
    write(`starter.${extension}`, `starter in ${extension}`);
    write(`solution.${extension}`, `solution in ${extension}`);
  }
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string | Uint8Array): void {
  fs.writeFileSync(path.join(folder, name), text);
}
function writeJson(changes: object): void {
  write('problem.json', JSON.stringify({ ...json, ...changes }));
}
async function flaws(): Promise<string[]> {
  const error: unknown = await loadProblems(root).catch((reason: unknown) => reason);
  if (!(error instanceof ProblemFilesError)) throw new Error('No flaw was found.');
  return error.flaws.map(({ file, message }) => `${path.relative(root, file)}: ${message}`);
}

describe('a folder of problems', () => {
  it('is read with its files, and what may be left out is filled in', async () => {
    const [problem] = await loadProblems(root);
    expect(problem).toMatchObject({ id: 'double-it', statement: 'Double the number.', compare: 'exact' });
    expect(problem?.starters).toEqual({ python: 'starter in py', javascript: 'starter in js', java: 'starter in java', cpp: 'starter in cpp' });
    expect(problem?.solutions.cpp).toBe('solution in cpp');
    expect(await loadProblem(folder)).toEqual(problem);
  });

  it('gives the easiest first', async () => {
    for (const [id, difficulty, minutes] of [['b', 'easy', 9], ['a', 'hard', 5], ['c', 'medium', 5], ['d', 'easy', 5]] as const) {
      fs.cpSync(folder, path.join(root, id), { recursive: true });
      fs.writeFileSync(path.join(root, id, 'problem.json'), JSON.stringify({ ...json, id, difficulty, minutes }));
    }
    expect((await loadProblems(root)).map(({ id }) => id)).toEqual(['d', 'double-it', 'b', 'c', 'a']);
  });

  it('names every missing, empty and unreadable file at once', async () => {
    fs.rmSync(path.join(folder, 'solution.java'));
    write('starter.py', '\n');
    write('statement.md', Uint8Array.of(0xff, 0xfe));
    expect((await flaws()).sort()).toEqual([
      'double-it/solution.java: The file is missing.',
      'double-it/starter.py: The file is empty.',
      'double-it/statement.md: The file cannot be read (it is not UTF-8).',
    ]);
    await expect(loadProblems(path.join(root, 'nowhere'))).rejects.toThrow('nowhere: The folder cannot be read (ENOENT)');
  });

  it('says where problem.json is wrong', async () => {
    write('problem.json', '{');
    expect((await flaws())[0]).toMatch(/^double-it\/problem\.json: This is not JSON/);
    writeJson({ minutes: 1, statement: 'twice', signature: { ...json.signature, returns: 'number' } });
    const found = (await flaws()).join('\n');
    expect(found).toContain('double-it/problem.json: minutes: ');
    expect(found).toContain('double-it/problem.json: signature.returns: A type is int');
    expect(found).toContain('"statement"');
    write('starter.cpp', 'x'.repeat(20_001));
    writeJson({});
    expect((await flaws())[0]).toMatch(/^double-it\/starter\.cpp: /);
  });

  it('compares ids with folders and values with the signature', async () => {
    writeJson({ id: 'treble-it', visibleTests: [{ name: 'x', input: [1.5], expected: '2' }], hiddenTests: [{ name: 'x', input: [1, 2], expected: 2 }] });
    expect(await flaws()).toEqual([
      'double-it/problem.json: id: "treble-it" is not the name of its folder.',
      'double-it/problem.json: visibleTests[0] "x": number does not fit int.',
      'double-it/problem.json: visibleTests[0] "x": expected does not fit int.',
      'double-it/problem.json: hiddenTests[0] "x": another test has this name.',
      'double-it/problem.json: hiddenTests[0] "x": there are 2 inputs for 1 parameters.',
    ]);
  });
});
