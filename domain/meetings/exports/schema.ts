/** A whole meeting as data. */
import { z } from 'zod';
import { sessionSchema, transcriptItemSchema } from '../../session/session.ts';
import { notesSchema } from '../notes/schema.ts';
import { meetingSchema } from '../schema.ts';
import { speakerListSchema } from '../speakers/list-speakers.ts';
import { transcriptGapSchema } from '../transcript-gaps.ts';

/** As in SegLST, the format of meeteval: times in seconds, one object per utterance. */
const segmentSchema = z.object({ session_id: z.string(), speaker: z.string(), start_time: z.number().min(0), end_time: z.number().min(0), words: z.string() });

export const meetingExportSchema = z.object({
  session: sessionSchema,
  /** Coverage, chunks and gaps. */
  meeting: meetingSchema,
  speakers: speakerListSchema,
  /** Null: not written yet. */
  notes: notesSchema.nullable(),
  items: z.array(transcriptItemSchema),
  /**
   * Where the items do not go on as if nothing were missing. `beforeItemId`: the item that follows, null at the end;
   * `stoodIn`: items written while the meeting went on stand there in place of better ones.
   */
  gaps: z.array(transcriptGapSchema.extend({ stoodIn: z.boolean(), beforeItemId: z.string().nullable() })),
  segments: z.array(segmentSchema),
});
export type MeetingExport = z.infer<typeof meetingExportSchema>;

export const NOTES_FORMATS = ['json', 'md', 'docx', 'txt'] as const;
export const EXPORT_FORMATS = ['md', 'docx', 'txt', 'json'] as const;
export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
