/** Answers that need their question: "yeah a lot", "God no", "nearly eleven years". */
import type { Sentiment } from '../interest.ts';
import type { State } from './state.ts';

const YES = /^(?:(?:oh|well|hm|god|gosh|hell|lord|my|,) )*(?:yes|yeah|yep|yup|sure|definitely|absolutely|totally|i do|i am|i still do|very much|of course|a lot|always|course i do|love it|i would|please|every (?:[a-z]*day|week|night|morning)|whenever|most days|all the time|god yes|you bet|very|with pleasure|gladly|why not)\b/;
const NO = /^(?:(?:oh|well|hm|,) )*(?:no|nope|nah|not|never|can't stand|hate it|loathe|hated it|i don't|i'd (?:rather|sooner) (?:eat|die|stick|chew|swallow|pull|watch)|not my (?:cup of tea|thing|bag|scene)|you couldn't pay me|over my dead body|i'm not|i stopped|hardly|gave it up|god no|i'd be terrified|i'd hate|i'd rather not|no way|ugh|please no|never|hardly)\b/;
/** To a wide question ("Do you do any sports?") a plain no says little; these say more. */
const EMPHATIC_NO = /\b(?:god no|hell no|no way|no chance|not my (?:cup of tea|thing|bag|scene|world)|hate (?:it|them|all)|can't stand|never in my life|absolutely not|certainly not|i'd rather not|over my dead body|allergic|not if i can help it|please no|(?:don't|never) intend to|no intention of)\b/;
/** How long something has been done says that it is done. */
const SINCE = /^(?:(?:oh|well|um|,) )*(?:since|for|about|nearly|almost|over|ages|years|forever|all my life|ten|two|three|four|five|six|seven|eight|nine|a (?:year|few|couple)|donkey's|[a-z]+teen|twenty|thirty|forty|fifty|ever since|as long as|too long)\b/;
const LUKEWARM = /\b(?:sort of|sometimes|a bit|a little|now and then|it's okay|it's fine|so so|not as much|less|kind of|maybe|depends|it's all right)\b/;

/** To a wide question these say yes. */
const PLAIN_YES = /^(?:(?:oh|well|um|uh|,) )*(?:yes|yeah|yep|loads|lots|both|all the time|every day|yeah both|yes both|i do)(?:[ ,.!]+(?:both|every day|all the time|loads|lots|a lot|i do|of course|definitely))*[ ,.!]*$/;

/** A yes or a no is about what was asked. */
export function answerToQuestion(state: State): void {
  const { topic, still } = state.question;
  if (state.question.wide && state.found.length === 0 && EMPHATIC_NO.test(state.text.toLowerCase().replaceAll('’', "'")) && state.text.length < 80) {
    state.found.push({ named: state.question.wide, sentiment: 'negative', stance: 'bare', confidence: 0.6, from: state.text.search(/\S/), to: state.text.trimEnd().length, sameBreath: false, clause: 0 });
    return;
  }
  if (state.question.wide && state.found.length === 0 && PLAIN_YES.test(state.text.trim().toLowerCase())) {
    state.found.push({ named: state.question.wide, sentiment: 'positive', stance: 'bare', confidence: 0.6, from: state.text.search(/\S/), to: state.text.trimEnd().length, sameBreath: false, clause: 0 });
    return;
  }
  if (!topic || state.found.some(({ named }) => named.topic === topic.topic)) return;
  const start = state.text.search(/\S/);
  if (start < 0 || state.text.length > 240) return;
  const lower = state.text.toLowerCase().replaceAll('’', "'").replace(/[^a-z' ]+/g, ' , ').replace(/\s+/g, ' ').replace(/^ ?, /, '').replace(/^(?:um|uh|erm|er|me|oh|ooh|well) (?:, )?/, '').trim();
  if (/\b(?:i said|i meant|i did not say|you misheard)\b/.test(lower)) return;
  const sentiment: Sentiment | null = /can't say i do/.test(lower) ? 'mixed' : NO.test(lower) ? 'negative' : YES.test(lower) || (state.question.duration && SINCE.test(lower)) ? (LUKEWARM.test(lower) ? 'mixed' : 'positive') : /\bno$|\bno ,$/.test(lower) ? 'negative' : LUKEWARM.test(lower) ? 'mixed' : null;
  if (!sentiment || state.found.some((one) => one.clause === 0 && one.sentiment === 'positive' && sentiment === 'negative')) return;
  const to = state.text.trimEnd().length;
  state.found.push({ named: topic, sentiment, stance: still && sentiment === 'negative' ? 'stopped' : 'bare', confidence: 0.7, from: start, to, sameBreath: false, clause: 0 });
}
