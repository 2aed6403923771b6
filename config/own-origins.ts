import type { Environment } from './environment.ts';

/** Origins of the pages that may use a port of ours beside the web app's: those configured, or the app's own on this machine. */
export function pageOrigins({ SPOOL_ALLOWED_ORIGINS, SPOOL_PORT, SPOOL_HOST }: Pick<Environment, 'SPOOL_ALLOWED_ORIGINS' | 'SPOOL_PORT' | 'SPOOL_HOST'>): string[] {
  return SPOOL_ALLOWED_ORIGINS ?? [...new Set(['localhost', '127.0.0.1', '[::1]', SPOOL_HOST])].map((host) => `http://${host}:${SPOOL_PORT}`);
}
