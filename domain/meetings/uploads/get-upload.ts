import { SpoolError } from '../../errors.ts';
import { authorizeUpload, toView, uploadIdOf } from './context.ts';
import type { UploadContext } from './context.ts';
import type { UploadView } from './upload.ts';

/** How far it is, with fresh links to the parts that are missing. @throws SpoolError `upload.not_found` */
export async function getUpload({ ctx, input }: { ctx: UploadContext; input: { uploadId: string } }): Promise<UploadView> {
  const person = authorizeUpload(ctx);
  const upload = await ctx.uploads.get(person, uploadIdOf(input.uploadId));
  if (!upload) throw new SpoolError('upload.not_found');
  return toView(ctx, upload);
}
