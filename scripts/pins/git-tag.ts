import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const HOST = 'https://github.com';
const TIME_LIMIT_MS = 60_000;

/**
 * The commit an action's tag stands for. Asks git, which needs no account for public repositories; git's own
 * `url.<base>.insteadOf` puts a mirror in the place of the host.
 * @throws Error when there is no such tag or the repository cannot be reached
 */
export async function commitOfTag(repository: string, tag: string, host = HOST): Promise<string> {
  // An annotated tag is an object of its own; what it points at ends with ^{}.
  const { stdout } = await promisify(execFile)('git', ['ls-remote', '--', `${host}/${repository}`, `refs/tags/${tag}`, `refs/tags/${tag}^{}`], { timeout: TIME_LIMIT_MS });
  const found = new Map(stdout.trim().split('\n').map((line) => line.split('\t').reverse() as [string, string]));
  const commit = found.get(`refs/tags/${tag}^{}`) ?? found.get(`refs/tags/${tag}`);
  if (!commit) throw new Error(`${repository} has no tag ${tag}.`);
  return commit;
}
