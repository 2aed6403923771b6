/** Interests as Postgres has them: the columns are what `InterestRecord` holds, by the same names. */
import type { InterestRecord, ProfileInterest } from '#domain/interests/ports.ts';
import { shownMention, shownStatus } from '#domain/interests/shown-interest.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';
import type { Transaction } from './database.ts';

export const INTEREST_COLUMNS = 'id, topic, category, sentiment, confidence, status, extractor, mentions';
/** A claim without evidence is not shown. */
export const SHOWN = "status in ('detected', 'confirmed') and jsonb_array_length(mentions) > 0";
/** Rows that a profile is made of, newest first; at a dozen interests a session this is hundreds of sessions. */
const MAX_PROFILE_ROWS = 5_000;
/** Mentions are stored oldest first. */
export const FIRST_MENTION = "(mentions -> 0 ->> 'startSample')::bigint, created_at, id";

/** An interest of one session on its way into the profile. */
interface ProfileRow extends InterestRecord {
  session_id: string;
  /** When sample 0 of its session was said, in ms since 1970. */
  began_at_ms: number;
}

/** What a person's profile holds, of all their sessions but samples; topics they deleted are left out. */
export async function profileInterests(tx: Transaction, personId: string): Promise<ProfileInterest[]> {
  const { rows } = await tx.query<ProfileRow>(
    `select ${INTEREST_COLUMNS.replaceAll(/\b(\w+)\b/g, 'i.$1')}, i.session_id, (extract(epoch from coalesce(s.started_at, s.created_at)) * 1000)::float8 as began_at_ms
     from interests i join sessions s on s.id = i.session_id
     where s.owner_id = $1 and not s.sample and ${SHOWN.replaceAll(/\b(status|mentions)\b/g, 'i.$1')}
       and i.topic not in (select topic from topic_decisions where person_id = $1 and decision = 'deleted')
     order by i.created_at desc, i.id limit ${MAX_PROFILE_ROWS}`,
    [personId],
  );
  return toProfileInterests(rows);
}

/**
 * One interest per topic, in the order in which they first came up. Category and sentiment are those of the newest
 * session, but what the person confirmed counts before what was only detected.
 */
function toProfileInterests(rows: readonly ProfileRow[]): ProfileInterest[] {
  const oldestFirst = rows.toSorted((a, b) => saidAtMs(a, a.mentions[0]!) - saidAtMs(b, b.mentions[0]!));
  return [...Map.groupBy(oldestFirst, (row) => row.topic)].map(([topic, claims]) => {
    const counts = claims.findLast((row) => row.status === 'confirmed') ?? claims.at(-1)!;
    return {
      topic,
      category: counts.category,
      sentiment: counts.sentiment,
      confidence: Math.max(...claims.map((row) => row.confidence)),
      status: shownStatus(counts),
      evidence: claims
        .flatMap((row) => row.mentions.map((mention) => ({ sessionId: row.session_id, interestId: row.id, ...shownMention(mention), saidAt: new Date(saidAtMs(row, mention)).toISOString() })))
        .toSorted((a, b) => b.saidAt.localeCompare(a.saidAt)),
    };
  });
}
function saidAtMs(row: ProfileRow, mention: { startSample: number }): number {
  return row.began_at_ms + samplesToMs(mention.startSample);
}
