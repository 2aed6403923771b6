import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { openapiDocument } from '../openapi.ts';
import { getOpenapi } from '../operations.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(implement(getOpenapi, () => Response.json(openapiDocument())));
