import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bench } from './bench.ts';

let folder: string;
let printed: string[];
const run = (...args: string[]) => bench(folder, args, (text) => void printed.push(text));

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-bench-'));
  printed = [];
  fs.writeFileSync(path.join(folder, 'voice.ts'), `export const OPTIONS = ['--folder DIR'];\nexport default async (args) => ({ table: 'p50  480 ms', results: { args, p50Ms: 480 } });`);
  fs.writeFileSync(path.join(folder, 'voice.test.ts'), '');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the bench command', () => {
  it('lists the benchmarks when none is named', async () => {
    expect(await run()).toBe(0);
    expect(printed[0]).toBe('Benchmarks:\n  ./spool bench voice\nWhat each measures, and its options: docs/benchmarks.md');
  });
  it('runs one with its options, prints the table and keeps the figures', async () => {
    expect(await run('voice', '--folder', 'wavs')).toBe(0);
    expect(printed[0]).toContain('p50  480 ms');
    expect(JSON.parse(fs.readFileSync(path.join(folder, 'results', 'voice.json'), 'utf8'))).toEqual({ args: ['--folder', 'wavs'], p50Ms: 480 });
  });
  it('refuses options it does not have, before anything is measured', async () => {
    expect(await run('voice', '--quikc')).toBe(2);
    expect(printed[0]).toBe('./spool bench voice has no option "--quikc". It takes:\n  --folder DIR\nWhat they mean: docs/benchmarks.md');
    expect(await run('voice', '--help')).toBe(0);
    expect(fs.existsSync(path.join(folder, 'results'))).toBe(false);
  });
  it('tells which there are when the name is unknown', async () => {
    expect(await run('../escape')).toBe(2);
    expect(printed[0]).toContain('There is no benchmark "../escape". There are:\n  ./spool bench voice');
  });
});
