/** What can be known from the turns alone: which questions were asked, which were heard, and what was answered. */
import { hear } from './listening.ts';
import type { Heard } from './listening.ts';
import type { ConversationTurn } from './ports.ts';
import type { Question, QuestionBank } from './question-bank/bank.ts';
import { fill, normalise } from './wording.ts';

/** A question counts as heard from this share of its words on: the rest can be guessed. */
const HEARD_SHARE = 0.6;
const MAX_SLOT_WORDS = 8;

export interface Asked {
  question: Question;
  /** Absent for questions that belong to no area. */
  areaId?: string;
  /** What a probe asked about by name. */
  topic?: string;
  role: 'main' | 'probe' | 'easier' | 'sum-up' | 'correction';
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
    ...of(bank.probesByName, 'probe'),
    ...of(bank.sumUp.questions, 'sum-up'),
    ...of(bank.sumUp.confirmations, 'sum-up'),
    ...of(bank.corrections.questions, 'correction'),
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
      // Who types has read on the page what the voice had yet to say.
      if (turn.typed && exchange.answer === undefined && exchange.asked) exchange.asked.heard = true;
      exchange.answer = [exchange.answer, turn.text.trim()].filter(Boolean).join(' ');
    }
  }
  let areaId: string | undefined;
  let subject: string | undefined;
  for (const { asked, ...exchange } of exchanges.map((each) => Object.assign(each, each.answer === undefined ? {} : { heard: hear(each.answer) }))) {
    if (asked?.role === 'probe') {
      asked.areaId ??= areaId;
      asked.topic ??= subject;
    } else if (asked) subject = undefined;
    areaId = asked?.areaId ?? areaId;
    subject = exchange.heard?.topic ?? asked?.topic ?? subject;
  }
  return {
    exchanges,
    said: normalise(exchanges.map(({ agentText }) => agentText).join(' ')),
    answerCount: exchanges.filter(({ heard }) => heard !== undefined && heard.intent !== 'nothing').length,
  };
}

/** The last of the bank's questions in an agent's turn. */
function findAsked(agentText: string, heardText: string, askables: Askable[]): Asked | undefined {
  const full = ` ${normalise(agentText)} `;
  const heardWords = countWords(normalise(heardText));
  let found: { at: number; asked: Asked } | undefined;
  for (const askable of askables) {
    for (const wording of [askable.question.text, askable.question.again]) {
      const place = placeOf(wording, full);
      if (!place || (found && found.at >= place.at)) continue;
      const share = (heardWords - countWords(full.slice(0, place.at))) / countWords(place.words);
      const topic = place.slot === undefined ? undefined : spelledAs(place.slot, agentText);
      found = { at: place.at, asked: { ...askable, topic, heard: share >= HEARD_SHARE } };
    }
  }
  return found?.asked;
}

/** Where a wording stands last in `full`; what fills its `{topic}`, if it has one, is at most `MAX_SLOT_WORDS` long. */
function placeOf(wording: string, full: string): { at: number; words: string; slot?: string } | undefined {
  const [before = '', after] = wording.split('{topic}').map(normalise);
  if (after === undefined) {
    const at = full.lastIndexOf(` ${before} `);
    return at < 0 ? undefined : { at, words: before };
  }
  const at = before === '' ? full.lastIndexOf(` ${after} `) : full.lastIndexOf(` ${before} `);
  if (at < 0) return undefined;
  const rest = full.slice(at + before.length + 2);
  const end = after === '' ? rest.length - 1 : rest.indexOf(` ${after} `);
  if (before === '' || end < 0 || countWords(rest.slice(0, end)) > MAX_SLOT_WORDS) return undefined;
  const slot = rest.slice(0, end).trim();
  return slot === '' ? undefined : { at, slot, words: normalise(fill(wording, { topic: slot })) };
}

/** The slot as it was said, with its capitals and marks. */
function spelledAs(slot: string, agentText: string): string {
  const words = slot.split(' ').map((word) => [...word].map((char) => (/[\p{L}\p{N}]/u.test(char) ? char : '.')).join("['’]?"));
  return new RegExp(words.join('[^\\p{L}\\p{N}]+'), 'iu').exec(agentText)?.[0] ?? slot;
}
function countWords(words: string): number {
  return words.split(' ').filter(Boolean).length;
}
