import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { download } from '../../../../_server/download.ts';
import { getNotesOperation } from '../../../meeting-notes-operations.ts';
import { notesBlocks, titleBlocks } from '#domain/meetings/exports/blocks.ts';
import { markdownOf } from '#domain/meetings/exports/markdown.ts';
import { plainTextOf } from '#domain/meetings/exports/plain-text.ts';
import { getNotes } from '#domain/meetings/notes/get-notes.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getNotesOperation, async ({ ctx, params, query, composition }) => {
    const { notes, document } = await getNotes({ ctx, input: { sessionId: params.id! } });
    if (query.format === 'json') return Response.json(notes);
    const { title } = document.session;
    const blocks = [...titleBlocks(document), ...notesBlocks(notes, document)];
    if (query.format === 'docx') return download(await composition.writeDocx(blocks, { title }), 'docx', title);
    return download(query.format === 'md' ? markdownOf(blocks) : plainTextOf(blocks), query.format, title);
  }),
);
