/** Mere agreement ("mhm", "yeah, right") that costs the speaker nothing, told from the start of a turn. */

const AGREEING = new Set(
  ('mhm mmhm mm mmm hm hmm hmmm mmhmm mhmm uhhuh uhuh aha ahha ah oh ooh wow yeah yea yes yep yup ya ok okay okey right sure ' +
    'alright fine good great nice cool interesting exactly true indeed absolutely definitely totally gotcha understood perfect ' +
    'haha hahaha hehe').split(' '),
);
/** Several words that mean no more than one of the above. */
const PHRASES = ['i see', 'uh huh', 'mm hmm', 'mm hm', 'm hm', 'ah ha', 'got it', 'all right', 'of course', 'makes sense', 'that makes sense', 'i understand', 'sounds good', 'fair enough', 'thats right', 'thats true', 'thats nice', 'very good', 'very nice', 'no way', 'for sure', 'i know', 'go on', 'please go on'];
/** Longer than this it is an answer, however agreeing. */
const MAX_WORDS = 6;

/**
 * Whether all of the text is agreement or a sound without words, such as "[cough]". A question ("Right?", "Huh?") is not, nor
 * are "stop", "wait", "no" and "what". False for empty text: nothing understood is the caller's case.
 */
export function isBackchannel(text: string): boolean {
  const trimmed = text.trim();
  if (/^(?:[[(*][^\])*]{1,30}[\])*]\s*)+$/.test(trimmed)) return true;
  if (trimmed.includes('?')) return false;
  let rest = trimmed
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (rest === '' || rest.split(' ').length > MAX_WORDS) return false;
  while (rest !== '') {
    const phrase = PHRASES.find((candidate) => rest === candidate || rest.startsWith(`${candidate} `)) ?? rest.split(' ', 1)[0]!;
    if (!PHRASES.includes(phrase) && !AGREEING.has(phrase)) return false;
    rest = rest.slice(phrase.length).trim();
  }
  return true;
}
