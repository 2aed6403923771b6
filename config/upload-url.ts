import type { Environment } from './environment.ts';

/** Where parts of files are sent to: the configured address, or the worker's port on the host this caller used. */
export function uploadUrl(environment: Pick<Environment, 'SPOOL_UPLOAD_PUBLIC_URL' | 'SPOOL_UPLOAD_PORT'>, caller: { hostName: string; https: boolean }): string {
  const base = environment.SPOOL_UPLOAD_PUBLIC_URL ?? `${caller.https ? 'https' : 'http'}://${caller.hostName}:${environment.SPOOL_UPLOAD_PORT}`;
  return base.replace(/\/+$/, '');
}
