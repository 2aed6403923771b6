/** Finds moments in all that was said to a person: by the words, and by what they mean. */
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import type { Log } from '../../log.ts';
import { asSpoolError } from '../../errors.ts';
import { authorize } from '../../session/authorize.ts';
import { queryInteger } from '../../session/query.ts';
import { SESSION_KINDS } from '../../session/session.ts';
import type { FoundMoment, TranscriptSearch, UnderstandQuery } from './ports.ts';

export interface SearchContext {
  actor: Actor;
  log: Log;
  search: TranscriptSearch;
  understandQuery: UnderstandQuery;
}

export const searchInput = z.strictObject({
  q: z
    .string()
    .trim()
    .min(1, 'Say what to search for.')
    .max(200, 'Search for at most 200 characters.')
    .refine((text) => !text.includes('\0'), 'Leave control characters out.')
    .describe('Words as in a web search ("a phrase", or, -without), or what was talked about in other words.'),
  kind: z.enum(SESSION_KINDS).optional(),
  limit: queryInteger({ min: 1, max: 50 }).default(20),
});
const ms = z.int().min(0);
const searchResultSchema = z.object({
  sessionId: z.uuid(),
  title: z.string(),
  itemId: z.string(),
  speaker: z.string(),
  text: z.string(),
  startMs: ms,
  endMs: ms,
  recorded: z.boolean().describe('It can be heard: the session is over and its recording is kept.'),
  /** Falls along the list; compares results of one search alone. */
  score: z.number().min(0).max(1),
  /** `words`: what was asked for was said; `meaning`: something like it. */
  by: z.enum(['words', 'meaning']),
});
export const searchResultsSchema = z.object({
  results: z.array(searchResultSchema),
  /** `unavailable`: no sentence model is within reach just now, so only words were searched. */
  meaning: z.enum(['searched', 'unavailable']),
});
export type SearchResults = z.infer<typeof searchResultsSchema>;

/** Chosen on the real model, see docs/decisions/meeting-notes.md: below it, sentences have little but English in common. */
const MIN_COSINE = 0.45;
/** Of each way; more than any list shows, so that what both found comes up. */
const CANDIDATES = 60;
/** Reciprocal rank fusion, with the constant of Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion outperforms Condorcet" (SIGIR 2009). */
const RRF_K = 60;

/** Best first. Without a sentence model within reach it goes by words alone, and says so. @throws SpoolError `auth.*` */
export async function searchTranscripts({ ctx, input }: { ctx: SearchContext; input: z.output<typeof searchInput> }): Promise<SearchResults> {
  const person = authorize(ctx.actor, 'session.use-own');
  const { q, kind, limit } = input;
  const request = { ...(kind ? { kind } : {}), limit: CANDIDATES };
  const [words, meant] = await Promise.all([
    ctx.search.byWords(person, q, request),
    ctx.understandQuery(q).then(
      (query) => ctx.search.byMeaning(person, query, { ...request, minCosine: MIN_COSINE }),
      (error: unknown) => {
        ctx.log.warn({ code: asSpoolError(error).code }, 'A search went by words alone: nobody could say what was meant.');
        return null;
      },
    ),
  ]);
  return { results: fused(words, meant ?? []).slice(0, limit), meaning: meant === null ? 'unavailable' : 'searched' };
}

/** What both ways found comes before what one found as high. The best score there is becomes 1. */
export function fused(words: readonly FoundMoment[], meant: readonly FoundMoment[]): SearchResults['results'] {
  const found = new Map<string, SearchResults['results'][number]>();
  for (const [list, by] of [[words, 'words'], [meant, 'meaning']] as const) {
    for (const [rank, moment] of list.entries()) {
      const key = `${moment.sessionId} ${moment.itemId}`;
      const known = found.get(key);
      // 2/(K+1) is first in both.
      const score = (known?.score ?? 0) + (RRF_K + 1) / (RRF_K + 1 + rank) / 2;
      found.set(key, { ...moment, by: known?.by ?? by, score });
    }
  }
  return [...found.values()].toSorted((a, b) => b.score - a.score).map((each) => ({ ...each, score: Math.round(each.score * 1e6) / 1e6 }));
}
