/** Who spoke in a meeting whose sender keeps participants apart, read and written within a transaction of the service role. */
import type { SpokenItem, SpokenMaterial, ToldByParticipant } from '#domain/meetings/speakers/ports.ts';
import type { Transaction } from './database.ts';
import { storableJson } from './session-rows.ts';

interface SpokenItemRow {
  item_id: string;
  revision: number;
  speaker: string;
  text: string;
  start_sample: string;
  end_sample: string;
  words: SpokenItem['words'] | null;
  whole: boolean;
}

/** Of the session `$1`, in SQL. */
export const TOLD_BY_SENDER = 'exists (select 1 from meeting_spoken where session_id = $1 and end_sample > start_sample)';

/** As `SpeakerStore.participants`. */
export async function spokenMaterial(tx: Transaction, sessionId: string): Promise<(SpokenMaterial & { version: string }) | null> {
  const version = await spokenVersionOf(tx, sessionId);
  if (version === null) return null;
  const spoken = await tx.query<{ participant: string; name: string; start_sample: string; end_sample: string }>(
    'select participant, name, start_sample, end_sample from meeting_spoken where session_id = $1 and end_sample > start_sample',
    [sessionId],
  );
  const items = await tx.query<SpokenItemRow>(
    `select item_id, revision, speaker, text, start_sample, end_sample, words, chunk is null or edited_at is not null as whole
     from transcript_items where session_id = $1 and not superseded order by start_sample, position`,
    [sessionId],
  );
  const speakers = await tx.query<{ speaker: string; name: string | null; merged_into: string | null; participant: string | null }>('select speaker, name, merged_into, participant from meeting_speakers where session_id = $1', [sessionId]);
  return {
    spoken: spoken.rows.map((row) => ({ participant: row.participant, name: row.name, startSample: Number(row.start_sample), endSample: Number(row.end_sample) })),
    items: items.rows.map(toSpokenItem),
    speakers: speakers.rows.map((row) => ({ speaker: row.speaker, name: row.name, mergedInto: row.merged_into, participant: row.participant })),
    version,
  };
}

/** As `SpeakerStore.saveParticipants`. */
export async function writeParticipants(tx: Transaction, sessionId: string, { speakers, items, splits }: ToldByParticipant, version: string): Promise<boolean> {
  // One after the other: two that put a meeting together at once would both number its participants.
  await tx.query('select 1 from sessions where id = $1 for no key update', [sessionId]);
  if ((await spokenVersionOf(tx, sessionId)) !== version) return false;
  await tx.query(
    `update transcript_items i set speaker = told.speaker from unnest($2::text[], $3::text[]) as told (item_id, speaker)
     where i.session_id = $1 and i.item_id = told.item_id and i.speaker <> told.speaker`,
    [sessionId, items.map(({ itemId }) => itemId), items.map(({ speaker }) => speaker)],
  );
  // What a person corrects just now stays as it is.
  await tx.query(
    `with cut as (
       delete from transcript_items i using jsonb_array_elements($2::jsonb) as s
       where i.session_id = $1 and i.item_id = s.value ->> 'itemId' and i.revision = (s.value ->> 'revision')::int and i.edited_at is null and i.chunk is not null
       returning i.item_id, i.chunk)
     insert into transcript_items (session_id, item_id, revision, speaker, text, start_sample, end_sample, chunk, words)
     select $1, p.value ->> 'itemId', 1, p.value ->> 'speaker', p.value ->> 'text', (p.value ->> 'startSample')::bigint, (p.value ->> 'endSample')::bigint, cut.chunk, p.value -> 'words'
     from jsonb_array_elements($2::jsonb) with ordinality as s join cut on cut.item_id = s.value ->> 'itemId'
       cross join jsonb_array_elements(s.value -> 'pieces') with ordinality as p
     order by s.ordinality, p.ordinality on conflict (session_id, item_id) do nothing`,
    [sessionId, storableJson(splits)],
  );
  // Once it has its number, its name is the person's business: also one that was taken away.
  await tx.query(
    `insert into meeting_speakers as s (session_id, speaker, participant, name) select $1, speaker, participant, name from unnest($2::text[], $3::text[], $4::text[]) as told (speaker, participant, name)
     on conflict (session_id, speaker) do update set participant = excluded.participant, name = coalesce(s.name, excluded.name) where s.participant is null`,
    [sessionId, speakers.map(({ speaker }) => speaker), speakers.map(({ participant }) => participant), speakers.map(({ name }) => name)],
  );
  await tx.query(
    `delete from meeting_speakers s where session_id = $1 and participant is null and name is null and merged_into is null
     and not exists (select 1 from meeting_speakers m where m.session_id = $1 and m.merged_into = s.speaker)`,
    [sessionId],
  );
  return true;
}

/** Changes with every item, span, name, merge and participant's number. Null: there is no such meeting, or nobody told who spoke. */
async function spokenVersionOf(tx: Transaction, sessionId: string): Promise<string | null> {
  const { rows } = await tx.query<{ version: string }>(
    `select md5(
       coalesce((select string_agg(concat_ws(':', participant, start_sample, end_sample, name), ',' order by participant, start_sample) from meeting_spoken where session_id = $1), '') || '|' ||
       coalesce((select string_agg(concat_ws(':', item_id, revision, speaker, start_sample, end_sample, edited_at is null), ',' order by item_id) from transcript_items where session_id = $1 and not superseded), '') || '|' ||
       coalesce((select string_agg(concat_ws(':', speaker, merged_into, name, participant), ',' order by speaker) from meeting_speakers where session_id = $1), '')
     ) as version from sessions where id = $1 and kind = 'meeting' and ${TOLD_BY_SENDER}`,
    [sessionId],
  );
  return rows[0]?.version ?? null;
}

function toSpokenItem(row: SpokenItemRow): SpokenItem {
  const { item_id: itemId, revision, speaker, text, words, whole } = row;
  return { itemId, revision, speaker, text, startSample: Number(row.start_sample), endSample: Number(row.end_sample), ...(words ? { words } : {}), whole };
}
