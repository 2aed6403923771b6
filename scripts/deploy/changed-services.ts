/** Which images a commit changes: by what their processes import, not by folders alone. */
import fs from 'node:fs';
import path from 'node:path';
import { packageSubset } from '../images/package-subset.ts';
import type { LockFile, PackageFile } from '../images/package-subset.ts';
import type { Service } from '../images/services.ts';
import { traceImports } from '../images/trace-imports.ts';

export interface Before {
  /** Files that differ between then and now, gone ones included; null: all of them. */
  changed: readonly string[] | null;
  /** package.json and package-lock.json as they were then. */
  manifest: string;
  lock: string;
  /** What was said about the commits since then. */
  messages: string;
}

/** Of every image: how it is made. */
const BUILD = /^(?:\.dockerignore|scripts\/images\/(?!rehearse|build-steps|services)[\w-]+\.ts|scripts\/checks\/source-text\.ts)$/;
/** LangFlow stops while it is replaced, so that is asked for. */
const LANGFLOW_WORD = '[langflow]';

/** Whether `service` is another one than it was. */
export function hasChanged(root: string, service: Service, before: Before): boolean {
  if (service.name === 'langflow' && !before.messages.includes(LANGFLOW_WORD)) return before.changed === null;
  if (before.changed === null) return true;
  const relevant = before.changed.filter((file) => !/\.test\.tsx?$/.test(file));
  const { files, packages } = traceImports(root, service.entries);
  const own = new Set([service.dockerfile, ...files]);
  return (
    relevant.some((file) => own.has(file) || service.folders.some((folder) => file.startsWith(`${folder}/`))) ||
    (service.entries.length > 0 && (relevant.some((file) => BUILD.test(file)) || packagesDiffer(root, packages, before)))
  );
}

function packagesDiffer(root: string, packages: readonly string[], before: Before): boolean {
  const now = (name: string) => fs.readFileSync(path.join(root, name), 'utf8');
  if (before.manifest === now('package.json') && before.lock === now('package-lock.json')) return false;
  try {
    const subset = (manifest: string, lock: string) => JSON.stringify(packageSubset(JSON.parse(manifest) as PackageFile, JSON.parse(lock) as LockFile, packages));
    return subset(before.manifest, before.lock) !== subset(now('package.json'), now('package-lock.json'));
  } catch {
    return true; // e.g. a package that was none of ours then
  }
}

/** Whether a deploy has anything to do although no image is another: the web app and the cloud definition are built by Amplify. */
export function concernsAmplify(changed: readonly string[] | null): boolean {
  return changed === null || changed.some((file) => !/^(?:docs|tests|bench|\.github|\.ci)\/|\.md$|\.test\.tsx?$/.test(file));
}
