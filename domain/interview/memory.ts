/** What can be known from the turns alone: which questions were asked, which were heard, and what was answered. */
import { hear } from './listening.ts';
import type { Heard } from './listening.ts';
import type { ConversationTurn } from './ports.ts';
import type { Question, QuestionBank } from './question-bank/bank.ts';
import { normalise } from './wording.ts';

/** A question counts as heard from this share of its words on: the rest can be guessed. */
const HEARD_SHARE = 0.6;

export interface Asked {
  question: Question;
  /** Absent for the closing question. */
  areaId?: string;
  role: 'main' | 'probe' | 'easier' | 'sum-up';
  heard: boolean;
}
/** One turn of the interviewer and what the person said to it. */
export interface Exchange {
  /** Heard and unheard together; empty when the person spoke first. */
  agentText: string;
  heardText: string;
  unheardText: string;
  asked?: Asked;
  /** Undefined until the person said something. */
  answer?: string;
  heard?: Heard;
}
export interface Memory {
  exchanges: Exchange[];
  /** Everything the interviewer said, normalised. */
  said: string;
  answerCount: number;
}

type Askable = Omit<Asked, 'heard'>;

export function askablesOf(bank: QuestionBank): Askable[] {
  const of = (questions: Question[], role: Asked['role'], areaId?: string) => questions.map((question) => ({ question, role, areaId }));
  return [
    ...bank.areas.flatMap((area) => [...of(area.questions, 'main', area.id), ...of(area.probes, 'probe', area.id), ...of(area.easier, 'easier', area.id)]),
    ...of(bank.sumUp.questions, 'sum-up'),
  ];
}

export function recollect(turns: readonly ConversationTurn[], bank: QuestionBank): Memory {
  const askables = askablesOf(bank);
  const exchanges: Exchange[] = [];
  for (const turn of turns) {
    if (turn.speaker === 'agent') {
      const unheardText = turn.unheardText?.trim() ?? '';
      const heardText = turn.text.trim();
      const agentText = [heardText, unheardText].filter(Boolean).join(' ');
      exchanges.push({ agentText, heardText, unheardText, asked: findAsked(agentText, heardText, askables) });
    } else {
      if (exchanges.length === 0) exchanges.push({ agentText: '', heardText: '', unheardText: '' });
      const exchange = exchanges.at(-1)!;
      exchange.answer = [exchange.answer, turn.text.trim()].filter(Boolean).join(' ');
    }
  }
  for (const exchange of exchanges) if (exchange.answer !== undefined) exchange.heard = hear(exchange.answer);
  return {
    exchanges,
    said: normalise(exchanges.map(({ agentText }) => agentText).join(' ')),
    answerCount: exchanges.filter(({ heard }) => heard !== undefined && heard.intent !== 'nothing').length,
  };
}

/** The last of the bank's questions in an agent's turn. */
function findAsked(agentText: string, heardText: string, askables: Askable[]): Asked | undefined {
  const full = ` ${normalise(agentText)} `;
  const heardWords = normalise(heardText).split(' ').filter(Boolean).length;
  let found: { at: number; asked: Asked } | undefined;
  for (const askable of askables) {
    for (const wording of [askable.question.text, askable.question.again]) {
      const words = normalise(wording);
      const at = full.lastIndexOf(` ${words} `);
      if (at < 0 || (found && found.at >= at)) continue;
      const startWord = full.slice(0, at).split(' ').filter(Boolean).length;
      const share = (heardWords - startWord) / words.split(' ').length;
      found = { at, asked: { ...askable, heard: share >= HEARD_SHARE } };
    }
  }
  return found?.asked;
}
