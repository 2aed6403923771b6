/** What files are taken, and in which parts: shared with the browser, which tells before it sends anything. */
export const UPLOAD_EXTENSIONS = ['wav', 'mp3', 'm4a', 'flac', 'ogg', 'webm', 'mp4', 'mkv'] as const;
/** 4 GiB: about ten hours of video as conferences record it. The table `uploads` holds it too. */
export const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;
/** 24 hours; longer ones would fill the disk with silence that a damaged file claims to have. */
export const MAX_RECORDING_MS = 24 * 3_600_000;
/**
 * A file of a kilobyte can put its second sample a day behind its first. Opus at its lowest has 750 bytes a second, and
 * six times as much silence that takes no bytes is taken for true; so is an hour in whatever file.
 */
const MS_PER_BYTE = 8;
const ALWAYS_TAKEN_MS = 3_600_000;

/** What a file of that size can hold of a recording, in ms. */
export function longestRecordingMs(sizeBytes: number): number {
  return Math.min(MAX_RECORDING_MS, ALWAYS_TAKEN_MS + sizeBytes * MS_PER_BYTE);
}
/** What a broken connection costs at most. S3 wants at least 5 MiB. */
export const MIN_PART_BYTES = 8 * 1024 ** 2;
/** The links of all parts come in one answer. */
export const MAX_PARTS = 512;
const MIB = 1024 ** 2;

interface Parts {
  sizeBytes: number;
  /** Of every part but the last. Parts count from 1. */
  partSizeBytes: number;
}

export function hasKnownExtension(fileName: string): boolean {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  return UPLOAD_EXTENSIONS.some((known) => known === extension);
}

/** In whole MiB, so that no file has more than MAX_PARTS. */
export function partSizeOf(sizeBytes: number): number {
  return Math.max(MIN_PART_BYTES, Math.ceil(sizeBytes / MAX_PARTS / MIB) * MIB);
}

export function partCount({ sizeBytes, partSizeBytes }: Parts): number {
  return Math.ceil(sizeBytes / partSizeBytes);
}

/** Where a part lies in the file; null: there is no such part. */
export function partRange(upload: Parts, part: number): { offset: number; sizeBytes: number } | null {
  if (!Number.isInteger(part) || part < 1 || part > partCount(upload)) return null;
  const offset = (part - 1) * upload.partSizeBytes;
  return { offset, sizeBytes: Math.min(upload.partSizeBytes, upload.sizeBytes - offset) };
}

export function missingParts(upload: Parts & { receivedParts: number[] }): number[] {
  const received = new Set(upload.receivedParts);
  return Array.from({ length: partCount(upload) }, (_, index) => index + 1).filter((part) => !received.has(part));
}
