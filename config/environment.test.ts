import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, parseEnvironment } from './environment.ts';

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
    expect(problems).toMatch(/SPOOL_PORT: .* Set it to the port of the web app/);
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
