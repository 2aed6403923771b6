/**
 * The guided interviewer at a code interview: one rule after the other, the first that fits decides. Deterministic and without
 * memory: everything is read from the turns and the view of the code. Its words: question-bank/code.ts and the problem's own.
 */
import { PASTE_CHARS } from '../../code/code-view.ts';
import type { RunGlance } from '../../code/run-glance.ts';
import { counted, listed } from '../../code/speak-value.ts';
import type { Conversation } from '../ports.ts';
import { codeBank } from '../question-bank/code.ts';
import type { CodeQuestionId } from '../question-bank/code.ts';
import * as reactions from '../question-bank/reactions.ts';
import { isNewToEnglish } from '../moment.ts';
import { fill, normalise } from '../wording.ts';
import { isToOneself } from './code-listening.ts';
import type { CodeHeard } from './code-listening.ts';
import { type AskedId, type CodeMoment, choose, codeMomentOf, wasSaid } from './code-moment.ts';
import { COST_WORDS, costIn, exampleOf, namesValue, sentenceAbout } from './task-answers.ts';

export interface CodeSaying {
  sentences: string[];
  closes?: boolean;
}

const HOSTILE_ANSWERS_TO_CLOSE = 3;
/** Long turns before a line of code, after which somebody is led to the keyboard. */
const TALK_BEFORE_CODE_WORDS = 220;
/** A function of more lines than this is worth a question. */
const LONG_FUNCTION_LINES = 30;
const LAST_HINT = 3;

const { questions } = codeBank;
const say = (...sentences: string[]): CodeSaying => ({ sentences: sentences.filter((sentence) => sentence !== '') });

export function composeCode(conversation: Conversation): CodeSaying {
  const moment = codeMomentOf(conversation);
  const { exchanges, last, name } = moment;
  if (exchanges.length === 0) return open(moment);
  if (/\bgoodbye\b/.test(normalise(last.agentText))) return { sentences: [name ? `Goodbye, ${name}.` : 'Goodbye.'], closes: true };
  switch (conversation.request) {
    case 'remark':
      return remark(moment);
    case 'help':
      return help(moment);
    case 'hint':
      return hint(moment);
    case 'read-problem':
      return readProblem(moment);
    case 'time-left':
      return timeLeft(moment);
    case 'repeat':
      return repeat(moment);
    case 'skip':
      return onward(moment, [choose(moment, reactions.SKIPPED)]);
  }
  if (last.agentText === '') return say(introduction(moment), ...task(moment));
  return last.heard ? answerTo(moment, last.heard) : goOn(moment);
}

// The beginning

function open(moment: CodeMoment): CodeSaying {
  const greeting = moment.name ? fill(choose(moment, codeBank.greetings), { name: moment.name }) : choose(moment, codeBank.greetingsWithoutName);
  return say(greeting, introduction(moment), ...task(moment));
}
function introduction(moment: CodeMoment): string {
  if (!moment.problem) return choose(moment, codeBank.introductionsWithoutProblem);
  return fill(choose(moment, codeBank.introductions), { minutes: String(moment.problem.minutes) });
}
function task(moment: CodeMoment): string[] {
  const { problem } = moment;
  if (!problem) return [choose(moment, questions.task.texts)];
  return [choose(moment, codeBank.beforeProblem), problem.spoken, choose(moment, questions['own-words'].texts)];
}

// What was said decides what comes next

function answerTo(moment: CodeMoment, heard: CodeHeard): CodeSaying {
  const { last } = moment;
  if (heard.intent === 'danger') return say(reactions.IN_DANGER);
  if (heard.intent === 'hostile') return calm(moment);
  if (heard.intent === 'end') return close(moment, [choose(moment, reactions.STOPPED)]);
  const declined = decline(moment, heard);
  if (declined) return declined;
  if (isTimeUp(moment)) return closing(moment);
  switch (heard.intent) {
    case 'hint':
      return hint(moment);
    case 'stuck':
      return stuck(moment);
    case 'read-problem':
      return readProblem(moment);
    case 'time-left':
      return timeLeft(moment);
    case 'repeat':
    case 'unclear':
      return repeat(moment);
    case 'slower':
      return say(choose(moment, reactions.SLOWER), ...again(moment));
    case 'pause':
    case 'thinking':
      return say(choose(moment, reactions.WAITING));
    case 'nothing':
      return say(choose(moment, reactions.NOT_UNDERSTOOD), ...again(moment));
    case 'undo':
      return say(choose(moment, reactions.FORGOTTEN), ...again(moment));
    case 'skip':
      return onward(moment, [choose(moment, reactions.SKIPPED)]);
    case 'run':
    case 'run-tests':
    case 'next-problem':
      return say(choose(moment, codeBank.listening));
    case 'question':
      if (!isToOneself(heard) || heard.wordCount >= (last.answer ?? '').split(' ').length - 2) return answerQuestion(moment, heard);
  }
  const offered = wasOfferedHint(moment);
  if (offered && heard.intent === 'yes') return hint(moment);
  if (offered && heard.intent === 'no') return say(choose(moment, codeBank.carryOn));
  if (heard.intent === 'done') return done(moment);
  return proceed(moment, heard);
}

/** Not understanding the task is another thing than not knowing how to solve it. */
function stuck(moment: CodeMoment): CodeSaying {
  const { last, problem, asked, view } = moment;
  if (problem && view.untouched && last.asked?.id === 'own-words' && !asked.has('example')) {
    const example = exampleOf(problem);
    return say(choose(moment, codeBank.taskAgain), problem.spoken, ...(example ? [fill(choose(moment, questions.example.texts), { input: example.input })] : [questions['own-words'].again]));
  }
  if (problem && last.asked?.id === 'example') {
    const example = exampleOf(problem);
    if (example) return ask(moment, [fill(choose(moment, codeBank.exampleTold), { expected: example.expected })], asksAboutApproach(asked) ? 'approach.by-hand' : 'approach');
  }
  return hint(moment, true);
}

/** What an interviewer does not give, however it is asked for. */
function decline(moment: CodeMoment, { intent }: CodeHeard): CodeSaying | null {
  if (intent === 'wants-solution') return say(choose(moment, codeBank.noSolution));
  if (intent === 'wants-hidden') return say(choose(moment, codeBank.noHidden));
  if (intent === 'wants-score') return say(choose(moment, codeBank.noScores), ...again(moment));
  if (intent === 'gives-orders') return say(choose(moment, codeBank.noOrders), ...again(moment));
  return null;
}

function calm(moment: CodeMoment): CodeSaying {
  const hostile = moment.exchanges.filter(({ heard }) => heard?.intent === 'hostile').length;
  if (hostile >= HOSTILE_ANSWERS_TO_CLOSE) return { sentences: reactions.HOSTILE_GOODBYE, closes: true };
  return say(...(hostile > 1 ? reactions.HOSTILE_AGAIN : reactions.HOSTILE_FIRST));
}

/** An answer, or thinking aloud: where the interview stands says what it is good for. */
function proceed(moment: CodeMoment, heard: CodeHeard): CodeSaying {
  const { last, asked, passing } = moment;
  const reaction = react(moment, heard);
  if (last.asked && !last.asked.heard && last.unheardText !== '') return say(reaction, choose(moment, reactions.RESUMING), last.asked.text);
  if (last.asked?.id === 'last-words') return close(moment, [reaction]);
  if (last.asked?.id === 'reflect') return ask(moment, [reaction], 'last-words');
  if (pasted(moment) && !asked.has('walk')) return ask(moment, [], 'walk');
  if (passing !== 'no') return talkAboutIt(moment, [reaction]);
  if (moment.problem && !asked.has('own-words')) return ask(moment, [reaction], 'own-words');
  const begun = !moment.view.untouched;
  if (last.asked?.id === 'own-words' && !begun && moment.problem) {
    const example = exampleOf(moment.problem);
    if (example) return say(reaction, fill(choose(moment, questions.example.texts), { input: example.input }));
  }
  if (!asksAboutApproach(asked)) return ask(moment, [reaction], begun ? 'approach.typing' : 'approach');
  if (!begun) return beforeCode(moment, heard, reaction);
  const reminder = remind(moment);
  if (reminder !== '') return say(reaction, reminder);
  return listen(moment);
}

function asksAboutApproach(asked: ReadonlySet<AskedId>): boolean {
  return asked.has('approach') || asked.has('approach.typing') || asked.has('approach.by-hand');
}

/** The approach is being talked about, and nothing is written. */
function beforeCode(moment: CodeMoment, heard: CodeHeard, reaction: string): CodeSaying {
  const { asked, exchanges } = moment;
  const words = exchanges.reduce((sum, { answer = '' }) => sum + answer.split(' ').length, 0);
  if (wasSaid(moment, codeBank.goAndCode) || wasSaid(moment, codeBank.intoCode)) return listen(moment);
  if (words > TALK_BEFORE_CODE_WORDS) return say(choose(moment, codeBank.intoCode));
  if (heard.wordCount <= 3 && moment.last.asked?.id === 'approach' && !asked.has('approach.by-hand')) return ask(moment, [reaction], 'approach.by-hand');
  const namesCost = costIn(exchanges.slice(-2).map(({ answer = '' }) => answer).join(' ')) !== null;
  if (!asked.has('approach.cost') && !asked.has('approach.why')) return ask(moment, [reaction], namesCost ? 'approach.why' : 'approach.cost');
  return say(reaction, choose(moment, codeBank.goAndCode));
}

/** Says a word now and then; in between it only listens, which is what somebody who thinks aloud wants. */
function listen(moment: CodeMoment): CodeSaying {
  const { last, conversation } = moment;
  const saidLittle = [...codeBank.listening, ...codeBank.carryOn, ...codeBank.acknowledgements].some((words) => normalise(last.agentText) === normalise(words));
  if (saidLittle && conversation.code) return { sentences: [] };
  return say(choose(moment, wasSaid(moment, codeBank.carryOn) ? codeBank.listening : codeBank.carryOn));
}

/** To the answer to an example, whether it is right; else that it was heard. */
function react(moment: CodeMoment, heard: CodeHeard): string {
  const { last, problem } = moment;
  if (isNewToEnglish(last.answer ?? '') && !wasSaid(moment, reactions.REASSURING)) return choose(moment, reactions.REASSURING);
  if (last.asked?.id === 'example' && problem && heard.intent !== 'question') {
    const example = exampleOf(problem);
    const verdict = example ? namesValue(last.answer ?? '', example.value) : 'unsure';
    if (verdict === 'right') return choose(moment, codeBank.exampleRight);
    if (verdict === 'wrong') return fill(choose(moment, codeBank.exampleWrong), { expected: example!.expected });
  }
  return choose(moment, codeBank.acknowledgements);
}

// Once it works

function talkAboutIt(moment: CodeMoment, lead: string[]): CodeSaying {
  const { asked, looksLike, passing, problem, last } = moment;
  if (passing === 'visible' && !wasSaid(moment, codeBank.tryAllTests)) return say(...lead, choose(moment, codeBank.tryAllTests));
  if (!asked.has('complexity')) return ask(moment, lead, 'complexity');
  const doubt = last.asked?.id === 'complexity' && !asked.has('doubt') ? doubtOf(moment) : null;
  if (doubt) return say(...lead, fill(choose(moment, questions.doubt.texts), doubt));
  const approach = looksLike[0];
  if (approach && !problem!.approaches.some(({ name }) => asked.has(`approach:${name}`))) return say(...lead, approach.ask);
  // What was just asked about a slower way may be tried.
  if (last.asked?.id.startsWith('approach:') && looksLike.length > 0 && looksLike.every(({ optimal }) => !optimal) && !wasSaid(moment, codeBank.improve) && leftShare(moment) > 0.3) return say(...lead, choose(moment, codeBank.improve));
  if (!asked.has('quality') && isUntidy(moment)) return ask(moment, lead, 'quality');
  if (!asked.has('own-test') && !asked.has('edges')) return ask(moment, lead, 'own-test');
  const next = problem?.followUps.findIndex((_, index) => !asked.has(`follow:${index}`)) ?? -1;
  if (next >= 0 && leftShare(moment) > 0) return say(...lead, problem!.followUps[next]!);
  return closing(moment, lead);
}

/** "You say linear time, and I see two loops inside each other." Only where the measures leave no doubt. */
function doubtOf({ last, view, looksLike }: CodeMoment): { claim: string; loops: string } | null {
  const claim = costIn(last.answer ?? '');
  const depth = view.measures?.loopDepth ?? 0;
  if (!claim || !view.measures || looksLike.length === 0 || looksLike.some(({ optimal }) => optimal) || view.measures.recursion) return null;
  const tooGood = (depth >= 2 && ['constant', 'logarithmic', 'linear'].includes(claim)) || (view.measures.uses.includes('sort') && ['constant', 'logarithmic', 'linear'].includes(claim));
  if (!tooGood) return null;
  return { claim: COST_WORDS[claim], loops: depth >= 2 ? `${NUMBERS[depth] ?? depth} loops inside each other` : 'a sort' };
}
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five'];

function isUntidy({ view }: CodeMoment): boolean {
  const { measures } = view;
  return measures !== null && (measures.prints > 0 || measures.vagueNames.length > 1 || measures.functions.some(({ lines }) => lines > LONG_FUNCTION_LINES));
}

function done(moment: CodeMoment): CodeSaying {
  const { passing, lastTests, view, asked, last } = moment;
  if (passing !== 'no') return talkAboutIt(moment, wasSaid(moment, codeBank.passed) ? [choose(moment, codeBank.acknowledgements)] : [choose(moment, codeBank.passed)]);
  if (last.asked?.id === 'last-words' || last.asked?.id === 'reflect') return close(moment, [choose(moment, codeBank.acknowledgements)]);
  if (!moment.problem) return closing(moment);
  if (!lastTests && !view.untouched && !wasSaid(moment, codeBank.runFirst)) return say(choose(moment, codeBank.runFirst));
  if (lastTests && !wasSaid(moment, codeBank.notDoneYet)) return say(choose(moment, codeBank.notDoneYet));
  return asked.has('edges') ? closing(moment) : ask(moment, [choose(moment, codeBank.acknowledgements)], 'edges');
}

// Runs

function remark(moment: CodeMoment): CodeSaying {
  const { lastRun, asked, passing, view } = moment;
  if (!lastRun) return { sentences: [] };
  const { spoken } = lastRun;
  if (lastRun.total === 0 || lastRun.status === 'internal_error' || lastRun.status === 'compile_error') return say(spoken);
  if (passing !== 'no') {
    const good = wasSaid(moment, codeBank.passed) ? [] : [choose(moment, codeBank.passed)];
    if (passing === 'visible') return say(spoken, choose(moment, codeBank.tryAllTests));
    if (pasted(moment) && !asked.has('walk')) return ask(moment, [spoken], 'walk');
    return asked.has('complexity') ? say(spoken, ...good) : ask(moment, [spoken, ...good], 'complexity');
  }
  if (!lastRun.failing) return asked.has('edges') ? say(spoken) : ask(moment, [spoken], 'edges');
  const before = view.runs.filter(({ total }) => total > 0).at(-2);
  if (before && before.failing === lastRun.failing && before.passed === lastRun.passed) return say(choose(moment, codeBank.sameAgain), withoutCount(lastRun), choose(moment, codeBank.offerHint));
  // Once is enough to be asked; after that the case itself says what there is to do.
  return asked.has('failing') && moment.exchanges.slice(-4).some(({ asked: one }) => one?.id === 'failing') ? say(spoken) : ask(moment, [spoken], 'failing');
}
function withoutCount({ spoken }: RunGlance): string {
  return spoken.replace(/^(?:None of|\d+ tests? pass)[^.]*\.\s+/, '');
}

// Hints, help, the task, the time

function hint(moment: CodeMoment, stuck = false): CodeSaying {
  const { problem, hintsGiven, last, view } = moment;
  const lead = stuck ? choose(moment, codeBank.stuckLeads) : '';
  if (!problem) return say(lead, choose(moment, codeBank.noHints));
  if (hintsGiven >= LAST_HINT) return say(lead, choose(moment, codeBank.hintsUsedUp));
  const nothingTried = last.hint !== null && view.diff === '' && (last.answer ?? '').split(' ').length <= 8;
  if (nothingTried) return say(choose(moment, codeBank.hintFirstTry));
  return say(stuck ? lead : choose(moment, codeBank.hintLeads), problem.hints[hintsGiven]!);
}

/** The last words offered help, and yes would mean a hint. */
function wasOfferedHint({ last, lastTests }: CodeMoment): boolean {
  if (codeBank.help.passing.some((words) => last.agentText.includes(words))) return false;
  return /\bhint\b/i.test(last.agentText) && last.hint === null && lastTests?.status !== 'passed';
}

function help(moment: CodeMoment): CodeSaying {
  const { view, lastTests, asked, passing } = moment;
  const words = codeBank.help;
  if (passing !== 'no') return say(choose(moment, words.passing));
  if (view.untouched) return say(choose(moment, asksAboutApproach(asked) ? words.empty : words.start));
  if (!lastTests) return say(choose(moment, view.runs.length > 0 ? words.empty : words.notRun));
  return say(choose(moment, words.failing));
}

function readProblem(moment: CodeMoment): CodeSaying {
  const { problem, last } = moment;
  if (!problem) return say(choose(moment, questions.task.texts));
  return say(choose(moment, reactions.REPEATED), problem.spoken, ...(last.asked?.id === 'own-words' ? [questions['own-words'].again] : []));
}

function timeLeft(moment: CodeMoment): CodeSaying {
  const { used, planned } = moment.minutes;
  const { time } = codeBank;
  if (!moment.problem) return say(choose(moment, time.unplanned));
  const left = Math.round(planned - used);
  const words = { left: counted(left, 'minute', 'minutes'), planned: String(planned) };
  return say(left <= 0 ? fill(choose(moment, time.over), words) : fill(choose(moment, time.left), words));
}

/** Told once each: that half is over, and that all is, while nothing works yet. */
function remind(moment: CodeMoment): string {
  const { used, planned } = moment.minutes;
  const { time, limits } = codeBank;
  if (!moment.problem) return '';
  if (used >= planned) return wasSaid(moment, time.overHint) ? '' : choose(moment, time.overHint);
  return used >= planned * limits.halfwayShare && !wasSaid(moment, time.halfway) ? choose(moment, time.halfway) : '';
}
function leftShare({ minutes: { used, planned } }: CodeMoment): number {
  return 1 - used / (planned * 1.25);
}
function isTimeUp({ minutes: { used, planned }, exchanges }: CodeMoment): boolean {
  const { closeShare, maxMinutes, closeAfterAnswers } = codeBank.limits;
  return used >= Math.min(maxMinutes, Math.max(planned * closeShare, planned + 10)) || exchanges.length >= closeAfterAnswers;
}

// Questions

function answerQuestion(moment: CodeMoment, heard: CodeHeard): CodeSaying {
  const { problem, lastRun } = moment;
  const { text } = heard;
  const known = reactions.ASKED_BACK.find(({ asks }) => asks.test(text));
  if (known && !/\{duration\}/.test(known.answer) && !/\b(?:what (?:is|are) (?:this|we)|why do you ask)\b.*\b(?:loop|list|code|function|test)/i.test(text)) return say(fill(known.answer, { purpose: codeBank.purpose }), ...again(moment));
  if (known) return timeLeft(moment);
  const sentence = problem ? sentenceAbout(text, problem) : null;
  if (/\b(?:why|what|where|which)\b.*\b(?:fail|wrong|error|crash|test|output|expected)/i.test(text) && !/\bshould i test|would you test/i.test(text)) return lastRun ? say(choose(moment, codeBank.aboutRun), lastRun.spoken) : say(choose(moment, codeBank.noRunYet));
  if (/\b(?:can|may|could|should|am|are) (?:i|we)\b.{0,25}\b(?:use|using|import|allowed)\b|\b(?:built[- ]?in|library)\b/i.test(text)) return say(choose(moment, codeBank.anyTool));
  if (/\b(?:is|was|does|will|would) (?:it|this|that|my (?:code|solution|approach|idea|answer))\b.{0,30}\b(?:right|correct|work|good|okay|ok|fine|enough|fast|efficient|optimal|make sense)/i.test(text) || /^(?:(?:so|and|okay),? )*(?:right|correct|is that it|does that make sense)\b/i.test(text)) return say(choose(moment, codeBank.isItRight));
  if (sentence) return say(fill(choose(moment, codeBank.fromTask), { sentence }));
  return say(choose(moment, codeBank.openQuestion));
}

function repeat(moment: CodeMoment): CodeSaying {
  const { last, problem } = moment;
  if (last.hint !== null && problem) return say(choose(moment, reactions.REPEATED), problem.hints[last.hint]!);
  const question = again(moment);
  if (question.length === 0) return say(choose(moment, reactions.REPEATED), last.heardText || last.agentText || questions.task.texts[0]!);
  return say(choose(moment, reactions.REPEATED), ...question);
}

/** The newest question, in other words. */
function again({ exchanges }: CodeMoment): string[] {
  const asked = exchanges.findLast((exchange) => exchange.asked)?.asked;
  if (!asked) return [];
  if (!(asked.id in questions)) return [asked.text];
  const wording = questions[asked.id as CodeQuestionId].again;
  return [wording.includes('{') || normalise(exchanges.at(-1)!.agentText).includes(normalise(wording)) ? asked.text : wording];
}

/** Nobody answered: what was not heard is said; otherwise it waits. */
function goOn(moment: CodeMoment): CodeSaying {
  const { last } = moment;
  if (last.unheardText !== '') {
    const sentences = last.agentText.match(/[^.!?…]+[.!?…]+["'”’)]*\s*|[^.!?…]+$/gu) ?? [last.agentText];
    let passed = 0;
    const rest = sentences.filter((sentence) => (passed += sentence.length) > last.heardText.length + 1);
    return say((rest.length > 0 ? rest.join('') : last.unheardText).trim());
  }
  return say(choose(moment, reactions.WAITING), ...again(moment));
}

/** The next thing there is to ask, leaving out the present one. */
function onward(moment: CodeMoment, lead: string[]): CodeSaying {
  const { asked, passing, problem, view, last } = moment;
  if (last.asked?.id === 'last-words') return close(moment, lead);
  if (last.asked?.id === 'reflect') return ask(moment, lead, 'last-words');
  if (passing !== 'no') return talkAboutIt(moment, lead);
  if (!asksAboutApproach(asked)) return ask(moment, lead, view.untouched ? 'approach' : 'approach.typing');
  if (problem && view.untouched && !wasSaid(moment, codeBank.goAndCode)) return say(...lead, choose(moment, codeBank.goAndCode));
  return say(...lead, choose(moment, codeBank.carryOn));
}

function pasted({ view }: CodeMoment): boolean {
  return view.largestPasteChars >= PASTE_CHARS && !view.untouched;
}

function ask(moment: CodeMoment, lead: string[], id: CodeQuestionId): CodeSaying {
  return say(...lead, choose(moment, questions[id].texts));
}

// The end

function closing(moment: CodeMoment, lead: string[] = []): CodeSaying {
  const { asked, last } = moment;
  const late = isTimeUp(moment);
  const begin = late && !wasSaid(moment, codeBank.time.closing) ? [choose(moment, codeBank.time.closing)] : lead;
  if (last.asked?.id === 'last-words') return close(moment, lead);
  if (!late && !asked.has('reflect')) return ask(moment, begin, 'reflect');
  return asked.has('last-words') ? close(moment, begin) : ask(moment, begin, 'last-words');
}

function close(moment: CodeMoment, lead: string[]): CodeSaying {
  const goodbye = fill(choose(moment, codeBank.goodbyes), { name: moment.name }).replaceAll(/,? +\./g, '.').replaceAll(/, *([.!])/g, '$1');
  return { sentences: [...lead, ...summary(moment), goodbye], closes: true };
}

/** What there is to see of the hour, and nothing that judges. */
function summary(moment: CodeMoment): string[] {
  const { summary: words } = codeBank;
  const { lastTests, view, looksLike, hintsGiven, asked, problem, exchanges } = moment;
  if (!problem || exchanges.filter(({ answer }) => answer !== undefined).length < 2) return [];
  const tests = view.untouched
    ? choose(moment, words.nothing)
    : !lastTests
      ? choose(moment, words.notRun)
      : fill(choose(moment, lastTests.status === 'passed' ? words.all : lastTests.passed > 0 ? words.some : words.none), { total: String(lastTests.total), passed: String(lastTests.passed) });
  const way = looksLike.length === 1 && lastTests?.status === 'passed' ? fill(choose(moment, words.approach), { approach: looksLike[0]!.name }) : '';
  const hints = view.untouched && hintsGiven === 0 ? '' : hintsGiven === 0 ? choose(moment, words.noHint) : hintsGiven === 1 ? choose(moment, words.oneHint) : fill(choose(moment, words.hints), { count: String(hintsGiven) });
  const spoke = (...ids: AskedId[]) => exchanges.some(({ asked: one, heard }) => one !== null && ids.includes(one.id) && (heard?.wordCount ?? 0) > 3);
  const topics = [
    ...(spoke('approach', 'approach.typing', 'approach.by-hand', 'approach.why') ? [words.topics.approach] : []),
    ...(spoke('complexity', 'approach.cost', 'doubt') ? [words.topics.cost] : []),
    ...(spoke('edges', 'own-test') ? [words.topics.edges] : []),
    ...(spoke('quality') ? [words.topics.quality] : []),
    ...([...asked].some((id) => id.startsWith('follow:')) ? [words.topics.more] : []),
  ];
  return [choose(moment, words.leads), tests, way, hints, topics.length > 0 ? fill(choose(moment, words.talked), { topics: listed(topics) }) : '', choose(moment, words.fair)].filter((sentence) => sentence !== '');
}
