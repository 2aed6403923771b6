/** Before the tests of the whole cloud definition: its packages, once per lock file. Where they cannot be had, the reason. */
import type { TestProject } from 'vitest/node';
import { amplifyPackagesFolder, installAmplifyPackages } from '#scripts/deploy/amplify-packages.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Why the packages of the cloud definition are not here; null when they are. */
    cloudMissing: string | null;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const slow = setTimeout(() => process.stdout.write(`Installing the packages of the cloud definition into ${amplifyPackagesFolder()} …\n`), 1_000);
  try {
    project.provide('cloudMissing', await installAmplifyPackages(new AbortController().signal));
  } finally {
    clearTimeout(slow);
  }
}
