/** Whether a caller may sign in by name alone. */
import type { Environment } from '../../config/environment.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Caller } from './caller.ts';

/**
 * A name is no proof of anything, so it opens the door only to whoever sits at this machine, or to everybody when the
 * owner says so. @throws SpoolError `auth.local_only`
 */
export function checkLocalSignIn(environment: Pick<Environment, 'SPOOL_LOCAL_AUTH'>, caller: Caller): void {
  if (environment.SPOOL_LOCAL_AUTH === '1' || caller.loopback) return;
  throw new SpoolError('auth.local_only');
}
