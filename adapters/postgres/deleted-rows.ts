import type { Database } from './database.ts';

/**
 * Rewriting 26 MB was measured at 0.2 s, during which everybody waits. Larger tables are only vacuumed: new rows come to
 * lie where the deleted ones were.
 */
const MAX_REWRITTEN_BYTES = 256 * 1024 * 1024;

/**
 * A deleted row stays in Postgres's files, and in its write-ahead log, until something is written over it. The embedded
 * database never tidies up by itself and its files lie in the person's own folder, so erasing rewrites them. A Postgres
 * server has its own autovacuum and, usually, backups; it is left alone.
 */
export class PostgresDeletedRows {
  readonly #database: Database;
  /** Rows ever deleted, as of the last time. */
  #tidiedAt = '';

  constructor(database: Database) {
    this.#database = database;
  }

  /** Safe to repeat; does nothing when nothing was deleted since. */
  async removeFromDisk(): Promise<void> {
    // All tables: whatever one is added for, an erasure may delete from it.
    const { rows } = await this.#database.asOwner<{ embedded: string | null; tables: string; deleted: string; size_bytes: string }>(
      `select current_setting('spool.embedded', true) as embedded, string_agg(format('public.%I', relname), ', ') as tables,
              sum(pg_stat_get_tuples_deleted(oid)) as deleted, sum(pg_total_relation_size(oid)) as size_bytes
       from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    const { embedded, tables, deleted, size_bytes: sizeBytes } = rows[0]!;
    if (embedded !== 'on' || deleted === this.#tidiedAt) return;
    await this.#database.asOwner(`vacuum ${Number(sizeBytes) <= MAX_REWRITTEN_BYTES ? '(full)' : ''} ${tables}`);
    // The log's older segments go with the checkpoint; the first one still holds what was deleted, hence a new one.
    await this.#database.asOwner('select pg_switch_wal()');
    await this.#database.asOwner('checkpoint');
    this.#tidiedAt = deleted;
  }
}
