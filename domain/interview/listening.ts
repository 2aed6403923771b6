/** What kind of answer this was. Word rules: fast, offline, explainable; a question or remark that fits none is an answer. */
import { ASKED_BACK } from './question-bank/reactions.ts';
import { topicOf } from './take-up.ts';

export type Intent = 'answer' | 'nothing' | 'unknown' | 'skip' | 'repeat' | 'end' | 'done' | 'hostile' | 'danger' | 'question';
export interface Heard {
  intent: Intent;
  wordCount: number;
  mood: 'glad' | 'sad' | 'neutral';
  /** Something to quote back. */
  topic?: string;
}

/** Of several texts that make one answer the newest words decide; no answer may take long to read. */
const MAX_HEARD_CHARS = 8_000;
/** An answer of at most this many words is short. */
export const SHORT_ANSWER_WORDS = 3;
/** A wish like "stop" counts only in a sentence about nothing else. */
const MAX_COMMAND_WORDS = 9;

const DANGER = /\b(?:kill(?:ing)? myself|suicid\w*|end my life|(?:want|wanted|going) to die|hurt(?:ing)? myself|self[- ]harm)\b/i;
const HOSTILE =
  /\b(?:shut up|go to hell|(?:fuck|screw) (?:you|off|this|that|it)|piss off|(?:you|u)(?:'re| are|r)? (?:so |such |just |really |a |an |an? fucking )*(?:stupid|dumb|useless|idiot|moron|annoying|boring|terrible|garbage|trash|shit|suck|sucks)|i hate (?:you|this)|leave me alone|this is (?:so |really |a )?(?:stupid|dumb|bullshit|crap|pointless|waste of time|nonsense)|waste of (?:my )?time|none of your (?:damn )?business)\b/i;
const SWEARING = /\b(?:fuck\w*|shit|bullshit|asshole|bitch|cunt|bastard|dickhead)\b/i;
const END =
  /\b(?:good ?bye|bye(?: bye)?|see you(?: later)?|(?:have|got|need|want) to (?:go|leave|stop|quit|end)|gotta go|stop (?:the|this) (?:interview|session|conversation)|(?:let's|let us|can we|please|just|i want to) (?:stop|end|finish)(?: (?:it|here|now|this))?|end (?:the|this) (?:interview|session|conversation)|hang up)\b|^(?:please )?(?:stop|quit|end|enough|that's enough|finish)(?: (?:it|now|here|please|talking))?[.!]*$/i;
const DONE = /\b(?:i(?:'m| am| think i(?:'m| am)) (?:done|finished|ready with it)|that(?:'s| is) (?:it|all)|nothing else|nothing more)\b/i;
const SKIP = /\b(?:skip|next question|next one|move on|another question|ask (?:me )?something else|something else(?:,? please)?$|(?:don't|do not|rather not) want to (?:answer|talk about|say)|rather not (?:answer|talk|say)|no comment)\b|^pass[.!]*$/i;
const REPEAT =
  /\b(?:(?:say|ask) (?:that|it|the question) again|say again|repeat|come again|what (?:did you say|was the question|was that)|(?:didn't|did not|couldn't|could not|don't|do not) (?:quite )?(?:hear|catch|get|understand) (?:that|you|it|the question|what you)|what do you mean|pardon)\b|^(?:what|huh|sorry|excuse me|pardon me)\?+$/i;
const UNKNOWN =
  /^(?:(?:well|um|uh|hmm?|oh|honestly|i mean|actually|sorry),? )*(?:i (?:really )?(?:don't|do not|dont) (?:really )?(?:know|remember|have (?:one|any|an idea|a clue))|(?:i have )?no (?:idea|clue)|(?:i'm |i am )?not (?:really )?sure|dunno|(?:i )?(?:can't|cannot|can not) (?:think of|say|tell|remember)|hard to say|(?:nothing|none|not much)(?: really| special| in particular)?|i'd have to think|no thoughts?)\b/i;
const SAD = /\b(?:died|passed away|death|funeral|cancer|ill|sick|lost my|depress\w*|lonely|divorce\w*|afraid|crying|cried|sad|grief|hospital|war|bullied|miserable|unhappy|anxious|anxiety|heartbroken|fired|laid off)\b/i;
const GLAD = /\b(?:love|loved|enjoy\w*|fun|great|amazing|happy|fantastic|wonderful|favou?rite|excit\w*|awesome|beautiful|passion\w*|proud|glad|cool|fascinat\w*)\b/i;
const NEGATED = /\b(?:not|n't|don't|didn't|doesn't|never|hate|boring|unfortunately|but)\b/i;
const QUESTION_WORDS = /^(?:(?:and|but|so|well|okay|wait|hey|hi|hello|sorry),? )*(?:who|what|when|where|why|how|which|are|is|do|does|did|can|could|will|would|have|may|should|am)\b/i;

export function hear(text: string): Heard {
  const plain = text.slice(-MAX_HEARD_CHARS).replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  const wordCount = plain.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu)?.length ?? 0;
  const mood = SAD.test(plain) ? 'sad' : GLAD.test(plain) && !NEGATED.test(plain) ? 'glad' : 'neutral';
  const intent = intentOf(plain, wordCount, mood);
  return { intent, wordCount, mood, topic: intent === 'answer' ? topicOf(plain) : undefined };
}

function intentOf(plain: string, wordCount: number, mood: Heard['mood']): Intent {
  if (wordCount === 0) return 'nothing';
  if (DANGER.test(plain)) return 'danger';
  if (HOSTILE.test(plain) || (SWEARING.test(plain) && wordCount <= 5 && mood !== 'glad')) return 'hostile';
  if (wordCount <= MAX_COMMAND_WORDS) {
    if (END.test(plain)) return 'end';
    if (SKIP.test(plain)) return 'skip';
    if (REPEAT.test(plain)) return 'repeat';
    if (DONE.test(plain)) return 'done';
    if (UNKNOWN.test(plain)) return 'unknown';
  }
  const asks = /\?["'”]?$/.test(plain) && QUESTION_WORDS.test(plain);
  const asksUnmarked = wordCount <= MAX_COMMAND_WORDS && QUESTION_WORDS.test(plain) && ASKED_BACK.some(({ asks: pattern }) => pattern.test(plain));
  return asks || asksUnmarked ? 'question' : 'answer';
}
