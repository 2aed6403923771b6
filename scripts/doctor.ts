/** `./spool doctor`: what this machine can do, with what, why, and what would improve it. Changes nothing. */
import { parseArgs } from 'node:util';
import { ConfigurationError, parseEnvironment } from '../config/environment.ts';
import { capabilities } from './doctor/capabilities.ts';
import { lookAround } from './doctor/findings.ts';
import { renderTable } from './doctor/table.ts';

// A reader such as head may close the pipe early.
process.stdout.on('error', () => process.exit());

try {
  parseArgs({ options: {} });
  const environment = parseEnvironment();
  const findings = await lookAround(environment);
  const table = capabilities(environment, findings);
  const { running } = findings;
  process.stdout.write(`Node.js ${process.versions.node}, ${environment.cpuCount} cores, ${process.platform} ${process.arch}\n`);
  process.stdout.write(running ? `Spool runs: http://localhost:${running.web} (process ${running.pid})\n\n` : 'Spool does not run on this data directory. Start it: ./spool up\n\n');
  process.stdout.write(`${renderTable(table, process.stdout.isTTY === true && process.env.NO_COLOR === undefined)}\n`);
  process.stdout.write('\nok works   - off   !! set but does not work   → what would improve it\n');
  // Other processes may rely on the answer: 1 means that something that is set or needed does not work.
  process.exitCode = table.some(({ state }) => state === 'broken') ? 1 : 0;
} catch (error) {
  const wrongArgument = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ?? false;
  if (!wrongArgument && !(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${(error as Error).message}${wrongArgument ? '. ./spool doctor takes no arguments.' : ''}\n`);
  process.exitCode = wrongArgument ? 2 : 1;
}
