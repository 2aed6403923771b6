/** Fetches one model and puts it where the adapters look for it. */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ModelEntry } from './catalogue.ts';
import { download, DownloadFailed } from './download.ts';
import type { DownloadOptions } from './download.ts';
import { readManifest, recordInManifest } from './manifest.ts';

/** Written into a model's folder last, with the checksum of the download it came from. */
const DONE_FILE = '.spool-model';

/** True when the model is complete and came from the download the manifest names. */
export async function isInstalled(modelsFolder: string, model: ModelEntry): Promise<boolean> {
  const recorded = readManifest(modelsFolder)[model.name];
  const done = await fs.readFile(path.join(modelsFolder, model.name, DONE_FILE), 'utf8').catch(() => null);
  return recorded !== undefined && done === recorded.sha256;
}

/** Downloads, checks, unpacks, and swaps the model in at once. @throws DownloadFailed */
export async function installModel(
  modelsFolder: string,
  model: ModelEntry,
  options: Pick<DownloadOptions, 'onProgress' | 'signal' | 'retryDelayMs'> = {},
): Promise<void> {
  const downloads = path.join(modelsFolder, 'downloads');
  await fs.mkdir(downloads, { recursive: true });
  const fileName = path.posix.basename(new URL(model.url).pathname);
  const file = path.join(downloads, fileName);
  const recorded = readManifest(modelsFolder)[model.name];
  // A catalogue that names another file than the recorded one starts a new record.
  const known = recorded?.url === model.url ? recorded : undefined;
  const sha256 = model.sha256 ?? known?.sha256;
  const result = await download({
    ...options,
    url: model.url,
    file,
    expected: { ...(known ? { sizeBytes: known.sizeBytes } : {}), ...(sha256 ? { sha256 } : {}) },
  });
  const fresh = path.join(modelsFolder, `${model.name}.fresh`);
  await fs.rm(fresh, { recursive: true, force: true });
  await fs.mkdir(fresh);
  if (model.kind === 'archive') await unpack(file, fresh);
  else await fs.rename(file, path.join(fresh, fileName));
  await fs.writeFile(path.join(fresh, DONE_FILE), result.sha256);
  recordInManifest(modelsFolder, model.name, { url: model.url, ...result, downloadedAt: new Date().toISOString() });
  await fs.rm(path.join(modelsFolder, model.name), { recursive: true, force: true });
  await fs.rename(fresh, path.join(modelsFolder, model.name));
  await fs.rm(file, { force: true });
}

async function unpack(archive: string, folder: string): Promise<void> {
  try {
    await promisify(execFile)('tar', ['-xjf', archive, '-C', folder, '--strip-components=1'], { maxBuffer: 1024 * 1024 });
  } catch (error) {
    const words = `${(error as { stderr?: string }).stderr ?? ''}${(error as Error).message}`;
    if (/cannot exec|spawn tar ENOENT|bzip2: (?:not found|no such)/i.test(words)) throw new DownloadFailed('Unpacking needs tar and bzip2. Install them (Debian and Ubuntu: apt-get install tar bzip2), then run ./spool models again.');
    if (/No space left/.test(words)) throw new DownloadFailed('The disk is full. Free some space, then run ./spool models again.');
    throw new DownloadFailed(`${path.basename(archive)} could not be unpacked: ${words.trim().split('\n')[0] ?? ''}. Run ./spool models again; if it stays so, remove ${archive}.`);
  }
}
