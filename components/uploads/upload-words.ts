/** Sizes, speeds and times in words, and what is wrong with a file before it is sent. */
import { ERRORS } from '#domain/errors.ts';
import type { ErrorCode } from '#domain/errors.ts';
import { MAX_UPLOAD_BYTES, UPLOAD_EXTENSIONS, hasKnownExtension } from '#domain/meetings/uploads/limits.ts';

export interface UploadTrouble {
  code: string;
  title: string;
  next: string;
}

/** As the catalogue of errors has it; null for none. */
export function troubleOf(code: string | null): UploadTrouble | null {
  if (code === null) return null;
  const entry = Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode] : ERRORS.internal;
  if (code === 'session.over') return { code, title: 'The meeting was ended early', next: 'Only what was in by then is transcribed. For the whole recording start a new meeting.' };
  return { code, title: entry.title, next: entry.person };
}

/** What can be told without the server; null: nothing. */
export function troubleWith(file: { name: string; size: number }): UploadTrouble | null {
  if (!hasKnownExtension(file.name)) return troubleOf('upload.wrong_kind');
  if (file.size === 0) return troubleOf('upload.empty');
  return file.size > MAX_UPLOAD_BYTES ? troubleOf('upload.too_large') : null;
}

/** For the picker: by extension, and by kind where a system knows extensions by other names. */
export const ACCEPT = [...UPLOAD_EXTENSIONS.map((extension) => `.${extension}`), 'audio/*', 'video/mp4', 'video/webm', 'video/x-matroska'].join(',');

const UNITS = ['B', 'KB', 'MB', 'GB'];
/** `1.4 GB`, `310 MB`, `9.8 MB`; thousands, as file managers count. */
export function sizeWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** `about 4 minutes left`; in steps a person can follow. */
export function timeLeftWords(seconds: number): string {
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} seconds left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes <= 1 ? 'about a minute left' : `about ${minutes} minutes left`;
  const hours = Math.floor(minutes / 60);
  const rest = Math.round((minutes % 60) / 10) * 10;
  if (rest === 60) return `about ${hours + 1} hours left`;
  return `about ${hours === 1 ? 'an hour' : `${hours} hours`}${rest > 0 ? ` and ${rest} minutes` : ''} left`;
}
