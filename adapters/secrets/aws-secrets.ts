/** Settings kept in Parameter Store or Secrets Manager. The SDKs are loaded when a source of theirs is named, not before. */
import { SpoolError } from '#domain/errors.ts';
import type { SecretReader } from '#domain/operations/secrets.ts';

/** A start does not hang on a store that does not answer; tried three times by the SDK. */
const REQUEST_TIMEOUT_MS = 5_000;
const requestHandler = { requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true };
/** What is wrong, by the name of the SDK's error; its message may name keys and accounts. */
const WORDS: Record<string, string> = {
  AccessDeniedException: 'may not be read by this process. Give its role the right to',
  ResourceNotFoundException: 'does not exist. Create it, or correct the name',
  CredentialsProviderError: 'cannot be read without AWS credentials. Give this process a role, or take the source out',
};

/** Region, credentials and another address come from the environment, as the SDK reads them. */
export const awsSecrets: SecretReader = {
  async read(source) {
    const separator = source.indexOf(':');
    const where = source.slice(separator + 1);
    try {
      return source.startsWith('ssm:') ? await readParameters(where) : await readSecret(source, where);
    } catch (error) {
      if (error instanceof SpoolError) throw error;
      const { name } = error as Error;
      throw problem(source, `${WORDS[name] ?? 'cannot be read'} (${name}).`, error);
    }
  },
};

/** Every SecureString below the path, also further down, by its last segment. */
async function readParameters(path: string): Promise<Record<string, string>> {
  const { SSMClient, paginateGetParametersByPath } = await import('@aws-sdk/client-ssm');
  const client = new SSMClient({ requestHandler });
  const found: Record<string, string> = {};
  try {
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, { Path: path.replace(/(?<=.)\/$/, ''), Recursive: true, WithDecryption: true })) {
      for (const { Name, Type, Value } of Parameters) {
        if (Type === 'SecureString' && Name && Value) found[Name.slice(Name.lastIndexOf('/') + 1)] = Value;
      }
    }
  } finally {
    client.destroy();
  }
  // A path that is misspelt is no error to Parameter Store.
  if (Object.keys(found).length === 0) throw problem(`ssm:${path}`, 'holds no SecureString. Put some below it, or correct the path.');
  return found;
}

async function readSecret(source: string, id: string): Promise<Record<string, string>> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({ requestHandler });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    return namesAndValues(source, SecretString ?? '');
  } finally {
    client.destroy();
  }
}

function namesAndValues(source: string, text: string): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Its own message quotes what it could not read.
    parsed = null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw problem(source, 'is no JSON object of names and values. Write it as {"DATABASE_URL": "…"}.');
  const wrong = Object.entries(parsed).filter(([, value]) => typeof value !== 'string').map(([name]) => name);
  if (wrong.length > 0) throw problem(source, `holds something else than text for ${wrong.join(', ')}. Put it in quotes.`);
  return parsed as Record<string, string>;
}

function problem(source: string, words: string, cause?: unknown): SpoolError {
  return new SpoolError('unavailable', `SPOOL_SECRETS_FROM: ${source} ${words}`, { cause });
}
