import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { uploadContext } from '../../../_server/upload-context.ts';
import { cancelUploadOperation, getUploadOperation } from '../../meeting-upload-operations.ts';
import { cancelUpload } from '#domain/meetings/uploads/cancel-upload.ts';
import { getUpload } from '#domain/meetings/uploads/get-upload.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getUploadOperation, async (call) => Response.json(await getUpload({ ctx: uploadContext(call), input: { uploadId: call.params.uploadId! } }))),
  implement(cancelUploadOperation, async (call) => {
    await cancelUpload({ ctx: uploadContext(call), input: { uploadId: call.params.uploadId! } });
    return new Response(null, { status: 204 });
  }),
);
