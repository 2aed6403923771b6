/** What the languages of this machine want to see, and where: for an image in which no sandbox can show it to them. */
import path from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { LANGUAGES } from '#domain/code/run.ts';
import { silentLog } from '#domain/log.ts';
import { filterProgram } from './bare-filter.ts';
import { bareHost } from './bare-host.ts';
import { BareMachine } from './bare-machine.ts';
import { SandboxRunner } from './sandbox-runner.ts';

/**
 * Place → what it leads to, a file or folder of this machine. As root it also compiles harnesses and headers, once, to where
 * everybody may read them. `folder` is emptied. @throws naming what to install for each language that is missing
 */
export async function layOutFor(options: { nodeProgram: string; folder: string; clock: Clock }): Promise<Map<string, string>> {
  const { nodeProgram, clock } = options;
  const laid = new Map<string, string>();
  const machine = new BareMachine(options.folder);
  const folder = path.join(options.folder, 'runner');
  const lay = (from: string, to: string): void => {
    if (from !== to) laid.set(to, from);
  };
  const outline = () => ({ functions: [], classes: [], isModule: false, hasErrors: false });
  const runner = new SandboxRunner({ folder, clock, log: silentLog, outline, nodeProgram, bareHost: () => bareHost({ machine, folder, lay }) });
  await runner.prepared();
  const { languages } = await runner.describe();
  await runner.stop();
  await filterProgram(options.folder);
  const missing = languages.flatMap((each) => each.missing ?? []);
  if (missing.length > 0 || languages.length < LANGUAGES.length) throw new Error(`A language is missing. ${missing.join('. ')}`);
  return laid;
}
