/** The seams of a meeting's transcript, as the service role. */
import type { SeamStore, SettledChunk } from '#domain/meetings/repair-seams.ts';
import type { SeamRepair } from '#domain/meetings/seams.ts';
import { UNKNOWN_SPEAKER } from '#domain/session/speaker-names.ts';
import type { Database } from './database.ts';
import { storableJson } from './session-rows.ts';

interface Counted {
  chunk: number;
  samples: string;
}

export class PostgresSeamStore implements SeamStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async settledChunks(sessionId: string): Promise<SettledChunk[]> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ chunk: number; owned_from: string; owned_to: string; speech_samples: string; covered_samples: string; suppressed_samples: string }>(
        "select chunk, owned_from, owned_to, speech_samples, covered_samples, suppressed_samples from meeting_chunks where session_id = $1 and state = 'transcribed' order by chunk",
        [sessionId],
      );
      const items = await tx.query<{ chunk: number; item_id: string; text: string; start_sample: string; end_sample: string; words: { text: string; startSample: number; endSample: number }[] | null }>(
        'select chunk, item_id, text, start_sample, end_sample, words from transcript_items where session_id = $1 and chunk is not null order by start_sample, position',
        [sessionId],
      );
      const held = await tx.query<{ chunk: number; segment_id: string; start_sample: string; end_sample: string; text: string; reason: string; metrics: Record<string, number> }>(
        'select chunk, segment_id, start_sample, end_sample, text, reason, metrics from suppressed_segments where session_id = $1 order by start_sample',
        [sessionId],
      );
      const segments = Map.groupBy(items.rows, ({ chunk }) => chunk);
      const suppressed = Map.groupBy(held.rows, ({ chunk }) => chunk);
      return rows.map((row) => ({
        chunk: row.chunk,
        ownedFrom: Number(row.owned_from),
        ownedTo: Number(row.owned_to),
        speechSamples: Number(row.speech_samples),
        coveredSamples: Number(row.covered_samples),
        suppressedSamples: Number(row.suppressed_samples),
        segments: (segments.get(row.chunk) ?? []).map((item) => ({ itemId: item.item_id, text: item.text, startSample: Number(item.start_sample), endSample: Number(item.end_sample), ...(item.words ? { words: item.words } : {}) })),
        suppressed: (suppressed.get(row.chunk) ?? []).map((each) => ({ segmentId: each.segment_id, startSample: Number(each.start_sample), endSample: Number(each.end_sample), text: each.text, reason: each.reason, metrics: each.metrics })),
      }));
    });
  }

  async applySeam(sessionId: string, { changed, removed, added, suppressed }: SeamRepair): Promise<void> {
    await this.#database.asService(async (tx) => {
      await tx.query('delete from transcript_items where session_id = $1 and item_id = any($2::text[]) and edited_at is null', [sessionId, removed]);
      await tx.query(
        `update transcript_items i set text = c.value ->> 'text', words = c.value -> 'words', start_sample = (c.value ->> 'startSample')::bigint, revision = i.revision + 1
         from jsonb_array_elements($2::jsonb) as c where i.session_id = $1 and i.item_id = c.value ->> 'itemId' and i.edited_at is null`,
        [sessionId, storableJson(changed)],
      );
      // Another run may have put the same there meanwhile: only what is new counts.
      const words = await tx.query<Counted>(
        `insert into transcript_items (session_id, item_id, revision, speaker, text, start_sample, end_sample, chunk, words)
         select $1, a.value ->> 'itemId', 1, $3, a.value ->> 'text', (a.value ->> 'startSample')::bigint, (a.value ->> 'endSample')::bigint, (a.value ->> 'chunk')::int, a.value -> 'words'
         from jsonb_array_elements($2::jsonb) as a on conflict (session_id, item_id) do nothing returning chunk, end_sample - start_sample as samples`,
        [sessionId, storableJson(added), UNKNOWN_SPEAKER],
      );
      const held = await tx.query<Counted>(
        `insert into suppressed_segments (session_id, segment_id, chunk, start_sample, end_sample, text, reason, metrics)
         select $1, s.value ->> 'segmentId', (s.value ->> 'chunk')::int, (s.value ->> 'startSample')::bigint, (s.value ->> 'endSample')::bigint, s.value ->> 'text', s.value ->> 'reason', s.value -> 'metrics'
         from jsonb_array_elements($2::jsonb) as s on conflict do nothing returning chunk, end_sample - start_sample as samples`,
        [sessionId, storableJson(suppressed)],
      );
      await tx.query(
        `update meeting_chunks c set
           covered_samples = least(c.speech_samples, c.covered_samples + coalesce((select sum((a.value ->> 'samples')::bigint) from jsonb_array_elements($2::jsonb) a where (a.value ->> 'chunk')::int = c.chunk), 0)),
           suppressed_samples = least(c.speech_samples, c.suppressed_samples + coalesce((select sum((s.value ->> 'samples')::bigint) from jsonb_array_elements($3::jsonb) s where (s.value ->> 'chunk')::int = c.chunk), 0))
         where c.session_id = $1 and c.chunk in (select (e.value ->> 'chunk')::int from jsonb_array_elements($2::jsonb || $3::jsonb) e)`,
        [sessionId, JSON.stringify(words.rows), JSON.stringify(held.rows)],
      );
    });
  }
}
