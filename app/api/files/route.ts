import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { etagOf } from '../../_server/etag.ts';
import { createFileOperation } from '../code-operations.ts';
import { createFile } from '#domain/code/create-file.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(createFileOperation, async ({ ctx, body }) => {
    const file = await createFile({ ctx, input: body });
    const location = `/api/files/${body.sessionId}/${file.path.split('/').map(encodeURIComponent).join('/')}`;
    return Response.json(file, { status: 201, headers: { location, etag: etagOf(file.version) } });
  }),
);
