/** The processes of one instance: how each is started and how it says that it is ready. */
import path from 'node:path';
import { repositoryRoot } from '../support/paths.ts';
import type { ProcessSpec } from './managed-process.ts';

export interface InstanceSettings {
  host: string;
  webPort: number;
  realtimePort: number;
  /** Of the worker: files are sent there. */
  uploadPort: number;
  /** Meetings are streamed there. One that is taken turns this off and nothing else. */
  rtmpPort: number;
  dataDir: string;
  /** The environment of `up`; all processes get it, with the settled values on top. */
  environment: NodeJS.ProcessEnv;
}

/** The embedded database; its ready message carries `url`. */
export function databaseProcess(settings: InstanceSettings, port: number): ProcessSpec {
  return {
    ...common(settings),
    name: 'database',
    args: ['scripts/database.ts', '--port', String(port), '--dir', path.join(settings.dataDir, 'database')],
    ready: { kind: 'message' },
  };
}

/** Realtime, worker, meeting ingest, code runner and web, in the order they are started. */
export function serverProcesses(settings: InstanceSettings, databaseUrl: string): ProcessSpec[] {
  const base = common(settings, databaseUrl);
  const host = urlHost(settings.host);
  return [
    { ...base, name: 'realtime', args: ['realtime-server/main.ts'], ready: { kind: 'http', url: `http://${host}:${settings.realtimePort}/ready` } },
    { ...base, name: 'worker', args: ['workers/main.ts'], ready: { kind: 'message' } },
    { ...base, name: 'meeting-ingest', args: ['workers/meeting-ingest/main.ts'], ready: { kind: 'message' } },
    { ...base, name: 'code-runner', args: ['workers/code-runner/main.ts'], ready: { kind: 'message' } },
    {
      ...base,
      name: 'web',
      args: ['scripts/supervisor/next-start.ts', '-p', String(settings.webPort), '-H', settings.host],
      ready: { kind: 'http', url: `http://${host}:${settings.webPort}/api/health` },
    },
  ];
}

/** The host to ask a server at that listens on `host`. */
function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function common(settings: InstanceSettings, databaseUrl?: string): Omit<ProcessSpec, 'name' | 'args' | 'ready'> {
  return {
    command: process.execPath,
    folder: repositoryRoot,
    environment: {
      ...settings.environment,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      SPOOL_HOST: settings.host,
      SPOOL_PORT: String(settings.webPort),
      SPOOL_REALTIME_PORT: String(settings.realtimePort),
      SPOOL_UPLOAD_PORT: String(settings.uploadPort),
      SPOOL_RTMP_PORT: String(settings.rtmpPort),
      SPOOL_DATA_DIR: settings.dataDir,
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    },
  };
}
