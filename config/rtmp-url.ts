import { RTMP_APPLICATION } from '#domain/meetings/ingest/stream-key.ts';
import type { Environment } from './environment.ts';

/** Where senders stream meetings to when the ingest runs on other machines, without the key; null: here, if at all. */
export function rtmpUrlElsewhere({ SPOOL_RTMP_PUBLIC_URL: url }: Pick<Environment, 'SPOOL_RTMP_PUBLIC_URL'>): string | null {
  return url === undefined ? null : `${url.replace(/\/+$/, '')}/${RTMP_APPLICATION}`;
}
