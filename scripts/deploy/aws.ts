/** The AWS command line, as the scripts that deploy use it: what it prints, or an error with its last words. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type Aws = (...words: string[]) => Promise<string>;

export const aws: Aws = async (...words) => {
  const { stdout } = await promisify(execFile)('aws', [...words, '--output', 'text'], { maxBuffer: 8 * 1024 ** 2 });
  return stdout.trim();
};

/** The tags that run on a branch, as in `IMAGE_TAG`; null before the first deploy. Public words, so an ordinary parameter. */
export async function currentTags(call: Aws, branch: string): Promise<string | null> {
  try {
    return await call('ssm', 'get-parameter', '--name', tagsParameter(branch), '--query', 'Parameter.Value');
  } catch (error) {
    if (String(error).includes('ParameterNotFound')) return null;
    throw error;
  }
}

/** amplify.yml reads it before it synthesizes. */
export function tagsParameter(branch: string): string {
  return `/spool/${branch}/image-tags`;
}
