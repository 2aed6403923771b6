import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OUR_PASSWORD_RULES } from '#domain/identity/password-rules.ts';
import { accountSignInOf, readAmplifyOutputs } from './account-sign-in.ts';
import { ConfigurationError } from './environment.ts';

const auth = {
  user_pool_id: 'eu-central-1_Abc',
  aws_region: 'eu-central-1',
  user_pool_client_id: 'client',
  identity_pool_id: 'eu-central-1:x',
  password_policy: { min_length: 10, require_lowercase: true, require_numbers: true, require_symbols: false, require_uppercase: true },
  groups: [{ learner: { precedence: 2 } }],
};

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), 'spool-outputs-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function outputs(content: unknown): Promise<string> {
  const file = path.join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('a deployment’s outputs say where people sign in and what is asked of a password', async () => {
  const read = readAmplifyOutputs({ SPOOL_AMPLIFY_OUTPUTS: await outputs({ version: '1.4', auth, data: { url: 'https://x' }, custom: {} }) });
  expect(accountSignInOf({ COGNITO_ENDPOINT: undefined }, read)).toEqual({
    userPoolId: 'eu-central-1_Abc', clientId: 'client', endpoint: null, passwordRules: { minLength: 10, lower: true, upper: true, number: true, symbol: false },
  });
});

test('variables count more than the file, and keep its rules only for the same user pool', async () => {
  const read = readAmplifyOutputs({ SPOOL_AMPLIFY_OUTPUTS: await outputs({ version: '1.4', auth }) });
  expect(accountSignInOf({ COGNITO_USER_POOL_ID: 'eu-west-1_Other', COGNITO_CLIENT_ID: 'other', COGNITO_ENDPOINT: 'http://localhost:9' }, read)).toEqual({
    userPoolId: 'eu-west-1_Other', clientId: 'other', endpoint: 'http://localhost:9', passwordRules: OUR_PASSWORD_RULES,
  });
  expect(accountSignInOf({ COGNITO_USER_POOL_ID: 'eu-central-1_Abc', COGNITO_CLIENT_ID: 'second' }, read)).toMatchObject({ clientId: 'second', passwordRules: { minLength: 10 } });
});

test('without a file, with one that is to be ignored, or with one that has no sign-in, people sign in by name', async () => {
  expect(accountSignInOf({})).toBeNull();
  expect(readAmplifyOutputs({ SPOOL_AMPLIFY_OUTPUTS: 'none' })).toBeNull();
  expect(accountSignInOf({}, readAmplifyOutputs({ SPOOL_AMPLIFY_OUTPUTS: await outputs({ version: '1.4', custom: {} }) }))).toBeNull();
});

test('a file that is named but missing, or is something else, stops the start with what to do', async () => {
  for (const file of [path.join(folder, 'nowhere.json'), await outputs('no json'), await outputs({ auth: { user_pool_id: 5 } })]) {
    expect(() => readAmplifyOutputs({ SPOOL_AMPLIFY_OUTPUTS: file })).toThrow(ConfigurationError);
    expect(() => readAmplifyOutputs({ SPOOL_AMPLIFY_OUTPUTS: file })).toThrow(/ampx generate outputs/);
  }
});
