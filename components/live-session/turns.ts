/** The conversation so far as turns, from the lines on screen. Pure. */
import type { ConversationTurn } from '#domain/interview/ports.ts';
import type { LiveSessionView } from './live-session-types.ts';

/** Finished lines, and what the interviewer is saying now: its question counts from the moment it can be read. */
export function turnsOf({ captions, agentText }: Pick<LiveSessionView, 'captions' | 'agentText'>): ConversationTurn[] {
  const turns = captions.flatMap(({ speaker, text, unheardText, final }): ConversationTurn[] => {
    if (!final || (speaker !== 'user' && speaker !== 'agent')) return [];
    return [{ speaker, text, ...(unheardText ? { unheardText } : {}) }];
  });
  const last = turns.at(-1);
  // The finished line can arrive a moment before the interviewer is told to be done.
  const alreadyThere = last?.speaker === 'agent' && last.text.trim() === agentText.trim();
  return agentText.trim() && !alreadyThere ? [...turns, { speaker: 'agent', text: agentText }] : turns;
}
