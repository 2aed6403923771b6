import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { deleteTemplateOperation, getTemplateOperation, updateTemplateOperation } from '../../code-operations.ts';
import { deleteTemplate } from '#domain/code/delete-template.ts';
import { getOwnTemplate } from '#domain/code/get-own-template.ts';
import { getTemplate } from '#domain/code/get-template.ts';
import { updateTemplate } from '#domain/code/update-template.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getTemplateOperation, async ({ ctx, params, query }) => {
    const input = { templateId: params.templateId! };
    return Response.json(query.whole === 'true' ? await getOwnTemplate({ ctx, input }) : await getTemplate({ ctx, input }));
  }),
  implement(updateTemplateOperation, async ({ ctx, params, body }) => Response.json(await updateTemplate({ ctx, input: { templateId: params.templateId!, draft: body } }))),
  implement(deleteTemplateOperation, async ({ ctx, params }) => {
    await deleteTemplate({ ctx, input: { templateId: params.templateId! } });
    return new Response(null, { status: 204 });
  }),
);
