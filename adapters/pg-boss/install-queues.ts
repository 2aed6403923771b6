/** Makes the job queue's tables and queues, and lets our servers' role add jobs. Safe to run twice. */
import { PgBoss } from 'pg-boss';
import type { Db } from 'pg-boss';
import { DEAD_LETTER_DAYS } from '#domain/jobs/queue-settings.ts';
import type { JobDefinition } from '#domain/jobs/session-jobs.ts';
import type { Database } from '../postgres/database.ts';
import { QUEUE_SCHEMA } from './enqueue.ts';

/** Where jobs end that failed every time, for a person to look at and try again. */
export const DEAD_LETTERS = 'dead-letters';
/** Kept until somebody has decided. */
const DEAD_LETTER_RETENTION_S = DEAD_LETTER_DAYS * 24 * 3600;
/** A worker that has not said for this long that it is still at a job is dead; the job goes to another. */
const HEARTBEAT_S = 30;

export async function installQueues(database: Database, definitions: readonly JobDefinition[]): Promise<void> {
  const boss = new PgBoss({ db: queueDatabase(database), schema: QUEUE_SCHEMA, supervise: false, schedule: false, migrate: true });
  boss.on('error', () => {}); // every call below rejects by itself
  await boss.start();
  try {
    await putQueue(boss, DEAD_LETTERS, { retryLimit: 0, retentionSeconds: DEAD_LETTER_RETENTION_S });
    for (const definition of definitions) {
      await putQueue(boss, definition.name, {
        retryLimit: definition.retryLimit,
        retryDelay: definition.retryDelayS,
        retryBackoff: true,
        retryDelayMax: definition.retryDelayMaxS,
        expireInSeconds: definition.expireS,
        heartbeatSeconds: HEARTBEAT_S,
        deadLetter: DEAD_LETTERS,
      });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  await database.asOwner(
    `grant usage on schema ${QUEUE_SCHEMA} to spool_service;
     grant select on ${QUEUE_SCHEMA}.queue to spool_service;
     grant select, insert, update, delete on ${QUEUE_SCHEMA}.job to spool_service;`,
  );
}

async function putQueue(boss: PgBoss, name: string, options: Parameters<PgBoss['createQueue']>[1]): Promise<void> {
  if (await boss.getQueue(name)) await boss.updateQueue(name, options);
  else await boss.createQueue(name, options);
}

/** pg-boss over our pool: its statements take turns like everybody's, and none of them listens or locks a session. */
export function queueDatabase(database: Database): Db {
  return { executeSql: (text, values) => database.asOwner(text, values) };
}
