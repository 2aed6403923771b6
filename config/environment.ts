/**
 * The one place that reads the process environment. Empty means missing; every problem is reported together, each with
 * where to get the value.
 */
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { SpoolError } from '#domain/errors.ts';
import { JOB_NAMES } from '#domain/jobs/queue-settings.ts';
import { STATE_MACHINE_ARN } from '#domain/meetings/closing-activities.ts';
import { GRACE_MS } from '#domain/meetings/ingest/presence.ts';
import type { SecretReader } from '#domain/operations/secrets.ts';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean));

const schema = z.object({
  SPOOL_PORT: port(3000).describe('the port of the web app, e.g. 3000'),
  SPOOL_REALTIME_PORT: port(8080).describe('the port of the realtime server, e.g. 8080'),
  SPOOL_UPLOAD_PORT: port(8090).describe('the port files are sent to, e.g. 8090'),
  SPOOL_RTMP_PORT: port(1935).describe('the port meetings are streamed to, e.g. 1935'),
  SPOOL_DATA_DIR: z.string().default('.spool').describe('a folder that can be written to'),
  SPOOL_HOST: z.string().default('127.0.0.1').describe('the address to listen on, e.g. 127.0.0.1'),
  SPOOL_REALTIME_PUBLIC_URL: z.url({ protocol: /^wss?$/ }).optional().describe('the address browsers open the stream at, e.g. wss://voice.example.com'),
  SPOOL_UPLOAD_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional().describe('the address browsers send files to, e.g. https://voice.example.com/parts'),
  SPOOL_ALLOWED_ORIGINS: list.optional().describe('comma-separated origins, e.g. https://app.example.com'),
  SPOOL_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0).describe('how many proxies in front append to X-Forwarded-For, e.g. 1; 0 trusts none'),
  SPOOL_LOCAL_AUTH: z.enum(['0', '1']).optional().describe('1 lets anybody who reaches the server sign in by name'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional().describe('postgres://user:password@host:5432/database'),
  SUPABASE_URL: z.url({ protocol: /^https?$/ }).optional().describe('the address of the Supabase project, e.g. https://abc.supabase.co (its settings: Data API)'),
  SUPABASE_KEY: z.string().regex(/^[\x21-\x7e]+$/).optional().describe('a key of the Supabase project (its settings: API keys), in one line'),
  SUPABASE_WORKER_TOKEN: z.string().regex(/^[\x21-\x7e]+$/).optional().describe('a JWT of the Supabase project with the role spool_service, in one line'),
  OPENAI_API_KEY: z.string().optional().describe('a key of the OpenAI-compatible server'),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).optional().describe('the address of an OpenAI-compatible server, e.g. http://localhost:11434/v1'),
  SPOOL_LLM_MODEL: z.string().optional().describe('a chat model the server offers'),
  SPOOL_STT_MODEL: z.string().optional().describe('a transcription model the server offers'),
  SPOOL_TTS_MODEL: z.string().optional().describe('a speech model the server offers'),
  SPOOL_STT: z.enum(['moonshine', 'openai']).optional().describe('moonshine or openai'),
  SPOOL_TTS: z.enum(['flite', 'kokoro', 'openai', 'none']).optional().describe('flite, kokoro, openai or none'),
  SPOOL_LLM: z.enum(['guided', 'openai']).optional().describe('guided or openai'),
  SPOOL_EXECUTION_TIMEOUT_MS: z.coerce.number().int().min(1).default(30_000).describe('milliseconds a program may run'),
  SPOOL_EXECUTION_MEMORY_MB: z.coerce.number().int().min(16).default(128).describe('megabytes a program may use'),
  SPOOL_STREAM_GRACE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(GRACE_MS / 1000).describe('seconds a stream may stay away before its meeting ends, e.g. 300'),
  SPOOL_CHUNK_SECONDS: z.coerce.number().int().min(1).max(30).default(30).describe('seconds, at most 30'),
  SPOOL_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('debug, info, warn, error or silent'),
  COGNITO_USER_POOL_ID: z.string().optional().describe('the Cognito user pool (amplify_outputs.json: auth.user_pool_id)'),
  COGNITO_CLIENT_ID: z.string().optional().describe('the Cognito app client (amplify_outputs.json: auth.user_pool_client_id)'),
  COGNITO_ENDPOINT: z.url({ protocol: /^https?$/ }).optional().describe('the address that answers for Cognito, when it is not AWS’s own'),
  SPOOL_AMPLIFY_OUTPUTS: z.string().optional().describe('the path of the outputs of an Amplify deployment, or none to ignore amplify_outputs.json'),
  SPOOL_S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).optional().describe('the name of a bucket, e.g. spool-main-audio'),
  SPOOL_SECRETS_FROM: list.pipe(z.array(z.string().regex(/^(ssm:\/[\w./-]+|secretsmanager:[\w/+=.@:-]+)$/))).optional().describe('a comma-separated list of ssm:/path/ and secretsmanager:id'),
  SPOOL_SIGNING_SECRET: z.string().regex(/^[\x21-\x7e]{32,}$/).optional().describe('32 or more characters nobody can guess, in one line (openssl rand -base64 32)'),
  SPOOL_RTMP_PUBLIC_URL: z.url({ protocol: /^rtmps?$/ }).optional().describe('the address meetings are streamed to, e.g. rtmps://rtmp.example.com'),
  SPOOL_SQS_PREFIX: z.url({ protocol: /^https?$/ }).optional().describe('what stands before a job’s name in the address of its queue, e.g. https://sqs.eu-central-1.amazonaws.com/123456789012/spool-main-'),
  SPOOL_JOBS: list.pipe(z.array(z.enum(JOB_NAMES as [string, ...string[]])).min(1)).optional().describe(`a comma-separated list of jobs (${JOB_NAMES.join(', ')})`),
  SPOOL_CLOSING_STATE_MACHINE: z.string().regex(STATE_MACHINE_ARN).optional().describe('the ARN of the state machine that closes meetings, arn:aws:states:region:account:stateMachine:name'),
  SPOOL_ECS_CLUSTER: z.string().optional().describe('the name or ARN of the ECS cluster the services below run in'),
  SPOOL_ECS_REALTIME_SERVICE: z.string().optional().describe('the name of the ECS service of the live sessions'),
  SPOOL_ECS_CHUNK_SERVICE: z.string().optional().describe('the name of the ECS service whose tasks transcribe chunks fast'),
  SPOOL_ECS_INGEST_SERVICE: z.string().optional().describe('the name of the ECS service that takes in streams'),
  ECS_AGENT_URI: z.url({ protocol: /^http$/ }).optional().describe('what ECS sets it to in its tasks'),
  SPOOL_CODE_FUNCTION: z.string().regex(/^[\w:.-]+$/).optional().describe('the name or ARN of the Lambda function that runs code'),
  AWS_LAMBDA_RUNTIME_API: z.string().regex(/^[\w.:[\]-]+$/).optional().describe('what Lambda sets it to in its functions'),
  LANGFLOW_URL: z.url({ protocol: /^https?$/ }).optional().describe('the address of LangFlow, e.g. http://localhost:7860'),
  LANGFLOW_API_KEY: z.string().regex(/^[\x21-\x7e]+$/).optional().describe('a key of LangFlow (its settings: Langflow API Keys), in one line'),
  LANGFLOW_FLOW: z.string().regex(/^[\w-]{1,128}$/).default('spool-follow-up').describe('the endpoint name or the id of a flow, e.g. spool-follow-up'),
  SPOOL_METRICS: z.enum(['emf']).optional().describe('emf'),
});

export type Environment = z.infer<typeof schema> & {
  /** SPOOL_DATA_DIR as an absolute path. */
  dataDir: string;
  /** Name of this machine, part of a writer's identity. */
  hostName: string;
  cpuCount: number;
};

export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/** Parses the environment. @throws ConfigurationError that lists every problem at once. */
export function parseEnvironment(variables: Record<string, string | undefined> = process.env): Environment {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(present);
  const problems: string[] = [];
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    const field = schema.shape[name as keyof typeof schema.shape];
    const problem = issue.code === 'invalid_type' && issue.expected === 'number' ? 'Not a number' : issue.message;
    problems.push(`${name}: ${problem}. Set it to ${field?.description ?? 'a valid value'}, or leave it out.`);
  }
  problems.push(...problemsBetween(present));
  if (parsed.success && problems.length === 0) {
    const value = parsed.data;
    return { ...value, dataDir: path.resolve(value.SPOOL_DATA_DIR), hostName: os.hostname(), cpuCount: os.availableParallelism() };
  }
  throw configurationError(problems);
}

/**
 * The environment with what SPOOL_SECRETS_FROM names: of its sources only variables of this file are taken, one that is set
 * in the environment itself wins, then the first source that has it. @throws ConfigurationError that names every source
 * that could not be read, without a value of any
 */
export async function loadEnvironment(secrets: SecretReader, variables: Record<string, string | undefined> = process.env): Promise<Environment> {
  if (!variables.SPOOL_SECRETS_FROM) return parseEnvironment(variables);
  // Alone first: what else is wrong may be for want of what the sources hold.
  const { SPOOL_SECRETS_FROM: sources = [] } = parseEnvironment({ SPOOL_SECRETS_FROM: variables.SPOOL_SECRETS_FROM });
  const answers = await Promise.allSettled(sources.map((source) => secrets.read(source)));
  const problems = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason instanceof SpoolError ? answer.reason.message : 'SPOOL_SECRETS_FROM could not be read.'] : []));
  if (problems.length > 0) throw configurationError(problems);
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const merged = { ...variables };
  for (const name of Object.keys(schema.shape)) {
    if (name !== 'SPOOL_SECRETS_FROM') merged[name] ||= found.find((source) => source[name])?.[name];
  }
  return parseEnvironment(merged);
}

function configurationError(problems: string[]): ConfigurationError {
  return new ConfigurationError(`The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
}

/** Problems between variables, found in the words as given, so that they are listed beside problems of single ones. */
function problemsBetween(present: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  if (Boolean(present.COGNITO_USER_POOL_ID) !== Boolean(present.COGNITO_CLIENT_ID)) {
    problems.push('COGNITO_USER_POOL_ID and COGNITO_CLIENT_ID belong together: set both or none.');
  }
  if (Boolean(present.SUPABASE_URL) !== Boolean(present.SUPABASE_KEY)) {
    problems.push('SUPABASE_URL and SUPABASE_KEY belong together: set both or none.');
  }
  for (const name of ['LANGFLOW_API_KEY', 'LANGFLOW_FLOW'] as const) {
    if (present[name] && !present.LANGFLOW_URL) problems.push(`${name} needs LANGFLOW_URL, the address of LangFlow.`);
  }
  if (present.SUPABASE_WORKER_TOKEN && !present.SUPABASE_URL && !present.SUPABASE_KEY) {
    problems.push('SUPABASE_WORKER_TOKEN needs SUPABASE_URL and SUPABASE_KEY.');
  }
  for (const name of ['SPOOL_ECS_REALTIME_SERVICE', 'SPOOL_ECS_CHUNK_SERVICE', 'SPOOL_ECS_INGEST_SERVICE'] as const) {
    if (present[name] && !present.SPOOL_ECS_CLUSTER) problems.push(`${name} needs SPOOL_ECS_CLUSTER, the cluster it runs in.`);
  }
  for (const name of ['SPOOL_STT', 'SPOOL_TTS', 'SPOOL_LLM'] as const) {
    if (present[name] === 'openai' && !present.OPENAI_API_KEY && !present.OPENAI_BASE_URL) {
      problems.push(`${name}=openai needs OPENAI_API_KEY (a key from your provider) or OPENAI_BASE_URL (a server of your own).`);
    }
  }
  return problems;
}
