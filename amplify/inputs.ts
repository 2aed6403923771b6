/**
 * What a deploy is given beside its branch: variables of the branch in the console of Amplify Hosting, public words all of
 * them. Secrets are not among them: those are Amplify's (`secret()`), or parameters that tasks read.
 */
import { parseImageTags } from './custom/image-tags.ts';
import type { ImageTags } from './custom/image-tags.ts';
import type { Domain } from './custom/front-door.ts';

export interface Inputs {
  images: ImageTags;
  /** The Whisper server of the GPU tasks, with its digest. */
  whisperImage: string;
  /** Origins whose pages may open streams, e.g. `https://spool.example.com`. */
  pageOrigins: string[];
  /** Without one CloudFront's own name and certificate stand in front. */
  domain?: Domain;
  /** Who is told of alarms and of money; null: nobody. */
  alarmEmail: string | null;
  /** Names of the parameters that tasks get besides DATABASE_URL, e.g. OPENAI_API_KEY. */
  secretNames: string[];
}

const DIGEST = /^[\w./:-]+@sha256:[0-9a-f]{64}$/;
const ORIGIN = /^https:\/\/[a-z0-9.-]+(?::\d+)?$/;
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/** @throws Error that lists every problem at once, each with where the value comes from */
export function parseInputs(variables: Readonly<Record<string, string | undefined>>): Inputs {
  const problems: string[] = [];
  const value = (name: string) => variables[name]?.trim() ?? '';
  const list = (name: string) => value(name).split(',').map((part) => part.trim()).filter(Boolean);
  const demand = (good: boolean, problem: string) => {
    if (!good) problems.push(problem);
  };

  let images: ImageTags | null = null;
  try {
    images = parseImageTags(value('IMAGE_TAG'));
  } catch (error) {
    problems.push((error as Error).message);
  }
  const whisperImage = value('SPOOL_WHISPER_IMAGE');
  demand(DIGEST.test(whisperImage), 'SPOOL_WHISPER_IMAGE: the Whisper server for GPUs with its digest, <repository>@sha256:<64 digits>. node scripts/pin.ts finds the digest out.');
  const pageOrigins = list('SPOOL_PAGE_ORIGINS');
  demand(pageOrigins.length > 0 && pageOrigins.every((origin) => ORIGIN.test(origin)), 'SPOOL_PAGE_ORIGINS: the origins of the web app, e.g. https://main.d123.amplifyapp.com, separated by commas.');

  const [hostName, hostedZoneId, zoneName, certificateArn] = ['SPOOL_HOST_NAME', 'SPOOL_HOSTED_ZONE_ID', 'SPOOL_ZONE_NAME', 'SPOOL_CERTIFICATE_ARN'].map(value) as [string, string, string, string];
  const given = [hostName, hostedZoneId, zoneName].filter(Boolean).length;
  demand(given === 0 || given === 3, 'SPOOL_HOST_NAME, SPOOL_HOSTED_ZONE_ID and SPOOL_ZONE_NAME belong together: set all three (Route 53, hosted zones) or none.');
  if (given === 3) demand(HOST.test(hostName) && (hostName === zoneName || hostName.endsWith(`.${zoneName}`)), `SPOOL_HOST_NAME: a name in the zone ${zoneName}, e.g. live.${zoneName}.`);
  demand(!certificateArn || given === 3, 'SPOOL_CERTIFICATE_ARN needs the three of the domain.');

  const secretNames = list('SPOOL_SECRETS');
  demand(secretNames.every((name) => /^[A-Z][A-Z0-9_]*$/.test(name)), 'SPOOL_SECRETS: names of parameters, e.g. OPENAI_API_KEY, separated by commas.');

  if (problems.length > 0 || images === null) {
    throw new Error(`This branch is not told all it needs. Set in the console of Amplify Hosting (environment variables of the branch):\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
  const domain = { hostName, hostedZoneId, zoneName, ...(certificateArn ? { certificateArn } : {}) };
  return { images, whisperImage, pageOrigins, ...(given === 3 ? { domain } : {}), alarmEmail: value('SPOOL_ALARM_EMAIL') || null, secretNames };
}
