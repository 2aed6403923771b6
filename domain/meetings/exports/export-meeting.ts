import { z } from 'zod';
import { found } from '../../session/context.ts';
import { speakerName } from '../../session/speaker-names.ts';
import type { TranscriptItem } from '../../session/session.ts';
import { findMeeting } from '../context.ts';
import { viewOf } from '../get-meeting.ts';
import { missingOf } from '../notes/missing.ts';
import type { NotesContext } from '../notes/get-notes.ts';
import { shownSpeakers } from '../speakers/list-speakers.ts';
import { shownNames } from '../speakers/shown-names.ts';
import { type TranscriptGap, transcriptGapsOf, withGaps } from '../transcript-gaps.ts';
import { type Block, type MeetingDocument, notesBlocks, titleBlocks, transcriptBlocks } from './blocks.ts';
import { EXPORT_FORMATS, type MeetingExport } from './schema.ts';

export const exportMeetingInput = z.strictObject({ format: z.enum(EXPORT_FORMATS).default('md') });

/** All there is of a meeting, as data and as blocks of a document: title and date, notes, transcript with times. @throws SpoolError `session.not_found` */
export async function exportMeeting({ ctx, input }: { ctx: NotesContext; input: { sessionId: string } }): Promise<{ data: MeetingExport; blocks: Block[] }> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  const { session } = meeting;
  const items = found(await ctx.sessions.transcript(person, session.id));
  const [notes, listed, view] = await Promise.all([ctx.notes.newest(person, session.id), ctx.speakers.list(person, session.id), viewOf(ctx, meeting)]);
  const document: MeetingDocument = { session, names: shownNames(listed), personName: person.name };
  const gaps = transcriptGapsOf(view);
  const data = { session, meeting: view, speakers: shownSpeakers(listed), notes, items, gaps: placesOf(items, gaps), segments: segmentsOf(session.id, items, document) };
  return { data, blocks: [...titleBlocks(document), ...introduction(data, document), ...transcriptBlocks(items, gaps, document)] };
}

function introduction({ notes, meeting }: MeetingExport, document: MeetingDocument): Block[] {
  const { words } = missingOf({ coverage: meeting.coverage, gaps: meeting.gaps });
  if (notes) return notesBlocks(notes, document, words);
  return words === null ? [] : [{ kind: 'notice', text: words }];
}

/** Each with the item before which it stands. */
function placesOf(items: readonly TranscriptItem[], gaps: readonly TranscriptGap[]): MeetingExport['gaps'] {
  const rows = withGaps(items, gaps);
  return rows.flatMap((row, index) => {
    if (row.kind !== 'gap') return [];
    const next = rows.slice(index).find((each) => each.kind === 'item');
    const { startMs, endMs, missingMs, reason, stoodIn } = row.gap;
    return [{ startMs, endMs, missingMs, reason, stoodIn, beforeItemId: next?.item.itemId ?? null }];
  });
}

function segmentsOf(sessionId: string, items: readonly TranscriptItem[], { names, personName }: MeetingDocument): MeetingExport['segments'] {
  return items
    .filter(({ text }) => text.trim() !== '')
    .map(({ speaker, text, startMs, endMs }) => ({ session_id: sessionId, speaker: speakerName(speaker, names, personName) ?? speaker, start_time: startMs / 1000, end_time: endMs / 1000, words: text }));
}
