/**
 * `node scripts/deploy/deploy-branch.ts`: what amplify.yml does for the back-end of a branch. A branch with a back-end of its own
 * is deployed; every other one is a preview and takes the outputs of the development back-end, which costs nothing more.
 *
 * Environment: AWS_BRANCH and AWS_APP_ID, as Amplify Hosting sets them. Migrations ran before, in the workflow that deploys.
 */
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { environmentOf } from '../../amplify/sizing.ts';
import { aws, currentTags } from './aws.ts';
import type { Aws } from './aws.ts';
import { repositoryRoot } from '../support/paths.ts';

/** The branch whose back-end previews share. */
const SHARED_BRANCH = 'development';

export interface BranchDeploy {
  /** Words of `npx ampx`. */
  words: string[];
  environment: Record<string, string>;
}

/** @throws Error when a branch with services has no images yet, with what to do */
export async function branchDeploy({ branch, appId, call }: { branch: string; appId: string; call: Aws }): Promise<BranchDeploy> {
  const app = ['--app-id', appId];
  const environment = environmentOf({ type: 'branch', name: branch });
  if (environment === 'development' && branch !== SHARED_BRANCH) return { words: ['generate', 'outputs', '--branch', SHARED_BRANCH, ...app], environment: {} };
  const words = ['pipeline-deploy', '--branch', branch, ...app];
  if (environment === 'development') return { words, environment: {} };
  const tags = await currentTags(call, branch);
  if (tags === null) throw new Error(`No images are written down for ${branch} yet: services cannot start without. Run the workflow "Deploy" on this branch, which builds them and then starts this (docs/deploy.md).`);
  return { words, environment: { IMAGE_TAG: tags } };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { AWS_BRANCH: branch = '', AWS_APP_ID: appId = '' } = process.env;
    if (!branch || !appId) throw new Error('AWS_BRANCH and AWS_APP_ID are missing: Amplify Hosting sets them in its builds.');
    const { words, environment } = await branchDeploy({ branch, appId, call: aws });
    const child = spawn('npx', ['ampx', ...words], { cwd: repositoryRoot, env: { ...process.env, ...environment }, stdio: 'inherit' });
    process.exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
