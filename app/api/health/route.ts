import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { getHealth } from '../operations.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getHealth, ({ composition }) => Response.json({ status: 'ok', signIn: composition.issuer ? 'local' : 'cognito' })),
);
