/** All that was said, to be searched by words and by meaning. */
import type { PersonActor } from '#domain/actor.ts';
import { VECTOR_DIMENSIONS } from '#domain/interests/meaning.ts';
import type { FoundMoment, MeantQuery, SearchRequest, TranscriptIndex, TranscriptSearch } from '#domain/meetings/search/ports.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';
import type { Database } from './database.ts';

/** Signs tell roughly who is near; of so many the numbers are compared. */
const NEAR_BY_SIGNS = 200;

const MOMENT = `i.session_id, s.title, i.item_id, i.speaker, i.text, i.start_sample, i.end_sample, s.consent_recording and s.duration_ms > 0 and s.status in ('completed', 'partial', 'failed') as recorded`;
interface MomentRow {
  session_id: string;
  title: string;
  item_id: string;
  speaker: string;
  text: string;
  start_sample: string;
  end_sample: string;
  recorded: boolean;
}
/** Any word asked for finds an item, all of them put it first. Null for a query that only excludes: it finds nothing. */
const BY_WORDS_SQL = `
  with query as (
    select websearch_to_tsquery('english', $2) as whole,
      (select string_agg(found[1], ' | ')::tsquery from regexp_matches(querytree(websearch_to_tsquery('english', $2)), '(''(?:[^'']|'''')+'')', 'g') found) as any_word)
  select ${MOMENT} from transcript_items i join sessions s on s.id = i.session_id, query
  where s.owner_id = $1 and ($3::text is null or s.kind = $3) and not i.superseded and i.search @@ query.any_word
  order by i.search @@ query.whole desc, ts_rank(i.search, query.any_word) desc, s.created_at desc, i.start_sample, i.item_id limit $4`;
const BY_MEANING_SQL = `
  select ${MOMENT}, v.embedding from transcript_vectors v
    join transcript_items i on i.session_id = v.session_id and i.item_id = v.item_id and i.revision = v.revision
    join sessions s on s.id = v.session_id
  where s.owner_id = $1 and ($3::text is null or s.kind = $3) and not i.superseded and v.model = $4
  order by bit_count(v.signs # $2::bit(${VECTOR_DIMENSIONS})), i.session_id, i.item_id limit ${NEAR_BY_SIGNS}`;

export class PostgresTranscriptIndex implements TranscriptIndex, TranscriptSearch {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async byWords(actor: PersonActor, q: string, { kind, limit }: SearchRequest): Promise<FoundMoment[]> {
    const { rows } = await this.#database.asPerson(actor, (tx) => tx.query<MomentRow>(BY_WORDS_SQL, [actor.id, q, kind ?? null, limit]));
    return rows.map(toMoment);
  }

  async byMeaning(actor: PersonActor, { model, vector }: MeantQuery, { kind, limit, minCosine }: SearchRequest & { minCosine: number }): Promise<FoundMoment[]> {
    const { rows } = await this.#database.asPerson(actor, (tx) => tx.query<MomentRow & { embedding: number[] }>(BY_MEANING_SQL, [actor.id, signsOf(vector), kind ?? null, model]));
    return rows
      .map((row) => ({ row, cosine: row.embedding.reduce((sum, value, at) => sum + value * vector[at]!, 0) }))
      .filter(({ cosine }) => cosine >= minCosine)
      .toSorted((a, b) => b.cosine - a.cosine)
      .slice(0, limit)
      .map(({ row }) => toMoment(row));
  }

  async missing(sessionId: string, model: string, limit: number): Promise<{ itemId: string; revision: number; text: string }[]> {
    const { rows } = await this.#database.asService((tx) =>
      tx.query<{ item_id: string; revision: number; text: string }>(
        `select i.item_id, i.revision, i.text from transcript_items i
         left join transcript_vectors v on v.session_id = i.session_id and v.item_id = i.item_id and v.revision = i.revision and v.model = $2
         where i.session_id = $1 and not i.superseded and i.text ~ '\\w' and v.item_id is null order by i.start_sample, i.item_id limit $3`,
        [sessionId, model, limit],
      ),
    );
    return rows.map((row) => ({ itemId: row.item_id, revision: row.revision, text: row.text }));
  }

  async store(sessionId: string, model: string, vectors: { itemId: string; revision: number; vector: Float32Array }[]): Promise<void> {
    await this.#database.asService(async (tx) => {
      for (const { itemId, revision, vector } of vectors) {
        await tx.query(
          `insert into transcript_vectors (session_id, item_id, revision, model, signs, embedding)
           select session_id, item_id, revision, $4, $5::bit(${VECTOR_DIMENSIONS}), $6::real[] from transcript_items where session_id = $1 and item_id = $2 and revision = $3
           on conflict (session_id, item_id) do update set revision = excluded.revision, model = excluded.model, signs = excluded.signs, embedding = excluded.embedding`,
          [sessionId, itemId, revision, model, signsOf(vector), [...vector]],
        );
      }
    });
  }
}

/** Charikar 2002: the more signs two vectors share, the smaller the angle between them. */
function signsOf(vector: Float32Array): string {
  return Array.from(vector, (value) => (value > 0 ? '1' : '0')).join('');
}

function toMoment(row: MomentRow): FoundMoment {
  return { sessionId: row.session_id, title: row.title, itemId: row.item_id, speaker: row.speaker, text: row.text, startMs: samplesToMs(Number(row.start_sample)), endMs: samplesToMs(Number(row.end_sample)), recorded: row.recorded };
}
