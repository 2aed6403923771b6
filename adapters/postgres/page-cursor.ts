/** Cursors of lists, newest first: the last row's time, to the microsecond, and id. Opaque to clients. */
import { z } from 'zod';
import { SpoolError } from '#domain/errors.ts';

/** A time as Postgres gave it, in UTC with microseconds. */
export const momentSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/).refine(isMoment);
const cursorSchema = z.tuple([momentSchema, z.uuid()]);

/** JavaScript takes 30 February for 1 March, and Postgres knows neither it nor the year 0. */
function isMoment(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 19) === text.slice(0, 19) && !text.startsWith('0000');
}

export interface PagePosition {
  /** ISO 8601 in UTC with microseconds, as `CURSOR_TIME` renders it: JavaScript's Date would lose them. */
  createdAt: string;
  id: string;
}
export const CURSOR_TIME = `to_char(created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

export function encodeCursor(position: PagePosition): string {
  return Buffer.from(JSON.stringify([position.createdAt, position.id])).toString('base64url');
}

/** @throws SpoolError `request.invalid` for anything `encodeCursor` did not make. */
export function decodeCursor(cursor: string): PagePosition {
  try {
    const [createdAt, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { createdAt, id };
  } catch (error) {
    throw new SpoolError('request.invalid', 'A malformed list cursor.', {
      cause: error,
      errors: [{ path: '$.cursor', message: 'Use a nextCursor from an earlier answer as it is, or leave it out to start at the newest.' }],
    });
  }
}
