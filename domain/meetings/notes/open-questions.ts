/**
 * What a meeting left open, in English, by rules over wording and over the replies that follow. Recognisers often write no
 * question marks, so a question is known by its words as well: "who is…", "do we…", "what about…".
 *
 * 1. A sentence may say itself that something is open: "we still don't know who…", "it remains to be seen", "somebody should
 *    find out if…". It is noted unless that is decided, or what one person did not know is told, right away.
 * 2. A question is noted when a reply leaves it open ("no idea", "they haven't told us", "I'd have to check", "let's sleep on
 *    it") before any reply answers it. A reply answers when it begins with yes or no, is a decision, takes on a "who…?", or
 *    states something in the question's own words. Of "does anyone know…?" a plain no is no answer.
 * 3. A call to everybody ("who is going to…?", "has anyone heard…?") is noted as well when nothing but sounds like "hm" follows.
 *    Any other question without a reply of doubt counts as answered: a missing note is better than a false one.
 * 4. Requests, checks of the line, steps of the talk, tags ("isn't it") and what is asked for effect are no questions.
 *
 * Each sentence looks at no more than `REPLY_SENTENCES` after it, so the work grows with the length of the meeting.
 */
import { UNKNOWN_SPEAKER } from '../../session/speaker-names.ts';
import { pointsBack } from './decisions.ts';
import { plain } from './doubt.ts';
import type { NotesItem } from './ports.ts';
import { type SaidSentence, claimOf, sharesTerm } from './said-sentences.ts';
import type { NoteClaim } from './schema.ts';

/** So many items after a question, and so many sentences, its answer is looked for. */
const REPLY_ITEMS = 4;
const REPLY_SENTENCES = 20;
/** So many statements that are neither answer nor doubt may come before a doubt; after more the talk is elsewhere. */
const MOST_ASIDES = 2;
/** Longer questions are speeches: a recogniser's segment has at most 15 s. */
const MOST_WORDS = 45;
/** A reply of doubt doubts at once: within so many words; and longer ones say more than that nobody knows. */
const DOUBT_BEGINS_WORDS = 9;
const DOUBT_WORDS = 25;

const WH = '(?:who|what|whether|how|when|where|which|if|why)';
const NOT = String.raw`(?:\w+n't(?! (?:you|we|they|i|it|he|she)\b)|not|never|cannot|nobody|no one|no-one|none of (?:us|them|you))`;
const KNOW = String.raw`(?:(?<!\byou )know|knows|sure|certain|clear|idea|clue|decided?|agreed|settled?|determined?|figured?(?: \w+)? out|work(?:ed)? out|f(?:ou|i)nd out|understand(?! th)|understood|remember|tell|told|(?<!\b(?:to|don't|wouldn't) )say|said|confirmed|heard|convinced|made up \w+ minds?)`;

/** Rule 1, whoever says it. */
const OPEN = [
  /\b(?:open|outstanding|unresolved|remaining) (?:question|issue|point|item|topic)s?\b/,
  new RegExp(String.raw`\b(?:the|our|one|another) (?:big |biggest |main |other |only |real |next )?question(?: for (?:me|us)| then| here| now)? (?:is|remains)(?: still| really| just)? (?:${WH}|is|are|do|does|did|should|can|could|will|would)\b|\b(?:the|my|our) (?:\w+ )?(?:question mark|worry|unknown)(?: for (?:me|us))? is\b`),
  /\b(?:is|are|(?<!\b(?:that|which|reasons) )remains?|that's|it's|left) (?:still |all |really |a bit )*(?:unclear|unresolved|undecided|to be (?:decided|determined|discussed|confirmed|seen)|tbd|up in the air|anyone's guess)\b|\b(?:(?:is|are|that's|it's) still|remains?|left) open\b/,
  /\b(?:remains? (?:is )?(?:the|a) question|remains? to be seen|yet to (?:decide|be decided|hear|agree|settle)|owes? us (?:an answer|a decision)|tbd|to be (?:decided|determined|confirmed))\b/,
  new RegExp(String.raw`\b(?:no (?:decision|answer|idea|clue)|unclear|undecided)(?: yet)?(?: on| about| as to)? (?:${WH}|the)\b`),
  // "We don't know who", "nobody could tell me what", "what I can't figure out is how".
  new RegExp(String.raw`\b${NOT}(?: \w+){0,4}? ${KNOW}(?: me| us| yet| for sure| exactly| either)*(?: is)? (?:${WH}\b|(?:on|about) \w)`),
  /\b(?:we|it)(?:'ve| have|'s| has|haven't| is)? (?:not|n't|still not|not yet)(?: been)? (?:decided|agreed|settled|figured out)\b|\bwe never (?:settled|decided|agreed|resolved|found out)\b/,
  new RegExp(String.raw`\bwe (?:still |also |first )*(?:need|have) to (?:(?:decide|figure out|work out|agree|clarify|determine|choose) (?:${WH}|on|between)|find out|settle)\b`),
  new RegExp(String.raw`\b(?:we|i|someone|somebody|one of us) (?:still |also |just |really )*(?:should|must|needs? to|ha(?:ve|s) to|'ll have to|want to|ought to) (?:\w+ )?(?:decide|clarify|figure out|find out|check|ask|look into|look up) (?:\w+ ){0,2}${WH}\b`),
  new RegExp(String.raw`\bwhat(?:'s| is) (?:still )?(?:not (?:yet )?(?:decided|clear|settled)|open|unclear|undecided|missing) (?:is|are)\b|\bwhat (?:i'm|we're) (?:still )?missing is\b`),
  new RegExp(String.raw`\bi(?:'m| am)? (?:still |just |also )?wonder(?:ing)? ${WH}\b|\b(?:good|great|nice|useful|helpful|important|love|like) to know ${WH}\b`),
  /^(?:whether|if|who|how) .* (?:is open|find out|look into|check|clarify|decide)[.]?$/,
  /\b(?:haven't|have not|hasn't|not)(?: yet)? made up (?:my|our|their|his|her) minds?\b/,
];
const NOTHING_OPEN = /\bno (?:open|more|further|other|outstanding) (?:questions?|issues?|points?|items?)\b|\bany (?:open |other |more |further )*questions?\b|\bclosed\b|\bno longer\b|\bgood question\b|\b(?:do|did) you\b/;
/** Not the project's: what was not known in the past, what the speaker alone does or feels, what others are told. */
const OWN_DOUBT = new RegExp(
  [
    String.raw`\b(?:didn't|did not|doesn't|hadn't|wasn't|was not|weren't|were not|couldn't) (?:\w+ )?(?:know|decided|remember|decide|understand|reali[sz]e|say|tell|sure|clear|certain)\b|\bhad no (?:idea|clue)\b`,
    String.raw`\byou (?:\w+ )?(?:don't|won't|can't|wouldn't|never|haven't|didn't) \w+|\b(?:they|people|users|customers|he|she)(?: \w+)? (?:don't|can't|won't|wouldn't) (?:know|tell|understand|remember)\b|\bi never\b|\b(?:don't|doesn't) (?:have|need) to\b|\bn't (?:tell|say) you how\b|\bnot to say\b|\bmore unclear\b`,
    String.raw`\b(?:know|sure|remember|say) (?:${WH} )?(?:i|about that|about this|about you|what (?:to say|you mean))\b|\bnot (?:\w+ )?(?:sure|certain|convinced) (?:about|how|why|what|who)\b`,
  ].join('|'),
);
/** What one person does not know, another may: noted as a question is, when a reply leaves it open. */
const ONE_DOUBTS = /\bi (?:\w+ )?(?:do not|don't|can't|cannot) (?!suppose)|\bi(?:'m| am) (?:\w+ )?not\b|\bi(?:'ve| have) no (?:idea|clue)\b|^not (?:\w+ )?sure\b|\bi(?:'m| am)? (?:just |also )?wonder|\bi(?:'d| would) (?:\w+ )?(?:like|love) to know\b/;
const STANDS = /\bi(?:'m| am)? still\b|\byet\b|\b(?:what|thing|one) i (?:can't|don't)\b/;

export function saysOpen({ plain: said, text }: Pick<SaidSentence, 'plain' | 'text'>): boolean {
  return !text.endsWith('?') && !NOTHING_OPEN.test(said) && text.split(' ', 4).length === 4 && OPEN.some((pattern) => pattern.test(said)) && !OWN_DOUBT.test(said);
}

/** Rule 2: how questions begin, and what tells one inside words without punctuation: the verb before its subject. */
const ASKS = new RegExp(
  [
    String.raw`^(?:do|have) (?:we|they|you|i|people|any)\b`,
    String.raw`^(?:does|did|has) (?!(?:be|have|to|do|not|also|just|only|all|never|always)\b)\w+`,
    String.raw`^(?:is|are|was|were|can|could|will|would|should|shall|must) (?:we|they|he|she|it|there|that|this|these|those|the|our|my|your|his|her|their|any\w*|every\w*|some\w*|people|all of)\b`,
    String.raw`^who(?:'s|'ll)? (?!(?:i|we|they|he|she|you)\b)\w+`,
    String.raw`^(?:what|where|why|how|whose|which(?! (?:is|are|was|were|has|have|does|do|did|can|could|will|would|should)\b))(?:(?: (?!(?:i|we|they|he|she|you|it|nobody|somebody|people)\b)[\w-]+){0,3}? (?:do|does|did|is|are|was|were|can|could|will|would|should|shall|has|have|happens) \w|'s\b|'re\b)`,
    String.raw`^when(?:'s| (?:do|does|did|is|are|can|could|will|would|should)) \w+`,
    String.raw`^(?:what|how) about \w+ \w+|^what if\b|^(?:is there )?any (?:idea|news|chance|word)\b`,
    String.raw`\b(?<!\b(?:so|nor|neither|than|as|if|i|we|you|they|he|she|it|who|which|people|to|not) )(?:(?:do|have|are|were) (?:we|they)|(?:did|does|can|could|will|would|should|shall|has) (?:we|they|he|she|it|anybody|anyone|somebody|someone|the))\b(?!'| (?:of|to)\b| ?\W*$)`,
    String.raw`\b(?:who(?:'s| is| are)|what(?:'s| is| are)|where(?:'s| is| are)|when(?:'s| is| are)|how(?:'s| is| are)) (?:we|they|he|she|it|going to|gonna|paying|taking|the latest)\b`,
    String.raw`\b(?:though|or|and|then|by the way) (?:is|was|does|did|will|who|what|where|how) (?:he|she|it|that|there|the|do|does|is|are|should|will)\b`,
    String.raw`\bdo you (?:know|have any idea)\b|, (?:who|what|when|where|how|which) \w+`,
  ].join('|'),
);
/** Enough before a question mark. */
const BEGINS = /^(?:do|does|did|is|are|was|were|can|could|will|would|should|shall|must|has|have|what|where|why|how|which|whose|when|who)\b/;
/** Rule 4. */
const NO_QUESTION = new RegExp(
  [
    // Requests and offers.
    String.raw`\b(?:can|could|would|will) you\b|\b(?:can|could|shall|should|may) i\b`,
    // Of the line and of those who are there.
    String.raw`\b(?:hear|see) (?:me|us|you|my screen)\b|\bis (?:this|it) (?:thing )?(?:on|working|me)\b|\b(?:is|are) (?:everyone|everybody|anyone|we all|you) (?:here|ready|on|there|back|okay|muted)\b|\bready to\b|\bhow (?:are|were|was) (?:you|your)\b|\bwhat's (?:new|up)\b|\bhow did (?:that|it) go\b`,
    // Of the talk itself.
    String.raw`\b(?:shall|should|can|could) we (?:all )?(?:start|begin|go|move on|continue|get|do a round)\b|\bwhat are we (?:talking about|doing (?:now|next|today))\b|\banything else\b|\bany (?:other |more |further )?questions\b|\bdoes that (?:make sense|work|sound)\b|\bwhat do you (?:think|mean)\b|\bdo you have any (?:views?|thoughts?|comments?|questions?)\b|\bdo you (?:think|mean|remember|see|hear|mind|wanna|want to (?:go|start|say))\b|\bwho (?:wants to (?:go|start)|has ideas|else)\b|\b(?:know|see|get) what i\b`,
    // Tags and negations, which ask for a yes.
    String.raw`\b(?:isn't|wasn't|aren't|weren't|doesn't|didn't|won't|wouldn't|shouldn't|haven't|hasn't|don't|can't) (?:it|that|he|she|they|we|you|i|there|this)\b|\b(?:right|okay|ok|correct|huh|yes|no)\?$`,
    // For effect.
    String.raw`\bwhy not\b|\bwhy is it that\b|^why (?:will|would|can|is|are|does|do|did) .*\bnot\b|^why (?:do|does|did|is|are|am|would) (?:\w+ )*(?:always|ever|again|even)\b|\bwho (?:cares|knows|knew|said|would have)\b|\bhow (?:hard|difficult|bad) can\b|\bhow (?:can|could) (?:i|you|anyone|anybody)\b|\bwhat would \w+ do without\b|\bam i\b`,
  ].join('|'),
);
/** Asks everybody, not somebody. */
const CALLS = /\b(?:does|has|did|is) (?:anybody|anyone|somebody|someone)\b|\b(?:who|who's|who'll) (?:is |are |will |should |would )?(?:going to|gonna|takes?|pays?|does|brings|makes|writes|tells|organi[sz]es|trains|waters|talks|follows)\b|\bwho (?:will|should|could|can)\b/;
/** Asks whether something is known or settled: then no is no answer. */
const ASKS_WHETHER_KNOWN = /\b(?:know|any idea|heard|clear|decided|confirmed|settled|agreed|answer|answered|found out|figured out|worked out|tested|checked|say|said|news)\b/;

/** @param marked whether the transcript has question marks: then a full stop is believed */
export function asks({ plain: said, text, terms }: Pick<SaidSentence, 'plain' | 'text' | 'terms'>, marked: boolean): boolean {
  const words = text.split(' ').length;
  if (words < 3 || words > MOST_WORDS || (marked && /[.!…]["'”’)]*$/u.test(text))) return false;
  return (text.endsWith('?') ? ASKS.test(said) || BEGINS.test(said) : ASKS.test(said)) && !NO_QUESTION.test(said) && (/^(?:who|what|when|where|how|which)\b/.test(said) || terms.length > 0);
}

/** Puts off what was asked. */
const PUT_OFF = new RegExp(
  [
    String.raw`\b(?:come|get|circle) back to (?:that|this|it|you)\b|\b(?:discuss|take|pick|leave) (?:that|this|it) (?:up )?(?:\w+ )?(?:offline|open|for|another|later|next|on|with)\b|\b(?:park|table|postpone|revisit) (?:that|this|it)\b|\bleaving (?:it|that|this) (?:open|for)\b`,
    String.raw`\b(?:we'll|let's) (?:see|wait)\b|\bsleep on (?:it|that)\b|\blet me think\b|\b(?:i'm|still|let me|let's|i'll|we'll|to) think(?:ing)? about (?:it|that)\b`,
    String.raw`\b(?:next|another) time\b|\banother day\b|(?:^|\b(?:it's|that's|it is|bit|much|far|way) )too early\b|\bneeds? more time\b`,
  ].join('|'),
);
/** Says that nobody here knows, or knows yet. */
const DOUBT = new RegExp(
  [
    // Not known, not told, not thought of, not there yet.
    String.raw`(?<!\b(?:you|people) )\b(?:${NOT}|no)(?: \w+){0,3}? (?:${KNOW}|bet|promise|commit|swear|guess|answer|answered|replied|looked|tried|tested|talked about|th(?:ought|ink) (?:of|about)|got that far|get that far|arrived|in writing|solution|ask|up to|knew|known|received|got an|had an|have (?:an answer|that)|give you that|help)\b`,
    String.raw`\b(?:no|not a) (?:idea|clue|news|answer|plan|solution|decision|consensus)\b|\bnothing(?: \w+)? (?:new|yet|so far|in writing)\b|\bthere(?:'s| is) no (?:\w+ )*yet\b|\bnot(?: \w+)? yet\b|\bme neither\b|\bi was hoping you\b|\bbeats me\b|\bdon't get (?:it|that)\b`,
    // Somebody has to find it out.
    String.raw`\b(?:have|has|need|needs|got)(?: \w+)? to (?:think|check|look|find out|ask|call|see|go through|dig|wait|sit down|talk (?:to|with)|read up)\b|\bi(?:'d| would) have to\b|\b(?:someone|somebody) should\b|\bi(?:'ll| will| can) (?:\w+ )?(?:ask(?! \w+ to\b)|check|find out|look (?:it|that) up|look into|let you know|get back|escalate)\b|\blet's ask\b`,
    String.raw`\bwaiting (?:for|on|until|till)\b|\b(?:will|'ll|going to|until \w+ to) (?:tell|let) us\b|\bpromised to\b`,
    // Nobody can say.
    String.raw`\bdepends\b|\bup in the air\b|\bhard to (?:say|tell)\b|\bthat(?:'s| is) (?:a |the )?(?:big|tricky|tough) (?:question|one)\b|\bwho knows\b|\bgr[ae]y area\b|\bback and forth\b|\bchang\w+ (?:my|his|her|their|our) minds?\b|\bto be seen\b|\bunclear\b|\bundecided\b|\bopen (?:point|question)\b|\bstill open\b|\bi'm afraid\b|\b(?:isn't|aren't|not) (?:done|ready|final|fixed|clear|in yet)\b|\brather not (?:guess|say)\b|\b(?:keeps?|kept) (?:\w+ )?putting\b|\bi wonder\b`,
  ].join('|'),
);
/** Whether a reply, in lower case, leaves open at its beginning what was asked. */
function doubtsSoon(said: string): boolean {
  const at = said.search(DOUBT);
  return at >= 0 && said.slice(0, at).split(' ').length <= DOUBT_BEGINS_WORDS + 1;
}
const YES_OR_NO = /^(?:yes|no|yeah|yep|yup|nope|nah|sure|of course|absolutely|definitely|certainly|exactly|never|always|both|neither|i (?:think|guess|hope|believe|suppose) (?:so|not)|i (?:don't|do not) think so|(?:i|we|they|he|she|it|that|those|there) (?:did|do|does|is|are|was|were|have|has|can|could|will|would|should)(?!'))\b/;
/** An answer to "have they…?", "did they…?". */
const NOT_YET = /^(?:(?:no|u[hm]+|well)[,. ]+)*not (?:\w+ )?yet\b/;
/** No doubt about what was asked, or an answer after all. */
const MISHEARD = /\bi didn't (?:know|reali[sz]e)\b|\bwhat you(?:'re| are)? (?:saying|mean)\b|\bsure (?:but )?i (?:think|guess)\b/;
/** What somebody would like, or can imagine, decides nothing. */
const OPINION = /\b(?:i(?:'d)? prefer|i'd (?:say|rather|like)|i vote|maybe|perhaps|might|could|either)\b/;
const NO = /^(?:(?:so|well|basically|u[hm]+|but) )*(?:no(?! (?:problem|worries|no\b))|nope|nothing|nah|not (?:me|really|yet|that i|as far|so far)|never|me neither|neither|hm+ not)\b/;
const YES_OR_NO_QUESTION = /^(?:do|does|did|is|are|was|were|can|could|will|should|has|have)\b/;
/** Says nothing. */
const SOUND = /^(?:(?:u[hm]+|h+m+|mm+|yeah|yes|true|right|okay|ok|oh|wow|ha+|phew|ugh|well|so|and|but|i know|i see|exactly|same|typical|seriously|silence|(?:that's a |very )?good (?:question|point)|fair|fair enough|great|my god|no|really|anyone|anybody|nobody)\b[ ,.!?…]*)+$/;
const A_NUMBER = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b/;

/** What was decided and taken on in the meeting is no answer to look for. */
export interface Settled {
  decided: ReadonlySet<SaidSentence>;
  tasks: ReadonlySet<SaidSentence>;
}

interface Heard {
  items: readonly NotesItem[];
  sentences: readonly SaidSentence[];
  settled: Settled;
  marked: boolean;
}

/** Rules 1 to 4 over a whole meeting. Every note is made of whole sentences, which it quotes: the question, then what leaves it open. */
export function findOpenQuestions(items: readonly NotesItem[], sentences: readonly SaidSentence[], settled: Settled): NoteClaim[] {
  const marked = sentences.some(({ text }) => text.endsWith('?'));
  const heard: Heard = { items, sentences, settled, marked };
  const found: NoteClaim[] = [];
  let last: SaidSentence[] = [];
  for (const sentence of sentences) {
    if (settled.decided.has(sentence) || settled.tasks.has(sentence) || sentence.index <= (last.at(-1)?.index ?? -1) || saysItAgain(sentence, last)) continue;
    const said = saysOpen(sentence) && !(BEGINS.test(sentence.plain) && asks(sentence, marked)) ? staysOpen(sentence, heard) : asks(sentence, marked) && !asksOn(sentence, sentences, marked) ? leftOpen(sentence, heard) : null;
    if (!said) continue;
    found.push(claimOf('q', said));
    last = said;
  }
  return found;
}

/** Of what was noted just before: in its words, or in none. */
function saysItAgain(sentence: SaidSentence, last: readonly SaidSentence[]): boolean {
  if (last.length === 0 || sentence.item > last.at(-1)!.item + 2) return false;
  return sentence.terms.length === 0 || (sentence.item > last[0]!.item && last.some((each) => sharesTerm(each, sentence)));
}

/** "What about the price? Should we raise it?": the second is the question. */
function asksOn({ index, item }: SaidSentence, sentences: readonly SaidSentence[], marked: boolean): boolean {
  const next = sentences[index + 1];
  return next?.item === item && asks(next, marked);
}

function repliesTo({ index, item }: SaidSentence, sentences: readonly SaidSentence[]): SaidSentence[] {
  let end = index + 1;
  while (end < sentences.length && end <= index + REPLY_SENTENCES && sentences[end]!.item <= item + REPLY_ITEMS) end++;
  return sentences.slice(index + 1, end);
}

function staysOpen(sentence: SaidSentence, heard: Heard): SaidSentence[] | null {
  if (ONE_DOUBTS.test(sentence.plain) && !STANDS.test(sentence.plain)) return leftOpen(sentence, heard);
  const decided = repliesTo(sentence, heard.sentences).filter((each) => heard.settled.decided.has(each));
  return decided.some((each) => sharesTerm(each, sentence) || pointsBack(each.text)) ? null : [sentence];
}

function leftOpen(sentence: SaidSentence, { items, sentences, settled, marked }: Heard): SaidSentence[] | null {
  const replies = repliesTo(sentence, sentences);
  const calls = CALLS.test(sentence.plain);
  // Too short to be quoted, and so no sentence.
  if (/^\W*no\W*$/i.test(items[sentence.item + 1]?.text ?? '')) return asksWhetherKnown(sentence) ? [sentence] : null;
  let asides = 0;
  let heard = false;
  for (const reply of replies) {
    const voice = reply.evidence.speaker;
    // Whoever asks and goes on talking leaves nothing open by that, unless for all: "then we can't settle that today".
    const another = voice !== sentence.evidence.speaker || voice === UNKNOWN_SPEAKER;
    heard ||= another;
    const kind = kindOf(reply, sentence, settled, marked, another || (heard && /\b(?:we (?:\w+n't|cannot|still|never)|nobody)\b/.test(reply.plain)));
    if (kind === 'doubt') return [sentence, reply];
    if (kind === 'answer') return null;
    if (kind === 'aside' && ++asides > MOST_ASIDES) return null;
    if (kind === 'question') return calls && asides === 0 ? [sentence] : null;
  }
  return asides === 0 && (calls || (replies.length === 0 && !ONE_DOUBTS.test(sentence.plain))) ? [sentence] : null;
}

/** Of "does anyone know…?" no is no answer. */
const asksWhetherKnown = ({ plain: said }: SaidSentence) => ASKS_WHETHER_KNOWN.test(said) && !ONE_DOUBTS.test(said);

/** `question`: what follows it is about something else. */
function kindOf(reply: SaidSentence, question: SaidSentence, { decided, tasks }: Settled, marked: boolean, mayDoubt: boolean): 'doubt' | 'answer' | 'aside' | 'sound' | 'question' {
  const said = plain(reply.text);
  const another = reply.item > question.item;
  const doubts = mayDoubt && reply.text.split(' ').length <= DOUBT_WORDS && !reply.text.endsWith('?') && !MISHEARD.test(said);
  if (doubts && PUT_OFF.test(said)) return 'doubt';
  if (decided.has(reply)) return 'answer';
  if (tasks.has(reply)) return question.plain.startsWith('who') || YES_OR_NO.test(said) ? 'answer' : DOUBT.test(said) ? 'doubt' : 'aside';
  const known = asksWhetherKnown(question);
  if (another && !known && NOT_YET.test(said) && /^(?:has|have|did)\b/.test(question.plain)) return 'answer';
  if (doubts && ((another && known && NO.test(said)) || doubtsSoon(said) || saysOpen(reply))) return 'doubt';
  if (SOUND.test(said) && !(another && YES_OR_NO.test(said) && YES_OR_NO_QUESTION.test(question.plain))) return 'sound';
  if (another && YES_OR_NO.test(said)) return 'answer';
  if (another && asks(reply, marked)) return sharesTerm(reply, question) ? 'aside' : 'question';
  if (reply.text.endsWith('?') || ASKS.test(said)) return 'sound';
  if (!another || OPINION.test(said)) return 'aside';
  const counted = /^(?:how|when|what time)\b/.test(question.plain) && A_NUMBER.test(said);
  return CALLS.test(question.plain) || counted || sharesTerm(reply, question) ? 'answer' : 'aside';
}
