/** What voices are called. */

/** The voice of an item nobody could be told to be: transcripts without diarization have only this one. */
export const UNKNOWN_SPEAKER = 'S0';

/** Names by voice (`S1`…), as people gave them; a voice that was joined to another has that one's name. */
export type SpeakerNames = Readonly<Record<string, string>>;

/** `user` is the person, `agent` the interviewer, `S1` a voice of a meeting nobody has named. Null: nobody could tell whose voice it is. */
export function speakerName(speaker: string, names: SpeakerNames, personName: string | null): string | null {
  const named = Object.hasOwn(names, speaker) ? names[speaker] : undefined;
  if (named !== undefined) return named;
  if (speaker === 'user') return personName;
  if (speaker === 'agent') return 'Interviewer';
  if (speaker === UNKNOWN_SPEAKER) return null;
  return speaker.replace(/^S(\d+)$/, 'Speaker $1');
}
