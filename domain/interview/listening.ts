/**
 * What kind of answer this was. Word rules: fast, offline, explainable; a question or remark that fits none is an answer.
 * Commands are told by `recognizeCommand` alone, so that the interviewer and the session never disagree about them.
 */
import { correctionIn, objectsVaguely } from './corrections.ts';
import type { Correction } from './corrections.ts';
import { ASKED_BACK } from './question-bank/reactions.ts';
import { isEarnest, mentionsOf } from './take-up.ts';
import type { Mention } from './take-up.ts';
import { recognizeCommand } from './voice-commands.ts';
import { stemsOf } from './wording.ts';

type CommandIntent = 'skip' | 'repeat' | 'end' | 'pause' | 'undo' | 'slower';
export type Intent = CommandIntent | 'answer' | 'nothing' | 'unknown' | 'unclear' | 'thinking' | 'done' | 'hostile' | 'danger' | 'question' | 'objection';
export interface Heard {
  intent: Intent;
  wordCount: number;
  mood: 'glad' | 'sad' | 'neutral';
  /** What it says about likes, for quoting and for summing up. */
  mentions: Mention[];
  /** The first of them that is liked. */
  topic?: string;
  /** Speaks of what they do or feel themselves, and means it: worth asking on. */
  ofSelf: boolean;
  /** What the person says was wrong. */
  correction?: Correction;
}

/** Of several texts that make one answer the newest words decide; no answer may take long to read. */
const MAX_HEARD_CHARS = 8_000;
/** An answer of at most this many words is short. */
export const SHORT_ANSWER_WORDS = 3;
/** Longer remarks are answers, whatever they contain. */
const MAX_REMARK_WORDS = 9;

const DANGER = /\b(?:kill(?:ing)? myself|suicid\w*|end my life|(?:want|wanted|going) to die|hurt(?:ing)? myself|self[- ]harm)\b/i;
const HOSTILE =
  /\b(?:shut up|go to hell|(?:fuck|screw) (?:you|off|this|that|it)|piss off|(?:you|u)(?:'re| are|r)? (?:so |such |just |really |a |an |an? fucking )*(?:stupid|dumb|useless|idiot|moron|annoying|boring|terrible|garbage|trash|shit|suck|sucks)|i hate (?:you|this)|leave me alone|this is (?:so |really |a )?(?:stupid|dumb|bullshit|crap|pointless|waste of time|nonsense)|waste of (?:my )?time|none of your (?:damn )?business)\b/i;
const SWEARING = /\b(?:fuck\w*|shit|bullshit|asshole|bitch|cunt|bastard|dickhead)\b/i;
const DONE = /\b(?:i(?:'m| am| think i(?:'m| am)) (?:done|finished|ready with it)|that(?:'s| is) (?:it|all)|nothing else|nothing more)\b/i;
/** Wants it in other words: no command, for it asks for more than the same again. */
const UNCLEAR = /\b(?:what do you mean|(?:do not|don't|can't|cannot) (?:really |quite )?(?:understand|follow|hear you)(?= (?:you|that|this|it|what|the question)|[.!?]*$)|not (?:understand|follow)(?= (?:you|that|this|it|what)|[.!?]*$)|(?:explain|rephrase) (?:that|it|the question)|what does that mean|in other words|meaning what)\b/i;
const THINKING = /^(?:(?:well|um|uh|hmm?|oh|okay),? )*(?:let me (?:think|see)(?: about (?:it|that))?|i(?:'m| am) thinking|(?:that's a )?good question|give me (?:a|some) time)[.!…]*$/i;
const UNKNOWN =
  /^(?:(?:well|um|uh|hmm?|oh|honestly|i mean|actually|sorry),? )*(?:i (?:really )?(?:don't|do not|dont) (?:really )?(?:know|remember|have (?:one|any|an idea|a clue))|(?:i have )?no (?:idea|clue)|(?:i'm |i am )?not (?:really )?sure|dunno|(?:i )?(?:can't|cannot|can not) (?:think of|say|tell|remember)|hard to say|(?:nothing|none|not much)(?: really| special| in particular)?|i'd have to think|no thoughts?)\b/i;
const SAD = /(?<!\bif (?:i|he|she|we) )\bdied\b|\b(?:passed away|funeral|cancer|(?:very|so|is|was|got|fell|am|i'm|seriously|mentally) (?:ill|sick)|lost my (?:mother|father|mum|mom|dad|wife|husband|job|brother|sister|son|daughter|friend|home|dog|cat)|depress\w*|lonely|divorced?|crying|cried|sad|grief|in (?:the )?hospital|the war|bullied|miserable|unhappy|anxious|anxiety|heartbroken|was fired|laid off|death of|death in)\b/i;
const GLAD = /\b(?:love|loved|enjoy\w*|fun|great|amazing|happy|fantastic|wonderful|favou?rite|excit\w*|awesome|beautiful|passion\w*|proud|glad|cool|fascinat\w*)\b/i;
const OF_SELF = /\bi(?:'ve| have|'m)? (?!think|know|don't|do not|mean|guess|am|said|was|can't|have to|must|suppose|hope|try|got|only|never)[a-z]+/i;
const NEGATED = /\b(?:not|n't|don't|didn't|doesn't|never|hate|boring|unfortunately|but)\b/i;
const QUESTION_WORDS = /^(?:(?:and|but|so|well|okay|wait|hey|hi|hello|sorry),? )*(?:who|what|when|where|why|how|which|are|is|do|does|did|can|could|will|would|have|may|should|am)\b/i;

export function hear(text: string): Heard {
  const plain = text.slice(-MAX_HEARD_CHARS).replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  const wordCount = plain.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu)?.length ?? 0;
  const mood = SAD.test(plain) ? 'sad' : GLAD.test(plain) && !NEGATED.test(plain) && isEarnest(plain) ? 'glad' : 'neutral';
  const intent = intentOf(plain, wordCount, mood);
  const tells = intent === 'answer' || intent === 'undo' || intent === 'objection';
  const correction = tells ? correctionIn(plain) : undefined;
  const mentions = tells && intent !== 'undo' ? mentionsOf(plain).filter(({ topic }) => !isCorrected(topic, correction)) : [];
  return { intent, wordCount, mood, mentions, ofSelf: OF_SELF.test(plain) && isEarnest(plain), topic: correction?.explicit && correction.right !== undefined ? correction.right : mentions.find(({ kind }) => kind !== 'dislikes')?.topic, correction };
}

/** "I like climbing, no, not climbing, I meant bouldering" mentions bouldering alone. */
function isCorrected(topic: string, correction: Correction | undefined): boolean {
  if (!correction) return false;
  const stems = stemsOf(topic);
  return [correction.wrong, correction.right].some((name) => name !== undefined && stemsOf(name).some((stem) => stems.includes(stem)));
}

function intentOf(plain: string, wordCount: number, mood: Heard['mood']): Intent {
  if (wordCount === 0) return 'nothing';
  if (DANGER.test(plain)) return 'danger';
  const command = recognizeCommand(plain, { context: 'asked' })?.command;
  if (isCommandIntent(command)) return command;
  if (HOSTILE.test(plain) || (SWEARING.test(plain) && wordCount <= 5 && mood !== 'glad')) return 'hostile';
  if (objectsVaguely(plain)) return 'objection';
  if (wordCount <= MAX_REMARK_WORDS) {
    if (UNCLEAR.test(plain)) return 'unclear';
    if (THINKING.test(plain)) return 'thinking';
    if (DONE.test(plain)) return 'done';
    if (UNKNOWN.test(plain)) return 'unknown';
  }
  const asks = /\?["'”]?$/.test(plain) && QUESTION_WORDS.test(plain);
  const asksUnmarked = wordCount <= MAX_REMARK_WORDS && QUESTION_WORDS.test(plain) && ASKED_BACK.some(({ asks: pattern }) => pattern.test(plain));
  return asks || asksUnmarked ? 'question' : 'answer';
}

function isCommandIntent(command: string | undefined): command is CommandIntent {
  return command !== undefined && ['skip', 'repeat', 'end', 'pause', 'undo', 'slower'].includes(command);
}
