/**
 * `node scripts/deploy/plan.ts`: what a deploy of this commit has to do, told to the jobs that follow. The images of each service
 * are compared with the commit they were built from, so that a deploy that failed is made up for by the next.
 *
 * Environment: BRANCH, COMMIT, and for going back SERVICE (one, or `all`) with IMAGE_TAG. Words of people are read from git
 * here and compared; they never reach a shell. Output: lines `name=value` for GITHUB_OUTPUT on standard output.
 */
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { formatImageTags, IMAGE_NAMES, parseImageTags } from '../../amplify/custom/image-tags.ts';
import type { ImageName, ImageTags } from '../../amplify/custom/image-tags.ts';
import { SERVICES } from '../images/services.ts';
import type { Service } from '../images/services.ts';
import { repositoryRoot } from '../support/paths.ts';
import { aws, currentTags } from './aws.ts';
import type { Aws } from './aws.ts';
import { concernsAmplify, hasChanged } from './changed-services.ts';
import type { Before } from './changed-services.ts';

export interface Plan {
  /** To be built and pushed. */
  build: { name: ImageName; repository: string; dockerfile: string }[];
  /** What runs afterwards, as in `IMAGE_TAG`. */
  tags: string;
  /** False: nothing that is deployed differs. */
  release: boolean;
  /** Going back changes no database: the older image runs on the newer one (docs/deploy.md). */
  migrate: boolean;
}
export interface Git {
  /** @returns null when `commit` is not known, e.g. after a history was rewritten */
  since(commit: string): Promise<Before | null>;
}

const NOTHING_BEFORE: Before = { changed: null, manifest: '', lock: '', messages: '' };

/** @param current the tags that run, null before the first deploy */
export async function planDeploy({ current, commit, git, root = repositoryRoot }: { current: string | null; commit: string; git: Git; root?: string }): Promise<Plan> {
  const running = current === null ? null : parseImageTags(current);
  const build: Service[] = [];
  let release = false;
  for (const service of SERVICES) {
    const before = (running && (await git.since(running[service.name]))) ?? NOTHING_BEFORE;
    const changed = hasChanged(root, service, before);
    if (changed) build.push(service);
    release ||= changed || (service.name !== 'langflow' && concernsAmplify(before.changed));
  }
  const built = new Set(build.map(({ name }) => name));
  const tags = Object.fromEntries(IMAGE_NAMES.map((name) => [name, built.has(name) || !running ? commit : running[name]])) as ImageTags;
  return { build: build.map(({ name, repository, dockerfile }) => ({ name, repository, dockerfile })), tags: formatImageTags(tags), release, migrate: release };
}

/** Back (or forward) to images that are there. @throws Error when one is not, or nothing was ever deployed */
export async function planRollback({ current, service, tag, call }: { current: string | null; service: string; tag: string; call: Aws }): Promise<Plan> {
  if (current === null) throw new Error('Nothing was deployed to this branch yet, so there is nothing to go back from.');
  const chosen = SERVICES.filter(({ name }) => service === 'all' || service === name);
  if (chosen.length === 0) throw new Error(`There is no service "${service}". There are: all, ${IMAGE_NAMES.join(', ')}.`);
  const running = parseImageTags(current);
  const tags = parseImageTags(formatImageTags({ ...running, ...Object.fromEntries(chosen.map(({ name }) => [name, tag])) }));
  for (const { repository } of chosen) await call('ecr', 'describe-images', '--repository-name', repository, '--image-ids', `imageTag=${tag}`, '--query', 'imageDetails[0].imageDigest');
  return { build: [], tags: formatImageTags(tags), release: true, migrate: false };
}

/** What GITHUB_OUTPUT takes. */
export function outputLines(plan: Plan): string {
  return [`build=${JSON.stringify(plan.build)}`, `tags=${plan.tags}`, `release=${plan.release}`, `migrate=${plan.migrate}`].map((line) => `${line}\n`).join('');
}

const run = promisify(execFile);
const gitHere: Git = {
  async since(commit) {
    const git = async (...words: string[]) => (await run('git', ['-C', repositoryRoot, ...words], { maxBuffer: 64 * 1024 ** 2 })).stdout;
    if (!/^[0-9a-f]{40}$/.test(commit) || !(await git('cat-file', '-e', `${commit}^{commit}`).then(() => true, () => false))) return null;
    const [changed, manifest, lock, messages] = await Promise.all([
      git('diff', '--name-only', '--no-renames', '-z', commit, 'HEAD'),
      git('show', `${commit}:package.json`),
      git('show', `${commit}:package-lock.json`),
      git('log', '--format=%B', `${commit}..HEAD`),
    ]);
    return { changed: changed.split('\0').filter(Boolean), manifest, lock, messages };
  },
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { BRANCH = '', COMMIT = '', SERVICE = 'all', IMAGE_TAG = '' } = process.env;
    if (!/^[\w./-]+$/.test(BRANCH) || !/^[0-9a-f]{40}$/.test(COMMIT)) throw new Error('Set BRANCH to a branch and COMMIT to the 40 digits of a commit.');
    const current = await currentTags(aws, BRANCH);
    const plan = IMAGE_TAG === '' ? await planDeploy({ current, commit: COMMIT, git: gitHere }) : await planRollback({ current, service: SERVICE, tag: IMAGE_TAG, call: aws });
    process.stdout.write(outputLines(plan));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
