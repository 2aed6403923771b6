/**
 * Does a partial transcript read like a finished turn? Pure word rules, so that a decision costs microseconds; how long a
 * silence follows from the answer is the turn-taking policy's. The labelled examples are in readiness.examples.ts.
 */
export { isBackchannel } from './backchannel.ts';
export { echoOf, ECHO_SHARE } from './echo.ts';

/** What these end is finished whatever came before. */
const CLOSING = /\b(?:thank you|thanks|that's (?:it|all|everything|about it|pretty much it)|bye|goodbye|don't know|no idea|i'm done|nothing else|go ahead|not really|of course|me too|never mind|no problem)$/;
/** Whole answers that would otherwise look cut. */
const WHOLE = /^(?:(?:yes|yeah|no|well),? )?(?:sort of|kind of|just because|yes|yeah|yep|no|nope|okay|ok|right|alright|sure|maybe|probably|exactly|absolutely|definitely|wait|stop|i think so|i (?:guess|hope|suppose) so)$/;
/** Somebody has taken the turn and said nothing yet. */
const OPENER = /^(?:(?:um+|uh+|hm+|well|so|okay|ok|oh|ah|yeah|yes|no|right|alright|and|but|then|now|actually|honestly|basically|i think|i guess|i mean|you know|maybe i|first|first of all|firstly|to be honest|in my opinion|personally|good question|that's a good question|hold on|one moment|one second|just a (?:moment|second)|give me a (?:moment|second)|let me (?:think|see)(?: about (?:it|that))?)(?:,? |$))+$/;
/** "when I was a child" has no main clause yet; longer ones mostly carry it without a comma. */
const SUBORDINATE = /^(?:(?:well|so|and|but|yeah),? )*(?:when|whenever|if|while|although|as soon as|as long as|even though|after i|before i)\b/;
const MAX_LONE_SUBORDINATE_WORDS = 7;

/** A clause that began with one of these may end in the preposition or verb it belongs to: "that's what I am good at". */
const STRANDING = /\b(?:what|which|who|where|something|anything|nothing|everything|things?|someone|somebody|people|person|lot|much|all|easy|hard|fun|how|ones?|way|field|that) (?=\S+ \S)/;
const SHORT_REPLY = /^(?:(?:oh|well|actually),? )*(?:yes|yeah|yep|no|nope|sure|so|neither|nor)\b/;

/**
 * Speech that stops at one of these goes on, unless English also ends so.
 * `text` is lower case, without marks but commas and apostrophes.
 */
const HANGING: { ends: RegExp; unless?: RegExp }[] = [
  // Hesitation.
  { ends: /\b(?:um+|uh+|uhm|er|erm|eh|hm+|you know|i mean|let me think|let me see|how do i say|what's the word)$/ },
  // Announcements.
  { ends: /\b(?:for example|for instance|such as|first of all|in order|as well as|apart from|because of|the (?:thing|problem|point|reason|idea) is|something like|more like|let's say|one of the|most of the)$/ },
  { ends: /\b(?:sort of|kind of|a lot of|lots of|a bit of)$/ },
  // Conjunctions.
  { ends: /\b(?:and|but|or|nor|because|cause|if|while|although|though|whereas|unless|until|than|as|plus|except|including|especially|basically)$/, unless: /\b(?:know|sure|wonder) if$|, though$/ },
  { ends: /\bso$/, unless: /\b(?:think|hope|guess|suppose|believe|say|said|or|even more|do|not|quite) so$/ },
  { ends: /\b(?:and|but|so|or) (?:then|also|maybe|that's|now)$/ },
  { ends: /\b(?:think|believe|feel|reali[sz]ed|found|found out|guess|hope|means|said|is|was|idea) that$/ },
  // Articles and what else needs a noun.
  { ends: /\b(?:the|a|an|my|your|our|their|its|every|very|quite|such|whose)$/ },
  // Prepositions.
  { ends: /\b(?:of|for|from|with|into|onto|about|between|among|during|without|within|towards?|through|despite|via|per|like|in|at|by|on|upon)$/, unless: /\b(?:go|going|move|carry|hold|later|early) on$|\b(?:join|fit|settle) in$|\bi do like$/ },
  { ends: /\bto$/, unless: /\b(?:not|\w+n't|never) (?:really )?(?:want|need|have|like|love|going|mean|used) to$|\bi'd (?:love|like) to$/ },
  // Subjects and auxiliaries without what they announce.
  { ends: /\b(?:i|we|they|he|she)$/, unless: /\b(?:do|am|can|did|would|have|than) (?:i|we|they|he|she)$|\w and i$/ },
  { ends: /(?:\w'(?:m|ve|ll|d|re)|\b(?:it|he|she|that|there|here|what|who|let)'s)$/ },
  { ends: /\b(?:am|is|are|was|were|be|been|will|would|can|could|should|might|must|have|has|had|do|does|did)$/, unless: /\b(?:think|guess|suppose|hope|believe|say) (?:i|it|he|she|we|they|that) \w+$/ },
  { ends: /\b(?:when|where|who|which|what|why|how|whether)$/, unless: /\b(?:know|sure|remember|see|care|explain|understand) (?:why|how|where|when|who|which|what)$/ },
  { ends: /\b(?:wanna|gonna|gotta)$/ },
  { ends: /\b(?:i|we|you|they|really|always|just|also|still|would|i'd|\w+n't) (?:want|need|enjoy|prefer|love|like|hate|try|think|feel|guess|believe|suppose|wish|started|decided)$/, unless: /, i (?:think|guess|suppose|believe|feel)$/ },
];
/** These endings are finished in short replies ("Yes, I am.") and in clauses that moved their object to the front. */
const MAY_STRAND = /\b(?:of|for|from|with|into|about|through|like|in|at|by|on|to|am|is|are|was|were|will|would|can|could|should|have|has|had|do|does|did|want|need|enjoy|prefer|love|hate|try)$/;

/**
 * Whether what was said so far reads like a finished turn. The first rule that fits decides, on the last sentence:
 * 1. nothing said, or a trailing "…", ",", "-", ":" or ";": no;
 * 2. thanks, yes/no and the like: yes; an opener alone ("Well.", "I think."): no;
 * 3. a question mark: yes, unless hesitation, a conjunction or an article stands before it;
 * 4. trailing hesitation, conjunctions, articles, prepositions, bare subjects, "I'm", "I want to": no, except where English
 *    ends so ("what I am good at", "I think so", "Yes, I am", "I don't want to");
 * 5. a short clause with "when" or "if" and no main clause: no;
 * 6. else final punctuation decides. Moonshine and Whisper punctuate nearly everything, so rules 2 to 5 carry the weight.
 */
export function readsComplete(text: string): boolean {
  // Both patterns begin at one place of a run of marks only, so that a text of nothing else is read in linear time.
  const trimmed = text.replaceAll('’', "'").trim().replace(/(?<!["”)\]])["”)\]]+$/u, '');
  if (!/[\p{L}\p{N}]/u.test(trimmed) || /(?:\.\.|[…,\-–—:;])$/u.test(trimmed)) return false;
  const plain = plainOf(lastSentence(trimmed));
  if (WHOLE.test(plain) || CLOSING.test(plain)) return true;
  if (OPENER.test(plain)) return false;
  if (trimmed.endsWith('?')) return !/\b(?:um+|uh+|er|and|but|or|because|the|a|my)$/.test(plain);
  if (hangs(plain)) return false;
  if (SUBORDINATE.test(plain) && plain.split(' ').length <= MAX_LONE_SUBORDINATE_WORDS && !plain.includes(',')) return false;
  return /[.!]$/.test(trimmed);
}

function hangs(plain: string): boolean {
  const fits = HANGING.some(({ ends, unless }) => ends.test(plain) && !unless?.test(plain));
  if (!fits) return false;
  const shortReply = SHORT_REPLY.test(plain) && /\b(?:am|is|are|was|were|will|would|can|could|should|have|has|had|do|does|did|\w+n't|to|i|we|they)$/.test(plain);
  return !shortReply && !(MAY_STRAND.test(plain) && STRANDING.test(plain));
}

function lastSentence(text: string): string {
  return text.split(/(?<=[.!?])\s+/).findLast((part) => /[\p{L}\p{N}]/u.test(part)) ?? text;
}
/** Lower case, only words and commas. */
function plainOf(sentence: string): string {
  return sentence
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}', ]+/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
}
