/** A recording that is sent as a file, and how a client sees it. */
import { z } from 'zod';
import { SpoolError } from '../../errors.ts';
import { isPlainLine } from '../../identity/person-name.ts';
import { MAX_UPLOAD_BYTES, UPLOAD_EXTENSIONS, hasKnownExtension } from './limits.ts';

const UPLOAD_STATES = ['receiving', 'received', 'decoding', 'done', 'failed'] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** A row of `uploads`. Parts count from 1. */
export interface Upload {
  uploadId: string;
  sessionId: string;
  fileName: string;
  sizeBytes: number;
  partSizeBytes: number;
  /** Ascending. */
  receivedParts: number[];
  state: UploadState;
  /** The code of what is wrong: of a failed upload why, of one that is done what is missing of it. */
  failure: string | null;
  /** As its container says; null where it does not. */
  durationMs: number | null;
  decodedSamples: number;
}

export const createUploadInput = z.strictObject({
  sessionId: z.uuid(),
  fileName: z.string().trim().min(1).max(255).refine(isPlainLine, 'A file name may not contain control characters.').describe(`Ends in ${UPLOAD_EXTENSIONS.join(', ')}.`),
  sizeBytes: z.int().min(0).describe('Of the whole file, at most 4 GiB.'),
});
const partLinkSchema = z.object({ part: z.int().min(1), url: z.url().describe('PUT the bytes of the part here, without credentials. Good for an hour.') });
const partLinksSchema = z.array(partLinkSchema).describe('The parts that are missing.');
export const createdUploadSchema = z.object({ uploadId: z.uuid(), partSizeBytes: z.int().min(1).describe('Of every part but the last.'), parts: partLinksSchema });
export type CreatedUpload = z.infer<typeof createdUploadSchema>;
export const uploadSchema = createdUploadSchema.extend({
  sessionId: z.uuid(),
  fileName: z.string(),
  sizeBytes: z.int().min(1),
  receivedParts: z.array(z.int().min(1)),
  state: z.enum(UPLOAD_STATES),
  failure: z.string().nullable().describe('The code of an error: why it failed, or what is missing of one that is done.'),
  durationMs: z.int().min(0).nullable().describe('Length of the recording as the file says.'),
  decodedMs: z.int().min(0).describe('How much of it is in the meeting.'),
});
export type UploadView = z.infer<typeof uploadSchema>;

/** @throws SpoolError `upload.wrong_kind` | `upload.empty` | `upload.too_large` */
export function checkFile({ fileName, sizeBytes }: { fileName: string; sizeBytes: number }): void {
  if (!hasKnownExtension(fileName)) throw new SpoolError('upload.wrong_kind');
  if (sizeBytes === 0) throw new SpoolError('upload.empty');
  if (sizeBytes > MAX_UPLOAD_BYTES) throw new SpoolError('upload.too_large');
}
