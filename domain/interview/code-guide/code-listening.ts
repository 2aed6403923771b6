/** What somebody at work on code says: word rules, as for other interviews. Orders to the interviewer are never carried out, so they are told first. */
import { CODE_COMMANDS } from '../code-command-definitions.ts';
import { STANDARD_COMMANDS } from '../voice-command-definitions.ts';
import { recognizeCommand } from '../voice-commands.ts';

export type CodeIntent =
  | 'hint' | 'read-problem' | 'time-left' | 'run' | 'run-tests' | 'next-problem' | 'skip' | 'repeat' | 'end' | 'pause' | 'undo' | 'slower'
  | 'nothing' | 'danger' | 'hostile' | 'wants-solution' | 'wants-hidden' | 'wants-score' | 'gives-orders'
  | 'stuck' | 'done' | 'thinking' | 'unclear' | 'yes' | 'no' | 'question' | 'answer';

export interface CodeHeard {
  intent: CodeIntent;
  wordCount: number;
  /** What was looked at: the newest words, plain. */
  text: string;
}

/** Of a long answer the newest words say what is wanted now. */
const MAX_HEARD_CHARS = 1_200;
const NEWEST_SENTENCES = 3;
const MAX_REMARK_WORDS = 12;
const COMMANDS = [...CODE_COMMANDS, ...STANDARD_COMMANDS];

const DANGER = /\b(?:kill(?:ing)? myself|suicid\w*|end my life|(?:want|wanted|going) to die|hurt(?:ing)? myself|self[- ]harm)\b/i;
const HOSTILE =
  /\b(?:shut up|go to hell|(?:fuck|screw) (?:you|off|this|that|it)|piss off|(?:you|u)(?:'re| are|r)? (?:so |such |just |really |a |an |an? fucking )*(?:stupid|dumb|useless|idiot|moron|annoying|terrible|garbage|trash|shit|suck|sucks)|i hate (?:you|this)|leave me alone|this (?:interview |task |problem )?is (?:so |really |a )?(?:stupid|dumb|bullshit|crap|pointless|waste of time|nonsense)|waste of (?:my )?time)\b/i;
const ORDERS =
  /\b(?:(?:ignore|forget|disregard|override) (?:all |any |your |the |every |previous |prior )*(?:instructions?|rules?|prompts?|guidelines?|restrictions?)|system prompt|developer mode|admin(?:istrator)? mode|jailbreak|you are now|new instructions?|from now on you|act as (?:my|a|an|if)|pretend (?:to be|that you|you)|i(?:'m| am) (?:your |an? |the )?(?:admin|administrator|developer|boss|owner)|print your|repeat everything above)\b/i;
const SOLUTION =
  /\b(?:(?:tell|give|show|write|say|dictate|read|type|send|spell)(?: (?:to )?(?:me|us|out))* (?:the |a |your |out |full |whole |complete |correct |right |reference |sample |model |entire )*(?:solution|answer|code|algorithm|program|function|implementation)|(?:what(?:'s| is) the (?:full |right |correct |best |optimal )*(?:solution|answer))|(?:solve|write|code|program|do|finish|complete|fix) (?:it|this|that|the problem|the code|the function) (?:for me|yourself|now please)|just (?:solve|write|fix) it|the (?:reference|model|sample) solution)\b/i;
const HIDDEN = /\b(?:(?:hidden|secret|private) (?:tests?|cases?|test cases?|inputs?)|test cases? (?:that )?(?:are|is) hidden)\b/i;
const HIDDEN_ASKED = /\b(?:what|which|tell|show|read|print|list|reveal|give|see|know|say)\b/i;
const SCORE =
  /\b(?:give me (?:a |an )?(?:four|4|five|5|ten|10|top|full|good|high|higher|best|better|perfect|maximum|max|excellent)(?: (?:score|mark|marks|points?|grade|rating|out of))?\b(?! (?:hint|example|idea|minutes?|seconds?|problem|question|reason))|(?:my|a|the|good|high|full|top|better) (?:score|grade|rating|marks?|points)|scorecard|(?:do|did|will|would|am) i (?:pass|passing|passed|fail|failing|get the job|be hired|hired)|how (?:am i|did i|do i|i'm|i am) (?:doing|do|did|performing)|(?:rate|grade|score|hire) me|put (?:that|this|it|down) in my (?:report|evaluation)|tell them (?:i|that i)|(?:write|note|say) (?:down )?that i(?:'m| am| was| did) (?:very |really )?(?:good|great|excellent|brilliant|strong|perfect)|strong hire|(?:dear|hey|hello|note (?:to|for)(?: the)?) (?:scorer|grader|evaluator|assessor|reviewer|judge|hiring (?:manager|team))|(?:the|whoever) (?:scorer|grader|evaluator|assessor)|(?:this|the) candidate (?:is|was|has|explained|solved|deserves))\b/i;
const STUCK =
  /\b(?:i(?:'m| am)(?: a bit| really| totally| completely| kind of)? (?:stuck|lost|blocked)|i(?:'ve| have)? (?:no|not a) (?:idea|clue|plan)|no (?:idea|clue)|i (?:don't|do not|dont|really don't) (?:know|see|understand|get)(?: (?:how|what|where|why|it|this|that|to))?(?: .{0,40})?|i (?:can't|cannot|can not) (?:figure|think|see|solve|find|get|come)(?: .{0,40})?|(?:can|could) you help(?: me)?|help me|i need help|what (?:should|do|can) i do(?: now| next)?|how (?:do|should|can) i (?:start|begin|continue|go on)|where (?:do|should) i (?:start|begin)|this is (?:too )?(?:hard|difficult)|i give up)\b/i;
const DONE = /\b(?:i(?:'m| am| think i(?:'m| am)) (?:done|finished|ready(?! to)|happy with it)|that(?:'s| is) (?:it|all|my solution|my answer)|it(?:'s| is) (?:done|finished|working(?! on))|it works(?: now)?|(?:all|the) tests pass|all green|everything passes|finished)\b/i;
const THINKING = /^(?:(?:well|um|uh|hmm?|oh|okay),? )*(?:let me (?:think|see|look|read|try|check)(?: .{0,40})?|i(?:'m| am) (?:still )?(?:thinking|reading|looking|typing|trying)(?: .{0,40})?|(?:that's a )?good question|(?:give me|just|one|i need)(?: a| some| one)? (?:time|moment|minute|second|sec)|hmm+|hm+|wait|one moment)[.!…]*$/i;
const UNCLEAR = /\b(?:what do you mean|(?:don't|do not|can't|cannot) (?:really |quite )?(?:understand|follow|get) (?:you|your|the question|what you)|(?:explain|rephrase) (?:that|it|the question)|what does that mean|in other words)\b/i;
const YES = /^(?:(?:oh|well|um|uh|okay|ok),? )*(?:yes|yeah|yep|yup|sure|please|of course|okay|ok|gladly|go ahead|let's do that|that would be (?:nice|good|great|helpful)|why not|i would like that|definitely|absolutely)(?:[,.! ]+(?:please|let's do that|let's|thank you|thanks|go ahead|i would|sure|do that|that would help|i'd like that|give me one))*[.! ]*$/i;
const NO = /^(?:(?:oh|well|um|uh|okay|ok),? )*(?:no|nope|nah|not yet|not now|no thanks|no thank you|not really|i(?:'m| am) fine|i(?:'m| am) good|i(?:'d| would) rather not|nothing|no that(?:'s| is) (?:all|it|fine))(?:[,.! ]+(?:thanks?|thank you|i(?:'m| am) (?:fine|good)|let me (?:try|think)(?: .{0,25})?|not yet|that(?:'s| is) (?:all|it|fine)|i think i(?:'m| am) fine|nothing(?: else| more)?))*[.! ]*$/i;
const QUESTION_WORDS = /^(?:(?:and|but|so|well|okay|wait|hey|sorry|oh|hm+|um|uh|then|or),? )*(?:who|what|when|where|why|how|which|are|is|do|does|did|can|could|will|would|have|may|should|shall|am|must)\b/i;
/** Asked of oneself, in passing. */
const TO_ONESELF = /^(?:(?:and|but|so|well|okay|wait|oh|hm+|um|uh|then),? )*(?:what (?:if i|was|happens if i)|how (?:do|did|would|can) i|why (?:is|does|did|doesn't) (?:it|this|that)|where (?:is|did|was)|is (?:it|that|this) (?:right|correct|enough)|do i need|should i|can i just|could i just)\b/i;

/** The newest of what was said decides; commands are told by `recognizeCommand` alone. */
export function hearCode(answer: string): CodeHeard {
  const plain = answer.slice(-MAX_HEARD_CHARS).replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  const text = plain.split(/(?<=[.!?])\s+/).slice(-NEWEST_SENTENCES).join(' ');
  const wordCount = text.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu)?.length ?? 0;
  return { intent: intentOf(text, wordCount), wordCount, text };
}

function intentOf(text: string, wordCount: number): CodeIntent {
  if (wordCount === 0) return 'nothing';
  if (DANGER.test(text)) return 'danger';
  if (ORDERS.test(text)) return 'gives-orders';
  if (HIDDEN.test(text) && HIDDEN_ASKED.test(text) && !/\b(?:run|fail|pass)/i.test(text)) return 'wants-hidden';
  if (SOLUTION.test(text) && !/\b(?:my|i(?:'ll| will| would)?|let me) (?:solution|answer|code|write|type|fix)/i.test(text)) return 'wants-solution';
  if (SCORE.test(text)) return 'wants-score';
  const command = recognizeCommand(text, { context: 'asked', commands: COMMANDS })?.command;
  if (command !== undefined && isCommandIntent(command)) return command;
  if (HOSTILE.test(text)) return 'hostile';
  if (wordCount <= MAX_REMARK_WORDS) {
    if (UNCLEAR.test(text)) return 'unclear';
    if (THINKING.test(text)) return 'thinking';
    if (YES.test(text)) return 'yes';
    if (NO.test(text)) return 'no';
  }
  const last = text.split(/(?<=[.!?])\s+/).at(-1) ?? text;
  if (STUCK.test(last) || (wordCount <= MAX_REMARK_WORDS && STUCK.test(text))) return 'stuck';
  if (DONE.test(last) && wordCount <= 2 * MAX_REMARK_WORDS) return 'done';
  if (/\?["'”]?$/.test(last) && (QUESTION_WORDS.test(last) || wordCount <= MAX_REMARK_WORDS)) return 'question';
  return 'answer';
}

const COMMAND_INTENTS = ['hint', 'read-problem', 'time-left', 'run', 'run-tests', 'next-problem', 'skip', 'repeat', 'end', 'pause', 'undo', 'slower'] as const;
function isCommandIntent(command: string): command is (typeof COMMAND_INTENTS)[number] {
  return (COMMAND_INTENTS as readonly string[]).includes(command);
}

/** A question somebody asks themselves while working: it wants no answer unless it is all they said. */
export function isToOneself({ text }: CodeHeard): boolean {
  return TO_ONESELF.test(text.split(/(?<=[.!?])\s+/).at(-1) ?? text);
}
