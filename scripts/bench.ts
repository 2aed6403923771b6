/** `./spool bench [name] [options]`: runs bench/<name>.ts, prints its table and writes bench/results/<name>.json. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from './support/paths.ts';

/** What bench/<name>.ts exports as default. */
export type Benchmark = (args: string[]) => Promise<{ table: string; results: object }>;
/** As it is exported beside it: the options, those that take a value as `--name VALUE`. Others are refused before minutes are spent. */
export type BenchmarkOptions = readonly string[];

/** Names of the benchmarks in a folder: its .ts files, tests left out. */
function benchmarkNames(folder: string): string[] {
  const files = fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : [];
  return files.filter((entry) => entry.isFile() && /^[a-z0-9-]+\.ts$/.test(entry.name)).map(({ name }) => name.slice(0, -3)).sort();
}

/** Runs one benchmark. Resolves with the exit code: 2 when there is none of that name. */
export async function bench(folder: string, [name, ...options]: string[], print: (text: string) => void): Promise<number> {
  const names = benchmarkNames(folder);
  const list = names.length > 0 ? names.map((each) => `  ./spool bench ${each}`).join('\n') : '  none yet';
  if (name === undefined || name.startsWith('-')) {
    print(`Benchmarks:\n${list}\nWhat each measures, and its options: docs/benchmarks.md`);
    return 0;
  }
  if (!names.includes(name)) {
    print(`There is no benchmark "${name}". There are:\n${list}`);
    return 2;
  }
  const loaded = (await import(pathToFileURL(path.join(folder, `${name}.ts`)).href)) as { default: Benchmark; OPTIONS: BenchmarkOptions };
  const wrong = options.find((option) => option.startsWith('-') && !loaded.OPTIONS.some((each) => each.split(' ')[0] === option));
  if (wrong !== undefined) {
    const asked = ['-h', '--help'].includes(wrong);
    print(`${asked ? '' : `./spool bench ${name} has no option "${wrong}". `}It takes:\n${loaded.OPTIONS.map((each) => `  ${each}`).join('\n')}\nWhat they mean: docs/benchmarks.md`);
    return asked ? 0 : 2;
  }
  const { table, results } = await loaded.default(options);
  const file = path.join(folder, 'results', `${name}.json`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  print(`${table}\n\nWritten to ${path.relative(process.cwd(), file)}`);
  return 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(await bench(path.join(repositoryRoot, 'bench'), process.argv.slice(2), (text) => void process.stdout.write(`${text}\n`)));
}
