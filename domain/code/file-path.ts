/** Paths in a session's workspace: relative, slash-separated, the same for every machine. */
import { SpoolError } from '../errors.ts';

export const MAX_PATH_CHARS = 255;
export const MAX_PATH_DEPTH = 12;
/** What no file system we write to takes, and what only hides: control characters, backslashes, bidirectional marks. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001f\u007f\\\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** The path in its one form: no leading slash, NFC. @throws SpoolError `request.invalid` naming what is wrong with it */
export function filePathOf(text: string): string {
  const path = text.normalize('NFC').replace(/^\/+/, '');
  const problem = problemOf(path);
  if (problem) throw new SpoolError('request.invalid', 'A file path is not valid.', { errors: [{ path: '$.filePath', message: problem }] });
  return path;
}

function problemOf(path: string): string | null {
  if (path === '') return 'Give the file a name.';
  if ([...path].length > MAX_PATH_CHARS) return `A path may have at most ${MAX_PATH_CHARS} characters.`;
  if (FORBIDDEN.test(path)) return 'A path may not contain backslashes or control characters.';
  const segments = path.split('/');
  if (segments.length > MAX_PATH_DEPTH) return `Folders may be nested at most ${MAX_PATH_DEPTH - 1} deep.`;
  if (segments.some((segment) => segment.trim() === '')) return 'A path may not contain empty parts or end with a slash.';
  if (climbs(path)) return 'A path may not contain "." or ".." as a part, encoded or not.';
  return null;
}

/** Also after decoding again and again: what is harmless here might not be for the next reader. */
function climbs(path: string): boolean {
  let now = path;
  for (let round = 0; round < 4; round++) {
    if (now.split(/[/\\]/).some((segment) => segment.trim() === '.' || segment.trim() === '..')) return true;
    const next = decoded(now);
    if (next === now) return false;
    now = next;
  }
  return true;
}
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
