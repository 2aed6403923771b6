import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { getMeetingOperation } from '../../../meeting-operations.ts';
import { getMeeting } from '#domain/meetings/get-meeting.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getMeetingOperation, async ({ ctx, params }) => Response.json(await getMeeting({ ctx, input: { sessionId: params.id! } }))),
);
