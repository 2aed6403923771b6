/** What one reply of a code interview is decided from: the turns, read anew each time, and the view of the code. */
import type { CodeView, InterviewProblem } from '../../code/code-view.ts';
import { type Approach, approachesLike } from '../../code/measures.ts';
import type { RunGlance } from '../../code/run-glance.ts';
import type { Conversation, ConversationTurn } from '../ports.ts';
import { codeBank } from '../question-bank/code.ts';
import type { CodeQuestionId } from '../question-bank/code.ts';
import { firstNameOf, normalise, pick } from '../wording.ts';
import { hearCode } from './code-listening.ts';
import type { CodeHeard } from './code-listening.ts';
import { hintHeardIn } from './hints.ts';

/** A question counts as heard from this share of its words on. */
const HEARD_SHARE = 0.6;

/** `approach:<name>` and `follow:<number>` are the problem's own questions. */
export type AskedId = CodeQuestionId | `approach:${string}` | `follow:${number}`;
export interface CodeExchange {
  agentText: string;
  heardText: string;
  unheardText: string;
  /** The last question of the turn, as it was put. */
  asked: { id: AskedId; text: string; heard: boolean } | null;
  /** All questions of the turn. */
  ids: AskedId[];
  /** It gave a hint; which, from 0. */
  hint: number | null;
  answer?: string;
  heard?: CodeHeard;
}

export interface CodeMoment {
  conversation: Conversation;
  view: CodeView;
  problem: InterviewProblem | null;
  exchanges: CodeExchange[];
  last: CodeExchange;
  /** Everything the interviewer said, normalised. */
  said: string;
  name: string;
  asked: ReadonlySet<AskedId>;
  hintsGiven: number;
  lastRun: RunGlance | null;
  /** The newest run of tests. */
  lastTests: RunGlance | null;
  /** All tests that were run last pass; `all`: hidden ones among them. */
  passing: 'no' | 'visible' | 'all';
  /** What the code looks like, the weaker first; none while there is nothing to go by. */
  looksLike: Approach[];
  minutes: { used: number; planned: number };
}

const NOTHING_SEEN: CodeView = { problem: null, file: null, code: '', untouched: true, diff: '', measures: null, runs: [], silenceMs: 0, sinceTypingMs: null, hintsGiven: 0, largestPasteChars: 0 };
const EMPTY: CodeExchange = { agentText: '', heardText: '', unheardText: '', asked: null, ids: [], hint: null };

export function codeMomentOf(conversation: Conversation): CodeMoment {
  const view = conversation.code ?? NOTHING_SEEN;
  const { problem } = view;
  const exchanges = exchangesOf(conversation.turns, problem);
  const tests = view.runs.filter(({ total }) => total > 0);
  const lastTests = tests.at(-1) ?? null;
  const passing = lastTests?.status !== 'passed' ? 'no' : lastTests.hidden.total > 0 || lastTests.tests === 'all' ? 'all' : 'visible';
  return {
    conversation,
    view,
    problem,
    exchanges,
    last: exchanges.at(-1) ?? EMPTY,
    said: normalise(exchanges.map(({ agentText }) => agentText).join(' ')),
    name: firstNameOf(conversation.personName),
    asked: new Set(exchanges.flatMap(({ ids }) => ids)),
    hintsGiven: Math.max(view.hintsGiven, Math.max(-1, ...exchanges.map(({ hint }) => hint ?? -1)) + 1),
    lastRun: view.runs.at(-1) ?? null,
    lastTests,
    passing,
    looksLike: view.untouched || !view.measures || !problem ? [] : approachesLike(view.measures, problem.approaches),
    minutes: { used: conversation.elapsedMs / 60_000, planned: problem?.minutes ?? codeBank.limits.plannedMinutes },
  };
}

function exchangesOf(turns: readonly ConversationTurn[], problem: InterviewProblem | null): CodeExchange[] {
  const exchanges: CodeExchange[] = [];
  for (const turn of turns) {
    if (turn.speaker === 'agent') {
      const unheardText = turn.unheardText?.trim() ?? '';
      const heardText = turn.text.trim();
      const agentText = [heardText, unheardText].filter(Boolean).join(' ');
      const hint = problem ? problem.hints.findLastIndex((each) => hintHeardIn(heardText, each)) : -1;
      exchanges.push({ agentText, heardText, unheardText, ...askedIn(agentText, heardText, problem), hint: hint < 0 ? null : hint });
    } else {
      if (exchanges.length === 0) exchanges.push({ ...EMPTY });
      const exchange = exchanges.at(-1)!;
      // Who types has read on the page what the voice had yet to say.
      if (turn.typed && exchange.answer === undefined && exchange.asked) exchange.asked.heard = true;
      exchange.answer = [exchange.answer, turn.text.trim()].filter(Boolean).join(' ');
    }
  }
  for (const exchange of exchanges) if (exchange.answer !== undefined) exchange.heard = hearCode(exchange.answer);
  return exchanges;
}

/** The questions in a turn of the interviewer's, and the last of them. */
function askedIn(agentText: string, heardText: string, problem: InterviewProblem | null): Pick<CodeExchange, 'asked' | 'ids'> {
  const ids = new Set<AskedId>();
  const full = ` ${normalise(agentText)} `;
  const heardWords = countWords(normalise(heardText));
  let found: { at: number; words: number; id: AskedId; text: string } | null = null;
  const consider = (id: AskedId, text: string) => {
    const place = placeOf(text, full);
    if (place) ids.add(id);
    if (place && (!found || place.at > found.at || (place.at === found.at && place.words > found.words))) found = { ...place, id, text };
  };
  for (const [id, { texts, again }] of Object.entries(codeBank.questions)) for (const text of [...texts, again]) consider(id as CodeQuestionId, text);
  problem?.approaches.forEach(({ name, ask }) => consider(`approach:${name}`, ask));
  problem?.followUps.forEach((text, index) => consider(`follow:${index}`, text));
  const last = found as { at: number; words: number; id: AskedId; text: string } | null;
  if (!last) return { asked: null, ids: [] };
  const asked = { id: last.id, text: asPut(last.text, agentText), heard: (heardWords - countWords(full.slice(0, last.at))) / last.words >= HEARD_SHARE };
  return { asked, ids: [...ids] };
}

/** Where the fixed parts of a wording stand, in their order. */
function placeOf(text: string, full: string): { at: number; words: number } | null {
  const parts = text.split(/\{\w+\}/).map(normalise).filter(Boolean);
  let at = -1;
  let from = 0;
  for (const part of parts) {
    const place = full.indexOf(` ${part} `, from);
    if (place < 0) return null;
    if (at < 0) at = place;
    from = place + part.length;
  }
  return at < 0 ? null : { at, words: countWords(full.slice(at, from)) };
}

/** The sentence of the turn that holds the question's end, for saying it again with what filled its places. */
function asPut(text: string, agentText: string): string {
  if (!text.includes('{')) return text;
  const questions = agentText.match(/[^.!?]*(?:\.(?=\d)[^.!?]*)*\?/g);
  return questions?.at(-1)?.trim() ?? text;
}
function countWords(words: string): number {
  return words.split(' ').filter(Boolean).length;
}

/** The same conversation always gets the same; what was said before is passed over while there is something else. */
export function choose(moment: CodeMoment, choices: readonly string[]): string {
  return pick(choices, `${moment.conversation.sessionId}/${moment.exchanges.length}/${choices[0]}`, moment.said);
}
export function wasSaid({ said }: CodeMoment, choices: readonly string[]): boolean {
  return choices.some((text) => {
    const parts = text.split(/\{\w+\}/).map(normalise).filter(Boolean);
    return parts.length > 0 && parts.every((part) => ` ${said} `.includes(` ${part} `));
  });
}
