import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { fileResponse } from '../../../../_server/file-response.ts';
import { getAudioOperation } from '../../../operations.ts';
import { getAudio } from '#domain/session/get-audio.ts';
import { fileName } from '#domain/session/transcript-formats.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getAudioOperation, async ({ ctx, params, query, request }) => {
    const recording = await getAudio({ ctx, input: { sessionId: params.id!, track: query.track } });
    const { sizeBytes, etag, read } = recording;
    // An address is good for reading only, so HEAD is answered here.
    const address = request.method === 'HEAD' ? null : await recording.address();
    if (address) return new Response(null, { status: 307, headers: { location: address } });
    return fileResponse(request, {
      contentType: 'audio/wav',
      disposition: 'inline',
      fileName: fileName(`${recording.session.title} (${query.track})`, 'wav'),
      sizeBytes,
      etag,
      read,
    });
  }),
);
