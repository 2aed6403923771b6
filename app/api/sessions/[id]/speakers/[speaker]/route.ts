import { adaptRoute, implement } from '../../../../../_server/adapt-route.ts';
import { updateSpeakerOperation } from '../../../../meeting-speaker-operations.ts';
import { updateSpeaker } from '#domain/meetings/speakers/update-speaker.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(updateSpeakerOperation, async ({ ctx, params, body }) => Response.json(await updateSpeaker({ ctx, input: { sessionId: params.id!, speaker: params.speaker!, ...body } }))),
);
