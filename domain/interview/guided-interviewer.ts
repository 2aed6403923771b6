/**
 * The first interviewer: offline, deterministic, without memory of its own. Everything it knows it reads from the turns, so
 * it goes on after a restart as if nothing had happened. What it can say is data in question-bank/.
 */
import { SpoolError } from '../errors.ts';
import { SHORT_ANSWER_WORDS } from './listening.ts';
import type { Heard } from './listening.ts';
import { recollect } from './memory.ts';
import type { Exchange, Memory } from './memory.ts';
import type { Conversation, Interviewer, InterviewerReply } from './ports.ts';
import type { Area, Question, QuestionBank } from './question-bank/bank.ts';
import { codeBank } from './question-bank/code.ts';
import { onboardingBank } from './question-bank/onboarding.ts';
import * as reactions from './question-bank/reactions.ts';
import { fill, firstNameOf, hashOf, listOf, normalise, pick } from './wording.ts';

interface Saying {
  sentences: string[];
  closes?: boolean;
}
/** Everything one reply is decided from. */
interface Moment {
  conversation: Conversation;
  bank: QuestionBank;
  memory: Memory;
  last: Exchange;
  name: string;
}

/** Topics named when summing up. */
const MAX_TOPICS_SUMMED_UP = 3;
/** After so many short answers in a row the questions get easier and nothing is probed. */
const SHORT_ANSWERS_TO_EASE_OFF = 2;
/** What an interviewer of another kind is assumed to have spent on each area. */
const ANSWERS_PER_AREA = 2;
/** One warning, one offer to stop, then goodbye. */
const HOSTILE_ANSWERS_TO_CLOSE = 3;

export function createGuidedInterviewer(): Interviewer {
  return {
    name: 'guided',
    reply(conversation, signal) {
      const saying = compose(conversation);
      return speak(saying, signal);
    },
  };
}

function speak(saying: Saying, signal: AbortSignal | undefined): InterviewerReply {
  let finished = false;
  async function* text() {
    for (const [index, sentence] of saying.sentences.entries()) {
      if (signal?.aborted) return;
      yield index === 0 ? sentence : ` ${sentence}`;
    }
    finished = !signal?.aborted;
  }
  return { text: text(), closes: () => finished && saying.closes === true };
}

function bankOf(conversation: Conversation): QuestionBank {
  if (conversation.kind === 'onboarding') return onboardingBank;
  if (conversation.kind === 'code') return codeBank;
  throw new SpoolError('internal', 'This kind of session has no interviewer.');
}

function compose(conversation: Conversation): Saying {
  const bank = bankOf(conversation);
  const memory = recollect(conversation.turns, bank);
  const name = firstNameOf(conversation.personName);
  const last = memory.exchanges.at(-1);
  if (!last) return open({ conversation, bank, memory, name, last: { agentText: '', heardText: '', unheardText: '' } });
  const moment: Moment = { conversation, bank, memory, last, name };
  if (/\bgoodbye\b/.test(normalise(last.agentText))) return { sentences: [name ? `Goodbye, ${name}.` : 'Goodbye.'], closes: true };
  if (conversation.request === 'repeat') return repeat(moment);
  if (conversation.request === 'skip') return afterSkip(moment);
  if (last.agentText === '') return { sentences: [choose(moment, bank.introductions), askMain(moment, bank.areas[0]!).text] };
  return last.heard ? answerTo(moment, last.heard) : goOn(moment);
}

// Openings and continuations

function open(moment: Moment): Saying {
  const { bank, name } = moment;
  const greeting = name ? fill(choose(moment, bank.greetings), { name }) : choose(moment, bank.greetingsWithoutName);
  return { sentences: [greeting, choose(moment, bank.introductions), askMain(moment, bank.areas[0]!).text] };
}

/** Nobody answered: what was not heard is said; when all was heard, the question is put once more, gently. */
function goOn(moment: Moment): Saying {
  const { last } = moment;
  if (last.unheardText !== '') return { sentences: [unheardSentences(last)] };
  return { sentences: [choose(moment, reactions.WAITING), ...questionAgain(moment)] };
}

function repeat(moment: Moment): Saying {
  const { last } = moment;
  const lead = choose(moment, reactions.REPEATED);
  const question = questionAgain(moment);
  if (last.unheardText !== '' && (last.asked === undefined || !last.asked.heard)) return { sentences: [lead, unheardSentences(last)] };
  return { sentences: [lead, ...(question.length > 0 ? question : [last.heardText || openingQuestion(moment).text])] };
}

function afterSkip(moment: Moment): Saying {
  if (moment.last.asked?.role === 'sum-up') return goodbye(moment, []);
  return moveOn(moment, [choose(moment, reactions.SKIPPED)]);
}

// What was said decides what comes next

function answerTo(moment: Moment, heard: Heard): Saying {
  const { bank, conversation, last, memory } = moment;
  const { limits } = bank;
  if (heard.intent === 'danger') return { sentences: [reactions.IN_DANGER] };
  if (heard.intent === 'hostile') return calm(moment);
  if (heard.intent === 'end') return goodbye(moment, [choose(moment, reactions.STOPPED)]);
  if (conversation.elapsedMs >= limits.closeAfterMs || memory.answerCount >= limits.closeAfterAnswers) return goodbye(moment, react(moment, heard));
  if (last.asked?.role === 'sum-up' && last.asked.heard && ['answer', 'unknown', 'done', 'skip'].includes(heard.intent)) return goodbye(moment, react(moment, heard));
  if (heard.intent === 'repeat') return repeat(moment);
  if (heard.intent === 'nothing') return { sentences: [choose(moment, reactions.NOT_UNDERSTOOD), ...questionAgain(moment)] };
  if (heard.intent === 'question') return { sentences: [answerBack(moment), ...questionAgain(moment)] };
  if (heard.intent === 'skip') return afterSkip(moment);
  if (heard.intent === 'done' && bank.companion) return sumUp(moment, []);
  if (conversation.elapsedMs >= limits.sumUpAfterMs || memory.answerCount >= limits.sumUpAfterAnswers) return sumUp(moment, react(moment, heard));
  if (last.asked && !last.asked.heard) return { sentences: [...react(moment, heard), choose(moment, reactions.RESUMING), last.asked.question.text] };
  if (heard.intent === 'unknown') return ease(moment);
  if (heard.topic === undefined && heard.wordCount <= SHORT_ANSWER_WORDS && !easesOff(moment)) return draw(moment, choose(moment, reactions.ACKNOWLEDGEMENTS));
  if (heard.mood === 'sad') return moveOn(moment, react(moment, heard));
  return probe(moment, heard) ?? moveOn(moment, react(moment, heard));
}

function calm(moment: Moment): Saying {
  const hostile = moment.memory.exchanges.filter(({ heard }) => heard?.intent === 'hostile').length;
  if (hostile >= HOSTILE_ANSWERS_TO_CLOSE) return { sentences: reactions.HOSTILE_GOODBYE, closes: true };
  if (hostile > 1) return { sentences: reactions.HOSTILE_AGAIN };
  return moveOn(moment, reactions.HOSTILE_FIRST);
}

/** "I don't know": an easier question of the same area, and the next area when that did not help either. */
function ease(moment: Moment): Saying {
  return draw(moment, choose(moment, reactions.DOES_NOT_KNOW));
}

/** One easier question in each area for who does not know or says no more than yes. */
function draw(moment: Moment, lead: string): Saying {
  const area = currentArea(moment);
  const easedBefore = moment.memory.exchanges.some(({ asked }) => asked?.areaId === area?.id && asked?.role === 'easier');
  const easier = area?.easier ?? [];
  if (easedBefore || easier.length === 0) return moveOn(moment, [lead]);
  return { sentences: [lead, choose(moment, easier, (question) => question.text).text] };
}

function probe(moment: Moment, heard: Heard): Saying | undefined {
  const { bank, conversation, memory } = moment;
  const area = currentArea(moment);
  if (!area || easesOff(moment) || conversation.elapsedMs >= bank.limits.easeOffAfterMs) return undefined;
  const probesUsed = memory.exchanges.filter(({ asked }) => asked?.areaId === area.id && asked.role === 'probe').length;
  const answersLeft = bank.limits.sumUpAfterAnswers - memory.answerCount;
  if (probesUsed >= area.maxProbes || answersLeft <= areasLeft(moment).length) return undefined;
  // A second probe only where there is much to tell.
  if (probesUsed > 0 && heard.wordCount < 8) return undefined;
  const open = area.probes.filter((question) => !wasAsked(moment, question));
  if (open.length === 0) return undefined;
  return { sentences: [...react(moment, heard), choose(moment, open, (question) => question.text).text] };
}

function moveOn(moment: Moment, lead: string[]): Saying {
  const area = areasLeft(moment)[0];
  if (!area) {
    if (!moment.bank.companion) return sumUp(moment, lead);
    return { sentences: [choose(moment, moment.bank.companion)] };
  }
  if (easesOff(moment)) {
    const easier = area.easier.filter((question) => !wasAsked(moment, question));
    const question = easier.length > 0 ? choose(moment, easier, (candidate) => candidate.text) : askMain(moment, area);
    const toldAlready = reactions.EASING_OFF.some((words) => moment.last.agentText.includes(words));
    return { sentences: [...lead.slice(0, 1), ...(toldAlready ? [] : [choose(moment, reactions.EASING_OFF)]), question.text] };
  }
  const bridge = hashOf(key(moment, 'bridge')) % 2 === 0 && lead.length < 2 ? [choose(moment, reactions.BRIDGES)] : [];
  return { sentences: [...lead, ...bridge, askMain(moment, area).text] };
}

function sumUp(moment: Moment, lead: string[]): Saying {
  const open = moment.bank.sumUp.questions.filter((question) => !wasAsked(moment, question));
  if (open.length < moment.bank.sumUp.questions.length) return goodbye(moment, lead);
  return { sentences: [...lead.slice(0, 1), summary(moment), choose(moment, open, (question) => question.text).text] };
}

function goodbye(moment: Moment, lead: string[]): Saying {
  const summedUp = moment.memory.exchanges.some(({ asked }) => asked?.role === 'sum-up');
  const words = fill(choose(moment, moment.bank.goodbyes), { name: moment.name }).replaceAll(/,? +\./g, '.').replaceAll(/, *([.!])/g, '$1');
  const topics = topicsOf(moment);
  return { sentences: [...lead.slice(0, 1), ...(summedUp || topics.length === 0 ? [] : [summary(moment)]), words], closes: true };
}

// Parts of a reply

/** One or two short sentences that show that the answer was heard. */
function react(moment: Moment, heard: Heard): string[] {
  if (heard.mood === 'sad') return [choose(moment, reactions.SORRY)];
  const acknowledgement = choose(moment, heard.mood === 'glad' ? reactions.GLAD : reactions.ACKNOWLEDGEMENTS);
  const topic = heard.topic;
  if (topic === undefined || topicsOf(moment).slice(0, -1).includes(topic)) return [acknowledgement];
  return [acknowledgement, fill(choose(moment, reactions.TAKE_UPS), { topic })];
}

function answerBack(moment: Moment): string {
  const asked = reactions.ASKED_BACK.find(({ asks }) => asks.test(moment.last.answer ?? ''));
  if (!asked) return choose(moment, moment.bank.cannotAnswer);
  return fill(asked.answer, { duration: moment.bank.duration, purpose: moment.bank.purpose });
}

/** The newest question, lightly reworded; nothing when none is open. */
function questionAgain({ memory }: Moment): string[] {
  const asked = memory.exchanges.findLast((exchange) => exchange.asked)?.asked;
  if (!asked) return [];
  const { question } = asked;
  // What was just put in other words is put in the first words again, and so on.
  const lastPut = normalise(memory.exchanges.at(-1)!.agentText);
  return [lastPut.includes(normalise(question.again)) || !asked.heard ? question.text : question.again];
}

function openingQuestion(moment: Moment): Question {
  return moment.memory.exchanges.findLast(({ asked }) => asked)?.asked?.question ?? askMain(moment, moment.bank.areas[0]!);
}

/** The sentences from the one that was cut on: half a sentence alone would not be understood. */
function unheardSentences(exchange: Exchange): string {
  const sentences = exchange.agentText.match(/[^.!?…]+[.!?…]+["'”’)]*\s*|[^.!?…]+$/gu) ?? [exchange.agentText];
  const heardChars = exchange.heardText.length;
  let passed = 0;
  const rest = sentences.filter((sentence) => {
    passed += sentence.length;
    return passed > heardChars + 1;
  });
  return (rest.length > 0 ? rest.join('') : exchange.unheardText).trim();
}

function summary(moment: Moment): string {
  const topics = topicsOf(moment).slice(0, MAX_TOPICS_SUMMED_UP);
  if (topics.length === 0) return choose(moment, moment.bank.sumUp.withoutTopics);
  return fill(choose(moment, moment.bank.sumUp.withTopics), { topics: listOf(topics) });
}

function topicsOf({ memory }: Moment): string[] {
  const topics = memory.exchanges.flatMap(({ heard }) => (heard?.topic && heard.mood !== 'sad' ? [heard.topic] : []));
  return [...new Set(topics)];
}

function currentArea({ bank, memory }: Moment): Area | undefined {
  const areaId = memory.exchanges.findLast(({ asked }) => asked?.areaId !== undefined)?.asked?.areaId;
  return bank.areas.find(({ id }) => id === areaId);
}

function areasLeft({ bank, memory }: Moment): Area[] {
  const asked = new Set(memory.exchanges.map((exchange) => exchange.asked?.areaId));
  // Another interviewer may have led until now, in its own words: its answers count for the first areas.
  const answeredElsewhere = memory.exchanges.filter((exchange) => !exchange.asked && exchange.agentText !== '' && exchange.heard?.intent === 'answer').length;
  return bank.areas.slice(Math.ceil(answeredElsewhere / ANSWERS_PER_AREA)).filter(({ id }) => !asked.has(id));
}

function wasAsked({ memory }: Moment, question: Question): boolean {
  return memory.exchanges.some(({ asked }) => asked?.question.id === question.id);
}

function easesOff({ memory }: Moment): boolean {
  const recent = memory.exchanges.filter(({ heard }) => heard?.intent === 'answer').slice(-SHORT_ANSWERS_TO_EASE_OFF);
  return recent.length === SHORT_ANSWERS_TO_EASE_OFF && recent.every(({ heard }) => heard!.wordCount <= SHORT_ANSWER_WORDS);
}

function askMain(moment: Moment, area: Area): Question {
  return choose(moment, area.questions, (question) => question.text);
}

function choose<T>(moment: Moment, choices: readonly T[], textOf?: (choice: T) => string): T {
  return pick(choices, key(moment, String(textOf ? textOf(choices[0]!) : choices[0])), moment.memory.said, textOf);
}
function key({ conversation, memory }: Moment, slot: string): string {
  return `${conversation.sessionId}/${memory.exchanges.length}/${slot}`;
}
