import type { SpeakerNames } from '../../session/speaker-names.ts';
import type { NotesItem } from './ports.ts';
import type { NotesContent } from './schema.ts';

export function extractNotes(_items: readonly NotesItem[], _names: SpeakerNames): NotesContent {
  return { summary: [], topics: [], decisions: [], actionItems: [], openQuestions: [] };
}
