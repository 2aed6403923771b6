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
 * Each sentence looks at no more than `REPLY_ITEMS` items after it, so the work grows with the length of the meeting.
 */
import { pointsBack } from './decisions.ts';
import { plain, saysUndecided } from './doubt.ts';
import { type SaidSentence, claimOf, sharesTerm } from './said-sentences.ts';
import type { NoteClaim } from './schema.ts';
import { termsOf } from './terms.ts';

/** So many items after a question its answer is looked for. */
const REPLY_ITEMS = 4;
/** So many statements that are neither answer nor doubt may come before a doubt; after more the talk is elsewhere. */
const MOST_ASIDES = 2;

const WH = '(?:who|what|whether|how|when|where|which|if|why)';
const NOT = String.raw`(?:\w+n't|not|never|cannot|nobody|no one|no-one|none of (?:us|them|you))`;
const KNOW = '(?:know|knows|sure|certain|clear|idea|clue|decided?|agreed?|settled?|determined?|figured?(?: \\w+)? out|work(?:ed)? out|f(?:ou|i)nd out|understand|understood|remember|tell|told|say|said|said anything|confirmed|heard|convinced|made up \\w+ minds?)';

/** Rule 1, whoever says it. */
const OPEN = [
  /\b(?:open|outstanding|unresolved|remaining) (?:question|issue|point|item|topic)s?\b/,
  /\b(?:the|my|our|one|another) (?:big |biggest |main |other |only |real |next )?(?:question|question mark|worry|unknown)(?: for (?:me|us)| then| here| now)? (?:is|remains)\b/,
  /\b(?:is|are|remains?|that's|it's|left) (?:still |all |really |a bit )*(?:open|unclear|unresolved|undecided|to be (?:decided|determined|discussed|confirmed|seen)|tbd|up in the air|anyone's guess)\b/,
  /\b(?:remains? (?:is )?(?:the|a) question|remains? to be seen|yet to (?:decide|be decided|hear|agree|settle)|owes? us (?:an answer|a decision)|tbd|to be (?:decided|determined|confirmed))\b/,
  new RegExp(String.raw`\b(?:no (?:decision|answer|idea|clue)|unclear|undecided)(?: yet)?(?: on| about| as to)? (?:${WH}|the)\b`),
  // "We don't know who", "nobody could tell me what", "what I can't figure out is how".
  new RegExp(String.raw`\b${NOT}(?: \w+){0,4}? ${KNOW}(?: me| us| yet| for sure| exactly| either)*(?: is)? (?:${WH}|on|about)\b`),
  /\b(?:we|it)(?:'ve| have|'s| has|haven't| is)? (?:not|n't|still not|not yet)(?: been)? (?:decided|agreed|settled|figured out)\b|\bwe never (?:settled|decided|agreed|resolved|found out)\b/,
  /\bwe (?:still |also )*(?:need|have) to (?:decide|figure out|find out|work out|settle|agree on|clarify|determine|choose|discuss|understand)\b/,
  new RegExp(String.raw`\b(?:we|i|someone|somebody|one of us) (?:still |also |just |really )*(?:should|must|needs? to|ha(?:ve|s) to|'ll have to|want to|ought to) (?:\w+ )?(?:decide|clarify|figure out|find out|check|ask|look into|look up) (?:\w+ ){0,2}${WH}\b`),
  new RegExp(String.raw`\bwhat(?:'s| is) (?:still )?(?:not (?:yet )?(?:decided|clear|settled)|open|unclear|undecided|missing) (?:is|are)\b|\bwhat (?:i'm|we're) (?:still )?missing is\b`),
  new RegExp(String.raw`\bi(?:'m| am)? (?:still |just |also )?wonder(?:ing)? ${WH}\b|\b(?:good|great|nice|useful|helpful|important|love|like) to know ${WH}\b`),
  /^(?:whether|if|who|how) .* (?:find out|look into|check|clarify|decide)$/,
  /\b(?:haven't|have not|hasn't|not)(?: yet)? made up (?:my|our|their|his|her) minds?\b/,
];
const NOTHING_OPEN = /\bno (?:open|more|further|other|outstanding) (?:questions?|issues?|points?|items?)\b|\bany (?:open |other |more |further )*questions?\b|\bclosed\b|\bno longer\b|\bgood question\b|\b(?:do|did) you\b/;
/** Not the project's: what was not known in the past, what the speaker alone does or feels, figures of speech. */
const OWN_DOUBT = new RegExp(String.raw`\b(?:didn't|did not|hadn't|never) (?:know|understand|realise|realize|say|tell)\b|\bhad no (?:idea|clue)\b|\byou (?:don't|won't|can't|never) \w+|\bi(?:'m| am| do|'m still)?(?: not|n't|don't| don't)(?: \w+)? (?:know|sure|remember|say) (?:${WH} )?(?:i|about that|about this|about you|what (?:to say|you mean))\b|\bi(?:'m| am) (?:not|never) (?:\w+ )?(?:sure|certain|convinced) (?:about|how|why|what|who)\b|\bcan't (?:tell|say) you how\b|\bnot to say\b|\bnot sure about (?:that|this|it)\b`);
/** What one person does not know, another may tell. */
const ONE_DOUBTS = /\bi (?:still )?(?:don't|do not|can't|cannot)\b|\bi'm not\b|\bi(?:'m| am)? (?:still |just |also )?wonder/;

export function saysOpen({ plain: said, text }: Pick<SaidSentence, 'plain' | 'text'>): boolean {
  return !NOTHING_OPEN.test(said) && text.split(' ', 4).length === 4 && OPEN.some((pattern) => pattern.test(said)) && !OWN_DOUBT.test(said);
}

/** Rule 2: how questions begin, and what tells one inside words without punctuation: the verb before its subject. */
const ASKS = new RegExp(
  [
    String.raw`^(?:do|have) (?:we|they|you|i|people|any|all|the)\b`,
    String.raw`^(?:does|did|has|is|are|was|were|can|could|will|would|should|shall|must) (?!(?:be|have|to|do|not|also|just|only|all|never|always|like|love|depend|probably|make|come|go|see|say|work|a|an|in)\b)\w+`,
    String.raw`^who(?:'s|'ll)? (?!(?:i|we|they|he|she|you)\b)\w+`,
    String.raw`^(?:what|where|why|how|which|whose)(?:(?: (?!(?:i|we|they|he|she|you|it|nobody|somebody|people)\b)[\w-]+){0,3}? (?:do|does|did|is|are|was|were|can|could|will|would|should|shall|has|have|happens)\b|'s\b|'re\b)`,
    String.raw`^when(?:'s| (?:do|does|did|is|are|can|could|will|would|should)) \w+`,
    String.raw`^(?:what|how) about \w+ \w+|^what if\b|^(?:is there )?any (?:idea|news|chance|word)\b`,
    String.raw`\b(?<!(?:so|nor|neither|than|as|if) )(?:(?:do|have|are|were) (?:we|they)|(?:did|does|can|could|will|would|should|shall|has) (?:we|they|he|she|it|anybody|anyone|somebody|someone|the))\b(?! (?:of|to)\b)`,
    String.raw`\b(?:who(?:'s| is| are)|what(?:'s| is| are)|where(?:'s| is| are)|when(?:'s| is| are)|how(?:'s| is| are)) (?:we|they|he|she|it|going to|gonna|paying|taking|the latest)\b`,
    String.raw`\b(?:though|or|and|then|by the way) (?:is|was|does|did|will|who|what|where|how) (?:he|she|it|that|there|the|do|does|is|are|should|will)\b`,
    String.raw`\bdo you (?:know|have any idea)\b|, (?:who|what|when|where|how|which) \w+`,
  ].join('|'),
);
/** Rule 4. */
const NO_QUESTION =
  /\b(?:can|could|would|will) you\b|\b(?:can|could|shall|should|may) i\b|\b(?:hear|see) (?:me|us|you|my screen)\b|\b(?:shall|should|can|could) we (?:all )?(?:start|begin|go|move on|continue|get (?:started|going)|do a round)\b|\bis (?:this|it) (?:thing )?(?:on|working|me)\b|\b(?:is|are) (?:everyone|everybody|anyone|we all|you) (?:here|ready|on|there|back|okay|muted)\b|\bready to\b|\banything else\b|\bany (?:other |more |further )?questions\b|\bdoes that (?:make sense|work|sound)\b|\bhow (?:are|were|was) (?:you|your)\b|\bwhat do you (?:think|mean)\b|\bdo you (?:think|mean|remember|see|hear|mind|want to (?:go|start|say))\b|\bwho (?:wants to (?:go|start)|cares|knows|knew|said|would have|has ideas|else)\b|\b(?:know|see|get) what i\b|\b(?:isn't|wasn't|aren't|weren't|doesn't|didn't|won't|wouldn't|shouldn't|haven't|hasn't|don't|can't) (?:it|that|he|she|they|we|you|i|there|this)\b|^why (?:do|does|did|is|are|am|would|not) (?:\w+ )*(?:always|ever|again|even)\b|\bhow (?:hard|difficult|bad) can\b|\bhow (?:can|could) (?:i|you|anyone|anybody) \b|\bwhat would \w+ do without\b|\bwhat if\b.*\bthen\b|\bhow did (?:that|it) go\b|\bam i\b/;
/** Asks everybody, not somebody. */
const CALLS = /\b(?:does|has|did|is) (?:anybody|anyone|somebody|someone)\b|\b(?:who|who's|who'll) (?:is |are |will |should |would )?(?:going to|gonna|takes?|pays?|does|brings|makes|writes|tells|organi[sz]es|trains|waters|talks|follows)\b|\bwho (?:will|should|could|can)\b/;
/** Asks whether something is known or settled: then no is no answer. */
const ASKS_WHETHER_KNOWN = /\b(?:know|idea|heard|clear|decided|confirmed|settled|agreed|answer|answered|found out|figured out|worked out|tested|checked|say|said|news)\b/;

/** @param marked whether the transcript has question marks: then a full stop is believed */
export function asks({ plain: said, text }: Pick<SaidSentence, 'plain' | 'text'>, marked: boolean): boolean {
  if (text.split(' ', 3).length < 3 || (marked && /[.!…]["'”’)]*$/u.test(text))) return false;
  return ASKS.test(said) && !NO_QUESTION.test(said) && (/^(?:who|what|when|where|how|which)\b/.test(said) || termsOf(text).length > 0);
}

/** Puts off what was asked. */
const PUT_OFF = new RegExp(
  String.raw`\b(?:come|get|circle) back to (?:that|this|it|you)\b|\b(?:park|table|postpone|revisit|discuss|take|pick|leave) (?:that|this|it) (?:\w+ )?(?:offline|up|open|for|another|later|next|on)\b|\b(?:park|table|postpone|revisit) (?:that|this|it)\b|\b(?:we'll|let's) (?:see|wait)\b|\bsleep on (?:it|that)\b|\blet me think\b|\bthink(?:ing)? about (?:it|that)\b|\b(?:next|another) time\b|\banother day\b|\btoo early\b|\bneeds? more time\b|\bleav(?:e|ing) (?:it|that|this) (?:open|for)\b`,
);
/** Says that nobody here knows, or knows yet. */
const DOUBT = new RegExp(
  [
    // Not known, not told, not thought of, not there yet.
    String.raw`\b(?:${NOT}|no)(?: \w+){0,3}? (?:${KNOW}|bet|promise|commit|swear|guess|answer|answered|replied|looked|tried|tested|talked about|thought (?:of|about)|got that far|get that far|arrived|in writing|solution|ask|up to|knew|known|received|got an|had an|have (?:an answer|that)|give you that|help)\b`,
    String.raw`\b(?:no|not a) (?:idea|clue|news|answer|plan|solution|decision|consensus)\b|\bnothing(?: \w+)? (?:new|yet|so far|in writing)\b|\bthere(?:'s| is) no (?:\w+ )*yet\b|\bnot(?: \w+)? yet\b|\bme neither\b|\bi was hoping you\b|\bbeats me\b|\bdon't get (?:it|that)\b`,
    // Somebody has to find it out.
    String.raw`\b(?:have|has|need|needs|got|want|would like)(?: \w+)? to (?:think|check|look|find out|ask|call|see|go through|dig|sit down|talk (?:to|with)|clarify|read up)\b|\bi(?:'d| would) have to\b|\b(?:someone|somebody) should\b|\bi(?:'ll| will| can) (?:\w+ )?(?:ask|check|find out|look (?:it|that) up|look into|let you know|get back|escalate)\b|\blet's ask\b`,
    String.raw`\bwait(?:ing)? (?:for|on|until|till)\b|\b(?:will|'ll|going to|until \w+ to) (?:tell|let) us\b|\bpromised to\b`,
    // Nobody can say.
    String.raw`\bdepends\b|\bup in the air\b|\bhard to (?:say|tell)\b|\b(?:good|big|tricky|tough) (?:question|one)\b|\bwho knows\b|\bgr[ae]y area\b|\bback and forth\b|\bchang\w+ (?:my|his|her|their|our) minds?\b|\bto be seen\b|\bunclear\b|\bundecided\b|\bopen (?:point|question)\b|\bstill open\b|\bi'm afraid\b|\b(?:isn't|aren't|not) (?:done|ready|final|fixed|clear|in yet)\b|\brather not (?:guess|say)\b|\b(?:keeps?|kept) (?:\w+ )?putting\b|\bi wonder\b`,
  ].join('|'),
);
const YES_OR_NO = /^(?:yes|no|yeah|yep|yup|nope|nah|sure|of course|absolutely|definitely|certainly|exactly|never|always|both|neither|i (?:think|guess|hope|believe|suppose) (?:so|not)|i (?:don't|do not) think so|(?:i|we|they|he|she|it|that|those|there) (?:did|do|does|is|are|was|were|have|has|can|could|will|would|should)(?!'))\b/;
/** An answer to "have they…?", "did they…?". */
const NOT_YET = /^(?:no[,. ]+)?not \w*\s?yet\b/;
/** What somebody would like, or can imagine, decides nothing. */
const OPINION = /\b(?:i(?:'d)? prefer|i'd (?:say|rather|like)|i vote|maybe|perhaps|might|could|either)\b/;
const NO = /^(?:(?:so|well|basically|u[hm]+|but) )*(?:no|nope|nothing|nah|not|never|me neither|neither|hm+ not)\b/;
const YES_OR_NO_QUESTION = /^(?:do|does|did|is|are|was|were|can|could|will|should|has|have)\b/;
/** Says nothing. */
const SOUND = /^(?:(?:u[hm]+|h+m+|mm+|yeah|yes|true|right|okay|ok|oh|wow|ha+|phew|ugh|well|so|and|but|i know|i see|exactly|same|typical|seriously|silence|good point|fair|fair enough|great|my god|no|really|anyone|anybody|nobody)\b[ ,.!?…]*)+$/;
const A_NUMBER = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b/;

/** What was decided and taken on in the meeting is no answer to look for. */
export interface Settled {
  decided: ReadonlySet<SaidSentence>;
  tasks: ReadonlySet<SaidSentence>;
}

/** Rules 1 to 4 over a whole meeting. Every note is made of whole sentences, which it quotes: the question, then what leaves it open. */
export function findOpenQuestions(sentences: readonly SaidSentence[], settled: Settled): NoteClaim[] {
  const marked = sentences.some(({ text }) => text.endsWith('?'));
  const found: NoteClaim[] = [];
  let last: SaidSentence[] = [];
  for (const sentence of sentences) {
    if (settled.decided.has(sentence) || settled.tasks.has(sentence) || sentence.index <= (last.at(-1)?.index ?? -1) || saysItAgain(sentence, last)) continue;
    const said = saysOpen(sentence) ? staysOpen(sentence, sentences, settled) : asks(sentence, marked) && !asksOn(sentence, sentences, marked) ? leftOpen(sentence, sentences, settled, marked) : null;
    if (!said) continue;
    found.push(claimOf('q', said));
    last = said;
  }
  return found;
}

/** Of what was noted just before: in its words, or in none. */
function saysItAgain(sentence: SaidSentence, last: readonly SaidSentence[]): boolean {
  if (last.length === 0 || sentence.item > last.at(-1)!.item + 2) return false;
  return termsOf(sentence.text).length === 0 || (sentence.item > last[0]!.item && last.some((each) => sharesTerm(each, sentence)));
}

/** "What about the price? Should we raise it?": the second is the question. */
function asksOn({ index, item }: SaidSentence, sentences: readonly SaidSentence[], marked: boolean): boolean {
  const next = sentences[index + 1];
  return next?.item === item && asks(next, marked);
}

function repliesTo({ index, item }: SaidSentence, sentences: readonly SaidSentence[]): SaidSentence[] {
  let end = index + 1;
  while (end < sentences.length && sentences[end]!.item <= item + REPLY_ITEMS) end++;
  return sentences.slice(index + 1, end);
}

function staysOpen(sentence: SaidSentence, sentences: readonly SaidSentence[], { decided, tasks }: Settled): SaidSentence[] | null {
  const replies = repliesTo(sentence, sentences);
  const one = ONE_DOUBTS.test(sentence.plain);
  const closed = replies.some((each) => (decided.has(each) && (sharesTerm(each, sentence) || pointsBack(each.text))) || (one && (tasks.has(each) || !DOUBT.test(each.plain)) && !saysOpen(each) && each.item <= sentence.item + 2 && each.item > sentence.item && sharesTerm(each, sentence)));
  return closed ? null : [sentence];
}

function leftOpen(sentence: SaidSentence, sentences: readonly SaidSentence[], settled: Settled, marked: boolean): SaidSentence[] | null {
  const replies = repliesTo(sentence, sentences);
  let asides = 0;
  for (const reply of replies) {
    const kind = kindOf(reply, sentence, settled, marked);
    if (kind === 'doubt') return [sentence, reply];
    if (kind === 'answer') return null;
    if (kind === 'aside' && ++asides > MOST_ASIDES) return null;
    if (kind === 'question') return CALLS.test(sentence.plain) && asides === 0 ? [sentence] : null;
  }
  return asides === 0 && (replies.length === 0 || CALLS.test(sentence.plain)) ? [sentence] : null;
}

/** `question`: what follows it is about something else. */
function kindOf(reply: SaidSentence, question: SaidSentence, { decided, tasks }: Settled, marked: boolean): 'doubt' | 'answer' | 'aside' | 'sound' | 'question' {
  const said = plain(reply.text);
  const another = reply.item > question.item;
  if (PUT_OFF.test(said)) return 'doubt';
  if (decided.has(reply)) return 'answer';
  if (tasks.has(reply)) return question.plain.startsWith('who') || YES_OR_NO.test(said) ? 'answer' : DOUBT.test(said) ? 'doubt' : 'aside';
  const known = ASKS_WHETHER_KNOWN.test(question.plain);
  if (another && !known && NOT_YET.test(said) && /^(?:has|have|did)\b/.test(question.plain)) return 'answer';
  if ((another && known && NO.test(said)) || DOUBT.test(said) || saysUndecided(said) || saysOpen(reply)) return 'doubt';
  if (SOUND.test(said) && !(another && YES_OR_NO.test(said) && YES_OR_NO_QUESTION.test(question.plain))) return 'sound';
  if (another && YES_OR_NO.test(said)) return 'answer';
  if (another && asks(reply, marked)) return sharesTerm(reply, question) ? 'aside' : 'question';
  if (reply.text.endsWith('?') || ASKS.test(said)) return 'sound';
  if (!another || OPINION.test(said)) return 'aside';
  const counted = /^(?:how|when|what time)\b/.test(question.plain) && A_NUMBER.test(said);
  return CALLS.test(question.plain) || counted || sharesTerm(reply, question) ? 'answer' : 'aside';
}
