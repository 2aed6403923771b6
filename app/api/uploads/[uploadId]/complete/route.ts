import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { uploadContext } from '../../../../_server/upload-context.ts';
import { completeUploadOperation } from '../../../meeting-upload-operations.ts';
import { completeUpload } from '#domain/meetings/uploads/complete-upload.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(completeUploadOperation, async (call) => Response.json(await completeUpload({ ctx: uploadContext(call), input: { uploadId: call.params.uploadId! } }))),
);
