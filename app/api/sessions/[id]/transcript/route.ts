import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { contentDisposition } from '../../../../_server/file-response.ts';
import { getTranscriptOperation } from '../../../operations.ts';
import { getTranscript } from '#domain/session/get-transcript.ts';
import { TRANSCRIPT_CONTENT_TYPES, fileName, formatTranscript } from '#domain/session/transcript-formats.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getTranscriptOperation, async ({ ctx, params, query }) => {
    const transcript = await getTranscript({ ctx, input: { sessionId: params.id!, format: query.format } });
    if (query.format === 'json') return Response.json({ items: transcript.items });
    return new Response(formatTranscript(transcript, query.format), {
      headers: {
        'content-type': TRANSCRIPT_CONTENT_TYPES[query.format],
        'content-disposition': contentDisposition('attachment', fileName(transcript.session.title, query.format)),
      },
    });
  }),
);
