/**
 * The first interviewer: offline, deterministic, without memory of its own. Everything it knows it reads from the turns, so
 * it goes on after a restart as if nothing had happened. What it can say is data in question-bank/ (docs/interviewer.md).
 */
import { SpoolError } from '../errors.ts';
import { composeCode } from './code-guide/code-guide.ts';
import { SHORT_ANSWER_WORDS } from './listening.ts';
import type { Heard } from './listening.ts';
import type { Exchange } from './memory.ts';
import { areasLeft, choose, chooseMain, chooseQuestion, currentArea, easesOff, isNewToEnglish, keyOf, momentOf, wasAsked } from './moment.ts';
import type { Moment } from './moment.ts';
import type { Interviewer, InterviewerReply } from './ports.ts';
import { probeText, toldAlready } from './probing.ts';
import { bankOf } from './question-bank/banks.ts';
import * as reactions from './question-bank/reactions.ts';
import { acknowledge, summary } from './summing-up.ts';
import { fill, hashOf, normalise, sameTopic } from './wording.ts';

interface Saying {
  sentences: string[];
  closes?: boolean;
}

/** One warning, one offer to stop, then goodbye. */
const HOSTILE_ANSWERS_TO_CLOSE = 3;
/** Sum-ups after a correction; what is corrected later is acknowledged with the goodbye. */
const MAX_SUM_UPS = 3;
/** Answers in a row about other things, from which on the interviewer leads back. */
const REMARKS_TO_STEER = 2;

export function createGuidedInterviewer(): Interviewer {
  return {
    name: 'guided',
    reply(conversation, signal) {
      if (conversation.kind === 'code') return speak(composeCode(conversation), signal);
      const bank = bankOf(conversation.kind);
      if (!bank) throw new SpoolError('internal', 'This kind of session has no interviewer.');
      return speak(compose(momentOf(conversation, bank)), signal);
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

function compose(moment: Moment): Saying {
  const { bank, conversation, last, memory, name } = moment;
  if (memory.exchanges.length === 0) return open(moment);
  if (/\bgoodbye\b/.test(normalise(last.agentText))) return { sentences: [name ? `Goodbye, ${name}.` : 'Goodbye.'], closes: true };
  if (conversation.request === 'repeat') return repeat(moment);
  if (conversation.request === 'skip') return afterSkip(moment);
  if (last.agentText === '') return { sentences: [choose(moment, bank.introductions), chooseMain(moment, bank.areas[0]!).text] };
  return last.heard ? answerTo(moment, last.heard) : goOn(moment);
}

// Openings and continuations

function open(moment: Moment): Saying {
  const { bank, name } = moment;
  const greeting = name ? fill(choose(moment, bank.greetings), { name }) : choose(moment, bank.greetingsWithoutName);
  return { sentences: [greeting, choose(moment, bank.introductions), chooseMain(moment, bank.areas[0]!).text] };
}

/** Nobody answered: what was not heard is said; when all was heard, the question is put once more, gently. */
function goOn(moment: Moment): Saying {
  const { last } = moment;
  if (last.unheardText !== '') return { sentences: [unheardSentences(last)] };
  return { sentences: [choose(moment, reactions.WAITING), ...questionAgain(moment)] };
}

function repeat(moment: Moment, lead = choose(moment, reactions.REPEATED)): Saying {
  const { last } = moment;
  if (last.unheardText !== '' && (last.asked === undefined || !last.asked.heard)) return { sentences: [lead, unheardSentences(last)] };
  const question = questionAgain(moment);
  return { sentences: [lead, ...(question.length > 0 ? question : [last.heardText || chooseMain(moment, moment.bank.areas[0]!).text])] };
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
  const corrects = heard.correction !== undefined && isMeantAsCorrection(moment, heard);
  const lead = corrects ? [acknowledge(moment, heard)] : react(moment, heard);
  if (conversation.elapsedMs >= limits.closeAfterMs || memory.answerCount >= limits.closeAfterAnswers) return goodbye(moment, lead);
  const closing = last.asked?.heard && (last.asked.role === 'sum-up' || last.asked.role === 'correction');
  if (closing) {
    const saying = afterSumUp(moment, heard, lead, corrects);
    if (saying) return saying;
  }
  if (heard.intent === 'repeat') return repeat(moment);
  if (heard.intent === 'unclear') return repeat(moment, choose(moment, reactions.REPEATED));
  if (heard.intent === 'nothing') return { sentences: [choose(moment, reactions.NOT_UNDERSTOOD), ...questionAgain(moment)] };
  if (heard.intent === 'question') return { sentences: [answerBack(moment), ...questionAgain(moment)] };
  if (heard.intent === 'pause' || heard.intent === 'thinking') return { sentences: [choose(moment, reactions.WAITING)] };
  if (heard.intent === 'slower') return { sentences: [choose(moment, reactions.SLOWER), ...questionAgain(moment)] };
  if (heard.intent === 'objection') return { sentences: [(bank.corrections.questions.find((question) => !wasAsked(moment, question)) ?? bank.corrections.questions[0]!).text] };
  if (heard.intent === 'skip') return afterSkip(moment);
  if (heard.intent === 'undo' && !corrects) return { sentences: [choose(moment, reactions.FORGOTTEN), ...questionAgain(moment)] };
  if (heard.intent === 'done') return sumUp(moment, []);
  if (conversation.elapsedMs >= limits.sumUpAfterMs || memory.answerCount >= limits.sumUpAfterAnswers) return sumUp(moment, lead);
  if (last.asked && !last.asked.heard) return { sentences: [...lead, choose(moment, reactions.RESUMING), again(last, last.asked.question.text)] };
  if (corrects) return heard.topic === undefined ? moveOn(moment, lead) : (probe(moment, heard, lead) ?? moveOn(moment, lead));
  if (heard.intent === 'unknown') return draw(moment, choose(moment, reactions.DOES_NOT_KNOW));
  if (heard.topic === undefined && heard.wordCount <= SHORT_ANSWER_WORDS && !easesOff(moment)) return draw(moment, choose(moment, reactions.ACKNOWLEDGEMENTS));
  if (heard.mood === 'sad') return moveOn(moment, lead);
  const asksOn = probe(moment, heard, lead);
  if (asksOn) return asksOn;
  const leadsBack = strays(moment) ? [lead[0]!, choose(moment, reactions.STEERING)] : lead;
  // Nothing to take up yet: an easier question of the same area before the next one.
  return heard.mentions.length === 0 && !heard.ofSelf && !easesOff(moment) ? draw(moment, ...leadsBack) : moveOn(moment, leadsBack);
}

/** After the sum-up: what is corrected is said back, what is added is thanked for, and then it is over. */
function afterSumUp(moment: Moment, heard: Heard, lead: string[], corrects: boolean): Saying | undefined {
  const { bank, last, memory } = moment;
  const sumUps = memory.exchanges.filter(({ asked }) => asked?.role === 'sum-up').length;
  const confirmations = bank.sumUp.confirmations.filter((question) => !wasAsked(moment, question));
  if (corrects || heard.intent === 'undo') {
    const said = corrects ? lead : [choose(moment, reactions.FORGOTTEN)];
    if (sumUps >= MAX_SUM_UPS || confirmations.length === 0) return goodbye(moment, said, true);
    return { sentences: [...said, summary(moment), chooseQuestion(moment, confirmations).text] };
  }
  if (heard.intent === 'question' && ASKS_TO_LEAVE.test(last.answer ?? '')) return goodbye(moment, []);
  const asksWhat = bank.corrections.questions.filter((question) => !wasAsked(moment, question));
  const agreesThatSomethingIs = last.asked?.role === 'sum-up' && /^(?:yes|yeah|yep|yup|sure|actually,? yes|well,? yes|a bit|something is)[.!, ]*(?:please|there is|it is|something|a few things)?[.!]*$/i.test((last.answer ?? '').trim());
  if ((heard.intent === 'objection' || agreesThatSomethingIs) && asksWhat.length > 0 && bank.companion === undefined) return { sentences: [asksWhat[0]!.text] };
  if (['answer', 'unknown', 'done', 'skip', 'objection', 'thinking'].includes(heard.intent)) return goodbye(moment, lead, last.asked?.role === 'correction' && heard.mentions.length > 0);
  return undefined;
}

const ASKS_TO_LEAVE = /\b(?:are we (?:done|finished)|is (?:it|this) over|(?:can|may) i (?:go|leave|stop))\b/i;

/** "Tea, not coffee" corrects only where something was claimed or asked to be corrected. */
function isMeantAsCorrection(moment: Moment, heard: Heard): boolean {
  const { correction } = heard;
  if (!correction) return false;
  if (moment.last.asked?.role === 'sum-up' || moment.last.asked?.role === 'correction') return true;
  if (correction.wrong === undefined) return correction.explicit;
  const before = moment.memory.exchanges.slice(0, -1).flatMap((exchange) => exchange.heard?.mentions ?? []);
  const claimed = sayingContains(moment, correction.wrong) || before.some(({ topic }) => sameTopic(topic, correction.wrong!));
  return claimed && (correction.explicit || moment.last.answer!.length <= MAX_CORRECTION_CHARS);
}
const MAX_CORRECTION_CHARS = 60;
function sayingContains({ last }: Moment, name: string): boolean {
  return ` ${normalise(last.agentText)} `.includes(` ${normalise(name)} `);
}

function calm(moment: Moment): Saying {
  const hostile = moment.memory.exchanges.filter(({ heard }) => heard?.intent === 'hostile').length;
  if (hostile >= HOSTILE_ANSWERS_TO_CLOSE) return { sentences: reactions.HOSTILE_GOODBYE, closes: true };
  if (hostile > 1) return { sentences: reactions.HOSTILE_AGAIN };
  return moveOn(moment, reactions.HOSTILE_FIRST);
}

/** One easier question in each area for who does not know or says no more than yes. */
function draw(moment: Moment, ...lead: string[]): Saying {
  const area = currentArea(moment);
  const easedBefore = moment.memory.exchanges.some(({ asked }) => asked?.areaId === area?.id && asked?.role === 'easier');
  const easier = area?.easier ?? [];
  if (easedBefore || easier.length === 0) return moveOn(moment, lead);
  return { sentences: [...lead, chooseQuestion(moment, easier).text] };
}

function probe(moment: Moment, heard: Heard, lead: string[]): Saying | undefined {
  const asks = probeText(moment, heard);
  // The name once, not twice in a row.
  return asks && { sentences: [...(asks.named ? lead.slice(0, 1) : lead), asks.text] };
}

/** Has talked about other things for a while: nothing of it can be taken up. */
function strays({ last, memory }: Moment): boolean {
  if (reactions.STEERING.some((words) => last.agentText.includes(words))) return false;
  const recent = memory.exchanges.slice(-REMARKS_TO_STEER);
  return recent.length === REMARKS_TO_STEER && recent.every(({ heard }) => heard?.intent === 'answer' && heard.mentions.length === 0 && !heard.ofSelf && heard.wordCount > SHORT_ANSWER_WORDS * 2);
}

function moveOn(moment: Moment, lead: string[]): Saying {
  const area = areasLeft(moment)[0];
  if (!area) {
    if (!moment.bank.companion) return sumUp(moment, lead);
    return { sentences: [choose(moment, moment.bank.companion)] };
  }
  const onward = toldAlready(moment, area);
  if (onward !== undefined) return { sentences: [...lead.slice(0, 1), onward] };
  if (easesOff(moment)) {
    const easier = area.easier.filter((question) => !wasAsked(moment, question));
    const question = easier.length > 0 ? chooseQuestion(moment, easier) : chooseMain(moment, area);
    const saidAlready = reactions.EASING_OFF.some((words) => moment.last.agentText.includes(words));
    return { sentences: [...lead.slice(0, 1), ...(saidAlready ? [] : [choose(moment, reactions.EASING_OFF)]), question.text] };
  }
  const bridge = hashOf(keyOf(moment, 'bridge')) % 2 === 0 && lead.length < 2 ? [choose(moment, reactions.BRIDGES)] : [];
  return { sentences: [...lead, ...bridge, chooseMain(moment, area).text] };
}

function sumUp(moment: Moment, lead: string[]): Saying {
  const { questions } = moment.bank.sumUp;
  const open = questions.filter((question) => !wasAsked(moment, question));
  if (open.length < questions.length) return goodbye(moment, lead);
  return { sentences: [...lead.slice(0, 1), summary(moment), chooseQuestion(moment, open).text] };
}

/** `changed`: the sum-up is another since it was said. */
function goodbye(moment: Moment, lead: string[], changed = false): Saying {
  const { bank, memory, name, understood } = moment;
  const summedUp = memory.exchanges.some(({ asked }) => asked?.role === 'sum-up') && !changed;
  const words = fill(choose(moment, bank.goodbyes), { name }).replaceAll(/,? +\./g, '.').replaceAll(/, *([.!])/g, '$1');
  // The goodbye thanks already.
  const other = lead.filter((sentence) => sentence !== 'Thank you.');
  return { sentences: [...other, ...(summedUp || understood.length === 0 ? [] : [summary(moment)]), words], closes: true };
}

// Parts of a reply

/** One or two short sentences that show that the answer was heard. */
function react(moment: Moment, heard: Heard): string[] {
  if (heard.mood === 'sad') return [choose(moment, reactions.SORRY)];
  if (isNewToEnglish(moment.last.answer ?? '')) return [choose(moment, reactions.REASSURING)];
  const acknowledgement = choose(moment, heard.mood === 'glad' ? reactions.GLAD : reactions.ACKNOWLEDGEMENTS);
  const topic = heard.topic;
  const before = moment.memory.exchanges.slice(0, -1).flatMap((exchange) => (exchange.heard?.topic === undefined ? [] : [exchange.heard.topic]));
  if (topic === undefined || before.includes(topic)) return [acknowledgement];
  return [acknowledgement, fill(choose(moment, reactions.TAKE_UPS), { topic })];
}

function answerBack(moment: Moment): string {
  const asked = reactions.ASKED_BACK.find(({ asks }) => asks.test(moment.last.answer ?? ''));
  if (!asked) return choose(moment, moment.bank.cannotAnswer);
  return fill(asked.answer, { duration: moment.bank.duration, purpose: moment.bank.purpose });
}

/** The newest question, lightly reworded; nothing when none is open. */
function questionAgain({ memory }: Moment): string[] {
  const exchange = memory.exchanges.findLast(({ asked }) => asked);
  if (!exchange?.asked) return [];
  const { question, heard } = exchange.asked;
  // What was just put in other words is put in the first words again, and so on.
  const lastPut = normalise(memory.exchanges.at(-1)!.agentText);
  return [again(exchange, lastPut.includes(normalise(question.again)) || !heard ? question.text : question.again)];
}

function again({ asked }: Exchange, wording: string): string {
  return fill(wording, { topic: asked?.topic ?? 'that' });
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
