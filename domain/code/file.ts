/** A file of a session's workspace as clients see it. */
import { z } from 'zod';

export const MAX_FILES = 200;
export const MAX_FILE_BYTES = 1_048_576;

export const fileSummarySchema = z.strictObject({ path: z.string(), sizeBytes: z.int().min(0), version: z.int().min(1), updatedAt: z.iso.datetime() });
export const fileSchema = fileSummarySchema.extend({ content: z.string() });
export type FileSummary = z.infer<typeof fileSummarySchema>;
export type WorkspaceFile = z.infer<typeof fileSchema>;

/** All versions of all files of a session together. An hour of saving a 20 kB file every two seconds is 36 MB. */
export const MAX_VERSION_BYTES = 268_435_456;

/** Text as Postgres keeps it. Lone surrogates and NUL are no text. */
export const contentSchema = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'The content must be text without NUL characters.')
  .refine((text) => new TextEncoder().encode(text).length <= MAX_FILE_BYTES, 'A file may have at most 1 MiB.');
