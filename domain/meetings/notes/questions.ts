/** What a meeting left open, by its wording, in English. */
import { plain, saysUndecided } from './doubt.ts';
import type { SaidSentence } from './said-sentences.ts';

/** Says itself that something is open. */
const OPEN = [
  /\b(?:the |an |one |another |my |our |big |biggest |main |remaining |last )*(?:open|outstanding|unresolved|remaining) (?:question|issue|point|item|topic)s?\b/,
  /\b(?:the|my|our) (?:big |biggest |main |other |only )?question (?:is|remains|then is|for me is)\b/,
  /\b(?:is|are|remains?|that's|it's|leave (?:it|that|this)|left) (?:still |all )?(?:open|unclear|unresolved|undecided|to be decided|tbd|up in the air|an open)\b/,
  /\b(?:we|nobody|no one)(?:'ve| have)? (?:still )?(?:don't|do not|doesn't|does not|didn't|haven't|have not|hasn't|knows?|has) (?:\w+ )?(?:know|decided|agreed|figured out|worked out|found out|settled|clear|sure)(?: yet)?(?: is)? (?:who|what|whether|how|when|where|which|if|why|on)\b/,
  /\b(?:we|it)(?:'ve| have|'s| has|haven't| is)? (?:not|n't|still not|not yet)(?: been)? (?:decided|agreed|settled|figured out)\b|\bwe never (?:settled|decided|agreed|resolved)\b/,
  /\bwe (?:still |also )?(?:need|have) to (?:decide|figure out|find out|work out|settle|agree on|clarify|determine|choose|discuss|understand)\b/,
  /\b(?<!i'm )(?<!i am )\b(?:not|nobody's|nobody is|we're not|we are not)(?: \w+)? (?:sure|certain|clear)(?: yet)? (?:who|what|whether|how|when|where|which|if|why|about)\b/,
  /(?<!had )\b(?:no idea|unclear|no decision|no answer|undecided)(?: yet)?(?: on| about| as to)? (?:who|what|whether|how|when|where|which|if|why|the)\b/,
  /\bi (?:still don't know|don't know yet|still do not know) (?:who|what|whether|how|when|where|which|if|why)\b/,
  /\b(?:haven't|have not|hasn't|not)(?: yet)? made up (?:my|our|their|his|her) minds?\b/,
  /\bwhat(?:'s| is) (?:still )?(?:not (?:yet )?(?:decided|clear|settled)|open|unclear|undecided|missing) (?:is|are)\b/,
  /\b(?:what )?remains? (?:is )?(?:the|a) question\b|\bowes? us (?:an answer|a decision)\b/,
  /\bit(?:'s| is) (?:still )?(?:not clear|unclear|undecided|open)\b|\btbd\b|\bto be (?:decided|determined|discussed|confirmed)\b|\byet to (?:decide|be decided|hear|agree|settle)\b/,
  /\bi (?:still )?wonder (?:who|what|whether|how|when|if)\b|\bwe should (?:decide|find out|figure out|clarify) (?:who|what|whether|how|when|where|which|if)\b/,
];
/** A question about what is to be done, as against small talk and asking for facts. */
const ABOUT_PLANS = /^(?:\w+[,]? ){0,6}?(?:who(?:'s| \w+)|(?:should|shall|do|can|could|will|must|are) we\b|(?:when|how|where|which(?: \w+)?|what(?: \w+)?|why|how (?:much|many|long|often|soon)(?: \w+)?) (?:do|should|will|can|would|are|is|does|'s)\b|what happens|what about|how about|what if|is (?:there|it|that|the)|do you (?:want|prefer|need)|will (?:the|it|that|there|he|she|they)|does (?:anyone|anybody|somebody|someone|the|it|that)|(?:what|how|when|who|where)'s)\b/;
/** A reply that leaves it open. */
const PUT_OFF =
  /\b(?:i|we) (?:don't|do not|didn't|really don't) (?:know|have (?:an answer|that))\b|\bnot sure\b|\bno idea\b|\bgood question\b|\b(?:come|get|circle) back to (?:that|this|it|you)\b|\bpark (?:that|this|it)\b|\btake (?:that|this|it) offline\b|\bwe'll see\b|\blet's (?:leave|table|park|postpone|revisit) (?:that|this|it)\b|\b(?:have|has|need) to (?:think|check|find out|look)\b|\bi(?:'d| would) have to\b|\bnext time\b|\btoo early\b|\bhard to (?:say|tell)\b|\bdepends\b|\bnobody knows\b|\bno answer\b|\bstill open\b|\bunclear\b|\banother (?:day|time)\b|\bsomeone should\b|\bi'm afraid\b|\bnobody (?:has|thought|knows|told)\b|\blet me think\b|\bthink about (?:it|that)\b|\b(?:will|'ll|going to) (?:tell|let) us (?:know )?(?:in|on|by|next|later|tomorrow)\b|\bopen (?:point|question)\b|\bthere(?:'s| is) no (?:\w+ )*yet\b|\b(?:isn't|aren't|not) (?:done|ready|final|fixed|clear)\b|\brather not (?:guess|say)\b|\bneed(?:s)? more time\b|\b(?:can't|cannot|couldn't) (?:say|tell|answer)\b|\b(?:hasn't|haven't|has not|have not) (?:told|answered|replied|heard|confirmed|decided|said|got an|had an|received)\b|\bwaiting (?:for|on)\b|\bnot(?: \w+)? yet\b|\bnothing new\b|\bno news\b|\b(?:haven't|hasn't) (?:got|received|seen) an?\b|\bleave (?:that|it|this) (?:open|for)\b/;

export function saysOpen({ plain: said, text }: Pick<SaidSentence, 'plain' | 'text'>): boolean {
  if (/\bno (?:open|more|further|other|outstanding) (?:questions?|issues?|points?|items?)\b|\bany (?:open |other |more |further )*questions?\b|\bclosed\b|\bno longer\b|\bgood question\b/.test(said)) return false;
  return OPEN.some((pattern) => pattern.test(said)) && !/\b(?:do you|did you)\b/.test(said) && text.split(' ').length >= 4;
}
export function asksAboutPlans({ plain: said, text }: Pick<SaidSentence, 'plain' | 'text'>): boolean {
  return text.endsWith('?') && text.split(' ').length >= 3 && ABOUT_PLANS.test(said) && !/\b(?:any (?:other |more |further )?questions|does that (?:make sense|work|sound)|how are you|what do you think|can you hear|ready to|shall we (?:start|begin|move on|continue|get started)|is (?:everyone|everybody|anyone) (?:here|ready|on)|anything else|who wants to (?:start|go)|who knows|who said)\b/.test(said);
}
/** Says of what was asked just now that it is open, and asks nothing of its own. */
export function saysStillOpen(sentence: string): boolean {
  return /\b(?:it|that|this)(?:'s| is| remains)(?: still)? (?:not clear|unclear|open|undecided|not decided)(?: yet)?[.!]?$/.test(plain(sentence));
}
export function putsOff(sentence: string): boolean {
  return PUT_OFF.test(plain(sentence)) || saysUndecided(sentence);
}
