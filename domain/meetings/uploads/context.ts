/** What the verbs of uploads work with, and what they share. */
import type { Actor, PersonActor } from '../../actor.ts';
import { SpoolError } from '../../errors.ts';
import { uuidSchema } from '../../ids.ts';
import type { Log } from '../../log.ts';
import { authorize } from '../../session/authorize.ts';
import { samplesToMs } from '../../stream/audio-format.ts';
import type { PartLinks, UploadRepository, UploadStorage } from './ports.ts';
import { missingParts } from './limits.ts';
import type { CreatedUpload, Upload, UploadView } from './upload.ts';

export interface UploadContext {
  actor: Actor;
  log: Log;
  uploads: UploadRepository;
  storage: UploadStorage;
  links: PartLinks;
  /** Where this caller sends parts to, e.g. `http://localhost:8090`. */
  uploadUrl: string;
}

export const authorizeUpload = (ctx: UploadContext): PersonActor => authorize(ctx.actor, 'session.use-own');

/** @throws SpoolError `upload.not_found` when the text cannot be anybody's upload */
export function uploadIdOf(text: string): string {
  const parsed = uuidSchema.safeParse(text);
  if (!parsed.success) throw new SpoolError('upload.not_found');
  return parsed.data.toLowerCase();
}

/** Links to what is missing; none when nothing is waited for any more. */
export function toCreated(ctx: Pick<UploadContext, 'links' | 'uploadUrl'>, upload: Upload): CreatedUpload {
  const { uploadId, partSizeBytes } = upload;
  const wanted = upload.state === 'receiving' ? missingParts(upload) : [];
  return { uploadId, partSizeBytes, parts: wanted.map((part) => ({ part, url: ctx.links.partUrl(ctx.uploadUrl, uploadId, part) })) };
}

/** What its person sees of an upload. */
export function toView(ctx: Pick<UploadContext, 'links' | 'uploadUrl'>, upload: Upload): UploadView {
  const { sessionId, fileName, sizeBytes, receivedParts, state, failure, durationMs } = upload;
  return { ...toCreated(ctx, upload), sessionId, fileName, sizeBytes, receivedParts, state, failure, durationMs, decodedMs: samplesToMs(upload.decodedSamples) };
}
