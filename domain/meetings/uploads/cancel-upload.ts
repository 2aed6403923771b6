import { SpoolError } from '../../errors.ts';
import { authorizeUpload, uploadIdOf } from './context.ts';
import type { UploadContext } from './context.ts';

/** Gives an upload up and removes its bytes. @throws SpoolError `upload.not_found` | `upload.taken_in` */
export async function cancelUpload({ ctx, input }: { ctx: UploadContext; input: { uploadId: string } }): Promise<void> {
  const person = authorizeUpload(ctx);
  const removed = await ctx.uploads.remove(person, uploadIdOf(input.uploadId));
  if (removed === null) throw new SpoolError('upload.not_found');
  if (removed === 'taken_in') throw new SpoolError('upload.taken_in');
  await ctx.storage.remove(removed);
  ctx.log.info({ sessionId: removed.sessionId, uploadId: removed.uploadId }, 'An upload was cancelled.');
}
