import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { listPrivateNotesOperation, savePrivateNoteOperation } from '../../../code-operations.ts';
import { listPrivateNotes, savePrivateNote } from '#domain/code/private-notes.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listPrivateNotesOperation, async ({ ctx, params }) => Response.json(await listPrivateNotes({ ctx, input: { sessionId: params.id! } }))),
  implement(savePrivateNoteOperation, async ({ ctx, params, body }) => Response.json(await savePrivateNote({ ctx, input: { sessionId: params.id!, text: body.text } }))),
);
