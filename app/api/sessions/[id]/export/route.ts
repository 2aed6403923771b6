import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { download } from '../../../../_server/download.ts';
import { exportMeetingOperation } from '../../../meeting-notes-operations.ts';
import { exportMeeting } from '#domain/meetings/exports/export-meeting.ts';
import { markdownOf } from '#domain/meetings/exports/markdown.ts';
import { plainTextOf } from '#domain/meetings/exports/plain-text.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(exportMeetingOperation, async ({ ctx, params, query, composition }) => {
    const { data, blocks } = await exportMeeting({ ctx, input: { sessionId: params.id! } });
    const { title } = data.session;
    switch (query.format) {
      case 'json':
        return download(`${JSON.stringify(data, null, 2)}\n`, 'json', title);
      case 'md':
        return download(markdownOf(blocks), 'md', title);
      case 'txt':
        return download(plainTextOf(blocks), 'txt', title);
      case 'docx':
        return download(await composition.writeDocx(blocks, { title }), 'docx', title);
    }
  }),
);
