/** What every remote engine is made of. */
import OpenAI from 'openai';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { Limits } from './limits.ts';

export interface RemoteEngineOptions {
  client: OpenAI;
  model: string;
  clock: Clock;
  log: Log;
  limits?: Limits;
}

/** Servers of one's own often want no key; the package insists on one. */
const NO_KEY = 'none';
/** Ours are shorter and run on the injected clock; the package's own must not come first. */
const PACKAGE_TIMEOUT_MS = 120_000;

/** The package neither repeats nor logs: both happen in remote-call.ts, where they are bounded and say nothing secret. */
export function createClient({ apiKey, baseUrl }: { apiKey?: string; baseUrl?: string }): OpenAI {
  return new OpenAI({
    apiKey: apiKey ?? NO_KEY,
    baseURL: baseUrl ?? OPENAI_URL,
    // Never taken from the environment behind the configuration's back.
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: PACKAGE_TIMEOUT_MS,
    logLevel: 'off',
  });
}

export const OPENAI_URL = 'https://api.openai.com/v1';

/** Model names may contain paths and capitals; names of engines go into metrics. */
export function engineName(model: string): string {
  return `openai:${plainName(model)}`;
}

export function plainName(model: string): string {
  return model.toLowerCase().replaceAll(/[^a-z0-9:._-]+/g, '-');
}
