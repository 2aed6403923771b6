/** Tasks by their wording, in English: what somebody takes on, is asked to do, or is said to do. */
import { isHedged, plain } from './doubt.ts';
import { dueIn } from './due.ts';
import type { SaidSentence } from './said-sentences.ts';

/** Who is to do it: whoever speaks, somebody called by name in the sentence, or nobody yet. */
export type TaskOwner = { kind: 'speaker' } | { kind: 'named'; name: string } | { kind: 'asked' } | { kind: 'nobody' };

/** Work with an outcome. "See", "know" or "think" are none. */
const VERBS =
  'send|resend|write|rewrite|draft|prepare|check|double-check|recheck|review|update|fix|test|retest|book|schedule|reschedule|set up|set|call|contact|email|e-mail|message|ping|follow up|reach out|talk to|speak (?:to|with)|ask|look (?:into|at|up|after|for)|create|file|add|share|organi[sz]e|finish|finali[sz]e|complete|order|buy|take (?:care|over|on|that|this|it|the|notes|a look)|own|handle|post|publish|document|investigate|confirm|collect|gather|run|present|report|migrate|deploy|coordinate|arrange|find|get (?:the|a|an|back|in touch|hold|us|you|it|them|those|quotes?|in)|put (?:together|it|the|a|that|up|in)|draw|design|build|merge|measure|clean|sign|pay|print|invite|remind|translate|bring|submit|upload|interview|compare|summari[sz]e|circulate|plan|make (?:sure|an?|the|them|it|some|those)|work on|go through|pull|push (?:the|a|it)|open a|raise (?:a|the|it)|track|verify|record|transfer|cancel|negotiate|train|onboard|rename|refactor|implement|configure|install|announce|notify|let \\w+ know|tell|research|evaluate|estimate|calculate|count|pick up|drop off|type up|send out|have (?:it|that|this|them) (?:ready|done|finished|in)|give (?:you|us|them|him|her|it)|sort|sort out|chase|chase up|figure out|dig (?:into|up|out)|do (?:it|that|this|the|a)|start|move (?:the|it|that)|change|replace|copy|scan|proofread|edit|paint|repair|clear|inform|ship|release|turn (?:on|off)|backup|back up|restore|rotate|renew|cover|lead|host|facilitate|supply|provide|deliver|hand (?:over|in|out)|forward|attach|crunch|rerun|reproduce|profile|benchmark|assign|close|archive|label|wire|map|list|phone|ring|visit|meet (?:with )?|learn|study|practi[sc]e|rehearse|pair|sew|mend|drive|cook|bake|water|feed|mow';
const V = `(?:(?:also|then|just|personally|quickly|definitely|gladly|happily|please|at least|go (?:ahead )?and|try to|try and|be able to|go|quickly|still) )*(?:${VERBS})\\b`;

/** After a plain "I'll" any work counts but what is none. */
const NO_WORK =
  "be|have|see|know|think|say|admit|tell you|need|never|not|always|get|understand|miss|love|hate|like|want|feel|guess|believe|bet|pass|start|begin|go|stop|keep|remember|forget|agree|show|explain|repeat|skip|wait|leave|stay|join|come|let you|do my best|give you|just say|also say|probably|hear|die|eat|end|win|lose|vote|abstain|second|use|take your|read (?:it|that|this)? ?(?:out|aloud)|try my";
const SPEAKER_WILL = new RegExp(`(?<!\\b(?:that|what|how|which|where) )\\b(?:i'll|i will|i'm going to|i am going to|i'm gonna)(?: (?:also|then|just|personally|gladly|happily|try to|quickly))* (?!(?:${NO_WORK})\\b)[a-z]{3,}`);
/** "I'm printing them tomorrow": only with a time it is something to come. */
const SPEAKER_DOING = /\bi(?:'m| am) (?!going\b|trying\b|thinking\b|hoping\b|looking forward\b|leaving\b|working\b|seeing\b|being\b|having\b|not\b)[a-z]{2,}ing\b/;
const DELEGATES = /\bi(?:'ll| will) (?:have|get|let) (?:our|my|the|somebody|someone|them|him|her|one of) ?\w* \w+/;
const SPEAKER_TAKES = new RegExp(
  `\\b(?:i'll|i will|i'm going to|i am going to|i'm gonna|i shall|i can(?: also| definitely)?|let me|i promise to|i'm happy to|happy to|i(?: still| also| really)? (?:need|have) to|i've got to|i'd like to|i'd love to|i want to|i plan to|i'm planning to|i volunteer to|i'll have to) ${V}|\\bi(?:'ll| will|'ve| can) (?:take|got|own|do|handle) (?:that|this|it)\\b|\\bi'm on it\\b|\\b(?:leave (?:that|it) (?:to|with) me|i'll take care|count on me|that(?:'s| is) (?:on me|mine)|put me down for|sign me up)\\b`,
);
/** Said of the talk itself. */
const TALKING =
  /\b(?:i'll|let me|i'm going to|i will|i can|i want to|i need to|i'd like to|can you|could you|would you) (?:\w+ )?(?:start(?: by| with|$|[.,])|(?:quickly |just )?share (?:my|your) screen|go (?:first|next)|add (?:that|one|something|to that|a quick|a point)|ask (?:a|one|you|another|something|about)|tell you|call it|be (?:quick|brief|honest)|run (?:through|you through|us through)|present(?:ing)? first|put it (?:this way|differently)|check (?:the time|my notes)|just check(?: that)? (?:we|everyone|i)|make (?:a|one|the|my) (?:point|comment|case)|find (?:my|the) (?:notes|page|slide)|turn (?:on|off) (?:my|your) (?:camera|mic|microphone|video)|move on|move (?:the|it) (?:discussion|conversation)|report that|confirm that|take (?:that|this|it) as|list (?:them|the options)|do (?:that|this|it) again|open (?:with|the floor)|close (?:with|by)|record this|raise (?:a|one) (?:question|concern|point))\b|\b(?:have|need|got) to (?:run|leave|go|jump)(?:[.,!]|$| now| soon| in )/;
/** "You will find it in chapter six" asks nothing. */
const ASKED = new RegExp(`\\b(?:can|could|would|will) you(?: please| maybe| perhaps| all)?,? (?:please )?${V}|\\bwould you mind\\b|\\byou(?:'ll| will| should| need to| have to| could)(?: please)? (?!(?:find|get|see|notice)\\b)${V}|\\bplease (?:each |both |all )?${V}|\\bmake sure (?:to|you)\\b|\\byou (?:please )?${V}.*\\bplease[.!]?$`);
const NEEDED = new RegExp(
  `\\b(?:action item|to-?do|next step|follow-?up item|homework)s?\\b(?: here| then| for \\w+)?\\s*(?::|is|are|would be|,|-|–|—)|\\b(?:we|someone|somebody|one of us|one of you|they)(?:'ll| will| need to| needs to| must| have to| has to|'ve got to| should| ought to| still need to| still have to| really need to| also need to| also have to|'re going to| are going to) ${V}|\\b(?:the|this|that|these|those|our|your|my|his|her|their)(?: \\w+){1,3} (?:have|has|needs?|must)(?: to)? be (?:out|in|ready|there|sent|written|drafted|prepared|checked|reviewed|updated|fixed|tested|booked|scheduled|called|contacted|created|filed|added|shared|finished|ordered|done|published|documented|signed|paid|printed|submitted|uploaded|cleaned|migrated|deployed|confirmed|collected|renewed|rotated|replaced)\\b|\\b(?:don't|do not|let's not) forget to ${V}`,
);
/** A name, and what is said of its bearer. */
const NAME_PART = String.raw`\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?`;
const NAME = `(${NAME_PART})`;
/** Those who can be given a task without a name. */
const ROLE = String.raw`((?:[Tt]he|[Mm]y|[Oo]ur|[Yy]our|[Hh]is|[Hh]er) (?:\p{L}+ )?(?:brother|sister|mother|father|aunt|uncle|wife|husband|partner|son|daughter|boss|manager|teams?|department|office|administration|committee|board|lawyers?|plumber|electrician|supplier|company|agency|designers?|developers?|engineers?|client|customer|chair|secretary|treasurer|assistant|colleagues?|neighbou?rs?|intern|bank|landlord|caterer|architect|contractor|consultant|coach|teacher|head of (?:the )?\p{L}+)|[Mm]arketing|[Ff]inance|[Ll]egal|[Ss]ales|[Ss]upport|[Aa]ccounting|[Pp]rocurement|IT|HR)`;
const ROLE_TAKES = new RegExp(String.raw`(?<![\p{L}])${ROLE} (?:will|is going to|are going to|promised to|has to|have to|needs? to|should) ${V}`, 'u');
const NAMED = [
  new RegExp(String.raw`(?<![\p{L}])(${NAME_PART}(?: and ${NAME_PART})?) (?:will|is going to|are going to|is gonna|'s going to|has to|needs to|should|must|can|is supposed to|agreed to|offered to|promised to|volunteered to|is to|was going to|to) (?:${V}|be responsible|take|own|do)`, 'u'),
  new RegExp(String.raw`(?<![\p{L}])${NAME}(?:'ll|’ll|'s going to|’s going to|'s taking|’s taking) (?:${V}|care|take|own|do|that|this|it|over)`, 'u'),
  new RegExp(String.raw`\b(?:action item|to-?do|task|next step|homework) (?:for|to|on) ${NAME}`, 'iu'),
  new RegExp(String.raw`\b(?:assigned to|assign (?:it|this|that) to|goes to|owner is|owned by|up to|ask|have|get) ${NAME}(?= to |[.,!]|$)`, 'u'),
];
/** Called: at the start ("Ben, can you"), inside ("can you, Ben,") or at the end ("could you do it, Ben?"). */
const CALLED = [new RegExp(String.raw`^(${NAME_PART} and ${NAME_PART}), `, 'u'), new RegExp(String.raw`^(?:(?:[Ss]o|[Oo]kay|[Oo]k|[Aa]nd|[Hh]ey|[Aa]lright|[Gg]reat|[Tt]hen|[Ww]ell|[Tt]hanks|[Yy]es|[Rr]ight)[,.]? )*${NAME}[,:] ?`, 'u'), new RegExp(String.raw`, ${NAME},`, 'u'), new RegExp(String.raw`,? ${NAME}[?!.]*$`, 'u'), new RegExp(String.raw`\b[Yy]ou,? ${NAME}\b`, 'u'), new RegExp(String.raw`^${NAME} (?:can|could|would|will) you\b`, 'u'), new RegExp(String.raw`^${NAME},? please\b`, 'u')];
const NO_NAME = new Set(
  'i it this that these those they we he she there what who which when where why how the a an and or but so if then everyone everybody nobody somebody someone anyone you yes no okay ok well right sure great perfect thanks thank good fine alright also maybe please let now next first second third finally agreed monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december today tomorrow can could would will action decision question one all both each nothing everything something because before after until once since while however actually basically honestly hopefully still not only just even marketing yeah yep mm hmm oh sounds exactly absolutely cool'.split(' '),
);

/** Null: the sentence gives nobody a task. */
export function taskIn({ text, plain: said }: Pick<SaidSentence, 'text' | 'plain'>, known: KnownNames): TaskOwner | null {
  if (isHedged(said) || REFUSED.test(said) || DONE.test(said) || PUTS_OFF.test(said)) return null;
  if (!text.endsWith('?') && speakerTakes(said) && !TALKING.test(said)) return { kind: 'speaker' };
  const asks = (ASKED.test(said) || known.told?.test(text)) && !SMALL_REQUESTS.test(said) && !/^(?:what|how|why|when|which|who|where)\b/.test(said);
  if (text.endsWith('?') && !asks) return null;
  if (asks && !TALKING.test(said)) {
    const name = calledName(text, known);
    return name ? { kind: 'named', name } : { kind: 'asked' };
  }
  const named = namedIn(text, known);
  if (named) return { kind: 'named', name: named };
  return NEEDED.test(said) && !OF_TALK_NEEDED.test(said) ? { kind: 'nobody' } : null;
}
/** An answer for later, not work with an outcome. */
const PUTS_OFF = /\b(?:have|has) to (?:think|check|look (?:it|that|this) up|find out|see)\b/;
const REFUSED = /\b(?:i|we|you|he|she|they) (?:won't|will not|can't|cannot|can not|couldn't|don't (?:need|have|want) to|do not (?:need|have|want) to|shouldn't|should not)\b|\bno need to\b|\bi(?:'ll| will) never\b/;
const DONE = /\b(?:i|we|he|she|they)(?:'ve| have|'d| had) (?:already|just)\b|\balready (?:done|sent|fixed|did)\b/;
/** A request that is fulfilled by answering it. */
const SMALL_REQUESTS = /\b(?:can|could|would|will) you (?:please |just |quickly )*(?:see|hear|repeat|say|explain|tell (?:us|me)|give (?:us|me)|share your screen|mute|unmute|speak|elaborate|clarify|remind (?:us|me) (?:what|who|how|when|why)|go (?:first|next|back|ahead)|walk us|show (?:us|me)|scroll|zoom|start(?:\?| us| the))\b/;
const OF_TALK_NEEDED = /\b(?:we|someone|somebody) (?:need to|have to|should|must|'ll|will|'re going to)(?: \w+)? (?:talk|discuss|decide|think|wrap|finish (?:here|up|on time)|move on|stop|figure out (?:who|what|how|when|whether|if|where)|find out|start (?:with|by|on time))\b|\bwe(?:'ll| will) (?:see|start with|look at|get to)\b/;

/** Whether a reply takes a request on. */
export function accepts(reply: string): boolean {
  const said = plain(reply);
  return /^(?:sure|yes|yeah|yep|ok|okay|of course|will do|no problem|happy to|absolutely|certainly|definitely|gladly|right|on it|i'm on it|consider it done|i'll|i will|i can|got it|fine|alright|can do|you got it|deal|let me (?:do|handle|take))\b/.test(said) && !/\b(?:but|can't|cannot|won't|no time|not sure)\b/.test(said);
}
/** Whether a reply does nothing but that: then it is no task of its own. */
export function onlyAccepts(reply: string): boolean {
  return accepts(reply) && /\b(?:do|handle|take care of|get) (?:that|this|it)\b|^(?:\S+\s?){1,4}$|\bwill do\b|\bcan do\b|\bon it\b/.test(plain(reply));
}

const speakerTakes = (said: string) => SPEAKER_TAKES.test(said) || SPEAKER_WILL.test(said) || DELEGATES.test(said) || (SPEAKER_DOING.test(said) && dueIn(said) !== null);

/** Who speaks in a meeting, ready to be found in many sentences: their names may be written any way. */
export interface KnownNames {
  /** First and whole names, lower case. */
  names: ReadonlySet<string>;
  /** "Irina, call them." "Do that, Bola." Null: nobody is known. */
  told: RegExp | null;
  /** What would be too little about a stranger. */
  takes: RegExp | null;
}
/** @param whole whole names, in any case */
export function knownNames(whole: Iterable<string>): KnownNames {
  const names = new Set([...whole].flatMap((name) => [name.toLowerCase(), name.toLowerCase().split(' ')[0]!]));
  if (names.size === 0) return { names, told: null, takes: null };
  const any = [...names].toSorted((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return {
    names,
    told: new RegExp(`(?:^|[,.] )(?:${any}),? (?:please )?(?:don't forget|remember|(?:${VERBS})\\b)|^(?:(?:okay|ok|good|great|then|yes|and|so|right)[,.]? )*(?:${VERBS})\\b[^?]*, (?:${any})[.!]?$`, 'iu'),
    takes: new RegExp(String.raw`(?<![\p{L}])(${any})(?: (?:will|can|should|has to|needs to|must|is going to) ${V}| (?:owns|leads|handles|is responsible for|is in charge of|takes (?:over|on|care of)) )`, 'iu'),
  };
}

function calledName(text: string, { names }: KnownNames): string | null {
  for (const pattern of CALLED) {
    const name = pattern.exec(text)?.[1];
    if (name && isName(name, names, false)) return name;
  }
  return null;
}
function namedIn(text: string, { names, takes }: KnownNames): string | null {
  for (const pattern of NAMED) {
    const name = pattern.exec(text)?.[1];
    if (name && isName(name, names, pattern !== NAMED[3])) return name;
  }
  const taken = takes?.exec(text)?.[1];
  if (taken) return taken;
  return ROLE_TAKES.exec(text)?.[1] ?? null;
}
/** @param open true: also somebody who does not speak here */
function isName(name: string, known: ReadonlySet<string>, open: boolean): boolean {
  const words = name.toLowerCase().replace(' and ', ' ').split(' ');
  if (words.some((word) => NO_NAME.has(word))) return false;
  return open || known.size === 0 || known.has(words[0]!) || known.has(name.toLowerCase());
}
