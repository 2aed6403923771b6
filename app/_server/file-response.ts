/** Answers with a file that is read as it is sent: ranges, conditions, HEAD. */
import { SpoolError } from '#domain/errors.ts';
import { parseByteRange } from './byte-range.ts';

export interface ServedFile {
  contentType: string;
  fileName: string;
  disposition: 'inline' | 'attachment';
  sizeBytes: number;
  /** Quoted, e.g. `"user-16000"`; weak (`W/"…"`) while the content may still change. */
  etag: string;
  /** Bytes [start, end), in pieces. */
  read(start: number, end: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** 200, 206, 304 or 416. */
export function fileResponse(request: Request, file: ServedFile): Response {
  const headers = new Headers({
    'content-type': file.contentType,
    'content-disposition': contentDisposition(file.disposition, file.fileName),
    'accept-ranges': 'bytes',
    etag: file.etag,
    'cache-control': 'private, no-cache',
  });
  if (matchesEtag(request.headers.get('if-none-match'), file.etag)) return new Response(null, { status: 304, headers });

  const range = wantsRange(request, file.etag) ? parseByteRange(request.headers.get('range'), file.sizeBytes) : null;
  if (range === 'unsatisfiable') throw new SpoolError('range.not_satisfiable', undefined, { fields: { sizeBytes: file.sizeBytes } });
  const { start, end } = range ?? { start: 0, end: file.sizeBytes };
  headers.set('content-length', String(end - start));
  if (range) headers.set('content-range', `bytes ${start}-${end - 1}/${file.sizeBytes}`);
  const body = request.method === 'HEAD' ? null : streamOf(file.read(start, end));
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** RFC 6266: a plain name for every client and the whole one in UTF-8. */
export function contentDisposition(disposition: 'inline' | 'attachment', fileName: string): string {
  const plain = fileName.normalize('NFKD').replace(/[^\w .-]/g, '').trim().replace(/^\.*(?=\w+$)/, 'file.');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** RFC 9110, 13.1.5: with If-Range the range counts only for the very same bytes; a date is never proof of that. */
function wantsRange(request: Request, etag: string): boolean {
  const condition = request.headers.get('if-range');
  return condition === null || (condition === etag && !etag.startsWith('W/'));
}

function matchesEtag(header: string | null, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return header !== null && (header.trim() === '*' || header.split(',').some((tag) => opaque(tag) === opaque(etag)));
}

/** Reads on only when the client has taken what came before. */
function streamOf(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}
