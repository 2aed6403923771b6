/** What a question makes of a bare answer. */
import { phrasesFrom, nameTopic } from './phrases.ts';
import type { NamedTopic } from './phrases.ts';
import { tokenise } from './tokens.ts';

export type QuestionKind = 'liking' | 'doing' | 'dislike' | 'stopped' | 'past' | 'weekend' | 'proud' | 'work' | 'friends' | 'free' | 'greeting' | 'none';
export interface Question {
  kind: QuestionKind;
  /** The one topic it asks about ("Do you still enjoy cooking?"); a yes or no is about this. */
  topic?: NamedTopic;
  /** "How long have you been doing that?": any answer but a no means that it is done. */
  duration: boolean;
  /** What a wide question is about ("Do you do any sports?"): only an emphatic no says something. */
  wide?: NamedTopic;
  /** A no means something stopped ("Do you still play?"). */
  still: boolean;
}

const KINDS: [RegExp, QuestionKind][] = [
  [/\b(?:stopped|given up|give up|gave up|used to do|quit)\b/, 'stopped'],
  [/\b(?:not enjoy|don't enjoy|do not enjoy|dislike|don't like|do not like|not like|hate|can't stand|bores? you|boring|avoid|never (?:want|do|like))\b/, 'dislike'],
  [/\b(?:when you were|as a child|as a kid|younger|years ago|in the past|did you love|did you like|did you enjoy)\b/, 'past'],
  [/\b(?:last weekend|yesterday|last week|last summer|this weekend|over the weekend|did you do)\b/, 'weekend'],
  [/\bproud\b/, 'proud'],
  [/\b(?:free day|day off|if you had|would you do|all the time in the world|nothing to do)\b/, 'free'],
  [/\b(?:work|job|career|profession|become|imagine doing)\b/, 'work'],
  [/\bfriends (?:talk|like|do)|your friends\b|\bother people\b/, 'friends'],
  [/\b(?:play an instrument|do (?:you do )?any sports?|which languages|speak any)\b/, 'doing'],
];
/** What one did today is small talk then. A greeting before another question is none, nor one that was cut short. */
const GREETS = /\b(?:how are you|how do you feel|are you ready|can you hear me|good (?:morning|evening|afternoon))\b[^?.]*\?[^?]*$/;
/** How a sum-up ends. Both likes and dislikes were named, and a no is about the telling. */
const CHECKS = /\b(?:is that|did i get (?:that|it|all of (?:that|it))|have i got (?:that|it)|do i have (?:that|it)) (?:right|correct)\?[^?]*$|\b(?:wrong or missing|get (?:anything|something) wrong|correct or add|something to change|put differently|anything else not right|change anything|correct anything)\b[^?]*\?[^?]*$/;
/** Too wide to be meant by a yes. */
const WIDE = /^(?:sports?|an instrument|instrument|musical instruments|music|that|school|more|anything|it|something|work|free time)$/;
const ASKS_ABOUT = /\b(?:do you (?:still |also |really |ever )?(?:like|love|enjoy|play|do)|you (?:like|enjoy|love)|are you (?:still )?(?:interested in|into|good at)|interested in|would you like to (?:learn (?:how to |about )?|try|be|do)|you mentioned|you said you (?:like|love|enjoy|play|do)|what exactly do you (?:like|love|enjoy) about|you said you|right,? you like|you talked about|tell me more about|what about|how about|do you (?:collect|read|draw|paint|cook|bake|sing|dance|write))\b/;

export function readQuestion(question: string): Question {
  const lower = question.toLowerCase().replaceAll('’', "'").slice(-400);
  const still = /\bstill\b/.test(lower);
  const duration = /\b(?:how long|how did you (?:get|start|come)|with whom|who do you|what exactly|how often|where do you|when did you)\b/.test(lower);
  if (!lower.trim()) return { kind: 'none', still, duration };
  if (CHECKS.test(lower)) return { kind: 'liking', still: false, duration: false };
  const about = ASKS_ABOUT.exec(lower);
  if (about && !/\bwhich subjects\b|\bwhich ones\b|\bwhich not\b|\bif you\b|\bwhat do you\b|\bhow do you\b/.test(lower)) {
    const rest = lower.slice(about.index + about[0].length).split(/[.?!]/)[0] ?? '';
    const words = tokenise(/(?:play|collect|draw|paint|cook|bake|sing|dance|write|read)$/.test(about[0]) && !rest.trim() ? about[0].split(' ').at(-1)! : rest);
    const phrase = phrasesFrom(words, 0)[0];
    const named = phrase && nameTopic(words.slice(phrase.start, phrase.end).map(({ w }) => w));
    if (named && !WIDE.test(named.topic)) return { kind: 'liking', topic: named, still, duration };
    const friends = /your (?:friends|brother|sister|family|parents) (?:like|likes|love|loves|enjoy) ([a-z ]+)/.exec(lower);
    if (friends) return { kind: 'liking', topic: nameTopic(friends[1]!.split(' ')), still, duration };
  }
  const friends = /your [a-z]+ (?:likes?|loves?|enjoys?|plays?|is into|are into|is mad about|is keen on|does) (?:the )?([a-z ]{2,40})\./.exec(lower);
  if (friends) return { kind: 'liking', topic: nameTopic(friends[1]!.split(' ')), still, duration };
  const wide = /\bany sports?\b/.test(lower) ? nameTopic(['sports']) : /\blisten to (?:a lot of )?music\b/.test(lower) ? nameTopic(['music']) : undefined;
  if (GREETS.test(lower)) return { kind: 'greeting', still, duration, wide };
  for (const [pattern, kind] of KINDS) if (pattern.test(lower)) return { kind: kind === 'dislike' && /\bwhich not so\b/.test(lower) ? 'liking' : kind, still, duration, wide };
  return { kind: 'liking', still, duration };
}
