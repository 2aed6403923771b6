/** Versions of files as entity tags: `"3"`. */
import { SpoolError } from '#domain/errors.ts';
import type { ExpectedVersion } from '#domain/code/ports.ts';

export function etagOf(version: number): string {
  return `"${version}"`;
}

/** What If-Match asks for; nothing: any state. A weak or foreign tag matches no version. @throws SpoolError `request.invalid` */
export function expectedVersion(request: Request): ExpectedVersion {
  const header = request.headers.get('if-match')?.trim();
  if (header === undefined) return 'any';
  if (header === '*') return 'existing';
  const tags = header.split(',').map((tag) => tag.trim());
  if (tags.some((tag) => !/^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(tag))) {
    throw new SpoolError('request.invalid', undefined, { errors: [{ path: '$.headers.If-Match', message: 'Send the ETag as it came, in double quotes: "3".' }] });
  }
  return tags.map((tag) => (/^"[1-9][0-9]*"$/.test(tag) ? Number(tag.slice(1, -1)) : -1));
}
