/** Decisions by their wording, in English. */
import { isHedged, isUndecided, plain } from './doubt.ts';
import type { SaidSentence } from './said-sentences.ts';

const ADVERBS = String.raw`(?: (?:all|both|just|now|then|finally|already|also|definitely|officially|unanimously|therefore|jointly|basically))*`;
const WE = String.raw`\b(?:we|everyone|everybody|the (?:team|board|committee|group|council))`;
/** What one does with a plan once it is chosen. */
const CHOOSING = String.raw`(?:go(?:ing)? (?:with|for|ahead)|stick(?:ing)? (?:with|to)|settl(?:e|ing) (?:on|for)|us(?:e|ing)|keep(?:ing)?|drop(?:ping)?|adopt(?:ing)?|postpon(?:e|ing)|delay(?:ing)?|cancel(?:ing|ling)?|switch(?:ing)?|skip(?:ping)?|ship(?:ping)?|launch(?:ing)?|releas(?:e|ing)|hold(?:ing)? off|cut(?:ting)?|freez(?:e|ing)|clos(?:e|ing)|approv(?:e|ing)|reject(?:ing)?|choos(?:e|ing)|pick(?:ing)?|hir(?:e|ing)|rais(?:e|ing)|lower(?:ing)?|replac(?:e|ing)|retir(?:e|ing)|remov(?:e|ing)|support(?:ing)?|mov(?:e|ing) (?:to|the|our|it|this|that|ahead|forward with)|push(?:ing)? (?:the|it|this|that|back)|roll(?:ing)? (?:out|back)|mak(?:e|ing) (?:it|that|the) (?:a |an )?\w+|charg(?:e|ing)|offer(?:ing)?|allow(?:ing)?|limit(?:ing)?|hold(?:ing)? (?:it|the)|meet(?:ing)? (?:on|every|at)|stay(?:ing)? (?:with|on|at)|leav(?:e|ing) (?:it|that|the|them|those|this)|try(?:ing)? (?:it|that|the|this|a)|reduc(?:e|ing)|extend(?:ing)?|merg(?:e|ing)|split(?:ting)?|stop(?:ping)? \w+ing|start(?:ing)? \w+ing|do(?:ing)? (?:without|it|the|both|that|a|two|one))\b`;

/** "We stay at forty": in the present these say what will be, others what is usual. */
const SET_NOW = String.raw`\bwe (?:open with|close with|go (?:with|for|ahead with)|stick (?:with|to)|stay (?:with|at|on)|postpone|cancel|leave (?:it|that|them|those|the)|skip|stop \w+ing)\b`;

const CUES = [
  new RegExp(String.raw`${WE}(?:'ve| have| had)?${ADVERBS} (?:decided|agreed|settled on|chose|chosen|resolved|approved|concluded|voted)\b`),
  /\bthe (?:team|board|committee|group|council|members) (?:hereby )?(?:approves?|adopts?|agrees?|decides?|rejects?|resolves?|accepts?)\b/,
  /\b(?:it's|it is|it was|that's|that is|that was|so that's|is|are|been) (?:now |all |then |hereby |officially |therefore )?(?:decided|settled|agreed|approved|accepted|rejected|off the table)\b/,
  /^(?:agreed|decided|settled|approved)[,:;. ]+\S+ \S+/,
  /\b(?:the|our|final|one) decision(?: here| today| then)? (?:is|was)\b|\bdecision:/,
  /\blet's (?:all |just |then |definitely |please )?(?:not )?[a-z]{2,}/,
  /^[a-z0-9 -]{2,40} it is[.!]?$/,
  /\b(?:moves?|goes|slips?|comes) (?:up |down )?(?:to|off|on) (?:the )?(?:top|bottom|list|menu|agenda|backlog|next (?:week|month|quarter|sprint|year|release))\b/,
  new RegExp(String.raw`\bwe(?:'ll| will|'re going to| are going to|'re gonna| shall)${ADVERBS} (?:not )?(?:be )?${CHOOSING}`),
  new RegExp(String.raw`\bwe(?:'re| are)${ADVERBS} (?:not )?${CHOOSING.replaceAll(/\(\?:e\|/g, '(?:')}`),
  new RegExp(SET_NOW),
  /\blet's (?:all )?(?:talk|meet|speak|reconvene|sit down|see each other)(?: again)? (?:on|at|next|in|every|tomorrow)\b/,
  /\bwe(?:'re| are) not going to (?!be|have|know|get|see|need)\w+/,
  /\bwe(?:'re| are) going (?:with|for|ahead)\b/,
  /\bwe (?:also |then |just |simply )?(?:won't|will not) (?!be|have|know|get|see|need|make it|find|finish|lose)\w+/,
  /\b(?:so |then )?the plan (?:is|will be) (?:now )?(?:to|that)\b/,
  /\bmotion (?:passes|passed|carries|carried|is carried)\b|\ball in favou?r\b.*\bcarried\b/,
  /\bsigned off on\b|\b(?:gets?|got|has|have) (?:the |our )?(?:approval|green light|go-ahead)\b/,
  /\b(?:from now on|going forward|starting (?:next|this|on) \w+|as of (?:next|this|today|now|monday|january)\b|from (?:today|tomorrow|next \w+|\w+day|january|february|march|april|may|june|july|august|september|october|november|december)(?: on(?:wards)?)?\b)[^,]*,? (?:we|all|every|everyone|the)\b/,
  /\bi(?:'m| am) making the call\b|\bfinal answer\b|\bwe have a (?:decision|deal|winner)\b/,
  /\bconsensus is\b|\bwe(?:'re| are) all (?:agreed|in agreement|on board)\b/,
];
/** "Then we drop it", "Yes, we take the ramp": what follows from the talk. */
const THEN = new RegExp(String.raw`^(?:(?:so|okay|ok|all right|alright|right|good|fine|well|yes|agreed|exactly|great|perfect)[,.]? )*(?:then|yes|okay|ok|agreed|fine|good|all right|alright)[,.]? (?:so )?we(?:'ll|'re| will)? (?:not )?(?:${CHOOSING}|tak(?:e|ing) (?:it|that|the|them|those|a|both|one)\b|keep both)`);
/** Before "We drop the fireworks" the same. */
const AGREES = /^(?:(?:okay|ok|yes|agreed|deal|fine|good|right|all right|alright|exactly|perfect|great)[,. ]*)+[.!]?$/;
/** Steps of the talk itself, not of the project. */
const OF_THE_TALK =
  /\blet's (?:all |just |then |please |maybe |quickly |first )*(?:move (?:on|to the next)|start|begin|get (?:started|going|back|to|into)|see|look|talk(?!(?: again)? (?:on|next|tomorrow))|discuss|think|be (?:honest|real|clear|quick|fair)|say|face it|pretend|hope|wait and see|assume|find out|figure out|check|ask|try to|continue|come|turn|switch to|focus on|return|dive|jump|recap|review|go (?:around|through|over|back|on|round|home|there|to)|take (?:a|five|one|it one|that offline|this offline|questions)|wrap|hear|do (?:a (?:quick )?round|introductions|intros)|close (?:here|the meeting)|stop here|keep (?:going|moving|it short)|leave (?:it|that|this) (?:open|for)|park|table|come back|know|let|not (?:forget|get|worry|waste|start|go there|argue|reopen))\b|\bkeep (?:going|moving)\b|\b(?:keep|bear) (?:that|it|this) in mind\b|\bskip (?:that|this|ahead) for now\b|\bwe(?:'re| are) (?:using|supporting|offering|doing|releasing|shipping|moving|holding)\b(?! .*\b(?:from now on|instead|going forward)\b)/;
/** Not yet the decision, but what somebody would have it be. */
const PROPOSED = /\b(?:i|we) (?:move|propose|suggest|recommend|vote|request|ask|think|wish|hope|prefer)(?: that)? we\b|\b(?:proposes?|suggests?|recommends?|proposal is|suggestion is) (?:that|to)\b|\bwe (?:could|can|should)\b/;
/** Of another time than today's meeting. */
const OF_THE_PAST = /\b(?:last|previous) (?:year|quarter|month|week|time|spring|summer|autumn|fall|winter)\b|\b(?:in|at|during) (?:the|our) (?:last|previous) (?:meeting|session|call|sprint)\b|\bback (?:in|then|when)\b|\byears? ago\b|\bmonths? ago\b|\boriginally\b|\bused to\b|\bpreviously\b|\bwe had (?:decided|agreed)\b/;

/** @param before what the same person said just before */
export function isDecision({ plain: said, text }: Pick<SaidSentence, 'plain' | 'text'>, before: Pick<SaidSentence, 'plain'> | null = null): boolean {
  if (text.endsWith('?') || isUndecided(said) || OF_THE_PAST.test(said) || PROPOSED.test(said)) return false;
  if (THEN.test(plain(before && AGREES.test(before.plain) ? `${before.plain} ${text}` : text))) return true;
  const cue = CUES.find((each) => each.test(said));
  if (!cue) return false;
  const explicit = CUES.indexOf(cue) <= 4;
  return explicit || !OF_THE_TALK.test(said);
}

/** A reply that makes a decision of what was proposed just before. */
export function seals(reply: SaidSentence, proposal: SaidSentence | undefined): boolean {
  if (!/^(?:agreed|deal|done deal|settled|it's a deal)[.!]?$/.test(reply.plain) || !proposal || proposal.text.endsWith('?') || reply.item - proposal.item !== 1) return false;
  return /\b(?:let's|we|we'll|should|will|then|stays?|is out|is in|goes|comes)\b/.test(plain(proposal.text)) && !isHedged(proposal.text);
}

/** "Let's go with that": what is decided was said before. */
export function pointsBack(sentence: string): boolean {
  if (/^(?:so |then |okay, |right, )?(?:that's|that is|it's|it is) (?:settled|decided|agreed|a deal|final)\b/i.test(sentence)) return true;
  return /\b(?:that|this|it|those|these|both|the (?:first|second|third|last|other|latter|former)(?: one| option)?|agreed|option \w+|your (?:idea|proposal|plan))[.!]?$/i.test(sentence) && sentence.split(' ').length <= 9;
}
