/**
 * What people say in a code interview when they want something done. Talking about code is full of the same words ("it runs",
 * "I test for null", "the next one"), so a command names its object or is said to somebody.
 */
import type { CommandDefinition } from './voice-commands.ts';

/** How a request begins; none of it is needed. */
const ASK =
  "(?:(?:(?:can|could|would|will|may|might|shall) (?:you|we|i)|(?:you|we) (?:can|could|should)|i(?:'d| would) (?:like|love|appreciate|prefer|rather)(?: it)?(?: if)?(?: you)?(?: to)?|i (?:want|need|wish)(?: you)?(?: to)?|i could use|i(?:'ll| would|'d) (?:take|have)|i think i need|i'm going to need|let's|let us|let me|lets|please|just|now|go ahead and|try to|try|maybe|do|okay|so|and|then|quickly|kindly|show me|help me(?: out)? with|to) ){0,5}";
/** Without "let me" and the like: to the interviewer, not to oneself. */
const ASK_YOU =
  "(?:(?:(?:can|could|would|will) (?:you|we|i)|you can|i(?:'d| would) (?:like|love|appreciate)(?: it)?(?: if)?(?: you)?(?: to)?|i (?:want|need)(?: you)?(?: to)?|let's|please|just|now|to hear|hear) ){0,5}";
const whole = (source: string, ask = ASK) => new RegExp(`^${ask}(?:${source})$`);

const AGAIN = '(?: (?:again|now|once more|one more time|for me|please|first|real quick|quickly|here|too|then|and see(?: .{1,25})?|to see(?: .{1,25})?))*';
const CODE = "(?:(?:my|the|this|that|our|whole|current) ){0,2}(?:code|program|programme|script|file|function|solution|what i(?:'ve| have)? (?:got|have|wrote|written)(?: so far)?)";
const TESTS = '(?:(?:the|my|all|all the|all of the|those|these|some|visible|hidden|unit|example|given|same) ){0,3}(?:tests?|test cases?|test suite|unit tests?)';
const RUN = '(?:run|rerun|re run|execute|start|launch|running|try running)';

const runTests: CommandDefinition = {
  name: 'run-tests',
  help: 'Runs the tests: “run the tests”, “test my code”.',
  alone: [/^(?:tests|(?:now )?the tests|test it|test this|test that|retest|does it pass|run the tests|do the tests pass)$/],
  clause: [
    whole(`(?:${RUN}|try|do|see) ${TESTS}${AGAIN}`),
    whole(`test (?:it|this|that|${CODE})${AGAIN}`),
    whole(`(?:try|check|run|test|execute) (?:it|this|that|${CODE}) (?:against|on|with|through|by) ${TESTS}${AGAIN}`),
    whole(`(?:check|see|show me|tell me|find out) (?:if|whether) (?:${TESTS} (?:pass|work|go through)|it passes(?: ${TESTS})?)`),
    /^(?:okay |alright |all right |now |and )?(?:the )?tests? (?:please|now|again)$/,
  ],
};

const run: CommandDefinition = {
  name: 'run',
  help: 'Runs your code: “run my code”, “let’s run it”.',
  alone: [/^(?:run|run it|run this|run that|run again|execute|execute it|run it again|rerun|let's run|just run it)$/],
  clause: [
    whole(`${RUN} ${CODE}(?: so far)?${AGAIN}`),
    whole(`(?:run|rerun|execute|running|try running) (?:it|this|that)${AGAIN}`),
    whole(`run${AGAIN}`, ASK.replace('{0,5}', '{1,5}')),
    whole('(?:give|have) (?:it|this|my code|the code) a (?:run|try|go)'),
    /^(?:please )?(?:let me|let's|i want to|i'd like to) see (?:it run|what it does)$/,
  ],
  // "If I run it in my head", "before I run it", "you could run this in parallel".
  unless: /\b(?:if|when|whenever|before|after|once|until|while|suppose|what happens|would happen) (?:i|we|you|one|it)(?:'d|'ll)? (?:would |will |could |can )?(?:run|ran|execute)/,
};

const ANOTHER = '(?:the |a |another |my |one )?(?:next|another|new|different|other|following|second)(?: (?:one,? )?(?:i mean )?(?:the )?(?:next|new|different))?';
const PROBLEM = '(?:problem|task|exercise|challenge|assignment|puzzle)';
const nextProblem: CommandDefinition = {
  name: 'next-problem',
  help: 'Goes on to another problem: “next problem”, “give me another problem”.',
  alone: [/^(?:the )?(?:next|another|new|different) (?:problem|task|exercise|challenge|assignment|puzzle)$/],
  clause: [
    whole(`(?:(?:go|move|get|skip|switch|jump|change|continue|proceed)(?: on)?(?: to| with)?|give me|have|get|do|try|take|see|show me|start|rather|to do|rather do) ${ANOTHER} ${PROBLEM}(?: (?:now|instead|then))*`),
    whole(`(?:skip|leave|drop|change|switch|pass on) (?:this|the|that) ${PROBLEM}(?: (?:now|please|for now))*`),
    whole(`${ANOTHER} ${PROBLEM} (?:please|now|i mean)`, '(?:i mean )?'),
    whole(`${ANOTHER} ${PROBLEM}`, "(?:(?:i mean|i(?:'d| would) (?:like|prefer|love)|i (?:want|need)) )"),
  ],
};

const HINT = '(?:hints?|clues?|tips?|pointers?)';
const SMALL = '(?:(?:a|an|the|one|another|one more|some|any|next|small|little|tiny|first|second|third|last|more|bit of a|few) ){0,4}';
const hint: CommandDefinition = {
  name: 'hint',
  help: 'Gives a hint: “give me a hint”, “another hint, please”.',
  alone: [new RegExp(`^${SMALL}${HINT}(?: (?:maybe|here|now|please))*$`)],
  clause: [
    whole(`(?:(?:give|get|have|tell|offer|show|spare)(?: me| us)? |use |see |take )?${SMALL}${HINT}(?: (?:here|now|again|please|for me|for this|in the right direction|on (?:this|that|what to do next)|for the next step|maybe|about (?:this|that|the next step)))*`, ASK.replace('{0,5}', '{1,5}')),
    whole(`(?:give|tell|offer|show|spare|get)(?: me| us)? ${SMALL}${HINT}(?: (?:here|now|please|in the right direction|for the next step|on (?:this|that)))*`),
    whole(`(?:do you have|have you got|is there|are there|got) ${SMALL}${HINT}(?: for (?:me|us|this))?`, ''),
    whole('hint at (?:it|this|the next step|what (?:comes|is) next)'),
    whole(`help(?: me)?(?: out)? with ${SMALL}${HINT}`),
  ],
  closing: [new RegExp(`^(?:another|one more|the next|next|a|a small|a little) ${HINT}$`)],
  unless: new RegExp(`\\b(?:no|not|don't|do not|without|never|thanks for|your|had|there(?:'s| is| was) (?:a|another)) (?:(?:need|want|give|give me|you|me|a|any|the|yet|have|take|use) ){0,4}${HINT}\\b|\\b${HINT} (?:of|was|helped|is|were|yet|that you)\\b`),
};

const TASK = '(?:(?:the|this|that|my|whole|your) ){0,2}(?:problem|task|exercise|challenge|assignment|puzzle|description|question text)(?: (?:statement|description|text))?';
const OVER = '(?: (?:again|aloud|out loud|out|to me|for me|over|once more|one more time|once again|please|me|back))*';
const readProblem: CommandDefinition = {
  name: 'read-problem',
  help: 'Reads the problem to you: “read the problem”, “what was the task again?”.',
  clause: [
    whole(`(?:read|repeat|say|state|tell|reread|re read|explain|give|hear|go over|read out|recite|restate)(?: (?:me|us|out|to me))*(?: again)? ${TASK}${OVER}`, ASK_YOU),
    whole(`(?:read|repeat|explain) (?:it|that) (?:to me |again )?(?:the problem|the task)`, ASK_YOU),
    whole(`(?:tell me|say)(?: again)? what ${TASK} (?:is|was|says|said)(?: again)?`, ASK_YOU),
    /^(?:and |so |sorry )?what(?:'s| is| was) (?:the |this |my )?(?:problem|task|exercise|challenge)(?: (?:statement|description))? again$/,
    /^what (?:did|does) (?:the )?(?:problem|task|exercise|description) say(?: again)?$/,
  ],
  recognises: (parts) => {
    const words = parts.filter(({ within }) => !within).map((part) => part.words);
    const names = words.some((each) => /\b(?:the |this )?(?:problem|task|exercise)\b/.test(each));
    // "I forgot the task, can you read it again?", "can you read it to me, the problem"
    return words.length > 1 && names && words.some((each) => /^(?:(?:can|could|would|will) you )(?:please )?(?:read|repeat|say) (?:it|that)(?: (?:to me|again|out|aloud|once more))*$/.test(each));
  },
  unless: /\b(?:i|we)(?:'m| am|'ll| will| would)?(?: still| just)? (?:read|reading)\b|\blet me (?:re-?)?read\b/,
};

const LEFT = '(?:left|remaining|to go|remains)';
const timeLeft: CommandDefinition = {
  name: 'time-left',
  help: 'Tells how much time is left: “how much time is left?”.',
  alone: [/^(?:time left|time check|the time|remaining time|time remaining|how much time|how long left)$/],
  clause: [
    whole(`(?:tell me |know )?how (?:much (?:more )?time|many (?:more )?minutes|long|much longer)(?: (?:is|are|do|does|have|has|did))?(?: (?:i|we|there|still|got|have|get|you|it))*(?: ${LEFT})?(?: (?:please|now|still|for this|overall|in total))*`, ASK_YOU),
    whole(`(?:tell me |know )?(?:what(?:'s| is) )?(?:the|my|our)? ?(?:time (?:that's |that is )?${LEFT}|remaining time|time remaining)(?: please)?`, ASK_YOU),
    /^(?:and )?how are we (?:doing )?(?:on|for|with)(?: the)? time$/,
    /^(?:do (?:i|we)|have (?:i|we)(?: got)?|is there)(?: still)?(?: have)?(?: any| some| enough)? ?(?:time|minutes)(?: (?:left|remaining|still))*$/,
    /^am i (?:running )?(?:out of|short of|short on|low on) time$/,
    /^what time do (?:we|i) have(?: left)?$/,
  ],
  unless: /\b(?:how much time|how long) (?:does|do|would|will|did) (?!i\b|we\b)/,
};

/** In the order in which they are tried: tests before code, since "test my code" names both. */
export const CODE_COMMANDS: readonly CommandDefinition[] = [runTests, nextProblem, hint, readProblem, timeLeft, run];
