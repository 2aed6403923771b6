import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SpoolError } from '#domain/errors.ts';
import type { SecretReader } from '#domain/operations/secrets.ts';
import { ConfigurationError, loadEnvironment, parseEnvironment } from './environment.ts';

function problemsOf(variables: Record<string, string>): string {
  try {
    parseEnvironment(variables);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  return '';
}

describe('the configuration', () => {
  it('has a working value for everything when nothing is set', () => {
    expect(parseEnvironment({})).toMatchObject({
      SPOOL_PORT: 3000,
      SPOOL_REALTIME_PORT: 8080,
      SPOOL_RTMP_PORT: 1935,
      SPOOL_HOST: '127.0.0.1',
      SPOOL_EXECUTION_TIMEOUT_MS: 30_000,
      SPOOL_EXECUTION_MEMORY_MB: 128,
      SPOOL_CHUNK_SECONDS: 30,
      dataDir: path.resolve('.spool'),
    });
  });

  it('takes an empty variable for a missing one', () => {
    expect(parseEnvironment({ SPOOL_PORT: '', OPENAI_BASE_URL: '', SPOOL_STT: '' })).toMatchObject({ SPOOL_PORT: 3000 });
  });

  it('makes the data directory absolute', () => {
    expect(parseEnvironment({ SPOOL_DATA_DIR: 'some/folder' }).dataDir).toBe(path.resolve('some/folder'));
  });

  it('splits the allowed origins at commas', () => {
    expect(parseEnvironment({ SPOOL_ALLOWED_ORIGINS: 'https://a.example, https://b.example,' }).SPOOL_ALLOWED_ORIGINS).toEqual(['https://a.example', 'https://b.example']);
  });

  it('lists every problem at once, those between variables too, each with what to set', () => {
    const problems = problemsOf({ SPOOL_PORT: 'eighty', DATABASE_URL: 'mysql://x', SPOOL_STT: 'openai', COGNITO_CLIENT_ID: 'abc' });
    expect(problems).toContain('4 problems');
    expect(problems).toMatch(/SPOOL_PORT: Not a number\. Set it to the port of the web app/);
    expect(problems).toMatch(/DATABASE_URL: .* Set it to postgres:/);
    expect(problems).toContain('SPOOL_STT=openai needs OPENAI_API_KEY');
    expect(problems).toContain('COGNITO_USER_POOL_ID and COGNITO_CLIENT_ID belong together');
  });

  it('takes a Supabase project with its key only, and never repeats the key', () => {
    expect(problemsOf({ SUPABASE_KEY: 'abc' })).toContain('SUPABASE_URL and SUPABASE_KEY belong together');
    expect(problemsOf({ SUPABASE_WORKER_TOKEN: 'abc' })).toContain('SUPABASE_WORKER_TOKEN needs SUPABASE_URL');
    const problems = problemsOf({ SUPABASE_URL: 'https://abc.example', SUPABASE_KEY: 'secret\nsecond line' });
    expect(problems).toContain('SUPABASE_KEY: ');
    expect(problems).not.toContain('secret');
  });

  it('tells one problem as one', () => {
    expect(problemsOf({ SPOOL_CHUNK_SECONDS: '31' })).toContain('The configuration has a problem:');
  });

  it('refuses a port that cannot exist', () => {
    expect(problemsOf({ SPOOL_REALTIME_PORT: '65536' })).toContain('SPOOL_REALTIME_PORT');
  });
});

describe('settings kept elsewhere', () => {
  const reader = (sources: Record<string, Record<string, string> | Error>): SecretReader => ({
    async read(source) {
      const found = sources[source];
      if (found instanceof Error) throw found;
      return found ?? {};
    },
  });
  const from = 'ssm:/spool/main/, secretsmanager:spool/shared';

  it('are taken where the environment does not say it, the first source first, and unknown names not at all', async () => {
    const secrets = reader({ 'ssm:/spool/main/': { OPENAI_API_KEY: 'first', SPOOL_LOG_LEVEL: 'debug', PATH: '/elsewhere', SPOOL_SECRETS_FROM: 'ssm:/others/' }, 'secretsmanager:spool/shared': { OPENAI_API_KEY: 'second', SUPABASE_KEY: 'key' } });
    const environment = await loadEnvironment(secrets, { SPOOL_SECRETS_FROM: from, SPOOL_LOG_LEVEL: 'warn', SUPABASE_KEY: '', SUPABASE_URL: 'https://abc.supabase.co' });
    expect(environment).toMatchObject({ OPENAI_API_KEY: 'first', SPOOL_LOG_LEVEL: 'warn', SUPABASE_KEY: 'key', SPOOL_SECRETS_FROM: ['ssm:/spool/main/', 'secretsmanager:spool/shared'] });
    expect(environment).not.toHaveProperty('PATH');
  });

  it('that cannot be read are all named, and a value that is wrong is not said', async () => {
    const broken = reader({ 'ssm:/spool/main/': new SpoolError('unavailable', 'ssm:/spool/main/ may not be read.'), 'secretsmanager:spool/shared': new Error('hunter2') });
    const problems = loadEnvironment(broken, { SPOOL_SECRETS_FROM: from });
    await expect(problems).rejects.toThrow(/2 problems:\n {2}- ssm:\/spool\/main\/ may not be read\.\n {2}- SPOOL_SECRETS_FROM could not be read\./);
    await expect(problems).rejects.not.toThrow(/hunter2/);
    const wrong = loadEnvironment(reader({ 'ssm:/spool/main/': { DATABASE_URL: 'hunter2' } }), { SPOOL_SECRETS_FROM: from });
    await expect(wrong).rejects.toThrow(/DATABASE_URL/);
    await expect(wrong).rejects.not.toThrow(/hunter2/);
  });

  it('are asked for only where something is named, in words that can be read', async () => {
    const nobody: SecretReader = { read: () => Promise.reject(new Error('asked')) };
    await expect(loadEnvironment(nobody, {})).resolves.toMatchObject({ SPOOL_PORT: 3000 });
    await expect(loadEnvironment(nobody, { SPOOL_SECRETS_FROM: 'vault:secret' })).rejects.toThrow(/ssm:\/path\//);
  });
});
