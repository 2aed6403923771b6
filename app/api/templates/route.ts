import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { createTemplateOperation, listTemplatesOperation } from '../code-operations.ts';
import { createTemplate } from '#domain/code/create-template.ts';
import { listTemplates } from '#domain/code/list-templates.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listTemplatesOperation, async ({ ctx }) => Response.json(await listTemplates({ ctx }))),
  implement(createTemplateOperation, async ({ ctx, body }) => {
    const problem = await createTemplate({ ctx, input: body });
    return Response.json(problem, { status: 201, headers: { location: `/api/templates/${problem.id}` } });
  }),
);
