/** Finds something in an answer that can be quoted back ("You mentioned …"). Word rules only; when in doubt, nothing. */

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
  /\b(?:(?:i|we|you|really|also|always|do|would|[id]'d|just|still|most|mostly) (?:like|liked)|loved?|loving|enjoy(?:ed|ing)?|adore|prefer|into|interested in|interest(?:s)? (?:is|are)|fascinated (?:by|with)|passionate about|keen on|fond of|good at|great at|best at|crazy about|curious about|excited about|working on|work on|know about|want(?:ed)? to|learn(?:ing|ed)?|stud(?:y|ying|ied)|understand(?:ing)?|hobb(?:y|ies) (?:is|are)|favou?rite [a-z]+ is|dream of|proud of)\s+/giu;
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
  "and but or because so that which who whom when where while if as since although though then is are was were am be been will would can could should do does did have has had i you he she it we they it's i'm that's there this these those than until unless not don't lately recently now today yesterday too also really very much lot always never sometimes usually often maybe probably every whenever again already um uh".split(' '),
);
/** A phrase may contain these but not end with them, nor consist of them. */
const LINKING = new Set('a an the my our your their his her its in on at of for with to from by about into after before some any'.split(' '));
const PREPOSITIONS = new Set('in on at of for with to from by about into after before'.split(' '));
/** Too general to quote. */
const GENERAL = new Set('thing things stuff something anything nothing everything everyone someone people person lot bit way kind sort time times day days question questions answer idea part point case number numbers same other others one ones good well fine nice new much more many you them him her it me us that this what yes no okay sure here there home say mention course example'.split(' '));
const NEGATION = /\b(?:not|n't|dont|don't|doesn't|didn't|never|no longer|hate|hated|stopped|used to|gave up|tired of)\b[^.!?;]{0,24}$/iu;
const UNQUOTABLE = /\b(?:fuck\w*|shit\w*|damn\w*|ass|asshole|bitch\w*|bastard|cunt|dick|piss\w*|crap|hell|idiot\w*|stupid|dumb|kill\w*|die|dead|died|death|sex\w*|porn\w*|rape\w*|nazi\w*|hitler|drug\w*|suicide|password|instructions?|prompt|system)\b/iu;
/** Written with a capital also within a sentence. */
const PROPER = /^(?:english|spanish|french|german|italian|portuguese|chinese|mandarin|japanese|korean|arabic|russian|latin|greek|dutch|swedish|hindi|turkish|polish|hebrew|python|javascript|java|rust|america|europe|africa|asia|france|spain|germany|italy|japan|china|india|london|paris|minecraft|lego|shakespeare|mozart|bach)$/iu;
const SHIFTED: Record<string, string> = { my: 'your', our: 'your', me: 'you', myself: 'yourself', mine: 'yours', us: 'you' };

/** Something the person spoke of, in the second person ("your brother", "playing the guitar"), or undefined. */
export function topicOf(text: string): string | undefined {
  const clean = text.replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  for (const match of placesOf(clean, INTEREST)) {
    const topic = phraseFrom(phraseAt(clean, match.index + match[0].length), true);
    if (topic) return topic;
  }
  if (clean.split(' ', MAX_WHOLE_ANSWER_WORDS + 1).length <= MAX_WHOLE_ANSWER_WORDS) {
    const topic = phraseFrom(clean, false, true);
    if (topic) return topic;
  }
  for (const match of placesOf(clean, DOING)) {
    const topic = phraseFrom(`${match[1]} ${phraseAt(clean, match.index + match[0].length)}`, false);
    if (topic?.includes(' ')) return topic;
  }
  return undefined;
}

/** Where the pattern fits and is not negated. */
function* placesOf(clean: string, pattern: RegExp): Generator<RegExpExecArray> {
  let count = 0;
  for (const match of clean.matchAll(pattern)) {
    if (count++ === MAX_PLACES) return;
    if (!NEGATION.test(clean.slice(Math.max(0, match.index - MAX_CHARS_BEFORE), match.index))) yield match;
  }
}

function phraseAt(clean: string, at: number): string {
  return clean.slice(at, at + MAX_PHRASE_CHARS);
}

function phraseFrom(rest: string, afterInterest: boolean, opensAnswer = false): string | undefined {
  let phrase = /^[^.,;:!?…—–()"]*/u.exec(rest)?.[0].trim() ?? '';
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
    kept.push(PROPER.test(word) ? lower[0]!.toUpperCase() + lower.slice(1) : (SHIFTED[lower] ?? (kept.length === 0 && opens ? lower : word)));
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

/** make → making, run → running, die → dying. */
function gerundOf(verb: string): string {
  if (verb.endsWith('ie')) return `${verb.slice(0, -2)}ying`;
  if (verb.endsWith('e') && !verb.endsWith('ee')) return `${verb.slice(0, -1)}ing`;
  const doubles = /^[^aeiou]*[aeiou][bdgklmnprt]$/.test(verb) && !/[aeiou]{2}.$/.test(verb);
  return doubles ? `${verb}${verb.at(-1)}ing` : `${verb}ing`;
}
