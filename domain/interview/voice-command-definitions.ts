/**
 * What people say when they want the interview to do something. Each list is read top down; the order of the commands
 * decides between two in one utterance: what changes the course of the conversation comes first.
 */
import type { CommandDefinition } from './voice-commands.ts';

/** How a request begins; none of it is needed. */
const ASK =
  "(?:(?:(?:can|could|would|will|may|might|shall|should|can't|couldn't|won't) (?:you|we|i)|(?:you|we) (?:can|could|should|may|must|had better|better)|(?:you|we)'d better|(?:i|we)(?:(?:'d|'ll| would| will)(?: really| very much)? (?:like|love|want|prefer|rather|need|wish)| (?:really )?(?:want|need|wish))(?: it if)?(?: you| we| that you)?(?: to)?|i wanna|(?:we|i)(?:'ll| will)|you|i(?:'d| would) (?:be (?:very )?(?:grateful|happy|glad|thankful|pleased) if|appreciate it if) you(?:'d| would| could)?|(?:do|would) you mind(?: if (?:we|i|you))?|(?:would|could|will) you be (?:so |very )?(?:kind|good|nice)(?: as| enough)? to|(?:is|would) it (?:be )?(?:okay|ok|possible|all right|alright|fine) (?:if (?:we|i|you)|to|for you to)|let's|lets|let us|let me|how about(?: we)?|why don't (?:we|you)|time to|i(?:'d| would) say|i suggest|i vote|we|please|kindly|just|maybe|perhaps|possibly|also|quickly|do|to|not|simply|i must|i(?:'ve| have) (?:got )?to|i(?:'ve)? got to|i gotta|i have to|we have to|you to|of|rather) ){0,5}";
/** Asks the interviewer, not oneself: "I want to try something else" is an answer. */
const ASK_YOU =
  "(?:(?:(?:can|could|would|will|may|might|shall|should|can't|couldn't) (?:you|we|i)|(?:you|we) (?:can|could|should|may|must|had better|better)|you(?:'ll| will) have to|i(?:'d| would) like you to|i want (?:that )?you(?: to)?|(?:do|would) you mind(?: if (?:we|i|you))?|(?:would|could|will) you be (?:so |very )?(?:kind|good|nice)(?: as| enough)? to|(?:is|would) it (?:be )?(?:okay|ok|possible|all right|alright|fine) (?:if (?:we|i|you)|to|for you to)|let's|lets|let us|how about|please|kindly|just|maybe|perhaps|rather|i(?:'d| would) be (?:very )?(?:grateful|happy|glad|thankful|pleased) if you(?:'d| would| could)?) ){0,5}";
const ASK_PLAINLY = ASK.replace('|not|', '|');
/** The interviewer's question, one way or another. */
const QUESTION = "(?:(?:the|this|that|your|my|a|last|same|current|whole|first|previous|very|one) ){0,3}(?:question|one|bit|part|thing|topic|subject|sentence|words?)";
const THIS = `(?:this|that|it|these|${QUESTION}|what you (?:just |have |have just )?(?:said|asked|told|were (?:saying|asking))(?: me)?|yourself)`;
const INTERVIEW = "(?:(?:the|this|our|whole|entire) ){0,2}(?:interview|session|conversation|call|chat|talk|recording|thing|questions|questioning|survey|show|programme|program|app)";
const AGAIN = '(?:again|once more|one more time|once again|another time|a second time|one time more|over again|a further time|twice|anew|over)';
const SHORTLY = "(?:(?:a|an|one|two|three|five|ten|just|just a|another|half a|a few|a couple of|a little|some|the|tiny|small|short|quick|little|brief|short little|wee) ){0,3}(?:sec|secs|second|seconds|moment|moments|minute|minutes|mins?|mo|tick|bit|while|moment's|time|jiffy|instant)";

const whole = (source: string, ask = ASK_PLAINLY) => new RegExp(`^${ask}(?:${source})$`);
/** "Stop the interview is what I say" is about the words. */
const begins = (source: string, ask = ASK_PLAINLY) => new RegExp(`^${ask}(?:${source})(?= |$)(?! (?:is|was|are|were|means|signs?|that's|buttons?)\\b)`);
const bare = (source: string) => new RegExp(`^(?:${source})$`);

/** Somebody has to leave the microphone for something. */
const ERRAND =
  /\b(?:door(?:bell)?|someone's (?:here|at)|somebody's (?:here|at|on)|phone|telephone|mobile|kettle|toilet|loo|bathroom|restroom|washroom|glasses|water|coffee|tea|drink|oven|stove|pot|soup|pan|parcel|delivery|postman|mail|baby|toddler|dog|cat|window|charger|battery|headphones?|headset|tissue|jacket|jumper|pen|light|heating|tv|radio|sneez\w*|cough\w*|throat|nose|bus stop|calling|ringing|crying|barking|knocking|boiling|burning|woken|woke)\b|\b(?:need|have|must|got|gotta|want|going|let me|while|until|till)(?: i| to| just)* (?:get|fetch|grab|answer|take|open|close|shut|check|turn|find|put|feed|move|switch|blow|pick|plug|change|help|sit|stand|look for|go|see|let)\b/;
const LATER = /\b(?:later|after (?:lunch|dinner|breakfast|tea|work|this|that|school|the)|tomorrow|for now|in (?:a|ten|five|two|an|half) \w+|for (?:a|one|two|five|ten) (?:\w+ )?(?:bit|sec|second|moment|minute|minutes|while|tick|mo)|(?:be|come|am|are) (?:right |straight )?back|then (?:we|i) (?:go on|continue|carry on))\b/;

const WAITING = "(?:wait(?: up)?|hold on|hang on|hold it|hold (?:the line|that thought)|hold your horses|stay there|don't go away|bear with me|stand by|one moment|hold|stop|stop talking|give me|need|spare me|just|allow me|i need|be quiet)";

const ASKS_TO_WAIT = new RegExp(`^${ASK}(?:wait(?: up)?|hold on|hang on|hold it|hold the line|stay there|don't go away|bear with me|stand by|just a|(?:one|a|two|just a|just one|half a) (?:sec|secs|second|seconds|moment|minute|minutes|mo|tick)|give me ${SHORTLY}|excuse me)(?= |$)`);
const ENDS_WAITING = / (?:one|a|two|just a|just one|half a) (?:sec|secs|second|seconds|moment|minute|minutes|mo|tick)$/;
const HABIT = /\b(?:every|all day|always|usually|often|each|at work|whenever|sometimes|on (?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b/;

const pause: CommandDefinition = {
  name: 'pause',
  help: 'Pauses until you are back: “let’s pause”, “hold on, someone is at the door”.',
  alone: [
    bare(`hang on|hold on|hold it|wait|wait wait|please wait|wait please|(?:just )?(?:one|a|two|half a) (?:sec|secs|second|seconds|moment|minute|mo|tick)|moment|not now|hold the line|wait here|time ?out|halt|silence|be quiet|quiet|shush|hush`),
    whole(`(?:${WAITING} )+(?:for )?(?:me )?${SHORTLY}`),
    whole(`(?:think|consider it|breathe|have a think)(?: about (?:it|that|this))? (?:for )?${SHORTLY}`),
  ],
  clause: [
    whole(`(?:pause|paws|pausing|pose)(?: ${INTERVIEW}| here| there| it| this| that)?(?: (?:for )?${SHORTLY}| briefly| shortly| quickly)?(?: to think)?`),
    whole(`(?:have|take|make|need|do|get|having|taking)? ?(?:a |another |one )?(?:(?:quick|short|little|small|tiny|brief|tea|coffee|toilet|bathroom|lunch|comfort|loo|water|drink|smoke|wee) ){0,2}(?:break|pause|breather|time ?out|rest)(?: here| for ${SHORTLY})?`),
    whole(`(?:stop|interrupt|halt|leave it|be quiet|stop talking)(?: it| this| here| there| ${INTERVIEW})?(?: for ${SHORTLY}| for now| until later)(?: and .{1,40})?`),
    whole(`(?:${WAITING} )+(?:for )?(?:me )?${SHORTLY} (?:to|for me to|while i|so i can) (?:think|breathe|collect .{1,20}|gather .{1,20}|consider|remember).{0,20}`),
    whole(`wait(?: here)?(?: (?:for )?(?:me )?${SHORTLY})?`, '(?:(?:can|could|would|will) you (?:please |maybe )?)'),
    whole(`(?:i will |i'll |i am |i'm |we'll )?(?:be |come |am )?(?:right |straight |just )?back (?:in|after) .{1,25}|(?:i will |i'll |we'll |will )?be (?:right |straight )?back|brb|(?:i )?(?:come|am|i'm|coming) (?:right|straight) back|back in ${SHORTLY}`),
    whole(`(?:i'll|i will) be with you .{1,20}|wait for me|hold that thought|bear with me(?: .{0,20})?|put (?:it|this|me|${INTERVIEW}) on (?:hold|pause)|suspend ${INTERVIEW}|continue (?:this |it )?(?:later|after .{1,20}|tomorrow)|go on (?:later|after .{1,20}|tomorrow)|carry on (?:later|after .{1,20}|tomorrow)|(?:do|finish) (?:it|this|the rest) (?:later|tomorrow)|come back to (?:this|it) later`),
    bare(`(?:some(?:one|body)(?:'s| is| has)|there(?:'s| is) (?:some(?:one|body)|a knock)|my [a-z]+(?:'s| is)|the [a-z]+(?:'s| is)|mum's|mom's|dad's) (?:at|on) the (?:door|phone|other line|stairs)|the (?:door ?bell|phone|bell|door|telephone|kettle)(?:'s| is| has)?(?: just)? (?:ring\\w*|rang|rung|boil\\w*|going|gone)|my (?:phone|mum|mom|mother|dad|wife|husband|boss)(?:'s| is)? (?:ringing|calling(?: me)?)`),
  ],
  opening: [
    begins(`pause(?: please| now)? (?:i|we|the|my|there's|someone's|mum|mom|somebody)`, ASK_PLAINLY.replace('{0,5}', '{0,2}')),
    begins(`put (?:it|this|${INTERVIEW}) on (?:hold|pause)|pause ${INTERVIEW}|pause (?:for|while|until|because|there|here)|paws ${INTERVIEW}`),
    begins(`(?:have|take|make|need) (?:a |another )?(?:quick |short |little )?(?:break|pause|breather)`),
  ],
  recognises: (parts) => {
    const words = parts.map((part) => part.words).join(' ');
    if (words.length > 200 || HABIT.test(words)) return false;
    const waits = parts.some((part) => ASKS_TO_WAIT.test(part.words)) || ENDS_WAITING.test(words);
    const leaves = parts.some((part) => /^(?:i|we)(?:'ve| have|'ll|'d| must| need| gotta|'m)? (?:just |quickly |really )?(?:have |got |need |must |going |got )?(?:to |gotta )?(?:get|grab|fetch|answer|run to|go to|pop to|nip to|pop|nip|let|open|take|check|see to|use|turn off|feed|blow) (?:to )?(?:the|my|a|some|this|that|his|her) (?:door|phone|call|loo|toilet|bathroom|restroom|glasses|water|glass|oven|dog|cat|baby|window|delivery|parcel|kettle|charger|nose|pan|stove|drink)/.test(part.words));
    return (waits && ERRAND.test(words)) || leaves;
  },
};

const stopForNow: CommandDefinition = {
  ...pause,
  clause: [whole(`(?:stop|leave it|finish|end|break|interrupt)(?: it| this| here| there)? (?:(?:for )?${SHORTLY}|for now)(?: and .{1,40})?`)],
  opening: [],
  recognises: (parts) => parts.some(({ words }) => whole('(?:stop|break|interrupt|halt)(?: it| this| here| there| now)?(?: .{1,60})?').test(words)) && LATER.test(parts.map(({ words }) => words).join(' ')),
};

const ENDING = "(?:stop|end|finish|quit|close|conclude|terminate|abort|cancel|wrap up|break off|exit|ending|stopping|finishing|shut down)";
const end: CommandDefinition = {
  name: 'end',
  help: 'Ends the interview: “I’d like to stop here”, “that’s enough for today”.',
  contexts: ['asked', 'answering', 'speaking', 'paused'],
  alone: [
    /^(?:stop|quit|exit|end|enough|finish|finito|basta|the end|cancel|abort|leave|i quit|i stop|i am finish|i finish|i go|stop (?:it|this)|it's enough|is enough|go away|get lost|no more|not any more|stop talking|that's enough|that is enough|i give up|enough enough|get out|stop (?:it|this) now)$/,
    /^(?:good ?bye|bye|bye bye|bye now|cheerio|ciao|farewell|so long|see (?:you|ya)(?: later| soon| tomorrow| next time| around)?|good ?night|take care|over and out|goodbye and (?:thanks|thank you))$/,
  ],
  clause: [
    whole(`${ENDING}(?: with)?(?: ${INTERVIEW}| it| this| now| here| there| all this)(?: ${INTERVIEW}| here| there| now| today| at this point| for today| for good| immediately| early)*`),
    whole(`${ENDING}(?: (?:here|there|now|today|for today|at this point|early|immediately|talking(?: to you)?|with you))+`),
    whole(`${ENDING}`, ASK_PLAINLY.replace('{0,5}', '{1,5}')),
    whole(`leave it (?:there|here|at that)(?: for today)?|call it (?:a day|quits|a night)|wrap (?:it|this|things) up(?: here| now)?|bring (?:this|it|${INTERVIEW}) to (?:an end|a close)|make an end|be done with (?:this|it)|shut (?:it|this|yourself|${INTERVIEW}) (?:off|down)|(?:turn|switch) (?:it|this|yourself|${INTERVIEW}|the machine|the microphone) off|(?:turn|switch) off(?: now)?|log (?:me )?(?:out|off)|sign (?:me )?(?:out|off)|hang up|hang up (?:now|here)|put the phone down|let me go|get out(?: of here)?|get me out of here|go home(?: now)?|end call`),
    whole(`(?:that's|that is|it's|it is|that'll be|that will be|this is|i think that's|we have|i've had|i have had|i had)? ?(?:really |quite |more than )?enough(?: (?:of this|of it|of you|of that|of these questions|of questions|of ${INTERVIEW}|for (?:today|now|me|one day|this time|tonight)))+`),
    whole(`(?:i've|i have|we've|i) (?:really |quite |just )?(?:had|heard|said) (?:quite |more than )?enough`),
    whole(`(?:that's|that is|that was|that'll be|that will be) (?:it|all|everything|enough) (?:from (?:me|my side)|for (?:today|now|me|tonight|this time))(?: (?:goodbye|bye|good night))?|that(?:'s| is) (?:it|all|enough) (?:goodbye|bye)|that will be all|i have nothing (?:more|else) to say|i(?:'ve| have) said (?:all|everything)(?: .{1,20})?`),
    whole(`(?:i'm|i am|i|we're|we are|be|i think i'm|i've) (?:done|finished|finish|through)(?: (?:here|now|talking|with (?:this|you|it|questions|the questions|${INTERVIEW})|for (?:today|now)|answering(?: .{1,15})?|already))+`),
    whole(`(?:no|not any|not|without) (?:more|further|other) questions?|no more(?: of (?:this|it|these|that))?|not (?:a )?(?:single )?(?:one )?more question|enough questions|stop (?:asking|questioning)(?: (?:me )?(?:questions|things))?`),
    whole(`(?:i (?:really )?(?:don't|do not|dont)|i no|i not) (?:want|wanna|like|feel like)(?: (?:to|continue|go on|talk|do|talking|doing|continuing|answer|speak|play|be|this|it|that|here|with you|to you|these|questions|interview|the interview|on|me))*(?: (?:any ?more|any longer|no more|longer|now))`),
    whole(`(?:i (?:really )?(?:don't|do not) (?:want|wish|wanna|feel like)) (?:to )?(?:continue|go on|carry on|continuing|going on|do this|be here|talk to you)(?: with (?:this|you|it))?`),
    whole(`(?:i'm|i am) not (?:doing|continuing|answering|talking|going on)(?: (?:this|it|that|with this|to you|questions|any|with you|here))*(?: (?:any ?more|any longer|now))?`),
    whole(`run|dash|rush|hurry`, "(?:(?:i|we)(?:'ve| have)? (?:got to|have to|need to|must|gotta|to) |i'd better |i must |i gotta |i've to )"),
    whole(`go|leave|be off|be going|head off|get going|get off|go home|make tracks|sign off|push off`, "(?:(?:can|may|could) i(?: please)? |(?:i|we)(?:'ve| have)?(?: really)? (?:got to|have to|to|need to|must|gotta|should|ought to|want to|'d better|better) |i(?:'d| had) better |i must |i gotta |i've to |i would like to |i'd like to |let me )"),
    whole(`i'm (?:off|leaving|going|out|out of here|hanging up|logging off|away)(?: then)?|i am leaving|i leave|(?:i've|i have|i) (?:got )?(?:a |my )?(?:bus|train|tram|plane|taxi) to catch`),
    whole(`leave me alone|leave me in peace|go away|(?:just )?let me be|(?:good ?)?bye(?: bye)?(?: (?:then|and .{1,20}|everyone|robot|for now))?|goodbye(?: (?:then|and .{1,20}))?|(?:talk|speak|see you|speak to you|talk to you) (?:tomorrow|later|soon|another time)|until next time|end of (?:the |this )?(?:interview|conversation|discussion|session)|time(?:'s| is) up|game over|it(?:'s| is) over|we(?:'re| are) done(?: here)?|do(?:n't| not) ask me any ?(?:more|thing else)(?: questions)?`),
  ],
  opening: [
    begins(`(?:stop|end|finish|quit|close|terminate|abort|cancel|leave|conclude|wrap up) ${INTERVIEW}`),
    begins("(?:stop|end it|end this|finish(?: it| this)?|leave it|wrap (?:it|this) up) (?:here|there|now)", `(?:i(?:'d| would) like to |i want to |i want |let's |let us |can we |could we |may we |please |shall we |we can |we could |i think we (?:can|should) )`),
    /^(?:stop|bye|goodbye) (?:stop|bye|i don't want|i do not want|i want (?:to )?(?:stop|go|leave)|i have to go|i must go|i'm done|thank you)\b/,
    /^i (?:have to|must|need to|gotta|got to|have got to|'ve got to|should) (?:go|leave|run|stop)(?: now)? (?:my|the|because|it's|mum|mom|dad|we|thank|thanks|bye|sorry|goodbye|now|i'm|i have)\b/,
    /^i (?:don't|do not) want (?:to )?(?:this |do this |talk |continue |go on )?any ?more\b/,
  ],
  unless: /\bif you (?:stop|end)|\b(?:when|before|after) (?:do |does |will |can |should )?(?:we|it|this|i) (?:stop|end|finish)|\bto the (?:shop|store|park|gym|beach|school|cinema|pool)\b/,
};

const TAKE_BACK = '(?:undo|delete|erase|remove|scratch|strike|cancel|scrap|forget|ignore|disregard|take back|take away|take out|cross out|cross off|rub out|wipe out|wipe|unsay|withdraw|retract|discard|throw away|throw out|get rid of|cut out|revert|reverse|edit out|blank out|strike out|erasing|deleting|removing|undoing|cancelling|not count)';
const SAID = "(?:what|that what|all|everything|the (?:thing|bit|part|sentence|story)s?(?: that| what)?|(?:the )?(?:last|previous)(?: thing| bit| part)?(?: what| that)?|whatever)? ?(?:what )?i(?:'ve| have)? (?:just |have |only |now )?(?:said|told(?: you)?|answered|mentioned|talked)(?: (?:now|before|there|earlier|last|first|just now|right now|about .{1,40}|a (?:moment|minute|second) ago))*";
const ANSWER = "(?:(?:the|my|that|this|very|last|latest|previous|first|second|one|whole|bit|part|of) ){0,5}(?:answers?|reply|response|sentence|statement|remark|bit|part|thing|one|comment|words?|story|entry|line)(?: (?:before|again|about .{1,40}|where .{1,40}|from (?:me|before|the record)|with .{1,40}|i (?:just )?(?:gave|said|made)(?: you)?|of mine|and .{1,40}|i said .{0,30}|on .{1,30}))*";
const FROM = '(?: (?:again|out|off|back|away|from (?:the |my |your )?(?:record|list|notes?|transcript|profile|protocol|interview|answers)|for me|completely|altogether|right away))*';
const undo: CommandDefinition = {
  name: 'undo',
  help: 'Takes back your last answer: “delete what I just said”, “scratch that”.',
  contexts: ['asked', 'answering', 'speaking', 'paused'],
  alone: [/^(?:undo|delete|cancel that|scratch that|erase|go back|back one|step back|one back|delete it|strike that|rewind)$/],
  clause: [
    whole(`${TAKE_BACK} (?:that|it|this|this one|that one|all that|all of that)${FROM}`, ASK_YOU.replace('|just', '').replace('{0,5}', '{1,5}')),
    whole(`${TAKE_BACK} (?:${SAID}|${ANSWER})${FROM}`),
    whole(`(?:drop|change|correct|redo|rephrase|leave out|clear|reset|cut|replace) (?:${SAID}|${ANSWER.replace('|one|', '|')})${FROM}`),
    whole(`(?:leave) (?:${SAID}) (?:out|away)${FROM}`),
    whole(`(?:take|cross|strike|rub|wipe|cut|throw|edit|scratch) (?:${SAID}|${ANSWER}) (?:back|out|off|away|again)${FROM}`),
    whole(`(?:take|cross|strike|rub|wipe|cut|throw|edit|scratch) (?:that|it|this|all that) (?:back|out|off|away|again)${FROM}`, ASK_YOU.replace('{0,5}', '{1,5}')),
    whole(`(?:don't|do not|dont|not to|not|never|better not|you don't have to|please not) (?:save|keep|write|record|store|note|put|use|count|include|remember|take|log|mind|list)(?: down)? (?:that|it|this|${SAID}|${ANSWER}|any of that|the last .{1,20})(?: (?:down|in|on|up|to the list|anywhere|in the .{1,15}|on the .{1,15}|seriously))*`, ASK),
    whole(`(?:(?:can|could|may|let|should) (?:i|we|you|me|us) |let's |we should |i want to |i'd like to )?(?:please )?go back (?:one(?! day)|a step|one step|one question|to (?:the |my )?(?:last|previous|one before|question before|answer before|first)(?: .{1,25})?|one (?:answer|turn)|a question)(?: .{0,40})?`),
    whole(`(?:change|correct|redo|fix|replace|retry|rephrase) (?:the|my) (?:last |previous |first )?(?:answer|reply|response)(?: .{0,30})?|(?:answer|say) (?:that|this|it|the (?:last )?(?:question|answer)|my answer) (?:again|over|differently|anew|another way)`, "(?:can i |could i |may i |i want to |i(?:'d| would) like to |let me |i have to |i need to |i'd )"),
    whole("i (?:didn't|did not|don't|do not) (?:want|mean) to say (?:that|this|it)|i (?:didn't|did not) (?:mean|say) that|i take (?:that|it|this|everything|the last .{1,15}) back|i take back (?:that|this|what .{1,40}|my .{1,25})|i shouldn't have said (?:that|this)|i wish i hadn't said that|that (?:doesn't|shouldn't|should not|does not) count|that was (?:a mistake|wrong|a slip|by mistake) (?:delete|erase|remove|undo|cancel|take).{1,30}|pretend i (?:didn't|never) (?:say|said) (?:that|it)|act like i (?:didn't|never) (?:say|said) that|never mind what i (?:just )?said|make (?:that|it) (?:undone|unsaid)|the last one (?:was|is) wrong|don't count that"),
  ],
  closing: [
    whole(`${TAKE_BACK} (?:that|it|this|this one|that one|all that|all of that)${FROM}`, ASK_YOU),
    whole(`(?:take|cross|strike|rub|wipe|cut|throw|edit|scratch) (?:that|it|this|all that) (?:back|out|off|away|again)${FROM}`, ASK_YOU),
  ],
  opening: [
    begins(`(?:please )?(?:forget|delete|erase|remove|cancel) (?:it |that )?what i (?:told|said|answered)`, ASK_YOU),
    begins(`(?:undo|delete|erase|remove|scratch|strike|cancel|forget|ignore|disregard|take back|take out|cross out) (?:${SAID}|(?:the|my) (?:(?:last|previous|first) )?(?:answer|reply|response|sentence)(?: .{1,60})?)`),
    begins('(?:strike|scratch|delete|erase|remove|take) (?:that|this|it) (?:from|off|out of) (?:the|my|your)'),
    begins(`go back (?:one|a step)|(?:take|cross|strike|leave) (?!(?:this|that|it) )(?:the |my )?[a-z' ]{1,30} (?:out|off)(?: again)?(?= (?:of|from|the|i|because|please)|$)`, '(?:(?:can|could|would|will) (?:you|we) |please |you can )(?:please )?'),
  ],
  unless: /\b(?:don't|do not|no need to|never|not) (?:undo|delete|erase|remove|cancel|forget)\b/,
};

const SPEAK = "(?:speak|talk|go|say|read|ask|be|do|tell|put|repeat|try|pronounce|explain|speaking|talking|going|asking|reading)(?: (?:to me|with me|that|it|this|your questions?|the questions?|everything|things|me|you|on|a|little|a little|a bit|bit|much|far|lot|some|somewhat|again|more|please))*";
const slower: CommandDefinition = {
  name: 'slower',
  help: 'Makes the interviewer speak more slowly: “slower, please”, “not so fast”.',
  contexts: ['asked', 'answering', 'speaking', 'paused'],
  alone: [
    /^(?:slow|slowly|easy|gently|slow slow|easy easy|(?:way |much |far |a bit |a little )?too (?:fast|quick|quickly)(?: for me(?: .{0,20})?)?|(?:very|so) (?:fast|quick)|(?:it|this|that)(?:'s| is) too (?:fast|quick))$/,
    whole("(?:(?:a|much|little|bit|even|more|some|somewhat|lot|tad|touch|slightly|far|way) ){0,3}(?:slower|slowlier|more slow|more slowly|less fast|less quickly|less quick|slow slow)(?: (?:for me|speech|speed|speaking|talking|tempo|pace|again|next time))*"),
    /^(?:i )?(?:can't|cannot|can not) (?:keep up|follow)$/,
  ],
  clause: [
    whole(`${SPEAK} (?:slower|slowly|slow|more slow|more slowly|less fast|less quickly|less quick|at (?:a )?(?:half|lower|slower|less|reduced)(?: the)? (?:speed|pace|tempo))(?: .{0,30})?`),
    whole("(?:slow|slowing|calm) (?:it |things |this |yourself |your speech |the speech |the voice |the speed )?down(?: (?:a (?:bit|little|touch|tad)|a little bit|some|for me|when .{1,30}|the .{1,25}|your .{1,25}|speed|little))*"),
    whole("(?:not|don't|do not|don't you|please not) (?:(?:speak|talk|go|rush|be|read|ask) )?(?:so|too|that|this) (?:fast|quick|quickly|rapidly|hasty|hurried)(?: .{0,30})?|(?:don't|do not) (?:rush|hurry)(?: so much| me)?|(?:no|not|less) (?:so )?(?:rush|hurry|haste)", ASK),
    whole("(?:(?:you|your (?:speech|voice|speaking|english)|the (?:voice|speech|speed))(?:'re| are|'s| is| were|'ve been| speak| talk| go| read| ask| say| sound| run)*(?: talking| speaking| going| reading| saying (?:it|that)| the questions?)*(?: a (?:bit|little)| much| far| way| just| all| really| little| bit| rather| (?:a )?little bit)*) (?:too|so|very|pretty|rather|awfully|terribly|quite|really) (?:fast|quick|quickly|rapid|rapidly|speedy)(?: (?:for me|for my .{1,20}|to follow|today|to understand|again))*"),
    whole("(?:at |with )?(?:half|less|lower|a lower|a slower|slower|reduced|a little less|a bit less|little less) (?:the |of )?(?:speed|pace|tempo)|(?:reduce|lower|decrease|drop|turn down) (?:the|your) (?:speed|pace|tempo)(?: .{0,20})?|take (?:it|things) (?:slow|slower|slowly|easy|easier|a bit slower|more slowly)|take your time (?:when|with) .{1,25}|give me more time to (?:follow|understand)"),
    whole("(?:i )?(?:can't|cannot|can not|couldn't|can hardly|don't|not|am not|it's hard to|hard to|struggle to|i'm struggling to) (?:quite |really )?(?:(?:keep up|keep pace) with (?:you|this speed|your .{1,15})|follow (?:you )?(?:so fast|at this speed|that fast|when you .{1,25}))"),
  ],
  opening: [
    /^(?:please |can you |could you |would you |will you |you (?:should|must|could|can) )+(?:please )?(?:slow down|(?:speak|talk|go|say (?:it|that)|read|ask) (?:to me )?(?:a |little |bit |much |more |lot |some ){0,4}(?:slower|slowly|slow))\b/,
    /^not so (?:quick|fast|quickly)\b/,
    /^(?:please )?(?:a bit |a little |more |little )?slow(?:er|ly)(?= (?:i|my|because|for|please|your|when)\b)/,
    /^you (?:talk|speak|go|are talking|are speaking|are going)(?: like)? (?:a train|so fast|too fast|very fast|too quick|a machine gun|a waterfall)\b/,
    /^i(?:'m| am)? (?:can't|cannot|can not) (?:keep up|follow)(?: with)? (?:you|that)\b/,
  ],
  unless: /\bthat's what (?:my|they|he|she)\b/,
};

const NOT_HEARD = "(?:didn't|did not|couldn't|could not|haven't|have not|not|hardly|barely)(?: quite| really| fully| properly| even| rightly)?";
const repeat: CommandDefinition = {
  name: 'repeat',
  help: 'Says the question again: “could you repeat that?”, “sorry, what was that?”.',
  contexts: ['asked', 'answering', 'speaking', 'paused'],
  alone: [
    /^(?:pardon|pardon me|par don|i beg your pardon|beg (?:your )?pardon|begging your pardon|beg pardon|come again|say again|say what|what|what what|huh|eh|hm what|what sorry|sorry what|what did|what was|excuse me what|repeat|repetition|re peat|again|encore|question|the question|(?:the )?question again|once more|once again|one more time|one more|another time|louder and again|how was that|what was it|what say|what you say|which question|what do you (?:say|ask)|i(?:'ve| have)? (?:missed|lost|misheard) (?:that|it|you)|tell me the question)$/,
  ],
  clause: [
    whole(`(?:repeat|re peat|repeating|reiterate|re-?read|restate|re-?ask|replay|redo)(?: (?:me|us|to me))?(?: ${THIS}| everything| all(?: that)?| the whole(?: thing)?| the last (?:bit|part|sentence|words?|question)| the (?:beginning|end|start) .{1,20})?(?: ${AGAIN}| for me| a bit louder| slowly)*`),
    whole(`(?:start|begin|try|do|go|have|get|play|show|pass|come|be|give)(?: (?:me|us|to me))* (?:${THIS}|from the (?:beginning|start|top))(?: (?:to me|by me|past me|for me|over|through))* ${AGAIN}(?: (?:because|i) .{1,40})?`, ASK_YOU),
    whole(`(?:say|ask|put|read|tell|run|state|speak|go over|go through|hear|pose|listen to|saying|asking|reading|phrase|explain)(?: (?:me|us|to me|i|you|to))*(?: ${THIS}| what .{1,30}| the beginning| from the (?:beginning|start|top))?(?: (?:to me|to us|by me|past me|for me|out|out loud|up|over|off|through|just|all))* ${AGAIN}(?: (?:for me|to me|please|a bit louder|louder|in other words|from the (?:start|top|beginning)|because .{1,40}))*`, ASK_YOU),
    whole(`(?:hear|have|get|listen to) (?:the question|the last .{1,12}|your question|what you .{1,20}|you) ${AGAIN}|(?:hear|have|get) (?:that|it) (?:again|once more)`),
    whole(`(?:the |your |that |this |last |whole |same )*(?:question|bit|part|thing|sentence|one) ${AGAIN}|${AGAIN}(?: (?:the|your|this|that))+ (?:question|bit|one)|${AGAIN} (?:for me|with the question|the question|what you said)|from the (?:top|start|beginning)(?: again)?`),
    whole("(?:and |but )?what (?:was|is|were|are)(?: it| that| this| the| your)* (?:question|that|it|you (?:said|asked|asking|saying|want|wanted)|last (?:bit|part|thing|question|word|sentence)|first (?:bit|part|thing)|again|the end)(?: (?:again|you said|you asked|one more time|once more|about|to know|please|of it|of the question|then))*"),
    whole("what(?:'s| is| was) (?:the|your|that|this) (?:(?:last|first) )?(?:question|bit|part|one|word)(?: again| please| about)?|what(?:'s| was) that(?: again| you said| about)?|what(?: is| are| were|'re) (?:you|we) (?:asking|saying|ask|say)(?: me| about| again)*"),
    whole("(?:and |but )?what (?:did|have|had|were|was|are) (?:you|she|he|it|the voice) ?(?:just |then |now )?(?:say|said|ask|asked|want|wanted|saying|asking|tell|told|mean to ask|like|just said)(?: (?:to|know|me|from me|to know|again|there|now|just|just now|last|at the end|hear|about))*"),
    whole("(?:you|she|it) (?:said|say|asked|ask|wanted) what(?: again)?|what you (?:say|said|ask|asked|want|are asking)(?: me| to know| again| i not .{1,20}| please.{0,20})*|you (?:were|are) (?:asking|saying)(?: me)? what|you asked me what|(?:your|the) question (?:was|is|again)|which question (?:was (?:it|that)|did you ask|again|is it)|how was the question|where (?:were|are) we(?: with the question)?|what question(?: was (?:it|that))?"),
    whole(`(?:i|we)(?:'m| am)? ${NOT_HEARD} (?:hear|heard|hearing|catch|caught|get|got|make out|made out|listen|listened|follow|understand|understood|take (?:that|it) in)(?: (?:you|that|it|this|a word|anything|everything|all(?: of (?:that|it))?|one word|well|properly|good|so well|correctly|right|the (?:last |first |second |whole |end of the |beginning of the )?(?:question|bit|part|words?|one|sentence|half|end|beginning|thing)|what (?:you|it|she) (?:said|asked|say|ask|were (?:saying|asking)|want)|your (?:last )?(?:question|words?)|much|any of (?:that|it)|last|there|of|of that|of it|very well|clearly|what))*`),
    whole('i (?:don\'t|do not|can\'t) (?:quite )?(?:catch|get) (?:that|it|what you said|the question)'),
    whole(`${NOT_HEARD} (?:hear|heard|catch|caught|get|got|understood) (?:that|it|you|the (?:question|last .{1,12})|a word|what you .{1,12}|anything)(?: .{0,15})?`),
    whole("(?:(?:i|i've|i have|i think i|i must have|i think i've) )(?:just |completely |totally |must have )?(?:missed|lost|misheard|forgot|forgotten|forget)(?: (?:you(?= there| for)|what you (?:said|asked|were saying|wanted|want|were asking)|(?:your|the) (?:(?:last|first|second|whole) )?(?:question|bit|part|words?|one|half|thing)|the (?:end|beginning|start)(?: of (?:that|it|the question|your question))?|half of (?:it|that)|all of (?:it|that)|there|for a (?:second|moment)))+"),
    whole("you (?:broke|were breaking|are breaking|cut|were cutting|dropped|faded|went) (?:up|out|off|away|silent|quiet)(?: (?:there|a bit|for a (?:second|moment)|in the middle))*|(?:i was|i am|i'm|was) ?(?:n't|not)? ?(?:listening|paying attention|miles away|distracted|somewhere else|daydreaming|far away)|(?:i )?wasn't (?:listening|paying attention|concentrating|there|with you)|(?:the )?(?:line|sound|connection|audio|voice) (?:was|is|went|broke|cut|dropped)(?: (?:bad|out|off|up|gone|away|poor|quiet))+(?: .{0,20})?|(?:it was |it's |it is |too )(?:too )?(?:loud|noisy)(?: here)? what.{1,30}"),
  ],
  opening: [
    begins("repeat (?:that|it|the question|your question|the last|what you|please|yourself)", ASK_PLAINLY),
    begins(`(?:say|ask|put|read|tell me|start|go over|run through|give me)(?: (?:me|to me))? ${THIS}(?: (?:to me|over|for me|by me|past me))* ${AGAIN}`),
    /^what (?:was|is|were) (?:the|your|that) (?:last )?question\b(?! (?:i|we|they|he|she|my|on|in|of life))/,
    /^(?:what|sorry what) did you (?:just )?(?:say|ask|want to know)\b/,
    /^(?:i|we) (?:didn't|did not|couldn't|could not) (?:quite |really )?(?:hear|catch|get) (?:that|you|it|the question|what you|the last)\b/,
    /^(?:what|huh|pardon) (?:say|can you|could you|please)\b.{0,20}\b(?:again|repeat)/,
  ],
  unless: /\b(?:don't|do not|no need to|needn't|not necessary to|not have to|don't have to) (?:say|ask|repeat|tell)\b|\bwhat (?:was|is) (?:that|the) (?:song|film|movie|game|name|book|word|thing) (?:called|again)|\bthe next (?:song|game)\b/,
};

const NEXT = "(?:(?:the|a|an|some|to|with|onto|on|your) ){0,3}(?:next|another|other|different|following|new|second|further|easier|better)(?: (?:question|one|topic|subject|thing|bit|part|point))?";
const LEAVING = "(?:skip|skipping|skip over|jump over|jump|pass|pass on|pass over|leave|leave out|leaving|omit|drop|miss out|move past|get past|go past|hop over|step over|bypass|not do|not answer|not talk about|overjump)";
const TELL = "(?:answer|say|talk about|discuss|go into|get into|tell|speak about|speak of|share|respond to|reply to|reveal|think about|comment on|talk|answering|talking about|speak)";
const skip: CommandDefinition = {
  name: 'skip',
  help: 'Leaves the question out: “skip this one”, “I’d rather not answer that”.',
  alone: [/^(?:skip|skip it|pass|i pass|i'll pass|i skip|next|next next|next one|next question|no comment|no comment next|another|other question|different one|another one|something else|move on|go on next|move along|no answer|not this|not that|moving on|on to the next|onwards|forward|moving along|next topic)$/],
  clause: [
    whole(`${LEAVING} (?:this|that|it|these|this here|that there|${QUESTION})(?: ${QUESTION})?(?: (?:out|over|away|off|be|aside|for (?:now|today|later|me)|too|as well|entirely|altogether|and .{1,40}|because .{1,40}))*`),
    whole(`(?:skip|skip over|pass)(?: (?:this|that|it|to the next|ahead|on|forward|and .{1,30}))*`, ASK_PLAINLY.replace('{0,5}', '{1,5}')),
    whole(`(?:i(?:'ll| will| would|'d|'m going to| am going to)? (?:have to |rather |like to |prefer to |want to )?)?(?:skip|pass)(?: on)? (?:this|that|it|${QUESTION})(?: .{0,20})?|i(?:'ll| will|'m going to)? (?:have to )?(?:skip|pass)|(?:i'll|i will|i'd|i would) (?:rather )?pass(?: on (?:this|that|it|${QUESTION}))?`),
    whole(`(?:move|go|moving|going|get|carry|continue|proceed|jump|switch|change|skip|turn|come|advance|hop|pass|go straight|straight)(?: (?:on|ahead|along|over|forward|right|straight))*(?: (?:to|with|onto|by))? (?:something else|something different|other things?|another thing|${NEXT}|what(?:'s| is) next)(?: (?:instead|then|now))*`, ASK_YOU),
    whole('(?:move|moving|moves) (?:on|along|forward)(?: from (?:this|that|here|it))?(?: (?:then|now|quickly))?|(?:get|keep) (?:on|moving)(?: with it)?'),
    whole(`(?:give|ask|do|make|try|have|take|get|choose|pick|bring|find|got|put|pose|tell|hear|use|say|throw|want)(?: (?:me|us|you|to me|for me))*(?: (?:something (?:else|different|easier|new)|other (?:things?|questions?|one)|${NEXT}|a question (?:about|on) something else))(?: (?:instead|about .{1,30}|then|now))*`, ASK_YOU),
    whole(`(?:(?:get|have|hear|take|answer|go to|move to|move on to|go on to) )?(?:a |an |the |to )*(?:next|another|other|different|new|easier) question`),
    whole(`i (?:don't|do not|really don't|dont) (?:like|want|understand why you ask) (?:this|that|these|your) questions?|(?:i )?not like (?:this|that) question`),
    whole(`(?:next|another|other|different|a different|new|the next|following|the following|an other|an easier|easier|a new|second) (?:question|one|topic|subject)(?: (?:now|then|instead|to me|it is))*`),
    whole(`(?:talk|speak|chat) about (?:something|anything|other things?|another thing|some other thing)(?: (?:else|different))?(?: (?:instead|now))?|(?:change|switch) (?:the )?(?:subject|topic|question)s?|something (?:else|different)(?: instead| now)?|anything else instead|(?:how about|what about|let's try) (?:something else|another (?:one|question))`, ASK_YOU),
    whole(`(?:i(?:'d| would|'ll)?(?: much| really)? (?:rather|prefer|sooner)(?: to)?(?: not)?(?: to)?|(?:i )?(?:would |'d )?(?:rather|prefer)(?: to)? not(?: to)?|i(?:'d| would) (?:rather|prefer) (?:you )?(?:didn't|not)|i (?:really )?(?:don't|do not|dont|won't|will not|wouldn't|can't|cannot|refuse to|decline to|am not going to|not)(?: really)?(?: (?:want|like|wish|wanna|care|feel like|have|going|comfortable))?(?: to)?|(?:i'm|i am) not (?:going to|gonna|comfortable|happy|willing to|ready to)|no i won't|not going to|do i have to) ${TELL}(?: (?:about|to|you|on|any|anything|more))*(?: (?:this|that|it|those things|such things|${QUESTION}|that sort of .{1,15}|personal .{1,15}|(?:my |the )?(?:work|job|family|home|school|parents|health|money|private life|past|age)|to (?:that|this|it)|about (?:that|this|it)))(?: (?:one|right now|now|today|here|with you|at the moment|yet|if .{1,20}))*`),
    whole(`i (?:don't|do not) (?:want|wish|like|care) to (?:answer|say|tell(?: you)?)|(?:i(?:'d| would)? (?:much )?(?:rather|prefer)|(?:i )?rather)(?: to)? not (?:to )?(?:answer|say|tell(?: you)?|go into (?:that|it|this)|discuss (?:that|it|this)|talk about (?:that|it|this))|(?:i(?:'d| would)? (?:rather|prefer) not|(?:i )?prefer not to|(?:i'd )?rather not|i(?:'d| would) rather not to)(?: (?:to|do that|do this|if .{1,20}|on this one))*|(?:don't|do not) ask me (?:that|this|about (?:that|this|it))|not (?:this|that) (?:one|question)(?: .{0,15})?|none of your (?:damn |bloody )?(?:business|concern)|that(?:'s| is) (?:none of your business|too (?:personal|private))|(?:that(?:'s| is) )?(?:a )?(?:bad|stupid|silly|boring|dumb) question (?:next|another|skip).{0,15}|i have no (?:answer|comment)(?: (?:to|for|on) (?:that|this|it))?|no comment(?: (?:on (?:that|this)|next))?|(?:i )?refuse to answer(?: .{0,15})?|we(?:'ve| have) (?:already )?(?:done|had) (?:that|this)(?: one)?(?: already)?(?: next.{0,10})?`),
  ],
  opening: [
    begins(`skip (?:this|that|it|the|over) ?(?:one|question)?(?= |$)`, ASK_PLAINLY),
    begins(`(?:give me|ask me|try|do|take|go (?:on )?to|move (?:on )?to|make) (?:a |an |the )?(?:next|another|different|other|following|new) (?:question|one|topic)`),
    /^(?:next|another|different|new) question\b/,
    /^move on to (?:the next|another|something else)\b/,
  ],
  recognises: (parts) => parts.some(({ words, within }) => !within && /(?:^(?:i don't know|no idea|no comment|nah|boring|dunno|i have no idea|no clue|heard this one|i've heard this one|whatever|can't say|cannot say|not telling|i can't think of (?:one|any|anything)|that's private|private)) (?:just |so |please |the |let's |go )*(?:next|next one|next question|skip|skip it|skip that|skip this|pass|move on)$/.test(words)) || (parts.length > 1 && parts.length <= 3 && /^(?:next|skip|pass|next one|next question|skip it)$/.test(parts.at(-1)!.words) && !parts.at(-1)!.within && parts.slice(0, -1).every(({ words }) => words.split(' ').length <= 7 && !/^i (?:like|love|play|enjoy)|,|\band\b/.test(words))),
  unless: /\b(?:don't|do not|never|not|no need to) skip\b|\bdon't move on\b|\bskip (?:rope|breakfast|lunch|dinner|school|class|lessons?|meals?|rows?|stitch)/,
};

const GO_ON = "(?:go on|going on|goes on|go ahead|go further|go forward|continue|continuing|carry on|resume|resuming|proceed|keep going|start(?: up)?(?: again)?|restart|begin(?: again)?|get (?:on|back|going|started|moving)|get on with (?:it|this|things)|move on|pick (?:it )?up|press on|push on|crack on|unpause|un pause|ask(?: away| on| me)?|fire away|shoot|do this|do the next(?: one)?|take it up)";
const resume: CommandDefinition = {
  name: 'resume',
  help: 'Goes on after a pause: “I’m back”, “we can go on”.',
  contexts: ['paused'],
  alone: [
    /^(?:go|back|back again|and back|back now|ready|ready when you are|ready now|ready to go|present|here|i'm here|here i am|i am here|hello i'm back|okay go|let's go|lets go|off we go|on we go|here we go|i'm (?:done|finished|free|all set)|(?:i'm|i am|i'm still|yes i'm) (?:still |right )?here(?: now| again)?|next|next one|next question|next please|play|done|continue|resume|go ahead|go on|carry on|proceed|all done|begin|start|ask|shoot|fire away|unpause|all set|all good now|go for it)$/,
  ],
  clause: [
    whole(`${GO_ON}(?: (?:then|now|again|with (?:it|this|that|us|me|you|the (?:interview|questions?|next .{1,10}|rest)|your questions?|where .{1,30}|our .{1,12})|the (?:interview|session|conversation|questions?)|where .{1,30}|from (?:where|there|here|the .{1,12}).{0,25}|asking|talking|to (?:it|this|the (?:interview|questions?|next .{1,12}))|together|whenever .{1,20}|when .{1,20}|what we .{1,20}|interview|session|asking me|questions|the next (?:question|one)|on|it|this|i'm ready|any time))*`, ASK_PLAINLY.replace('|not|', '|').replace("|i must|", "|can|could|may|i can|i could|i am ready to|i'm ready to|i'm able to|ready to|now|now we can|from me|you may|we may|go and|and|")),
    whole("(?:i'm|i am|we're|we are|i m|am|im|it's me|here i am|here i'm|i have|i've|i) (?:(?:now|all|just|really|finally|again|already|right|come|got|gotten|returned) )*(?:back|ready|here again|here now|returned|with you|listening|available|settled)(?: (?:again|now|here|at last|with you|when you are|to (?:go|continue|go on|talk|carry on|start|resume|proceed).{0,20}|for (?:more|the next.{0,12}|you|questions)|dear|and .{1,40}|with .{1,25}|from .{1,25}|in my chair|at my desk|sitting.{0,20}|whenever .{1,20}))*"),
    whole("(?:and |so )?where (?:were|was|are|did) we(?: (?:again|then|just|before|now|stop|leave off|at))*|what(?:'s| is| was) (?:next|the next (?:question|one)|we on)|what were we (?:talking about|saying|on|at)|(?:where|what) was i|(?:next|the next|following|another) (?:question|one)(?: .{0,15})?|(?:the )?(?:pause|break)(?:'s| is) over|end (?:of )?(?:the )?(?:pause|break)|ready (?:when|whenever|for|to|again|now).{0,30}|as you were|back (?:to|with|again|at|in|from|now).{0,30}|(?:do|please do|please) go on|you (?:have|got) my attention|i have (?:my|the|some) [a-z ]{1,20} now|your (?:turn|question)|(?:let's|lets|off we|on we|here we) go(?: again| on| now)?|let's hear (?:it|the next.{0,12})|all ears|i(?:'m| am) all ears"),
  ],
  opening: [/^(?:i'm|i am|here i am) (?:here|back|ready|all yours)(?: again)? (?:go|we can|you can|let's|ask|please|so|now|continue|carry|what|next|where|sorry)\b/],
  unless: /\b(?:not yet|not ready|tomorrow|later|don't (?:continue|go on|resume|start)|on the phone|not you|i'll call|can i go|without me|don't wait|i told (?:her|him|them)|not back|not here|wait)\b/,
};

/** In the order in which they are tried. */
export const STANDARD_COMMANDS: readonly CommandDefinition[] = [stopForNow, resume, undo, end, skip, repeat, slower, pause];

/** "How do I pause this?", "what happens if I say stop", "that's what my teacher says": spoken of, not asked for. */
export const SPOKEN_ABOUT = /\b(?:that's what (?:i|we|my|they|he|she|people|everybody|everyone)|(?:my [a-z]+|he|she|they|everybody|everyone|people|the (?:teacher|coach|doctor|kids|children)) (?:always |often |keeps? |used to )(?:says?|tells?|telling|saying|shouts?|ask|asks|asking|call|calls)|(?:everybody|everyone|people|they all) (?:tells?|says?|say|tell) (?:me|that|i)|how (?:do|can|would|does|could|should) (?:i|you|we|one|it|this)|what happens (?:if|when)|what if|what does|why (?:did|do|would|are) (?:you|we|i)|when (?:do|does|will|can|is|are) (?:we|it|this|i|the)|(?:if|when|whenever|suppose) (?:i|you|we) (?:say|said|tell|want to)|can i (?:also |always )?say|which (?:word|button|command)|is there a (?:button|command|word))\b/;
