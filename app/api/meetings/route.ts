import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { coordinateOperation } from '../meeting-operations.ts';
import { endMeeting, lookAtMeeting, startMeeting } from '#domain/meetings/coordinate.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(coordinateOperation, async ({ ctx, body }) => {
    switch (body.action) {
      case 'start_session': {
        const started = await startMeeting({ ctx, input: body });
        return Response.json(started, { status: 201, headers: { location: `/api/sessions/${started.session_id}` } });
      }
      case 'get_session':
        return Response.json(await lookAtMeeting({ ctx, input: body }));
      case 'end_session':
        return Response.json(await endMeeting({ ctx, input: body }));
    }
  }),
);
