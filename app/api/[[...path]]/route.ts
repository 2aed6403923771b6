/** Every address under /api that no other route has. */
import { adaptRoute } from '../../_server/adapt-route.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute();
