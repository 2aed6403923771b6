/** Decisions by their wording, in English. */
import { isUndecided } from './doubt.ts';
import type { SaidSentence } from './said-sentences.ts';

const ADVERBS = String.raw`(?: (?:all|both|just|now|then|finally|already|also|definitely|officially|unanimously|therefore|jointly|basically))*`;
const WE = String.raw`\b(?:we|everyone|everybody|the (?:team|board|committee|group|council))`;
/** What one does with a plan once it is chosen. */
const CHOOSING = String.raw`(?:go(?:ing)? (?:with|for|ahead)|stick(?:ing)? (?:with|to)|settl(?:e|ing) (?:on|for)|us(?:e|ing)|keep(?:ing)?|drop(?:ping)?|adopt(?:ing)?|postpon(?:e|ing)|delay(?:ing)?|cancel(?:ing|ling)?|switch(?:ing)?|skip(?:ping)?|ship(?:ping)?|launch(?:ing)?|releas(?:e|ing)|hold(?:ing)? off|cut(?:ting)?|freez(?:e|ing)|clos(?:e|ing)|approv(?:e|ing)|reject(?:ing)?|choos(?:e|ing)|pick(?:ing)?|hir(?:e|ing)|rais(?:e|ing)|lower(?:ing)?|replac(?:e|ing)|retir(?:e|ing)|remov(?:e|ing)|support(?:ing)?|mov(?:e|ing) (?:to|the|our|it|this|that|ahead|forward with)|push(?:ing)? (?:the|it|this|that|back)|roll(?:ing)? (?:out|back)|mak(?:e|ing) (?:it|that|the) (?:a |an )?\w+|charg(?:e|ing)|offer(?:ing)?|allow(?:ing)?|limit(?:ing)?|hold(?:ing)? (?:it|the)|meet(?:ing)? (?:on|every|at)|stay(?:ing)? (?:with|on|at)|leav(?:e|ing) (?:it|that|the)|reduc(?:e|ing)|extend(?:ing)?|merg(?:e|ing)|split(?:ting)?|stop(?:ping)? \w+ing|start(?:ing)? \w+ing|do(?:ing)? (?:it|the|both|that|a|two|one))\b`;

const CUES = [
  new RegExp(String.raw`${WE}(?:'ve| have| had)?${ADVERBS} (?:decided|agreed|settled on|chose|chosen|resolved|approved|concluded|voted)\b`),
  /\b(?:it's|it is|it was|that's|that is|that was|so that's|is|are|been) (?:now |all |then |hereby |officially |therefore )?(?:decided|settled|agreed|approved|accepted|rejected|off the table)\b/,
  /^(?:agreed|decided|settled|approved)[,:;. ]+\S+ \S+/,
  /\b(?:the|our|final|one) decision(?: here| today| then)? (?:is|was)\b|\bdecision:/,
  new RegExp(String.raw`\blet's (?:all |just |then |definitely |please )?(?:not )?${CHOOSING}`),
  new RegExp(String.raw`\bwe(?:'ll| will|'re going to| are going to|'re gonna| shall)${ADVERBS} (?:not )?(?:be )?${CHOOSING}`),
  new RegExp(String.raw`\bwe(?:'re| are)${ADVERBS} (?:not )?${CHOOSING.replaceAll(/\(\?:e\|/g, '(?:')}`),
  /\bwe(?:'re| are) not going to (?!be|have|know|get|see|need)\w+/,
  /\bwe(?:'re| are) going (?:with|for|ahead)\b/,
  /\bwe (?:won't|will not) (?!be|have|know|get|see|need|make it|find|finish|lose)\w+/,
  /\b(?:so |then )?the plan (?:is|will be) (?:now )?(?:to|that)\b/,
  /\bmotion (?:passes|passed|carries|carried|is carried)\b|\ball in favou?r\b.*\bcarried\b/,
  /\bsigned off on\b|\b(?:gets?|got|has|have) (?:the |our )?(?:approval|green light|go-ahead)\b/,
  /\b(?:from now on|going forward|starting (?:next|this|on) \w+|as of (?:next|this|today|now|monday|january)\b)[^,]*,? (?:we|all|every|everyone|the)\b/,
  /\bi(?:'m| am) making the call\b|\bfinal answer\b|\bwe have a (?:decision|deal|winner)\b/,
  /\bconsensus is\b|\bwe(?:'re| are) all (?:agreed|in agreement|on board)\b/,
];
/** Steps of the talk itself, not of the project. */
const OF_THE_TALK = /\blet's (?:move (?:on|to the next)|start|begin|get (?:started|going)|see|look|talk|go (?:around|through|over|back)|take (?:a|five)|wrap|hear|do (?:a (?:quick )?round|introductions|intros)|close (?:here|the meeting)|stop here|keep (?:going|moving|it short))\b|\bkeep (?:going|moving)\b|\bkeep (?:that|it|this) in mind\b|\bskip (?:that|this|ahead) for now\b|\bwe(?:'re| are) (?:using|keeping|supporting|offering|doing|releasing|shipping|moving|holding)\b(?! .*\b(?:from now on|instead|going forward)\b)/;
/** Of another time than today's meeting. */
const OF_THE_PAST = /\b(?:last|previous) (?:year|quarter|month|week|time|spring|summer|autumn|fall|winter|meeting|sprint)\b|\bback (?:in|then|when)\b|\byears? ago\b|\bmonths? ago\b|\boriginally\b|\bused to\b|\bpreviously\b|\bwe had (?:decided|agreed)\b/;

export function isDecision({ plain, text }: Pick<SaidSentence, 'plain' | 'text'>): boolean {
  if (text.endsWith('?') || isUndecided(plain) || OF_THE_PAST.test(plain)) return false;
  const cue = CUES.find((each) => each.test(plain));
  if (!cue) return false;
  const explicit = CUES.indexOf(cue) <= 3;
  return explicit || !OF_THE_TALK.test(plain);
}

/** "Let's go with that": what is decided was said before. */
export function pointsBack(sentence: string): boolean {
  return /\b(?:that|this|it|those|these|both|the (?:first|second|third|last|other|latter|former)(?: one| option)?|agreed|option \w+|your (?:idea|proposal|plan))[.!]?$/i.test(sentence) && sentence.split(' ').length <= 9;
}
