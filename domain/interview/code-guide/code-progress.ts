/** How far a code interview has come, as far as the turns alone tell. */
import type { Conversation } from '../ports.ts';
import { type AskedId, codeMomentOf } from './code-moment.ts';

const AREAS: { id: string; title: string; asked: AskedId[] }[] = [
  { id: 'task', title: 'The task', asked: ['own-words', 'task', 'example'] },
  { id: 'approach', title: 'Your approach', asked: ['approach', 'approach.typing', 'approach.by-hand', 'approach.cost', 'approach.why'] },
  { id: 'code', title: 'The code', asked: ['failing', 'edges', 'walk'] },
  { id: 'cost', title: 'What it costs', asked: ['complexity', 'doubt', 'quality', 'own-test'] },
  { id: 'close', title: 'Looking back', asked: ['reflect', 'last-words'] },
];

/** An area counts as touched once something of it was asked, and all before it with it. */
export function codeProgress(conversation: Conversation): { areas: { id: string; title: string; touched: boolean }[]; currentId: string | null } {
  const { asked } = codeMomentOf(conversation);
  const last = AREAS.findLastIndex((area) => area.asked.some((id) => asked.has(id)));
  return { areas: AREAS.map(({ id, title }, index) => ({ id, title, touched: index <= last })), currentId: AREAS[last]?.id ?? null };
}
