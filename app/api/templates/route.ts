import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { listTemplatesOperation } from '../code-operations.ts';
import { listTemplates } from '#domain/code/list-templates.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listTemplatesOperation, async ({ ctx }) => Response.json(await listTemplates({ ctx }))),
);
