/**
 * Phrases that show an attitude, tried in their order on the text of one clause; the first that fits decides.
 * Every repetition is bounded and every alternative starts with different letters or a word boundary, so that no text takes long.
 */
import { ACTIVITIES } from './lexicon.ts';

export type Stance = 'like' | 'wish' | 'do' | 'weak' | 'dislike' | 'stopped' | 'past' | 'skill';
/** Where the thing it is about stands: behind the cue, before it, or both are tried. */
export type Place = 'after' | 'before';
export interface Cue {
  stance: Stance;
  place: Place;
  pattern: RegExp;
  /** Only for clauses of the speaker (default), or for any but other people's. */
  anySubject?: boolean;
  /** Weak on its own: counts only with a topic the taxonomy lists. */
  listedOnly?: boolean;
}

const ADV = '(?:(?:also|always|still|quite|so|even|only|do|did|very|much|rather|maybe|now|often|sometimes|usually|mostly|mainly|mainly|too|ever|never|absolutely|especially|particularly|secretly|generally|truly|deeply|completely|all|best|a bit|a little|a lot|more|most|already|currently|kind|in|properly|regularly|proper|both|most of all|first of all|on the side) ){0,3}';
const I = "(?:i|we|me|i'm|i've|i'd|i'll|i am|we're|we've|we'd|i have|i would)";
const NOT = "(?:don't|do not|didn't|did not|wouldn't|not|never|can't say i|can't say that i|can not|cannot|am not)";
const listed = (stance: Stance, source: string): Cue => ({ stance, place: 'after', pattern: new RegExp(source), listedOnly: true });
const cue = (stance: Stance, place: Place, source: string, anySubject = false): Cue => ({ stance, place, pattern: new RegExp(source), anySubject });

export const CUES: readonly Cue[] = [
  // Two negatives: a strong yes or a weak one.
  cue('like', 'after', `\\b${I} ${ADV}(?:can't|cannot|couldn't|could never|can never) (?:not|stop|live without|do without|imagine (?:life|my life|a day|a week|living) without|resist|get enough of|go a day without|put down|be without)(?: |$)`),
  cue('like', 'after', `\\b${I} ${ADV}(?:never|don't ever) (?:get|got|grow|am|grew)? ?(?:tired|bored|sick|enough|fed up) (?:of|with)(?: |$)`),
  cue('like', 'after', `\\b${I} (?:would never|wouldn't|never|won't) (?:miss|say no to|give up|turn down|go without)(?: |$)`),
  cue('weak', 'after', `\\bi (?:wouldn't|couldn't|don't) (?:exactly |really )?say (?:that )?(?:i'm |i am |i )(?:really |actually |exactly )?(?:love|like|enjoy|adore|into|passionate about|obsessed with|mad about|good at|a fan of)(?: |$)`),
  cue('weak', 'after', `\\b${I} ${ADV}(?:don't|do not|wouldn't say i|can't say i|didn't) ${ADV}(?:dislike|hate|mind|detest|loathe|object to)(?: |$)`),
  cue('weak', 'before', `\\b${I} ${ADV}(?:don't|do not|wouldn't say i|can't say i) ${ADV}(?:dislike|hate|mind)$`),
  cue('weak', 'before', `\\b(?:isn't|is not|aren't|wasn't|it's not|that's not|'s not) (?:that |so |all that |all |completely |exactly |too )?(?:bad|terrible|uninteresting|awful|boring|unpleasant|the worst|horrible)\\b`, true),

  // Stopped, given up.
  cue('stopped', 'after', `\\b${I} ${ADV}(?:stopped|quit|gave up on|gave up|given up on|given up|dropped out of|dropped|packed in|abandoned|retired from|grew out of|grown out of|outgrew|lost interest in|went off|gone off|turned my back on|let go of|finished with)(?: |$)`),
  cue('stopped', 'after', `\\b${I} (?:am )?no longer(?: |$)`),
  cue('stopped', 'after', `\\b${I} ${ADV}(?:don't|do not|can't|cannot|haven't|couldn't|won't|not) ${ADV}(?=[a-z' ,]{2,60}\\b(?:any ?more|any longer|these days|nowadays|in years|for years|since))`),
  cue('past', 'after', `\\b${I} ${ADV}(?:used to|use to) ${ADV}(?:be|do|go|have|like to|love to|enjoy|love|like|really like|really love|really enjoy|adore|be into|be obsessed with|play)?(?: |$)`),
  cue('past', 'after', `^(?:used to be|used to) `, true),

  cue('stopped', 'after', `\\b${I} ${ADV}(?:sold|gave away|given away|threw away|thrown away|handed in|handed back|got rid of|hung up|put away|burnt|cancelled)(?: |$)`),
  cue('stopped', 'after', `\\b${I} (?:haven't|have not|hadn't) (?:really )?(?:played|touched|done|been|watched|read|opened|picked up|drawn|danced|sung|ridden|run|practised|practiced|painted|written|been to|used|had time for|gone)(?: |$)`),
  // Dislike.
  cue('dislike', 'after', `\\b${I} ${ADV}(?:never|didn't|don't|can't|couldn't) ${ADV}(?:understood|understand|saw|see|got|get|find|found) the (?:point|appeal|fuss|fun|attraction|charm)(?: of| in| about)?(?: |$)`),
  cue('dislike', 'after', `\\b(?:the )?(?:worst|least favourite|most boring|most annoying|only thing i hate|one thing i hate|one i hate)(?: subject| thing| one| part| of all| for me| bit)?(?: [a-z]+)? (?:is|are|has to be|must be)(?: |$)`, true),
  cue('dislike', 'before', `(?:^| )(?:not so much|not really|less so|not at all|not as much|not my thing|not for me|not my favourite|isn't for me)$`, true),
  cue('dislike', 'after', `\\b${I} ${ADV}${NOT} (?:actually )?${ADV}(?:like|love|enjoy|care much for|care for|care about|fancy|see the point of|see the point in|see the appeal of|get the point of|get on with|get along with|understand the fuss about|find any joy in|look forward to|miss|trust|believe in|touch|want anything to do with|want to be|want to do|want to become|want to|want|choose|pick)(?: |$)`),
  cue('dislike', 'before', `\\b${I} ${ADV}${NOT} ${ADV}(?:like|love|enjoy|fancy|care for|want)$`),
  cue('dislike', 'after', `\\b${I} ${ADV}(?:hate|hated|hates|dislike|disliked|detest|loathe|despise|dread|resent|avoid|can't stand|cannot stand|couldn't stand|can't bear|couldn't bear|couldn't abide|can't abide|can't be doing with|can't be bothered with|can't be bothered to|could do without|can do without|couldn't care less about|struggle to enjoy|run a mile from|run away from|steer clear of|have no interest in|have zero interest in|have no time for|have no patience for|had no patience for|no patience for|no interest in|refuse to)(?: |$)`),
  cue('dislike', 'after', `\\b(?:${I} )?${ADV}(?:not|never been|am not|wasn't|never was|never) ${ADV}(?:one |much |a big |a huge |a great |a |the |that |really |exactly )?(?:into|interested in|fan of|keen on|fond of|person for|type for|bothered about|bothered with|cut out for|made for|curious about|lover of|friend of|one for|excited about|passionate about|in the mood for|much of a|my thing with)(?: |$)`),
  cue('dislike', 'after', `\\b${I} ${ADV}(?:scared|afraid|terrified|frightened|sick|tired|bored|fed up|petrified|allergic) (?:of|by|with|to|from)(?: |$)`),
  cue('dislike', 'after', `\\b(?:i )?could never (?:be|become|do|work as|work in|work with|imagine being|imagine)(?: |$)`),
  cue('dislike', 'after', `\\b(?:i )?would never (?:be|become|do|work as|want to be|want to|go|touch|want)(?: |$)`),
  cue('dislike', 'after', `\\b(?:i|we) (?:wouldn't|won't|would not) (?:touch|dream of|be seen dead (?:in|at|near|doing)|go near|want to be|want to|want)(?: |$)`),
  cue('dislike', 'after', `\\b(?:bores|annoys|scares|disgusts|terrifies|stresses) me (?:is|are) `),
  cue('dislike', 'before', `(?:^| )(?:is|are|was|were|it's|that's|'s|isn't|aren't|it is|that is|just|seems|sounds) ${ADV}(?:not |never )(?:just )?(?:for me(?= ,|$)|my thing|my cup of tea|my world)`, true),
  cue('dislike', 'before', `(?:^| )(?:is|are|it's|that's|was|were|i find it|find) ${ADV}(?:just )?(?:a bit )?(?:boring|awful|horrible|terrible|disgusting|the worst|a nightmare|stupid|dull|babyish|torture|pointless|overrated|rubbish|hell|gross|a chore|a waste of time|for little kids|too (?:boring|loud|dangerous|hard|cold|cruel|violent)|not fun|no fun|not (?:really )?interesting|compulsory and|embarrassing|yuck|scary)\\b`, true),
  cue('dislike', 'before', `\\b(?:bores me|bored me|leaves me cold|left me cold|leave me cold|does nothing for me|do nothing for me|gives me no (?:joy|pleasure)|scares me|drives me (?:mad|crazy|up the wall)|gets on my nerves|freaks me out|makes me (?:sick|miserable|anxious|sad|angry|want to scream)|puts me to sleep|sends me to sleep|doesn't interest me|don't interest me|never interested me|can stay away|never said anything to me|stresses me out|annoys me|no thanks|no thank you|not for me|isn't for me|aren't for me|not really for me|isn't really for me|wasn't for me|not my thing|not my cup of tea|isn't really it|isn't my thing)\\b`, true),
  cue('dislike', 'before', `\\bi (?:can't stand|hate|detest|loathe|dread|dislike|could do without|don't like|don't enjoy|never liked|avoid)$`),

  cue('dislike', 'before', `\\bi count the (?:minutes|hours|seconds|days)\\b`),
  cue('dislike', 'after', `\\b(?:i'm|i am|i was) (?:really |very |particularly |exactly |at all |that )?not (?:really |very |particularly |exactly |at all |that |so )?(?:a |an |much of a )?(?:very |really )?(?=(?:musical|sporty|artistic|arty|political|religious|bookish)\\b)`),
  cue('weak', 'before', `(?:^| )(?:is|are|'s|was|it's|that's|they're|would be|could be) ${ADV}(?:quite |pretty |all )?(?:okay|alright|all right|fine|tolerable|so so|not bad|bearable|decent|passable|half decent|all right)\\b`, true),
  cue('weak', 'before', `\\bwould be (?:nice|fun|cool|great|interesting|lovely|fine|okay) (?:without|if|but|with fewer|with less)\\b`, true),
  cue('weak', 'before', `\\bi (?:wouldn't call it|wouldn't say (?:i love it|it's|i'm)|can take it or leave it|could take it or leave it|don't know if i like it)\\b`),

  // Liking.
  cue('like', 'after', `\\b(?:i haven't|i've never|i have never|i never|i haven't) (?:missed|miss) (?:a |one |any )?(?:single )?`),
  cue('like', 'after', `\\b(?:the )?(?:whole |real |main )?(?:point|beauty|joy|magic|great thing|best thing|nice thing|good thing|fun|charm|pleasure|lovely thing) (?:of|about|in|with)(?: |$)`, true),
  cue('like', 'after', `\\b(?:nothing|not much|little) (?:is |that's )?(?:better|nicer|more fun|more relaxing) than(?: |$)|\\bnothing (?:beats|like|comes close to)(?: |$)|\\b(?:you can't|can't) beat(?: |$)`, true),
  cue('like', 'after', `\\b(?:find|catch) me(?: always| usually)?(?: in| at| on| with| out)?(?: |$)`, true),
  cue('like', 'after', `\\b(?:the )?(?:best|favourite|most interesting|most fun|nicest|coolest)(?: subject| thing| one| part| of all| for me| bit)?(?: [a-z]+)? (?:is|are|has to be|must be)(?: |$)`, true),
  cue('like', 'after', `\\bi (?:taught|am teaching|teach) myself(?: to| how to)?(?: |$)|\\bi'm teaching myself(?: to| how to)?(?: |$)`),
  cue('wish', 'after', `\\b(?:i )?wish (?:i could|i knew how to|i was better at|i were better at|i had more time for|i knew more about|i understood|i could be)(?: |$)`),
  cue('like', 'after', `\\b(?:when|while|whenever|once|as soon as|if) (?:i'm|i am|i start|i get to|i sit down to|i get into|i begin|i pick up|i open|i'm in|i'm at)(?= [a-z]+ing|(?<=start|up|open|in|at|to|into|begin) )(?: |$)`),
  cue('like', 'after', `\\bi'm (?:very much |really |totally |more of |definitely )?(?:a|an) (?=[a-z]+ (?:person|girl|guy|type|nerd|geek|buff|freak|fan|nut|addict|lover|enthusiast)\\b)`),
  cue('do', 'after', `\\b(?:i have|i've got|i've|we have|we've got|i own) (?:over |about |nearly |almost |at least |more than |now |already )?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|a hundred|a thousand|hundreds of|dozens of|thousands of|so many|too many|a whole collection of|a collection of|\\d+) (?:hundred )?`),
  listed('like', `\\b(?:give me|put me (?:in front of|on|in|next to|near)|show me|hand me) (?:a |an |some |my )?`),
  listed('wish', `\\b(?:set my heart on|can't decide between|can't choose between|torn between|high time i|time i|seen myself as|see myself as|picture myself as|imagine myself as|imagine being|imagine working as|imagine working with|imagine working in|i could imagine|i could see myself(?: as)?|i can see myself(?: as)?|i can imagine)(?: learned| learnt| doing| being| becoming| working as| working with| working in)?(?: to)?(?: |$)`),
  listed('like', `\\b(?:i )?(?:nearly |almost |completely )?(?:forgot|forgotten)(?: to mention| to say| about| the most important)?(?: |$)`),
  listed('like', `\\b(?:book|books|podcast|podcasts|documentary|documentaries|films|articles|magazines|course|courses|class|classes|lessons|videos|everything|something) (?:about|on|in) `),
  listed('like', `\\b(?:for me (?:the best|it's the best|it is the best)|it's (?:very |so |really )?(?:nice|fun|great|lovely|good|relaxing|calming)|it is (?:very |so |really )?(?:nice|fun|great|lovely|good)) (?:is |for me )?(?:is )?to `),
  listed('like', `\\b(?:i've|i have|i had) (?:always |also |only |just )?been (?:going to |to )?(?:the same |a |my )?`),
  cue('like', 'before', `(?:^| )(?:is|are) (?:what i do (?:when|every|for|after|to|with|at|on|whenever|best)|the only (?:lesson|subject|thing|sport|class|time|place|hour) (?:where |that |when )?(?:i|i'm|that|where)|the best (?:hour|part|day|bit|thing|moment) of|all i (?:think about|need|want|do)|where i'm happiest)|\\bi find (?:it|that|them) (?:so |really |very )?(?:calming|relaxing|fascinating|interesting|fun|beautiful|satisfying|exciting|soothing|amazing|lovely)\\b|\\bclears my head\\b|\\bi can't put (?:it|them) down\\b|\\b(?:loving|love|enjoy|enjoying) (?:every|each) (?:minute|second|bit|moment) of it\\b`, true),
  cue('like', 'after', `\\bask me about(?: |$)`, true),
  cue('like', 'after', `\\bi'm the one who(?:'s)?(?: always)?(?: |$)`),
  cue('like', 'after', `\\b(?:what|something|the [a-z]+ (?:thing )?|all|the thing|thing|the one thing|one thing|the part|the bit) ${I} ${ADV}(?:like|love|enjoy|adore|look forward to|wait for|live for|want|would love|would like|like doing|love doing|like to do|like most|like best|curious about|interested in|into|passionate about|learning|good at|do|watch|play|read|miss)(?: [a-z']+){0,7}? (?:is|are|was|would be)(?: |$)`),
  cue('like', 'after', `\\bwhat (?:really |always |still )?(?:gets|keeps|makes|fascinates|interests|calms|grabs|excites|moves|drives|helps|relaxes|puzzles|thrills|inspires|amazes) me(?: [a-z']+){0,5}? (?:is|are)(?: |$)`),
  cue('like', 'after', `\\b(?:my|our|the) (?:[a-z]+ ){0,2}?(?:hobby|hobbies|passion|passions|interest|interests|dream|dream job|obsession|happy place|first love|love|pastime|big thing|favourite thing|favourite subject|favourite sport|favourite game|favourite|guilty pleasure|weakness|speciality|thing)(?: [a-z]+){0,4}? (?:is|are|was|would be|has to be|must be|has always been|have always been|is to be|is to)(?: |$)`),
  cue('like', 'after', `\\bmy favourite (?:subject |sport |thing |game |[a-z]+ )?(?:is|are|has to be)(?: |$)`),
  cue('like', 'before', `(?:^| )(?:is|are|was|were|'s|it's|that's|that is|has always been|have always been|became|it is|they're|has become|have become|still)(?: been)? ${ADV}(?:just )?(?:my (?:big |great |absolute |whole |first |one |other |only |main |real |new |all time )?(?:favourite|passion|thing|life|hobby|hobbies|happy place|escape|love|dream|obsession|world|heart)|amazing|fun|great|brilliant|cool|awesome|wonderful|fantastic|fascinating|interesting|beautiful|gorgeous|lovely|the best|the greatest|magic|what i (?:love|like|enjoy|want|live for|look forward to|do best)|the (?:one|thing|part|bit|subject|only thing|highlight|only one|lesson) i (?:really )?(?:look forward to|wait for|love|like|enjoy|miss|want)|the highlight of|a great feeling|pure joy|heaven|so satisfying|very satisfying|relaxing|what keeps me|what makes me|everything to me|this is my great happiness|sacred)\\b`, true),
  cue('like', 'before', `\\b(?:fascinates|fascinate|interests|interest|relaxes|calms|excites|cheers|inspires|amazes|thrills|delights|grabs|moves) me\\b|\\b(?:makes|make|made|keeps|keep) me (?:so |really |very |feel )?(?:happy|happiest|calm|smile|alive|laugh|free|sane|good|proud|forget everything|forget the time|going)\\b|\\b(?:gives|give|brings) me (?:so much |a lot of |great |such )?(?:joy|peace|energy|pleasure|a buzz)\\b|\\bcalms me down\\b|\\bcheers me up\\b|\\bi (?:do )?(?:love|adore|enjoy|like|live for)$`, true),
  cue('wish', 'after', `\\b(?:i'd|i would|we'd|i) ${ADV}(?:love|like|want|give anything|be happy|be thrilled|be interested|hope|wish|long|plan|mean) ${ADV}(?:to know (?:more )?about|to know more|to know|to find out (?:more )?about|to find out|to learn (?:more )?about|to understand(?: more)?(?: about)?|to learn|to get (?:better |good )?(?:at|into)|to try(?: out)?|to be able to|to become|to be(?=[ ,])|to work (?:as|in|with)|to study|to do|to have|to start|to go to|to go into|to go|to take up|to train as|to hear about|to see|to own|i could|i knew how to|to|with|in|more (?:of|about)?|my own)(?: |$)`),
  cue('wish', 'after', `\\b(?:i'm|i am|i've been|been|i was) ${ADV}(?:hoping to|planning to|thinking of|thinking about|dying to|dreaming of|saving up for|saving for|going to learn|going to be|determined to|looking forward to|itching to|meaning to learn)(?: be| become| learn| study)?(?: |$)`),
  cue('wish', 'after', `\\b(?:i've|i have|i) (?:always |long |also )?(?:wanted|dreamed|dreamt) (?:to |of )?(?:be |become |do |learn |try |being |becoming |have |know )?`),
  cue('wish', 'after', `\\b${I} ${ADV}(?:want|hope|dream of|intend|aim|wish)(?: to)?(?: (?:be|become|learn|know|do|study|try|understand|get into|find out|work as|work with|work in))?(?: more)?(?: about| how to)?(?: |$)`),
  cue('wish', 'after', `\\b(?:when i'm|when i am|when i get|when i grow) (?:big|older|up|grown up|old) i(?:'ll| will| want to| want) (?:be|become|have)? ?`),
  cue('like', 'after', `\\b(?:i'm|i am|we're|we are|i was|i've been|i got|i get|i've always been|me i'm|i've|am) ${ADV}(?:really |a |the |big |huge |great |just |something |totally |quite |pretty |bit ){0,3}(?:into|interested in|fascinated by|fascinated with|wondering|wondering about|asking myself|thinking about|reading about|obsessed with|passionate about|keen on|fond of|crazy about|crazy for|crazy on|mad about|mad on|mad for|wild about|gaga about|nuts about|hooked on|addicted to|curious about|in love with|excited about|fan of|happiest (?:when (?:i'm |i am )?|in |with |on |at )|sucker for|drawn to|proud of|intrigued by|enthusiastic about|lover of|buff for|good at and i love|at home in|devoted to|besotted with|hungry for|fallen in love with|fell in love with|taken with|in my element (?:when |with |in )?)(?: |$)`),
  cue('like', 'after', `\\b(?:i've|i have|i) (?:got |always had |have |had )?(?:a |this |such a |quite a |an |real ){0,2}(?:thing|soft spot|weakness|passion|love|obsession|fascination|interest|crush|real passion) (?:about|for|with|on|in)(?: |$)`),
  cue('like', 'after', `\\b(?:i|we|me|i've|i have|i'm|i am|i do|i'd|i would|to|and|but|who|sometimes) ${ADV}(?:like|liking|love|loving|loved|enjoy|enjoying|enjoyed|adore|adoring|prefer|fancy|live for|live and breathe|devour|worship|swear by|get lost in|lose myself in|disappear into|dream about|dream of|obsess over|dig|appreciate|cherish|relish|treasure|like the idea of|get excited about|geek out about|can't wait for|look forward to|care about|take pleasure in|find joy in|have fun|get a kick out of|go crazy for|go mad for|fell in love with|fallen in love with|obsess over|obsess about|come alive when|am all about)(?: to| with)?(?: |$)`),
  cue('like', 'after', `\\b(?:i'd|i would) (?:much |far )?(?:rather|prefer to) (?:learn to|learn|be|become|have|play|study|work with|work in|work as|make|go)(?= (?!.{0,80}\\bthan\\b))(?: |$)`),
  cue('like', 'after', `^(?:and )?(?:love|loving|like|enjoy|adore|prefer|interested in|fascinated by|curious about|obsessed with|into|mad about|crazy about|learning|passionate about)(?: to)?(?: |$)`, true),
  cue('like', 'after', `\\b(?:i'm|i am|i was|been|i've been) (?:also |still |currently |now )?(?:learning|studying|training as|training for|training to be|training to become|doing a course (?:in|on)|taking a course (?:in|on)|taking lessons in|taking|teaching myself|getting into|reading up on|reading about|working on|busy with|building|making|writing|restoring|practising|practicing|collecting|growing|knitting|sewing|translating|researching|digging into|saving up for|reading|rereading|studying for)(?: to)?(?: |$)`),
  cue('like', 'after', `\\b(?:i|we) (?:can|could) (?=[a-z' ]{2,50}\\b(?:for hours|all day|all night|forever|the whole day|for days|all evening|until midnight|for ages|all weekend))`),
  cue('like', 'after', `\\b(?:i|we) (?:can |could )?(?:spend|lose|forget|waste|use|spent) (?:[a-z]+ ){0,4}?(?:hours|time|evenings|evening|days|day|weekends|weekend|afternoons|afternoon|mornings|nights|sundays|saturdays|my life|ages|money)(?: and hours| of (?:my )?(?:life|time)| away)? (?:with|on|over|in|at|when)?(?: |$)`),
  cue('like', 'after', `\\b(?:i|i've|i have) ${ADV}(?:got into|gotten into|taken up|took up|joined|signed up for|fallen for|discovered|picked up|enrolled in|enrolled on|started learning|started|start to like|started with|got back into|gone back to|bought myself)(?: |$)`),
  cue('like', 'after', `\\b(?:keeps|kept|gets|got) me (?:coming back to|into)(?: |$)`, true),
  listed('like', `\\b(?:i'm|i am) ${ADV}(?:a |an )(?:bit of a |big |keen |proud |passionate |amateur |hobby |real |total |trained |absolute |enthusiastic ){0,2}(?!bit|big|little|person|pretty|very|dentist|pensioner|boy|girl|fan)(?=[a-z-]+)`),
  cue('do', 'after', `\\b(?:i|we|i do|and|sometimes|mostly|me|also) (?:also |always |still |mostly |mainly |usually |often |sometimes |just |even |only |do |now |normally |regularly |secretly |then |both |all |quietly |already ){0,3}(?=(?:${[...ACTIVITIES].join('|')}|help out|look after|take care of|take part in|take pictures|take photos|take things|go to|go|do|tidy|look at|sit with|count|give|run|teach|have lessons in|work on|work with|bird watch|get up for|hang out|hang|meet|fly|keep|care for|visit|tell|walk|hunt|pick|grow|try)\\b)`),
  cue('do', 'after', `\\bi (?:mostly |always |often |could |can |usually )?(?:talk|chat|argue|rave|read|think|read up|read a lot) (?:[a-z]+ ){0,4}?(?:about|on)(?: |$)`),
  cue('do', 'after', `\\b(?:i|we) (?:always |often |also |sometimes )?go and (?:see|look at|watch|visit|explore)(?: |$)`),
  cue('do', 'after', `\\b(?:i've|i have) ${ADV}(?=(?:built|made|written|restored|knitted|collected|translated|crossed|grown|climbed|painted|recorded|played|sung|kept|run|done|been doing|been playing|been learning|been collecting|been keeping|been writing|been making|been going|been reading|been drawing)\\b)`),
  cue('do', 'after', `\\b(?:i'm|i am|we're) (?:always |usually |often |mostly |also )?(?:in (?:a|the|my)|on (?:a|the|my)|out with my|at (?:the|my)|always at|up with)(?: |$)`),
  cue('skill', 'after', `\\b(?:i can|i'm (?:quite |pretty |really |very )?(?:good|decent|okay|great|not bad|fine|brilliant) (?:at|in|with)|i am (?:quite |very |really )?(?:good|great) (?:at|in|with)|i know|i speak|i was (?:always )?good at|good at)(?: |$)`),
];
