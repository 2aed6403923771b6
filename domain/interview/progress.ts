/** How far a conversation has come through the areas of its interview, for the screen. */
import { recollect } from './memory.ts';
import { areasLeft, currentArea } from './moment.ts';
import type { Conversation } from './ports.ts';
import { codeProgress } from './code-guide/code-progress.ts';
import { bankOf } from './question-bank/banks.ts';

export interface Progress {
  areas: { id: string; title: string; touched: boolean }[];
  /** The area being talked about, one of the touched ones; null before the first. */
  currentId: string | null;
  /** Turns in which the person said something that could be understood. */
  answers: number;
}

/** Whoever leads it: where the questions are not of the bank, every two answers count for an area. No areas without an interviewer. */
export function progressOf(conversation: Conversation): Progress {
  const answers = conversation.turns.filter(({ speaker, text }) => speaker === 'user' && text.trim() !== '').length;
  if (conversation.kind === 'code') return { ...codeProgress(conversation), answers };
  const bank = bankOf(conversation.kind);
  if (!bank) return { areas: [], currentId: null, answers };
  const memory = recollect(conversation.turns, bank);
  const left = new Set(areasLeft({ bank, memory }));
  const touched = bank.areas.filter((area) => !left.has(area));
  const current = currentArea({ bank, memory }) ?? touched.at(-1);
  return { areas: bank.areas.map((area) => ({ id: area.id, title: area.title, touched: !left.has(area) })), currentId: current?.id ?? null, answers: memory.answerCount };
}
