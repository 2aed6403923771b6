import { createHash } from 'node:crypto';

/** The id of a job, worked out beside the database's own `spool_job_id`: a UUID (version 8, RFC 9562) of its name and key. */
export function jobId(name: string, key: string): string {
  const bytes = createHash('sha256').update(`${name}\0${key}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
