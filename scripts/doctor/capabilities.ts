/** What this machine can do with the present settings. Everything it looks at is handed in, so that it can be tested. */
import type { EngineProbe } from '#adapters/speech-local/index.ts';
import type { Environment } from '../../config/environment.ts';
import type { Capability } from './table.ts';

/** What was found out about the surroundings. */
export interface Findings {
  localSpeech: EngineProbe[];
  /** How the OpenAI-compatible server answers; null when none is set. */
  remote: RemoteFinding | null;
  /** Null without DATABASE_URL. */
  externalDatabase: { ok: boolean; words: string } | null;
  /** The instance that runs on this data directory. */
  running: { pid: number; web: number; realtime: number } | null;
  dataDir: { writable: boolean; freeBytes: number | null };
  chromium: string | null;
  postgresServer: string | null;
  canUseApt: boolean;
}
export interface RemoteFinding {
  address: string;
  ok: boolean;
  words: string;
}

/** A spoken hour takes about 115 MB of PCM per direction. */
const LOW_DISK_BYTES = 2_000_000_000;

export function capabilities(environment: Environment, findings: Findings): Capability[] {
  return [
    speechIn(environment, findings),
    speechOut(environment, findings),
    interviewer(environment, findings),
    { name: 'code languages', state: 'off', engine: 'none', why: 'Running code is not built yet.' },
    { name: 'meeting ingest', state: 'off', engine: 'none', why: 'Taking in meetings is not built yet.' },
    database(findings),
    storage(environment, findings),
    {
      name: 'queue',
      state: 'on',
      engine: 'pg-boss',
      why: 'Background work waits in the same database as everything else, so nothing more has to run.',
    },
    browser(findings),
  ];
}

function speechIn({ SPOOL_STT, SPOOL_STT_MODEL }: Environment, { localSpeech, remote }: Findings): Capability {
  const name = 'speech in';
  if (SPOOL_STT === 'openai') return remoteEngine(name, 'SPOOL_STT', SPOOL_STT_MODEL ?? 'the default model', remote);
  return localEngine(name, localSpeech, SPOOL_STT ? `SPOOL_STT=${SPOOL_STT}` : null);
}

function speechOut({ SPOOL_TTS, SPOOL_TTS_MODEL }: Environment, { localSpeech, remote }: Findings): Capability {
  const name = 'speech out';
  if (SPOOL_TTS === 'none') return { name, state: 'off', engine: 'none', why: 'SPOOL_TTS=none: answers appear as text only.', improve: 'unset SPOOL_TTS' };
  if (SPOOL_TTS === 'openai') return remoteEngine(name, 'SPOOL_TTS', SPOOL_TTS_MODEL ?? 'the default model', remote);
  if (SPOOL_TTS) return localEngine(name, localSpeech.filter(({ engine }) => engine === SPOOL_TTS), `SPOOL_TTS=${SPOOL_TTS}`);
  return localEngine(name, localSpeech, null);
}

/** The probes come best first: the first that is there is the one in use, and the first that is not would be better. */
function localEngine(name: 'speech in' | 'speech out', probes: EngineProbe[], forcedBy: string | null): Capability {
  const candidates = probes.filter(({ capability }) => capability === name);
  const chosen = candidates.find(({ available }) => available);
  const because = forcedBy ? `${forcedBy}. ` : '';
  if (!chosen) {
    const first = candidates[0];
    return { name, state: 'broken', engine: 'none', why: because + (first?.why ?? 'No engine was found.'), improve: first?.improveWith ?? './spool up installs the npm packages' };
  }
  const better = candidates[0] === chosen ? undefined : candidates[0];
  return {
    name,
    state: better ? 'plain' : 'on',
    engine: `${chosen.engine} (local)`,
    why: `${because}${chosen.why}${better ? ` ${better.why}` : ''}`,
    ...(better?.improveWith ? { improve: better.improveWith } : {}),
  };
}

function interviewer({ SPOOL_LLM, SPOOL_LLM_MODEL, OPENAI_BASE_URL, OPENAI_API_KEY }: Environment, { remote }: Findings): Capability {
  const name = 'interviewer';
  if (SPOOL_LLM === 'openai') return remoteEngine(name, 'SPOOL_LLM', SPOOL_LLM_MODEL ?? 'the default model', remote);
  const set = OPENAI_BASE_URL !== undefined || OPENAI_API_KEY !== undefined;
  return {
    name,
    state: 'plain',
    engine: 'guided (local)',
    why: SPOOL_LLM ? 'SPOOL_LLM=guided: asks from its question bank, without a language model.' : 'Asks from its question bank, without a language model.',
    improve: set ? 'SPOOL_LLM=openai ./spool up' : 'SPOOL_LLM=openai OPENAI_BASE_URL=http://localhost:11434/v1 ./spool up',
  };
}

function remoteEngine(name: string, variable: string, model: string, remote: RemoteFinding | null): Capability {
  const why = `${variable}=openai: ${model} at ${remote?.address ?? 'no server'}. ${remote?.words ?? ''}`.trim();
  return remote?.ok
    ? { name, state: 'on', engine: 'openai-compatible', why }
    : { name, state: 'broken', engine: 'openai-compatible', why, improve: `start that server, correct OPENAI_BASE_URL or OPENAI_API_KEY, or unset ${variable}` };
}

function database({ externalDatabase, running, postgresServer }: Findings): Capability {
  if (externalDatabase) {
    return {
      name: 'database',
      state: externalDatabase.ok ? 'on' : 'broken',
      engine: 'Postgres',
      why: `DATABASE_URL is set. ${externalDatabase.words}`,
      ...(externalDatabase.ok ? {} : { improve: 'correct DATABASE_URL=postgres://user:password@host:5432/database, or unset it' }),
    };
  }
  return {
    name: 'database',
    state: 'on',
    engine: 'PGlite (embedded)',
    why: `DATABASE_URL is not set. ${running ? `It runs under ./spool up (process ${running.pid}).` : 'It starts with ./spool up.'}${postgresServer ? ' A Postgres server is installed for concurrency tests.' : ''}`,
    improve: 'DATABASE_URL=postgres://user:password@host:5432/database for many users at once',
  };
}

function storage({ dataDir: folder }: Environment, { dataDir }: Findings): Capability {
  const free = dataDir.freeBytes === null ? '' : ` ${(dataDir.freeBytes / 1_000_000_000).toFixed(1)} GB are free.`;
  const name = 'storage';
  const engine = 'files';
  if (!dataDir.writable) return { name, state: 'broken', engine, why: `${folder} cannot be written.`, improve: 'SPOOL_DATA_DIR=/a/folder/you/own ./spool up' };
  const low = dataDir.freeBytes !== null && dataDir.freeBytes < LOW_DISK_BYTES;
  return {
    name,
    state: low ? 'plain' : 'on',
    engine,
    why: `Audio is kept in ${folder}.${free}${low ? ' An hour of speech takes about 0.1 GB.' : ''}`,
    ...(low ? { improve: 'free space, or SPOOL_DATA_DIR=/a/larger/disk ./spool up' } : {}),
  };
}

function browser({ chromium, canUseApt }: Findings): Capability {
  const name = 'browser for tests';
  return chromium
    ? { name, state: 'on', engine: 'Chromium', why: `Found at ${chromium}.` }
    : {
        name,
        state: 'off',
        engine: 'none',
        why: canUseApt ? 'No Chromium was found; ./spool test installs it.' : 'No Chromium was found; browser tests are skipped.',
        improve: canUseApt ? 'apt-get install chromium' : 'npx playwright install chromium',
      };
}
