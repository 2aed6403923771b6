/** Finds in an answer what can be quoted back ("You mentioned …") and how it was meant. Word rules only; when in doubt, nothing. */
import { gerundOf } from '../interests/inflection.ts';
import { normalise } from './wording.ts';

/** What a person said about something, in their own words. */
export interface Mention {
  topic: string;
  kind: 'likes' | 'wants' | 'good-at' | 'dislikes';
}
const MAX_MENTIONS = 4;

const MAX_TOPIC_WORDS = 5;
const MAX_TOPIC_CHARS = 44;
/** What is looked at behind and before a place in an answer, and how many places: no answer may take long to read. */
const MAX_PHRASE_CHARS = 120;
/** More than NEGATION reaches over, so that a word cut in two is not taken for another. */
const MAX_CHARS_BEFORE = 60;
const MAX_PLACES = 100;
/** So short an answer is itself what was mentioned ("Chess."). */
const MAX_WHOLE_ANSWER_WORDS = 4;

/** What comes after these is what the sentence is about. */
const INTEREST =
  /\b(?:(?:i|we|you|really|also|always|do|would|[id]'d|just|still|most|mostly) (?:like|liked)|loved?|loving|enjoy(?:ed|ing)?|adore|prefer|into|interested in|interest(?:s)? (?:is|are)|fascinated (?:by|with)|passionate about|keen on|fond of|good at|great at|best at|crazy about|curious about|excited about|working on|work on|know about|want(?:ed)? to|learn(?:ing|ed)?|stud(?:y|ying|ied)|understand(?:ing)?|hobb(?:y|ies) (?:is|are)|favou?rite [a-z]+ is|dream of|proud of|what i (?:really |most |mostly )?(?:like|love|enjoy|do)(?: best| most)?(?: in them| about it)?,?(?: and .{1,40},)? is|got this thing about|(?:makes me happ(?:y|iest)) is)\s+/giu;
/** Doing these is itself the subject; they are quoted as "…ing". */
const ACTIVITIES = new Set(
  'play build make write read paint draw cook bake watch sing dance swim run hike climb code program design fix repair teach train travel grow sew knit photograph film ride ski surf skate sail fish garden explore invent solve sculpt act compose record collect help become start'.split(' '),
);
/** Without a word of liking: what somebody does, and whom they have. */
const DOING = /\b(?:(?:i|we|also|often|sometimes|usually|always|to) (?=(?:play|build|make|write|read|paint|draw|cook|bake|watch|sing|dance|repair|fix|collect|design|teach) )|with (?=my |our )|(?=(?:playing|building|making|writing|reading|painting|drawing|cooking|watching|hiking|climbing|collecting|designing|teaching) ))([a-z]+)\s+(?=\S)/giu;
/** Peeled off the front of a phrase, one after the other. */
const LEADING = /^(?:to|really|very|also|just|a lot(?: of)?|lots of|most(?:ly)?|especially|always|how to|about|more about|more|learn(?:ing)?|study(?:ing)?|know|understand|try(?:ing)?|do(?:ing)?|get better at|being|be|with|some|any|kind of|sort of|all kinds of|all sorts of|everything about|uh|um|well|maybe)\s+/iu;
/** A phrase ends before these. */
const ENDING = new Set(
  "and but or because so that which who whom when where while if as since although though then is are was were am be been will would can could should do does did have has had i you he she it we they it's i'm that's there this these those than until unless not don't lately recently now today yesterday too also really very much lot always never sometimes usually often maybe probably every whenever again already um uh how what why".split(' '),
);
/** A phrase may contain these but not end with them, nor consist of them. */
const LINKING = new Set('a an the my our your their his her its in on at of for with to from by about into after before some any'.split(' '));
const PREPOSITIONS = new Set('in on at of for with to from by about into after before'.split(' '));
/** Too general to quote. */
const GENERAL = new Set('thing things stuff something anything nothing everything everyone someone people person lot bit way kind sort time times day days question questions answer idea part point pencil ink school just bit home alone together friend friends family teacher teachers minute minutes hour hours week weeks month months year years ago morning evening weekend sunday saturday myself nobody company both case number numbers same other others one ones good well fine nice new much more many you them him her it me us that this what yes no okay sure here there home say mention course example'.split(' '));
/** "I can't stand …", of oneself only. */
const DISLIKE =
  /\bi(?:'m| am|'ve| have)? (?:(?:really|just|also|still|honestly|actually|absolutely|simply|quite) )?(?:(?:don't|do not|never|didn't|did not) (?:really |even |much |actually )?(?:like|liked|enjoy|care for|care about)|hate|can't stand|cannot stand|dislike|detest|loathe|not (?:really |so |very |much |that )?(?:into|fond of|interested in|keen on|a fan of)|bored (?:by|with|of)|tired of|gave up|given up|stopped)\s+/giu;
const WISH = /\b(?:want(?:ed)? to|learn(?:ing|ed)?|stud(?:y|ying|ied)|understand(?:ing)?|curious about|dream of|know about)\s+$/iu;
const WISHED_FOR = /\b(?:would|i'd|want to|like to|love to|wish to|going to)\b[^.!?;]{0,24}$/iu;
const SKILL = /\b(?:good|great|best) at\s+$/iu;
/** Somebody else's: "my sister loved", "everybody at the club enjoys". */
const OTHERS = /\b(?:he|she|they|who|people|everyone|everybody|somebody|someone|(?:my|his|her|their|our|the) [\p{L}]+)(?: (?:always|really|also|just|still|both|all))*\s+$/iu;
/** "My flatmate would tell you I watch …": somebody else's words about the person. */
const REPORTED = /\b(?:tells?|told|says?|said|thinks?|claims?|write|wrote|written down)(?: you| me| everybody| people)?(?: that)?(?: i(?:'m| am)?)?\s*$/iu;
/** Because one has to: the rest of the clause takes the liking back. */
const OBLIGED = /^[^.!?;]{0,40}\bbecause (?:(?:i|we) (?:must|have to|need to)|of (?:my|the) (?:course|job|work|school|exam))|^[^.!?;,]{0,40}\b(?:for (?:the|an) exam|for the paper)/iu;
const UNLOVED = /(?:^|[.,;!?] |\b(?:i think|i find|and|but) )((?:[\p{L}']{3,20} ){0,2}[\p{L}']{3,20}) (?:is|are) (?:so |really |just |very |totally )*(?:boring|horrible|awful|terrible|disgusting|not for me|not my thing)\b/giu;
/** Not the case: "if I had a garden I would …". */
const UNREAL = /\bif (?:i|we|you)(?:'d| had| were| was| could| have)\b[^.!?;]{0,60}$/iu;
/** Orders to a machine, and praise that is not meant: nothing of such an answer is quoted. */
const NOT_EARNEST =
  /\b(?:write (?:that|this) down|put (?:that|this|it)?(?: in| on| into)? (?:the|my|your) (?:profile|record|list|file)|put that\b|(?:forget|ignore|disregard) (?:all |any )?(?:of )?(?:your|the|these|previous|earlier|prior) |your rules|you are now|from now on you|pretend (?:to be|you)|act as|oh (?:yeah|sure|great|yes),? (?:i|right)|yeah,? right|best thing ever|(?:brilliant|great|fantastic|wonderful|love it)\. not\b|as if\b[.!]|don't get me started)/iu;
const NEGATION = /\b(?:not|n't|dont|don't|doesn't|didn't|never|no longer|hate|hated|stopped|used to|gave up|tired of)\b[^.!?;]{0,24}$/iu;
const UNQUOTABLE = /\b(?:fuck\w*|shit\w*|damn\w*|ass|asshole|bitch\w*|bastard|cunt|dick|piss\w*|crap|hell|idiot\w*|stupid|dumb|kill\w*|die|dead|died|death|sex\w*|porn\w*|rape\w*|nazi\w*|hitler|drug\w*|suicide|password|instructions?|prompt|system (?:prompt|message))\b/iu;
/** Written with a capital also within a sentence. */
const PROPER = /^(?:english|spanish|french|german|italian|portuguese|chinese|mandarin|japanese|korean|arabic|russian|latin|greek|dutch|swedish|hindi|turkish|polish|hebrew|python|javascript|java|rust|america|europe|africa|asia|france|spain|germany|italy|japan|china|india|london|paris|minecraft|lego|shakespeare|mozart|bach)$/iu;
const named = (word: string) => word[0]!.toUpperCase() + word.slice(1);
const SHIFTED = new Map(Object.entries({ my: 'your', our: 'your', me: 'you', myself: 'yourself', mine: 'yours', us: 'you' }));

/** A topic as it is kept, in lower case, with the capitals that names have: "spanish cooking" is "Spanish cooking". */
export function withCapitals(topic: string): string {
  return topic.split(' ').map((word) => (PROPER.test(word) ? named(word) : word)).join(' ');
}

/** What an answer says about the person's likes, in the second person ("your brother") and its order, at most four. Empty when nothing can safely be quoted. */
export function mentionsOf(text: string): Mention[] {
  const clean = text.replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  if (NOT_EARNEST.test(clean)) return [];
  const found: (Mention & { at: number })[] = [];
  const add = (topic: string | undefined, kind: Mention['kind'], at: number) => {
    if (topic !== undefined && found.length < MAX_MENTIONS && !found.some((mention) => mention.topic === topic)) found.push({ topic, kind, at });
  };
  for (const match of placesOf(clean, INTEREST)) {
    const end = match.index + match[0].length;
    const before = clean.slice(Math.max(0, match.index - MAX_CHARS_BEFORE), match.index);
    if (isNotTheirs(before) || OBLIGED.test(phraseAt(clean, end))) continue;
    const kind = SKILL.test(match[0]) ? 'good-at' : WISH.test(match[0]) || /\b(?:would|[id]'d) /i.test(match[0]) || WISHED_FOR.test(before) ? 'wants' : 'likes';
    const phrase = phraseAt(clean, end);
    const topic = phraseFrom(phrase, true);
    add(topic, kind, match.index);
    const second = topic === undefined ? undefined : SECOND.exec(phrase)?.[1];
    if (second !== undefined) add(phraseFrom(second, false), kind, match.index);
  }
  for (const match of placesOf(clean, DISLIKE, false)) add(phraseFrom(phraseAt(clean, match.index + match[0].length), true), 'dislikes', match.index);
  for (const match of placesOf(clean, UNLOVED, false)) add(phraseFrom(match[1]!, false), 'dislikes', match.index);
  if (found.length > 0) return found.filter(({ topic }) => !isTakenBack(topic, clean)).sort((a, b) => a.at - b.at).map(({ topic, kind }) => ({ topic, kind }));
  const bare = clean.replace(HESITANT, '');
  if (bare.split(' ', MAX_WHOLE_ANSWER_WORDS + 1).length <= MAX_WHOLE_ANSWER_WORDS) add(STARTS_ELSEWHERE.test(bare) ? undefined : phraseFrom(bare, false, true), 'likes', 0);
  if (found.length > 0) return [{ topic: found[0]!.topic, kind: 'likes' }];
  for (const match of placesOf(clean, DOING)) {
    const before = clean.slice(Math.max(0, match.index - MAX_CHARS_BEFORE), match.index);
    if (isNotTheirs(before) || OBLIGED.test(phraseAt(clean, match.index + match[0].length))) continue;
    const topic = phraseFrom(`${match[1]} ${phraseAt(clean, match.index + match[0].length)}`, false);
    if (topic?.includes(' ') && !isTakenBack(topic, clean)) return [{ topic, kind: 'likes' }];
  }
  return [];
}

/** Whether the person means what the words say: no order to a machine, no open irony. */
export function isEarnest(text: string): boolean {
  const plain = text.replaceAll('’', "'");
  return !NOT_EARNEST.test(plain) && !UNQUOTABLE.test(plain);
}

function isNotTheirs(before: string): boolean {
  return OTHERS.test(before) || UNREAL.test(before) || REPORTED.test(before);
}
/** "I want to learn the drums. No. Not the drums." */
function isTakenBack(topic: string, clean: string): boolean {
  const plain = ` ${normalise(clean)} `;
  const bare = normalise(topic).replace(/^(?:the|a|an|playing|making) /, '');
  return [` not ${bare} `, ` not the ${bare} `, ` not a ${bare} `].some((words) => plain.includes(words));
}

/** "For three years.", "At school." answer how long and where. */
const STARTS_ELSEWHERE = /^(?:in|on|at|of|for|with|to|from|by|about|into|after|before|since|until|when|because|if|\d+|one|two|three|four|five|six|ten|maybe|speak|go)\b/iu;
const HESITANT = /^(?:(?:just|um+|uh+|er+m?|hm+|well|oh|maybe|mostly|probably|i guess|like|so)[, ]+)+/iu;
/** "chess and photography.": the second of two short names that end the clause. */
const SECOND = /^[\p{L}' -]{2,40}? and ([\p{L}'-]{3,20}(?: [\p{L}'-]{3,20})?)(?=[.,;!?]|$)/u;

/** A name for something as the interviewer may say it, from the words of a correction; undefined when it may not. */
export function quotable(words: string): string | undefined {
  return NOT_EARNEST.test(words) ? undefined : phraseFrom(words.replace(/^(?:the|a|an)\s+/i, ''), false, true);
}

/** Where the pattern fits and, if it matters, is not negated. */
function* placesOf(clean: string, pattern: RegExp, affirmed = true): Generator<RegExpExecArray> {
  let count = 0;
  for (const match of clean.matchAll(pattern)) {
    if (count++ === MAX_PLACES) return;
    if (!affirmed || !NEGATION.test(clean.slice(Math.max(0, match.index - MAX_CHARS_BEFORE), match.index))) yield match;
  }
}

function phraseAt(clean: string, at: number): string {
  return clean.slice(at, at + MAX_PHRASE_CHARS);
}

function phraseFrom(rest: string, afterInterest: boolean, opensAnswer = false): string | undefined {
  let phrase = (/^[^.,;:!?…—–()"]*/u.exec(rest)?.[0] ?? '').replace(/ (?:at all|so much|a lot)\b.*$/iu, '').trim();
  let asVerb = /^to\s/iu.test(phrase);
  for (let peeled = phrase.replace(LEADING, ''); peeled !== phrase; peeled = phrase.replace(LEADING, '')) {
    asVerb ||= /^(?:to|how to)\s/iu.test(phrase);
    phrase = peeled;
  }
  const kept: string[] = [];
  const words = phrase.split(' ');
  const opens = opensAnswer && rest.startsWith(phrase);
  let cutShort = false;
  for (const word of words) {
    const lower = word.toLowerCase();
    if (ENDING.has(lower)) break;
    cutShort = kept.length === MAX_TOPIC_WORDS;
    if (cutShort) break;
    kept.push(PROPER.test(word) ? named(lower) : (SHIFTED.get(lower) ?? (kept.length === 0 && opens ? lower : word)));
  }
  // A phrase that was cut short ends before its last preposition: "the violin in a small".
  const linkAt = kept.findLastIndex((word) => PREPOSITIONS.has(word.toLowerCase()));
  if (cutShort && linkAt > 0) kept.length = linkAt;
  while (kept.length > 0 && LINKING.has(kept.at(-1)!.toLowerCase())) kept.pop();
  const first = kept[0]?.toLowerCase();
  if (first !== undefined && ACTIVITIES.has(first)) kept[0] = gerundOf(first);
  else if (asVerb && first !== undefined && !first.endsWith('ing') && afterInterest) return undefined;
  const topic = kept.join(' ');
  const content = kept.map((word) => word.toLowerCase()).filter((word) => !LINKING.has(word) && word.length > 2);
  if (content.every((word) => GENERAL.has(word)) || GENERAL.has(content.at(-1)!)) return undefined;
  if (topic.length > MAX_TOPIC_CHARS || UNQUOTABLE.test(topic) || !/^\p{L}[\p{L}\p{N}'+# -]*$/u.test(topic)) return undefined;
  return topic;
}
