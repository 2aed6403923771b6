import { expect, test } from 'vitest';
import { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import type { Database, Transaction } from './database.ts';
import { PostgresLiveSessionStore } from './live-session-store.ts';

test('a commit whose answer was lost is known again when it is repeated after a long absence of the database', async () => {
  const committed: unknown[] = [];
  let away = true;
  const database = {
    async asService<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
      if (away && committed.length > 0) throw new SpoolError('unavailable', undefined, { fields: { outcome: 'not_done' } });
      const query: Transaction['query'] = async <R>(sql: string, params?: unknown[]) => {
        const known = committed.includes(params?.[2]);
        if (sql.includes('update sessions') && !known) committed.push(params?.[2]);
        return { rows: (sql.includes('update sessions') && known ? [] : [{ event_seq: '1' }]) as R[], rowCount: 1 };
      };
      const result = await run({ query, becomeService: async () => {} });
      if (away) throw new SpoolError('unavailable', undefined, { fields: { outcome: 'unknown' } });
      return result;
    },
  };
  const store = new PostgresLiveSessionStore(database as unknown as Database, async () => {});
  const [sessionId, changes] = [newId(), { events: [{ type: 'turn.ended', data: { turn: 1 } }] }];
  await expect(store.commit(sessionId, 1, changes)).rejects.toMatchObject({ code: 'unavailable' });
  away = false;
  expect(await store.commit(sessionId, 1, changes)).toEqual({ lastSeq: 1 });
  expect(committed).toHaveLength(1);
});
