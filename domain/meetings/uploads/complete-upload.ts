import { SpoolError } from '../../errors.ts';
import { authorizeUpload, toView, uploadIdOf } from './context.ts';
import type { UploadContext } from './context.ts';
import { missingParts } from './limits.ts';
import type { UploadView } from './upload.ts';

/** Named in an error at most. */
const MAX_NAMED = 20;

/**
 * Has an upload taken in whose parts are all there, which the last part does by itself; one that failed is tried again.
 * @throws SpoolError `upload.not_found` | `upload.incomplete` (`missingParts`)
 */
export async function completeUpload({ ctx, input }: { ctx: UploadContext; input: { uploadId: string } }): Promise<UploadView> {
  const person = authorizeUpload(ctx);
  const upload = await ctx.uploads.takeIn(person, uploadIdOf(input.uploadId));
  if (!upload) throw new SpoolError('upload.not_found');
  const missing = missingParts(upload);
  if (upload.state === 'receiving' && missing.length > 0) {
    throw new SpoolError('upload.incomplete', undefined, {
      fields: { missingParts: missing },
      personMessage: `${missing.length === 1 ? 'One part is' : `${missing.length} parts are`} missing: ${missing.slice(0, MAX_NAMED).join(', ')}${missing.length > MAX_NAMED ? ', …' : ''}. Send them, then complete the upload.`,
    });
  }
  return toView(ctx, upload);
}
