/** Where people sign in: at a Cognito user pool when the outputs of a deployment or the variables name one. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { AccountSignIn, PasswordRules } from '#domain/identity/account.ts';
import { OUR_PASSWORD_RULES } from '#domain/identity/password-rules.ts';
import { ConfigurationError } from './environment.ts';
import type { Environment } from './environment.ts';

/** Where `ampx` leaves what it deployed, from the folder the process was started in. */
const OUTPUTS_FILE = 'amplify_outputs.json';
/** What makes SPOOL_AMPLIFY_OUTPUTS ignore such a file. */
export const NO_OUTPUTS = 'none';

/** The parts of version 1 of the file that the app reads. */
const outputsSchema = z.object({
  auth: z
    .object({
      user_pool_id: z.string().min(1),
      user_pool_client_id: z.string().min(1),
      password_policy: z
        .object({ min_length: z.number().int(), require_lowercase: z.boolean(), require_uppercase: z.boolean(), require_numbers: z.boolean(), require_symbols: z.boolean() })
        .partial()
        .optional(),
    })
    .optional(),
});
export type AmplifyOutputs = z.infer<typeof outputsSchema>;

type Settings = Pick<Environment, 'COGNITO_USER_POOL_ID' | 'COGNITO_CLIENT_ID' | 'COGNITO_ENDPOINT'>;

/** The user pool; null: people sign in by name. The variables count more than the file; a pool whose rules are not told is taken to be ours. */
export function accountSignInOf(environment: Settings, outputs: AmplifyOutputs | null = null): AccountSignIn | null {
  const { COGNITO_USER_POOL_ID: named, COGNITO_CLIENT_ID: client, COGNITO_ENDPOINT: endpoint = null } = environment;
  const auth = outputs?.auth;
  if (named && client) return { userPoolId: named, clientId: client, endpoint, passwordRules: named === auth?.user_pool_id ? rulesOf(auth) : OUR_PASSWORD_RULES };
  return auth ? { userPoolId: auth.user_pool_id, clientId: auth.user_pool_client_id, endpoint, passwordRules: rulesOf(auth) } : null;
}

/** What was deployed; null without the file. @throws ConfigurationError when it cannot be read, or is missing though named */
export function readAmplifyOutputs({ SPOOL_AMPLIFY_OUTPUTS: named }: Pick<Environment, 'SPOOL_AMPLIFY_OUTPUTS'>): AmplifyOutputs | null {
  if (named === NO_OUTPUTS) return null;
  // The path is a setting, so the build must not take the whole folder for a part of the app.
  const file = path.resolve(/* turbopackIgnore: true */ named ?? OUTPUTS_FILE);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (named === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw wrong(`cannot be read: ${(error as Error).message}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong('is no JSON');
  }
  const parsed = outputsSchema.safeParse(json);
  if (!parsed.success) throw wrong(`is not what Amplify writes: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function wrong(what: string): ConfigurationError {
  return new ConfigurationError(
    `The outputs of Amplify (SPOOL_AMPLIFY_OUTPUTS, by default ${OUTPUTS_FILE}) ${what}. Write the file anew with "npx ampx generate outputs", or set SPOOL_AMPLIFY_OUTPUTS=${NO_OUTPUTS} to sign in by name.`,
  );
}

function rulesOf({ password_policy: policy = {} }: NonNullable<AmplifyOutputs['auth']>): PasswordRules {
  return {
    minLength: policy.min_length ?? OUR_PASSWORD_RULES.minLength,
    lower: policy.require_lowercase ?? false,
    upper: policy.require_uppercase ?? false,
    number: policy.require_numbers ?? false,
    symbol: policy.require_symbols ?? false,
  };
}
