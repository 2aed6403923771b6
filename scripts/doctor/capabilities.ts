/** What this machine can do with the present settings. Everything it looks at is handed in, so that it can be tested. */
import type { EmbeddingProbe } from '#adapters/embeddings-local/index.ts';
import type { EngineProbe } from '#adapters/speech-local/index.ts';
import type { Environment } from '../../config/environment.ts';
import type { ChosenCapability, ChosenEngine } from './engine-rows.ts';
import type { Capability } from './table.ts';

/** What was found out about the surroundings. */
export interface Findings {
  /** What the processes would choose with the present settings. */
  engines: Record<ChosenCapability, ChosenEngine>;
  localSpeech: EngineProbe[];
  embeddings: EmbeddingProbe;
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

const REMOTE = 'OPENAI_BASE_URL=http://localhost:11434/v1 ./spool up';

/** A spoken hour takes about 115 MB of PCM per direction. */
const LOW_DISK_BYTES = 2_000_000_000;

export function capabilities(environment: Environment, findings: Findings): Capability[] {
  return [
    engine('speech in', findings),
    engine('speech out', findings),
    engine('interviewer', findings),
    engine('interests', findings),
    meaning(findings),
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

/** The engine that was chosen, and what would be better: first what this machine could have, then a remote server. */
function engine(name: ChosenCapability, { engines, localSpeech, remote }: Findings): Capability {
  const chosen = engines[name];
  const probes = localSpeech.filter(({ capability }) => capability === name);
  if ('problem' in chosen) {
    const missing = probes.find(({ available, engine: probed }) => !available && chosen.problem.includes(probed));
    const set = { 'speech in': 'SPOOL_STT', 'speech out': 'SPOOL_TTS', interviewer: 'SPOOL_LLM', interests: 'SPOOL_LLM' }[name];
    return { name, state: 'broken', engine: 'none', why: chosen.problem, improve: missing?.improveWith ?? `./spool up installs the npm packages; or set or unset ${set}` };
  }
  if (/^(?:openai|model):/.test(chosen.engine)) {
    if (remote?.ok) return { name, state: 'on', engine: chosen.engine, why: chosen.why };
    return { name, state: 'broken', engine: chosen.engine, why: `${chosen.why} ${remote?.words ?? ''}`.trim(), improve: 'start that server, or correct OPENAI_BASE_URL and OPENAI_API_KEY' };
  }
  const better = probes.find(({ available }) => !available);
  const isBest = better === undefined || chosen.engine === better.engine || probes[0]?.engine === chosen.engine;
  const improve = [...(isBest || !better.improveWith ? [] : [better.improveWith]), ...(chosen.improve ? [REMOTE] : [])].join(', or ');
  return {
    name,
    state: chosen.engine === 'none' ? 'off' : isBest && name !== 'interviewer' && name !== 'interests' ? 'on' : 'plain',
    engine: chosen.engine,
    why: `${chosen.why}${isBest ? '' : ` ${better.why}`}`,
    ...(chosen.engine === 'none' ? { improve: 'unset SPOOL_TTS' } : improve ? { improve } : {}),
  };
}

/** Never broken: without it topics are placed by spelling. */
function meaning({ embeddings: { engine, available, why, improveWith } }: Findings): Capability {
  return { name: 'meaning', state: available ? 'on' : 'off', engine: available ? engine : 'none', why, ...(improveWith ? { improve: improveWith } : {}) };
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
