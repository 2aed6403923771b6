import { DOCX_TYPE } from '#domain/meetings/exports/schema.ts';
import { fileName } from '#domain/session/transcript-formats.ts';
import { contentDisposition } from './file-response.ts';

const TYPES = { md: 'text/markdown; charset=utf-8', txt: 'text/plain; charset=utf-8', docx: DOCX_TYPE, json: 'application/json' } as const;

/** A file that is kept, named after the session. */
export function download(content: BodyInit, format: keyof typeof TYPES, title: string): Response {
  return new Response(content, { headers: { 'content-type': TYPES[format], 'content-disposition': contentDisposition('attachment', fileName(title, format)) } });
}
