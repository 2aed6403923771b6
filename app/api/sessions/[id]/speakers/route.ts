import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { listSpeakersOperation } from '../../../meeting-speaker-operations.ts';
import { listSpeakers } from '#domain/meetings/speakers/list-speakers.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listSpeakersOperation, async ({ ctx, params }) => Response.json(await listSpeakers({ ctx, input: { sessionId: params.id! } }))),
);
