import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { getMe } from '../../operations.ts';
import { authorize } from '#domain/session/authorize.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getMe, ({ ctx }) => {
    const { id, name, role } = authorize(ctx.actor, 'session.use-own');
    return Response.json({ user: { id, name, role } });
  }),
);
