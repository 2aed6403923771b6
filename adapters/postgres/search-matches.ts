/** Where sessions say what was searched for. Postgres finds and marks the words; nothing it marks is ever sent as markup. */
import { searchMatchOf } from '#domain/session/search-match.ts';
import type { Mark, SearchMatch } from '#domain/session/search-match.ts';
import type { Transaction } from './database.ts';
import { ITEM_COLUMNS, toItemRecord } from './session-rows.ts';
import type { ItemRow } from './session-rows.ts';

/** Characters of private use, one before and one after each word found; in a text they are replaced before it is marked. */
const BEGIN = '\uE000';
const END = '\uE001';
const SOMETHING_ELSE = '\uFFFD';

/**
 * Words asked for, without those excluded: each quoted lexeme of the query's positive part, any of which may match. Null
 * for a query that only excludes.
 */
const ANY_WORD_SQL = `(select string_agg(found[1], ' | ')::tsquery from regexp_matches(querytree(websearch_to_tsquery('english', $2)), '(''(?:[^'']|'''')+'')', 'g') found)`;

/**
 * The best item of each session: one that matches all of the query comes first, then the person's words before the
 * interviewer's, then the rank. Runs as the person: row-level security decides what is read.
 */
const MATCHES_SQL = `
  with query as (select websearch_to_tsquery('english', $2) as whole, ${ANY_WORD_SQL} as any_word),
  best as (
    select distinct on (i.session_id) i.session_id, ${ITEM_COLUMNS.replaceAll(/\b(\w+)\b/g, 'i.$1')}, count(*) over (partition by i.session_id) as matching
    from transcript_items i, query
    where i.session_id = any($1::uuid[]) and not i.superseded and i.search @@ query.any_word
    order by i.session_id, i.search @@ query.whole desc, i.speaker = 'agent', ts_rank(i.search, query.any_word) desc, i.start_sample, i.item_id
  )
  select best.*, ts_headline('english', translate(text, $3, $4), query.any_word, $5) as marked from best, query`;

/** By session id; without an entry where nothing asked for was said in one place, e.g. when `q` only excludes. */
export async function findMatches(tx: Transaction, sessionIds: string[], q: string): Promise<Map<string, SearchMatch>> {
  if (sessionIds.length === 0) return new Map();
  const { rows } = await tx.query<ItemRow & { session_id: string; matching: string; marked: string }>(MATCHES_SQL, [
    sessionIds,
    q,
    BEGIN + END,
    SOMETHING_ELSE.repeat(2),
    `StartSel=${BEGIN}, StopSel=${END}, HighlightAll=true`,
  ]);
  return new Map(rows.map((row) => [row.session_id, searchMatchOf(toItemRecord(row), marksIn(row.text, row.marked), Number(row.matching) - 1)]));
}

/** Offsets in `text`. None if the marked text is anything but the text with marks in it. */
function marksIn(text: string, marked: string): Mark[] {
  const marks: Mark[] = [];
  let at = 0;
  let from: number | null = null;
  for (const piece of marked.split(new RegExp(`([${BEGIN}${END}])`, 'u'))) {
    if (piece === BEGIN) from = at;
    else if (piece === END) {
      if (from !== null && at > from) marks.push({ from, to: at });
      from = null;
    } else at += piece.length;
  }
  return at === text.length ? marks : [];
}
