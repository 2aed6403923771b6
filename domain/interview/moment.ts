/** Everything one reply is decided from, and what can be read off it. */
import { SHORT_ANSWER_WORDS } from './listening.ts';
import { recollect } from './memory.ts';
import type { Exchange, Memory } from './memory.ts';
import type { Conversation } from './ports.ts';
import type { Area, Question, QuestionBank } from './question-bank/bank.ts';
import { understandingOf } from './understanding.ts';
import type { Understood } from './understanding.ts';
import { firstNameOf, pick } from './wording.ts';

export interface Moment {
  conversation: Conversation;
  bank: QuestionBank;
  memory: Memory;
  last: Exchange;
  name: string;
  understood: Understood[];
  /** A child, or somebody to whom English is new: short questions in everyday words. */
  plainly: boolean;
}

/** After so many short answers in a row the questions get easier and nothing is probed. */
const SHORT_ANSWERS_TO_EASE_OFF = 2;
/** What an interviewer of another kind is assumed to have spent on each area. */
const ANSWERS_PER_AREA = 2;
const CHILD =
  /\bi(?:'m| am) (?:only |just |nearly |almost )?(?:four|five|six|seven|eight|nine|ten|[4-9]|10)(?! (?:minutes?|o'clock|feet|foot|hours?|months|kilos?|miles|weeks|days|times|people|per ?cent|percent|out|of))\b|\b(?:mummy|daddy|mommy)\b/i;
const NEW_TO_ENGLISH = /\bmy english (?:is|was|be) (?:not|small|bad|poor|little|weak|very|so)|\bi (?:don't|do not|not) speak (?:so |very )?(?:good|well|much) english|\b(?:little|bad|poor|no good) english\b/i;

export function momentOf(conversation: Conversation, bank: QuestionBank): Moment {
  const memory = recollect(conversation.turns, bank);
  const answers = memory.exchanges.map(({ answer = '' }) => answer);
  return {
    conversation,
    bank,
    memory,
    name: firstNameOf(conversation.personName),
    last: memory.exchanges.at(-1) ?? { agentText: '', heardText: '', unheardText: '' },
    understood: understandingOf(memory.exchanges, conversation.interests),
    plainly: answers.some((answer) => CHILD.test(answer) || isNewToEnglish(answer)),
  };
}

export function isNewToEnglish(answer: string): boolean {
  return NEW_TO_ENGLISH.test(answer.replaceAll('’', "'"));
}

export function currentArea({ bank, memory }: Pick<Moment, 'bank' | 'memory'>): Area | undefined {
  const areaId = memory.exchanges.findLast(({ asked }) => asked?.areaId !== undefined)?.asked?.areaId;
  return bank.areas.find(({ id }) => id === areaId);
}

/** Areas that were not asked about. Another interviewer may have led until now: its answers count for the first areas. */
export function areasLeft({ bank, memory }: Pick<Moment, 'bank' | 'memory'>): Area[] {
  const asked = new Set(memory.exchanges.map((exchange) => exchange.asked?.areaId));
  const answeredElsewhere = memory.exchanges.filter((exchange) => !exchange.asked && exchange.agentText !== '' && exchange.heard?.intent === 'answer').length;
  return bank.areas.slice(Math.ceil(answeredElsewhere / ANSWERS_PER_AREA)).filter((area) => !asked.has(area.id) && !wasTold(memory, area));
}

/** The person said by themselves what the area wants to know, and was asked on about it. */
function wasTold({ exchanges }: Memory, { tells }: Area): boolean {
  if (tells === undefined) return false;
  return exchanges.some(({ asked }, index) => {
    const topic = asked?.role === 'probe' ? asked.topic : undefined;
    return topic !== undefined && exchanges[index - 1]?.heard?.mentions.some((mention) => mention.kind === tells && mention.topic === topic) === true;
  });
}

export function wasAsked({ memory }: Moment, question: Question): boolean {
  return memory.exchanges.some(({ asked }) => asked?.question.id === question.id);
}

export function easesOff({ memory }: Moment): boolean {
  const recent = memory.exchanges.filter(({ heard }) => heard?.intent === 'answer' || heard?.intent === 'unknown').slice(-SHORT_ANSWERS_TO_EASE_OFF);
  return recent.length === SHORT_ANSWERS_TO_EASE_OFF && recent.every(({ heard }) => heard!.intent === 'unknown' || heard!.wordCount <= SHORT_ANSWER_WORDS);
}

export function chooseMain(moment: Moment, area: Area): Question {
  const plain = moment.plainly ? area.questions.filter((question) => question.plain) : [];
  return plain.length > 0 ? { ...plain[0]!, text: plain[0]!.again } : chooseQuestion(moment, area.questions);
}

export function chooseQuestion<T extends Question>(moment: Moment, questions: readonly T[]): T {
  return choose(moment, questions, (question) => question.text);
}

/** The same conversation always gets the same; what was said before is passed over while there is something else. */
export function choose<T>(moment: Moment, choices: readonly T[], textOf?: (choice: T) => string): T {
  return pick(choices, keyOf(moment, String(textOf ? textOf(choices[0]!) : choices[0])), moment.memory.said, textOf);
}
export function keyOf({ conversation, memory }: Moment, slot: string): string {
  return `${conversation.sessionId}/${memory.exchanges.length}/${slot}`;
}
