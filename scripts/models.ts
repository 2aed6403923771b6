/** `./spool models [name]… [--list]`: fetches the better local models. `up` never needs them. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationError, parseEnvironment } from '../config/environment.ts';
import { MODELS } from './models/catalogue.ts';
import { DownloadFailed } from './models/download.ts';
import { installModel, isInstalled } from './models/install-model.ts';
import { progressBar } from './models/progress-bar.ts';

async function models(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { list: { type: 'boolean' } } });
  const folder = path.join(parseEnvironment().dataDir, 'models');
  const unknown = positionals.filter((name) => !MODELS.some((model) => model.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no model "${unknown.join('", "')}". There are: ${MODELS.map(({ name }) => name).join(', ')}.\n`);
    return 2;
  }
  const wanted = MODELS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (values.list) {
    for (const model of wanted) {
      const state = (await isInstalled(folder, model)) ? 'installed' : 'not installed';
      process.stdout.write(`${model.name.padEnd(22)} ${state.padEnd(14)} ${String(model.unpackedMegabytes).padStart(4)} MB  ${model.what} (${model.license})\n`);
    }
    return 0;
  }
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  let failed = 0;
  for (const model of wanted) {
    if (await isInstalled(folder, model)) {
      process.stdout.write(`${model.name}: already here\n`);
      continue;
    }
    process.stdout.write(`${model.name}: downloading (${model.what})\n`);
    const bar = progressBar(process.stderr);
    try {
      await installModel(folder, model, { signal: stopping.signal, onProgress: bar.update });
      bar.end();
      process.stdout.write(`${model.name}: installed in ${path.join(folder, model.name)}\n`);
    } catch (error) {
      bar.end();
      if (stopping.signal.aborted) {
        process.stderr.write('Stopped. What has arrived is kept; ./spool models goes on from there.\n');
        return 130;
      }
      if (!(error instanceof DownloadFailed)) throw error;
      process.stderr.write(`${model.name}: ${error.message}\n`);
      failed += 1;
    }
  }
  if (failed === 0) process.stdout.write('Restart ./spool up to use them.\n');
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await models();
} catch (error) {
  const hasWords = error instanceof ConfigurationError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${hasWords ? (error as Error).message : (error as Error).stack}\n`);
  process.exitCode = hasWords ? 2 : 1;
}
