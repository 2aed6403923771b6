/** "No, not chess, I meant checkers": what the person says the interviewer got wrong. */
import { quotable } from './take-up.ts';

export interface Correction {
  /** What is not so, as said; it may be nothing the interviewer ever claimed. */
  wrong?: string;
  /** What is so instead, as the interviewer may quote it. */
  right?: string;
  /** Said in words that only correct; else it may be a mere comparison ("tea, not coffee"). */
  explicit: boolean;
}

/** Corrections are short; in a long story "not X but Y" means something else. */
const MAX_CHARS = 240;
const NAME = "([\\p{L}][\\p{L}' -]{1,40}?)";
const INSTEAD = "(?:no,? )?(?:but |rather )?(?:it's |it is |it was |i (?:meant|mean|said|play|like|do|love) |that's )?(?:the |an? )?";
const PATTERNS: { at: RegExp; wrong?: number; right?: number; explicit?: true }[] = [
  { at: new RegExp(`\\bnot (?:the |an? )?${NAME}(?:[,.;]| but| no)? ?(?:sorry,? )?i (?:meant|mean|said|wanted to say) (?:the |an? )?${NAME}(?=[.,;!]|$)`, 'iu'), wrong: 1, right: 2, explicit: true },
  { at: new RegExp(`\\b(?:i (?:meant|mean|said)|please correct (?:that|it) to|correct (?:that|it) to|change (?:that|it) to) (?:the |an? )?${NAME},? (?:and )?not (?:the |an? )?${NAME}(?=[.,;!]|$)`, 'iu'), wrong: 2, right: 1, explicit: true },
  { at: new RegExp(`\\b(?:correct|change) ${NAME} to (?:the |an? )?${NAME}(?=[.,;!]|$)`, 'iu'), wrong: 1, right: 2, explicit: true },
  { at: new RegExp(`\\b(?:take|leave|cross|strike) (?:the |that |my )?${NAME} (?:out|off|away)\\b`, 'iu'), wrong: 1, explicit: true },
  { at: new RegExp(`\\b(?:forget|remove|delete|drop|erase|undo|scratch) (?:about |what i said about |everything about |the thing about |the bit about )?(?:the |my )?${NAME}(?=[.,;!]|$| please| again| from)`, 'iu'), wrong: 1, explicit: true },
  { at: new RegExp(`^(?:and |but |no,? |actually,? |well,? )*(?:the )?${NAME} (?:isn't|is not|wasn't|was not) (?:really |quite |actually )?(?:it|for me|my thing|right|true|one of them)\\b`, 'iu'), wrong: 1, explicit: true },
  { at: new RegExp(`\\b(?:correct|change) (?:that|it|this) to (?:the |an? )?${NAME}(?=[.,;!]|$)`, 'iu'), right: 1, explicit: true },
  { at: new RegExp(`\\bi (?:did not|didn't|never) (?:say|said|mention|mentioned)(?: that)?(?: i (?:like|love|play|do|enjoy|liked))? (?:the |an? )?${NAME}(?=[.,;!]|$)`, 'iu'), wrong: 1, explicit: true },
  { at: new RegExp(`^(?:no,? |sorry,? |actually,? |well,? |it's |it is |wait,? )*(?:the )?${NAME}[,.] not (?:the )?${NAME}[.!]?$`, 'iu'), wrong: 2, right: 1 },
  { at: new RegExp(`\\bnot (?:the |an? )?${NAME}(?:,? but|[,.;]) ${INSTEAD}${NAME}[.!]?$`, 'iu'), wrong: 1, right: 2 },
  { at: new RegExp(`\\bit(?:'s| is) (?:the )?${NAME},? not (?:the )?${NAME}[.!]?$`, 'iu'), wrong: 2, right: 1 },
];
const REFERS = /^(?:that|this|it|what|all|everything|anything|me|my|one|last|answer|so|the|right|sure|true|really|quite|only|just|what i .*|any .*)\b/i;
const VAGUE =
  /\b(?:that's|that is|thats|it's|this is|you're|you are) (?:not (?:quite |really |at all |entirely |exactly )?(?:right|correct|true|accurate|what i (?:said|meant))|all wrong|wrong|incorrect|false)\b|\byou (?:got|have|understood|heard) (?:that|it|me|something|this|one thing) (?:all )?wrong\b|\byou (?:have )?misunderstood\b|\bi (?:didn't|did not|never) (?:say|said) that\b|\bnot what i (?:said|meant)\b|^(?:no,? )?(?:wrong|incorrect|not quite|not exactly|there is a mistake|there's a mistake)[.!]*$/i;
const MAX_VAGUE_WORDS = 10;

/** The correction in one answer, or undefined. */
export function correctionIn(text: string): Correction | undefined {
  const clean = text.replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  if (clean.length > MAX_CHARS) return undefined;
  for (const { at, wrong, right, explicit = false } of PATTERNS) {
    const match = at.exec(clean);
    if (!match) continue;
    const wrongName = wrong === undefined ? undefined : match[wrong]!.trim();
    if (wrongName !== undefined && REFERS.test(wrongName)) continue;
    const rightName = right === undefined ? undefined : quotable(match[right]!);
    return { wrong: wrongName, right: rightName, explicit };
  }
  return undefined;
}

/** "That's not right", without a word about what is. */
export function objectsVaguely(text: string): boolean {
  const clean = text.replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  return clean.length <= MAX_CHARS && clean.split(' ').length <= MAX_VAGUE_WORDS && VAGUE.test(clean);
}
