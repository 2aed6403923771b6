/** Small closed classes of English words that the rules share. */
const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** May stand between the parts of a verb or before an adjective without changing who likes what. */
export const ADVERBS = set(`also always still quite so even only do did does very much rather maybe perhaps now often sometimes usually mostly mainly too ever absolutely especially particularly secretly generally truly deeply completely
  all best a bit little lot more most already currently in both that super dead well right pretty fairly properly proper just really simply actually bloody seriously such this awfully terribly ridiculously hugely kinda sorta
  forever then there mad insanely massively regularly lately recently again once these days been since long totally almost nearly equally first the big huge great massive real total complete absolute true enormous genuine slight tad
  a an as way far less least somewhat slightly occasionally whole finally soon`);
export const NEGATIONS = set(`not never don't doesn't didn't can't cannot couldn't won't wouldn't isn't aren't wasn't weren't haven't hasn't hadn't hardly barely scarcely neither nor no shouldn't ain't without rarely nothing`);
/** Auxiliaries and the verbs that chain to another: "would love", "have started to like", "used to enjoy". */
export const AUXILIARIES = set(`do does did have has had am is are was were be been being will would could can might may shall should must to 'll going used want wanted love like learned learnt come came grown grew grow started begun began start
  got get getting gonna keep keeps kept need supposed tend tends tended need ought let`);
export const SELF = set(`i we i'm i've i'd i'll we're we've we'd we'll me us iam myself`);
export const OTHERS = set(`he she they he's she's they're he'd she'd they'd they've they'll he'll she'll him her them everyone everybody somebody someone nobody who anybody anyone people most`);
export const YOU = set(`you you're you've you'd you'll`);
export const COPULAS = set(`is are was were be been it's that's they're isn't aren't being has have`);

/** How people praise something, after "is", "find it" or "what a". */
export const GOOD = set(`fun great amazing awesome brilliant fantastic wonderful lovely cool fascinating interesting beautiful gorgeous relaxing calming exciting satisfying magical magic marvellous marvelous addictive therapeutic heaven
  bliss soothing enjoyable thrilling rewarding fulfilling inspiring superb excellent incredible unbeatable ace wicked sick lit fab fabulous epic legendary lush grand terrific splendid delightful charming enchanting gripping captivating
  absorbing intriguing mesmerising hypnotic meditative peaceful liberating exhilarating delicious yummy tasty stunning spectacular phenomenal outstanding sublime divine heavenly glorious addicting funny hilarious entertaining energising
  uplifting moving powerful sweet cute adorable ingenious underrated unreal insane mint banging class quality top lovable engaging stimulating cosy comforting compelling joyful perfect priceless refreshing wholesome`);
export const BAD = set(`boring awful horrible terrible disgusting dull rubbish pointless overrated tedious torture hell gross stupid babyish horrid dreadful ghastly revolting vile yucky nasty mind-numbing soul-destroying exhausting painful
  stressful frustrating annoying irritating dreary bland monotonous dry pants crap shit shite lame naff cringe cringey grim miserable depressing unbearable insufferable dire atrocious hideous tiresome uninteresting deadly scary terrifying
  creepy pathetic ridiculous silly childish pretentious repetitive mindless useless lousy poor yuck icky sickening excruciating agonising agony hateful meh-inducing embarrassing awkward soulless ugh unpleasant tiring draining unfun bad worst`);
export const OKAY = set(`okay alright fine bearable tolerable passable decent meh so-so middling average ok acceptable`);
/** Above all others: "the best", "my favourite". */
export const HIGH = set(`best favourite coolest nicest greatest finest loveliest funnest most top main biggest`);
