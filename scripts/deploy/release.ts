/**
 * `node scripts/deploy/release.ts`: writes down which images are to run, has Amplify synthesize and deploy the branch with them,
 * and waits for its end. CloudFormation alone changes what runs; when it does not get there the words are put back as they were.
 *
 * Environment: BRANCH, COMMIT, TAGS (as in `IMAGE_TAG`), AMPLIFY_APP_ID.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { formatImageTags, parseImageTags } from '../../amplify/custom/image-tags.ts';
import { aws, currentTags, tagsParameter } from './aws.ts';
import type { Aws } from './aws.ts';

/** A build with its deployment takes ten minutes and more; the first one, with a load balancer and a distribution, longer. */
const ASK_MS = 15_000;
const ENDED = ['SUCCEED', 'FAILED', 'CANCELLED'];

export interface ReleaseOptions {
  call: Aws;
  appId: string;
  branch: string;
  commit: string;
  tags: string;
  pause: () => Promise<unknown>;
  say: (line: string) => void;
}

/** @throws Error when Amplify's job does not succeed; the tags that ran before are written down again by then */
export async function release({ call, appId, branch, commit, tags, pause, say }: ReleaseOptions): Promise<void> {
  const wanted = formatImageTags(parseImageTags(tags));
  const before = await currentTags(call, branch);
  const write = (value: string) => call('ssm', 'put-parameter', '--name', tagsParameter(branch), '--type', 'String', '--overwrite', '--value', value);
  const put = ['--app-id', appId, '--branch-name', branch];
  await write(wanted);
  try {
    const job = await call('amplify', 'start-job', ...put, '--job-type', 'RELEASE', '--commit-id', commit, '--query', 'jobSummary.jobId');
    say(`Amplify's job ${job} deploys ${branch} with ${wanted}.`);
    let status = '';
    while (!ENDED.includes(status)) {
      await pause();
      status = await call('amplify', 'get-job', ...put, '--job-id', job, '--query', 'job.summary.status');
    }
    if (status !== 'SUCCEED') throw new Error(`Amplify's job ${job} ended as ${status}. Its log is in the console: Amplify, ${branch}, deployment ${job}. What ran before runs on.`);
  } catch (error) {
    if (before !== null) await write(before);
    else await call('ssm', 'delete-parameter', '--name', tagsParameter(branch));
    throw error;
  }
  say(`${branch} runs ${wanted}.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { BRANCH = '', COMMIT = '', TAGS = '', AMPLIFY_APP_ID = '' } = process.env;
    if (!/^[\w./-]+$/.test(BRANCH) || !/^[0-9a-f]{40}$/.test(COMMIT) || !/^d[a-z0-9]+$/.test(AMPLIFY_APP_ID)) throw new Error('Set BRANCH, COMMIT (40 digits) and AMPLIFY_APP_ID (it begins with d).');
    await release({ call: aws, appId: AMPLIFY_APP_ID, branch: BRANCH, commit: COMMIT, tags: TAGS, pause: () => sleep(ASK_MS), say: (line) => process.stdout.write(`${line}\n`) });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
