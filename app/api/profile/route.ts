import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { eraseProfileOperation, getProfileOperation } from '../operations.ts';
import { eraseProfile } from '#domain/interests/erase-profile.ts';
import { getProfile } from '#domain/interests/get-profile.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getProfileOperation, async ({ ctx }) => Response.json(await getProfile({ ctx }))),
  implement(eraseProfileOperation, async ({ ctx }) => {
    await eraseProfile({ ctx });
    return new Response(null, { status: 204 });
  }),
);
