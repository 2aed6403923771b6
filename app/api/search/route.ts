import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { searchOperation } from '../meeting-notes-operations.ts';
import { searchTranscripts } from '#domain/meetings/search/search.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(implement(searchOperation, async ({ ctx, query }) => Response.json(await searchTranscripts({ ctx, input: query }))));
