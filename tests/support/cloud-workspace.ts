/** A place where the cloud definition runs with the packages of its own: a copy of `amplify/` beside links to the rest. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { amplifyPackagesFolder } from '#scripts/deploy/amplify-packages.ts';
import { repositoryRoot } from '#scripts/support/paths.ts';

/** What the definition reads of the repository, and what `npx ampx` needs at its root. */
const LINKED = ['domain', 'workers', 'scripts'];
/** What those files import; TypeScript looks for it from where the links are. */
const PACKAGES = ['zod'];
const NOT_COPIED = ['node_modules', 'cdk.out'];
const COPIED = ['package.json', 'package-lock.json'];

/** The folder is the caller's to remove. */
export function makeCloudWorkspace(): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-cloud-'));
  const amplify = path.join(repositoryRoot, 'amplify');
  fs.cpSync(amplify, path.join(root, 'amplify'), { recursive: true, filter: (file) => !NOT_COPIED.includes(path.relative(amplify, file)) });
  fs.symlinkSync(path.join(amplifyPackagesFolder(), 'node_modules'), path.join(root, 'amplify/node_modules'));
  for (const name of LINKED) fs.symlinkSync(path.join(repositoryRoot, name), path.join(root, name));
  fs.mkdirSync(path.join(root, 'node_modules'));
  for (const name of PACKAGES) fs.symlinkSync(path.join(repositoryRoot, 'node_modules', name), path.join(root, 'node_modules', name));
  for (const name of COPIED) fs.copyFileSync(path.join(repositoryRoot, name), path.join(root, name));
  return root;
}
