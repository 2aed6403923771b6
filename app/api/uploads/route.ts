import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { uploadContext } from '../../_server/upload-context.ts';
import { createUploadOperation } from '../meeting-upload-operations.ts';
import { createUpload } from '#domain/meetings/uploads/create-upload.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(createUploadOperation, async (call) => {
    const { upload, created } = await createUpload({ ctx: uploadContext(call), input: call.body });
    return Response.json(upload, { status: created ? 201 : 200, headers: { location: `/api/uploads/${upload.uploadId}` } });
  }),
);
