/** Asks on about what the person just named: once or twice each, and only what they have not told already. */
import type { Heard } from './listening.ts';
import { areasLeft, chooseQuestion, currentArea, easesOff, wasAsked } from './moment.ts';
import type { Moment } from './moment.ts';
import type { Area, Aspect, Question } from './question-bank/bank.ts';
import { fill, sameTopic } from './wording.ts';

/** Of one interest. */
const MAX_PROBES_PER_INTEREST = 2;
/** A second probe only where there is something to tell. */
const TALKATIVE_WORDS = 8;
/** Of what was told last. */
const MAX_TOLD_CHARS = 2_000;
/** What tells already what a probe would ask for. */
const TOLD: Record<Aspect, RegExp> = {
  since: /\b(?:since|for (?:\w+ ){0,2}(?:years|months|weeks|ages|decades)|years ago|when i was|as a (?:kid|child|boy|girl)|all my life|\d+ years|(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty) years)\b/i,
  exactly: /\b(?:first|then|usually|mostly|every (?:day|week|morning|evening|sunday|saturday))\b/i,
  company: /\b(?:with (?:my|a|some|our|friends|her|his|the|people|others)|alone|by myself|on my own|club|team|group|band|orchestra|choir|together)\b/i,
  why: /\b(?:because|makes me|that's why|what i (?:like|love|enjoy)|i (?:like|love) (?:that|how|it when)|it is (?:so |very )?(?:calm|fun|relaxing|exciting))\b/i,
  next: /\b(?:next (?:year|month|summer|step|thing)|i (?:want|plan|hope) to|i'd (?:like|love) to|i would (?:like|love) to|one day)\b/i,
  beginning: /\b(?:started|began|taught me|showed me|gave me|got into|when i was|introduced|brought me)\b/i,
  level: /\b(?:beginner|new to|already|started|never tried|not yet|a little|lessons|course)\b/i,
};

/** The question, ready to be said, or undefined when it is time for another area. */
export function probeText(moment: Moment, heard: Heard): { text: string; named: boolean } | undefined {
  const { bank, conversation, memory } = moment;
  const area = currentArea(moment);
  if (!area || easesOff(moment) || conversation.elapsedMs >= bank.limits.easeOffAfterMs) return undefined;
  const probes = memory.exchanges.filter(({ asked }) => asked?.role === 'probe');
  const usedInArea = probes.filter(({ asked }) => asked!.areaId === area.id).length;
  const answersLeft = bank.limits.sumUpAfterAnswers - memory.answerCount;
  if (usedInArea >= area.maxProbes || answersLeft <= areasLeft(moment).length) return undefined;
  if (usedInArea > 0 && heard.wordCount < TALKATIVE_WORDS) return undefined;
  const probedBefore = (topic: string) => probes.filter(({ asked }) => asked!.topic !== undefined && sameTopic(asked!.topic, topic)).length;
  const left = leftBehind(moment, heard);
  // What an extractor understood where the words gave nothing to quote.
  const found = conversation.interests && heard.ofSelf ? moment.understood.find((each) => each.sentiment === 'positive' && probedBefore(each.topic) === 0)?.topic : undefined;
  const named = heard.topic ?? (left ? left.topic : found);
  const topic = named ?? memory.exchanges.at(-1)?.asked?.topic;
  if (topic === undefined && !(heard.ofSelf && heard.wordCount >= TALKATIVE_WORDS)) return undefined;
  if (topic !== undefined && probedBefore(topic) >= MAX_PROBES_PER_INTEREST) return undefined;
  const told = memory.exchanges.slice(-MAX_PROBES_PER_INTEREST).map(({ answer = '' }) => answer).join(' ').slice(-MAX_TOLD_CHARS);
  const isOpen = (question: Question) => !wasAsked(moment, question) && (question.about === undefined || !TOLD[question.about].test(told));
  if (named !== undefined) {
    const after = probesAfter(moment, heard, named);
    const fitting = bank.probesByName.filter((question) => question.after === after && isOpen(question));
    // First what it is; what comes next only when something is known of it.
    const first = fitting.filter(({ about }) => about !== 'next');
    const choices = probedBefore(named) === 0 && first.length > 0 ? first : fitting;
    if (choices.length > 0) return { text: fill(chooseQuestion(moment, choices).text, { topic: named }), named: true };
  }
  // The other questions ask about "it" as about something that is liked.
  const open = left ? [] : area.probes.filter(isOpen);
  return open.length === 0 ? undefined : { text: chooseQuestion(moment, open).text, named: false };
}

/** The answer is about nothing but what was given up or is not liked. `topic`: what was given up, where that is known. */
function leftBehind({ understood, last }: Moment, heard: Heard): { topic?: string } | undefined {
  const answer = last.answer ?? '';
  if (heard.topic !== undefined) return undefined;
  if (!GIVEN_UP.test(answer)) return heard.mentions.length > 0 ? {} : undefined;
  return { topic: understood.find(({ topic, sentiment }) => sentiment === 'negative' && sameTopic(topic, answer))?.topic ?? heard.mentions[0]?.topic };
}

/** Nobody is asked with whom they share what they gave up. What the session understood counts more than what the words look like. */
function probesAfter({ understood, last }: Moment, heard: Heard, named: string): 'likes' | 'wants' | 'leaves' {
  const known = understood.find((each) => sameTopic(each.topic, named));
  const mention = heard.mentions.find(({ topic }) => topic === named);
  if (known?.sentiment === 'negative' || mention?.kind === 'dislikes') return 'leaves';
  if (known === undefined && GIVEN_UP.test(last.answer ?? '')) return 'leaves';
  return (mention?.kind ?? known?.kind) === 'wants' ? 'wants' : 'likes';
}
const GIVEN_UP = /\b(?:used to|gave (?:it |that |this )?up|given (?:it )?up|no longer|not any ?more|n't (?:\w+ ){0,3}any ?more|quit|stopped)\b/i;

/** Instead of an area's opening question, when the answer just given tells what it would ask for. */
export function toldAlready(moment: Moment, { tells }: Area): string | undefined {
  const topic = moment.last.heard?.mentions.find(({ kind }) => kind === tells)?.topic;
  if (tells === undefined || topic === undefined) return undefined;
  const after = tells === 'wants' ? 'wants' : 'likes';
  const told = (moment.last.answer ?? '').slice(-MAX_TOLD_CHARS);
  const fitting = moment.bank.probesByName.filter((question) => question.after === after && question.about !== 'next' && !wasAsked(moment, question) && !TOLD[question.about].test(told));
  return fitting.length === 0 ? undefined : fill(chooseQuestion(moment, fitting).text, { topic });
}
