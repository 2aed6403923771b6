import type { UploadContext } from '#domain/meetings/uploads/context.ts';
import { uploadUrl } from '../../config/upload-url.ts';
import type { Call } from './adapt-route.ts';

/** What the verbs of uploads need, for one request. */
export function uploadContext({ ctx, caller, composition }: Pick<Call<unknown, unknown>, 'ctx' | 'caller' | 'composition'>): UploadContext {
  return { actor: ctx.actor, log: ctx.log, ...composition.uploads, uploadUrl: uploadUrl(composition.environment, caller) };
}
