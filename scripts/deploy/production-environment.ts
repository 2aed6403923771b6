/**
 * `node scripts/deploy/production-environment.ts > .env.production`: what the web app is told in Amplify Hosting, where its server
 * sees no variables of the console. From `amplify_outputs.json`, so public words alone: addresses and names. Secrets it reads
 * itself, with the rights of its role, from where `SPOOL_SECRETS_FROM` says.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { repositoryRoot } from '../support/paths.ts';

const outputs = z.object({
  auth: z.object({ user_pool_id: z.string(), user_pool_client_id: z.string() }),
  custom: z.object({ appEnvironment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()) }).partial().optional(),
});
/** What a file of settings can hold without quoting, and an address or a name needs. */
const PLAIN = /^[\w./:@%?&=+,~-]*$/;

/** Amplify Hosting ends TLS there: cookies are Secure, and addresses of people told apart. Not tried on AWS. */
const BEHIND_CLOUDFRONT = { SPOOL_TRUSTED_PROXIES: '1' };

/** @throws Error for a value that would become something else in the file */
export function productionEnvironment(text: string): string {
  const { auth, custom } = outputs.parse(JSON.parse(text));
  const settings = { COGNITO_USER_POOL_ID: auth.user_pool_id, COGNITO_CLIENT_ID: auth.user_pool_client_id, ...BEHIND_CLOUDFRONT, ...custom?.appEnvironment };
  return Object.entries(settings).map(([name, value]) => {
    if (!PLAIN.test(value)) throw new Error(`The value of ${name} is neither an address nor a name.`);
    return `${name}=${value}\n`;
  }).join('');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(productionEnvironment(fs.readFileSync(path.join(repositoryRoot, 'amplify_outputs.json'), 'utf8')));
}
