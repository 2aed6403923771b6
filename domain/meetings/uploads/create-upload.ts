import type { z } from 'zod';
import { SpoolError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { authorizeUpload, toCreated } from './context.ts';
import type { UploadContext } from './context.ts';
import { partSizeOf } from './limits.ts';
import { checkFile } from './upload.ts';
import type { CreatedUpload, createUploadInput } from './upload.ts';

/**
 * Begins an upload into a meeting in which nothing was recorded yet, or goes on with the same file.
 * @throws SpoolError `session.not_found` | `session.over` | `upload.session_taken` | `upload.unfinished` |
 *   `upload.wrong_kind` | `upload.empty` | `upload.too_large` | `upload.disk_full`
 */
export async function createUpload({ ctx, input }: { ctx: UploadContext; input: z.infer<typeof createUploadInput> }): Promise<{ upload: CreatedUpload; created: boolean }> {
  const person = authorizeUpload(ctx);
  checkFile(input);
  const room = await ctx.storage.room();
  if (room !== null && room < input.sizeBytes) throw new SpoolError('upload.disk_full', 'An upload is larger than what is free.');
  const found = await ctx.uploads.create(person, { ...input, sessionId: input.sessionId.toLowerCase(), uploadId: newId(), partSizeBytes: partSizeOf(input.sizeBytes) });
  if (found === 'no_session') throw new SpoolError('session.not_found');
  if (found === 'over') throw new SpoolError('session.over', undefined, { personMessage: 'This meeting has ended. Start a new one for the recording.' });
  if (found === 'taken') throw new SpoolError('upload.session_taken');
  if ('unfinished' in found) throw new SpoolError('upload.unfinished', undefined, { fields: { uploadId: found.unfinished } });
  ctx.log.info({ sessionId: input.sessionId, uploadId: found.upload.uploadId, sizeBytes: input.sizeBytes, created: found.created }, 'An upload begins.');
  return { upload: toCreated(ctx, found.upload), created: found.created };
}
