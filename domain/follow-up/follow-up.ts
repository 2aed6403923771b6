/**
 * What a flow outside of Spool writes about a finished interview. Its words are somebody else's: shown as plain text, labelled,
 * never checked against what was said and never evidence for anything.
 */
import { z } from 'zod';

/** About four pages; the column holds as much. */
export const MAX_FOLLOW_UP_CHARACTERS = 20_000;
/** An hour and a half of talk. What is beyond is left out in the middle: both ends of an interview say most. */
export const MAX_MATERIAL_CHARACTERS = 80_000;

export const followUpSchema = z.strictObject({
  text: z.string().max(MAX_FOLLOW_UP_CHARACTERS).describe('Plain text. It was not checked against what was said.'),
  madeBy: z.literal('LangFlow'),
  flow: z.string().describe('The endpoint name or id of the flow.'),
  madeAt: z.iso.datetime(),
});
export type FollowUp = z.infer<typeof followUpSchema>;

/** Who is called what: no names leave Spool. */
const SPEAKERS: Record<string, string> = { agent: 'Interviewer', user: 'Person' };
const LEFT_OUT = '\n[…]\n';

/** The transcript as a flow gets it: one paragraph per item, `Interviewer: ` or `Person: ` before it. */
export function materialOf(items: readonly { speaker: string; text: string }[]): string {
  const whole = items
    .map(({ speaker, text }) => ({ speaker: SPEAKERS[speaker] ?? speaker, text: text.replaceAll(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text !== '')
    .map(({ speaker, text }) => `${speaker}: ${text}`)
    .join('\n\n');
  if (whole.length <= MAX_MATERIAL_CHARACTERS) return whole;
  const half = (MAX_MATERIAL_CHARACTERS - LEFT_OUT.length) / 2;
  return `${whole.slice(0, half).toWellFormed()}${LEFT_OUT}${whole.slice(-half).toWellFormed()}`;
}

/** Controls, and marks that turn the direction of text around, so that what is read is what is there. */
// oxlint-disable-next-line no-control-regex
const UNREADABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** As it is kept; null when nothing is left. */
export function tidyFollowUp(text: string): string | null {
  const tidy = text.toWellFormed().replaceAll('\r\n', '\n').replaceAll(UNREADABLE, '').replaceAll(/\n{3,}/g, '\n\n').trim();
  if (tidy === '') return null;
  return tidy.length <= MAX_FOLLOW_UP_CHARACTERS ? tidy : `${tidy.slice(0, MAX_FOLLOW_UP_CHARACTERS - 1).toWellFormed()}…`;
}
