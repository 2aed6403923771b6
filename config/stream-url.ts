import type { Environment } from './environment.ts';

const STREAM_PATH = '/v1/stream';

/** The configured address, or the realtime port on the host this caller used; the path is added where it is missing. */
export function streamUrl(environment: Pick<Environment, 'SPOOL_REALTIME_PUBLIC_URL' | 'SPOOL_REALTIME_PORT'>, caller: { hostName: string; https: boolean }): string {
  const base = environment.SPOOL_REALTIME_PUBLIC_URL ?? `${caller.https ? 'wss' : 'ws'}://${caller.hostName}:${environment.SPOOL_REALTIME_PORT}`;
  const trimmed = base.replace(/\/+$/, '');
  return trimmed.endsWith(STREAM_PATH) ? trimmed : `${trimmed}${STREAM_PATH}`;
}

/** The stream as a process beside the realtime server reaches it. */
export function streamUrlNearby(environment: Pick<Environment, 'SPOOL_REALTIME_PUBLIC_URL' | 'SPOOL_REALTIME_PORT' | 'SPOOL_HOST'>): string {
  return streamUrl(environment, { hostName: reachable(environment.SPOOL_HOST), https: false });
}

/** The host to connect to where a server listens on `host`. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
