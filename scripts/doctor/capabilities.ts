/** What this machine can do with the present settings. Everything it looks at is handed in, so that it can be tested. */
import type { EmbeddingProbe } from '#adapters/embeddings-local/index.ts';
import type { RtmpAvailability } from '#adapters/nginx-rtmp/availability.ts';
import type { EngineProbe } from '#adapters/speech-local/index.ts';
import type { RunnerDescription } from '#domain/code/ports.ts';
import type { Environment } from '../../config/environment.ts';
import type { ChosenCapability, ChosenEngine } from './engine-rows.ts';
import type { Capability } from './table.ts';

/** What was found out about the surroundings. */
export interface Findings {
  /** What the processes would choose with the present settings. */
  engines: Record<ChosenCapability, ChosenEngine>;
  localSpeech: EngineProbe[];
  /** What running code can do here; the sandbox was asked to break out. */
  runner: RunnerDescription;
  embeddings: EmbeddingProbe;
  /** What taking in streams lacks (Debian's names), and what the process says that does it; null: no instance runs. */
  ingest: { missing: string[]; running: RtmpAvailability | null };
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
    sandbox(findings),
    codeLanguages(findings),
    speakers(findings),
    meetingIngest(environment, findings),
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

/** Never broken: without it meetings have turns without names. */
function speakers({ localSpeech }: Findings): Capability {
  const { engine, available, why, improveWith } = localSpeech.find(({ capability }) => capability === 'speakers')!;
  return { name: 'speakers', state: available ? 'on' : 'off', engine: available ? engine : 'none', why, ...(improveWith ? { improve: improveWith } : {}) };
}

/** How strongly each rung holds memory; docs/code-execution.md has the ladder. */
const HELD: Record<NonNullable<RunnerDescription['enforcement']>, string> = {
  'cgroup-v2': 'The kernel counts the memory, processes and time of each run (control groups, version 2).',
  'cgroup-v1': 'The kernel counts the memory, processes and time of each run (control groups, version 1).',
  vm: 'Each session has a machine of its own.',
  'rlimit+sampler': 'Memory is held by limits per process and by looking every 15 ms: control groups cannot be written here.',
};

function sandbox({ runner: { unavailable, enforcement } }: Findings): Capability {
  const name = 'code sandbox';
  if (unavailable !== null) return { name, state: 'off', engine: 'none', why: 'Candidates cannot run code. It is never run outside a sandbox.', improve: unavailable };
  const strong = enforcement !== 'rlimit+sampler';
  return {
    name,
    state: strong ? 'on' : 'plain',
    engine: 'bubblewrap',
    why: `The sandbox was asked to break out and held. ${HELD[enforcement ?? 'rlimit+sampler']}`,
    ...(strong ? {} : { improve: 'run as root, or under systemd with Delegate=yes' }),
  };
}

function codeLanguages({ runner: { languages, unavailable } }: Findings): Capability {
  const name = 'code languages';
  const works = languages.flatMap(({ version }) => version ?? []);
  const missing = languages.filter(({ version }) => version === null);
  if (unavailable !== null) return { name, state: 'off', engine: 'none', why: 'They need the sandbox.', improve: unavailable };
  return {
    name,
    state: missing.length === 0 ? 'on' : works.length === 0 ? 'off' : 'plain',
    engine: works.length === 0 ? 'none' : works.join(', '),
    why: missing.length === 0 ? 'All four languages run.' : `Missing: ${missing.map(({ language }) => language).join(', ')}.`,
    ...(missing.length === 0 ? {} : { improve: missing.map((each) => each.missing ?? '').join('; ') }),
  };
}

/** Without it meetings come from a browser tab or a file. */
function meetingIngest({ SPOOL_RTMP_PORT: port }: Environment, { ingest: { missing, running }, canUseApt }: Findings): Capability {
  const name = 'meeting ingest';
  if (missing.length > 0) {
    const improve = canUseApt ? `./spool up, or apt-get install ${missing.join(' ')}` : `on Debian or Ubuntu: apt-get install ${missing.join(' ')}`;
    return { name, state: 'off', engine: 'none', why: `Meetings cannot be streamed here; a browser tab or a file does without. Missing: ${missing.join(', ')}.`, improve };
  }
  const engine = 'nginx-rtmp, ffmpeg';
  if (running === null) return { name, state: 'on', engine, why: `Streams come in at port ${port} once ./spool up runs.` };
  if (running.available) return { name, state: 'on', engine, why: `Streams come in at port ${running.port}.` };
  return { name, state: 'off', engine: 'none', why: running.why, improve: running.improve };
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

function storage({ dataDir: folder, SPOOL_S3_BUCKET: bucket }: Environment, { dataDir }: Findings): Capability {
  const free = dataDir.freeBytes === null ? '' : ` ${(dataDir.freeBytes / 1_000_000_000).toFixed(1)} GB are free.`;
  const name = 'storage';
  const engine = bucket ? 'S3' : 'files';
  if (!dataDir.writable) return { name, state: 'broken', engine, why: `${folder} cannot be written.`, improve: 'SPOOL_DATA_DIR=/a/folder/you/own ./spool up' };
  const low = dataDir.freeBytes !== null && dataDir.freeBytes < LOW_DISK_BYTES;
  return {
    name,
    state: low ? 'plain' : 'on',
    engine,
    why: `${bucket ? `Audio is kept in the bucket ${bucket}, all else` : 'Audio is kept'} in ${folder}.${free}${low ? ' An hour of speech takes about 0.1 GB.' : ''}`,
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
        improve: canUseApt ? 'apt-get install chromium-headless-shell' : 'npx playwright install chromium',
      };
}
