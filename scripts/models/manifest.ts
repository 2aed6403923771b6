/** `<dataDir>/models/manifest.json`: size and checksum of what was downloaded first; later downloads must be the same. */
import fs from 'node:fs';
import path from 'node:path';

export interface ManifestEntry {
  url: string;
  sizeBytes: number;
  sha256: string;
  /** ISO 8601. */
  downloadedAt: string;
}
export type Manifest = Record<string, ManifestEntry>;

const manifestFile = (modelsFolder: string) => path.join(modelsFolder, 'manifest.json');

export function readManifest(modelsFolder: string): Manifest {
  try {
    return JSON.parse(fs.readFileSync(manifestFile(modelsFolder), 'utf8')) as Manifest;
  } catch {
    return {};
  }
}

export function recordInManifest(modelsFolder: string, name: string, entry: ManifestEntry): void {
  const manifest = { ...readManifest(modelsFolder), [name]: entry };
  const file = manifestFile(modelsFolder);
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
  fs.renameSync(`${file}.new`, file);
}
