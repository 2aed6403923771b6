import type { Environment } from '../../config/environment.ts';
import type { Caller } from './caller.ts';

const STREAM_PATH = '/v1/stream';

/** The configured address, or the realtime port on the host this caller used; the path is added where it is missing. */
export function streamUrl(environment: Pick<Environment, 'SPOOL_REALTIME_PUBLIC_URL' | 'SPOOL_REALTIME_PORT'>, caller: Pick<Caller, 'hostName' | 'https'>): string {
  const base = environment.SPOOL_REALTIME_PUBLIC_URL ?? `${caller.https ? 'wss' : 'ws'}://${caller.hostName}:${environment.SPOOL_REALTIME_PORT}`;
  const trimmed = base.replace(/\/+$/, '');
  return trimmed.endsWith(STREAM_PATH) ? trimmed : `${trimmed}${STREAM_PATH}`;
}
