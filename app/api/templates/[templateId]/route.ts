import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { getTemplateOperation } from '../../code-operations.ts';
import { getTemplate } from '#domain/code/get-template.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getTemplateOperation, async ({ ctx, params }) => Response.json(await getTemplate({ ctx, input: { templateId: params.templateId! } }))),
);
