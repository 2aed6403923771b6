import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { makeSampleOperation } from '../../operations.ts';
import { makeSample } from '#domain/sample/make-sample.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(makeSampleOperation, async ({ ctx }) => {
    const { session, created } = await makeSample({ ctx });
    return Response.json(session, { status: created ? 201 : 200, headers: { location: `/api/sessions/${session.id}` } });
  }),
);
