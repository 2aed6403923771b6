import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { etagOf, expectedVersion } from '../../../../_server/etag.ts';
import { deleteFileOperation, readFileOperation, updateFileOperation } from '../../../code-operations.ts';
import { deleteFile } from '#domain/code/delete-file.ts';
import type { WorkspaceFile } from '#domain/code/file.ts';
import { readFile } from '#domain/code/read-file.ts';
import { updateFile } from '#domain/code/update-file.ts';

const answer = (file: WorkspaceFile) => Response.json(file, { headers: { etag: etagOf(file.version) } });
const addressOf = (params: Record<string, string>) => ({ sessionId: params.sessionId!, filePath: params.filePath! });

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(readFileOperation, async ({ ctx, params }) => answer(await readFile({ ctx, input: addressOf(params) }))),
  implement(updateFileOperation, async ({ ctx, params, body, request }) => answer(await updateFile({ ctx, input: { ...addressOf(params), ...body, expected: expectedVersion(request) } }))),
  implement(deleteFileOperation, async ({ ctx, params, request }) => {
    await deleteFile({ ctx, input: { ...addressOf(params), expected: expectedVersion(request) } });
    return new Response(null, { status: 204 });
  }),
);
