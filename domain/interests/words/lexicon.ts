/** Word lists the rules share. */
import { gerundOf, pastForms } from '../inflection.ts';

const set = (words: string): Set<string> => new Set(words.split(/\s+/).filter(Boolean));

/** People who are not the speaker. */
export const PEOPLE = set(`brother brothers sister sisters mum mom mummy mother dad daddy father papa parents parent wife husband son sons daughter daughters friend friends
  cousin cousins uncle uncles aunt aunts auntie grandma grandpa granny grandad granddad grandmother grandfather grandson granddaughter grandchildren nephew niece neighbour neighbor neighbours neighbors
  boyfriend girlfriend partner flatmate roommate mate mates colleague colleagues boss teacher teachers doctor therapist coach kids children child family everyone everybody somebody someone people nobody
  others boys girls girl boy man woman men women lady guy guys classmates class ex twin stepdad stepmum stepfather stepmother headmaster students pupils bear dog cat team baby ladies lads priest vicar
  manager counsellor worker carer nurse tutor trainer stepbrother stepsister inlaws folks nan nana gran granda sibling siblings buddy buddies mates gang landlord schoolfriends schoolfriend roommates`);

/** Words no interest is called by, alone. */
export const GENERIC = set(`thing things stuff something anything nothing everything everyone everybody someone people person lot lots bit way ways kind sort time times day days week weekend morning evening night year years month
  question questions answer idea part point case same other others one ones good nice new much more many you them him her it me us that this these those what yes no okay sure here there say mention course example fun hour hours minute minutes
  mine yours myself yourself itself themselves best most all both each any some such matter reason place life world interest interests hobby hobbies fan moment first second last next sense lots better worse right left back thing topic subject subjects
  truth name fact problem rest end start beginning side half couple few little great big small part-time use look feeling kind today tomorrow yesterday now then later afterwards saturday sunday monday tuesday wednesday thursday friday saturdays sundays mondays tuesdays wednesdays thursdays fridays
  summer autumn spring january february march april may june july august september october november december sorry thanks thank hello hi bye goodbye please god joke way room table phone tv internet shelf boyfriend girlfriend none whatever everywhere somewhere nowhere
  enough mother father brother sister wife husband mum dad friend son daughter job lesson lessons everything's hell heaven mess nah nope nope seeing lunch break breaktime dunno clue idea happy man woman chance go do be have get getting doing being having making going interview voice profile record list form score
  true false maybe honestly same different difference both neither either every favourite favorite old young own real proper long short high low late early far near hard easy ready free busy alone together outside inside home
  mornings evenings nights afternoons weekends sundays hearing experience person's reason's five six seven eight nine ten eleven twelve thirty forty fifty hundred thousand million years' weeks hours' pieces piece kinds sorts`);

/** Peeled off the front of a phrase. */
export const LEADING = set(`a an the my our his her its their some any all every this that these those more most many much lots lot of also still always mostly mainly usually often sometimes especially particularly
  only even very quite so too then now and or but plus to be being about well ever maybe big good proper real nice little great beautiful everything anything both just right new own different various certain everybody's kinds sorts kind sort properly finally definitely like as up`);

/** A phrase ends before these. */
export const ENDING = set(`because everybody everyone nobody somebody people but so when while if although though unless until whereas which who whom whose that where than as i i'm i've i'd i'll you you're we we're we've he he's she she's they they're it it's that's there there's here's what's
  is isn't are aren't was wasn't were weren't am be been have has had haven't hasn't does did don't doesn't didn't can can't could couldn't will won't would wouldn't should might must may shall
  very really too also though anyway again already always never sometimes usually often lately recently today yesterday tomorrow now then ever yet still most mostly especially particularly mainly maybe not no since ago except apart instead every each whenever wherever
  what why how whether whatever without let let's please hello sorry wait meant obviously even only because otherwise  alone together together myself everywhere all properly anymore either whole yes yeah much more first once twice until rather neither nor makes gets makes leaves bores fascinates interests helps calms cause altogether entirely though obviously honestly normally online abroad lots loads ha haha lol`);

/** A phrase ends before these too, unless it consists of a verb only ("looking at pond water"). */
export const PREPOSITIONS = set('in on at for with from by about into onto over under after before through between against around near behind across along during like towards');

/** What people do on purpose: in the first person it tells of an interest, where the question asked for one. */
export const ACTIVITIES = set(`play build make write read draw paint sketch cook bake watch sing dance swim run jog hike climb code program design fix repair restore teach travel grow sew knit crochet photograph film ride ski surf skate sail fish
  garden explore invent solve sculpt act compose record collect study learn practise practice train volunteer coach tie fly keep weave carve forge brew ferment bind tinker edit produce mix arrange conduct perform row paddle cycle bike dive box fence wrestle
  lift meditate observe count breed rescue forage pick hunt translate listen follow research experiment animate model blog interview organise organize raise juggle play print solder weld turn throw glaze embroider quilt spin felt dye fold
  mend upholster renovate decorate draft stargaze birdwatch camp trek skip bowl debate foster tutor babysit busk rap drum beatbox whittle craft polish press breed sled skateboard snowboard knead preserve pickle map crack catalogue transcribe recite memorise`);
export const GERUNDS: ReadonlySet<string> = new Set([...ACTIVITIES].map(gerundOf));
/** "built" → "build". */
export const PAST = pastForms([...ACTIVITIES, 'do', 'go', 'cross', 'found', 'start', 'sell', 'give', 'see']);

/** Verbs that keep their gerund when they name the topic; the others are left out: "play chess" is chess. */
export const DROPPED_VERBS = set('play playing do doing go going practise practising practice practicing watch watching read reading listen listening study studying learn learning take taking have having visit visiting try trying attend attending join joining know knowing understand understanding hear hearing see seeing use using like liking follow following get getting start starting speak speaking talk talking eat eating ride riding train training tried done did played had took went seen watched started');

/** Too ordinary or too passive to be claimed from merely being done. */
export const HABITS = set('tv television telly phone internet scrolling scroll ironing iron housework cleaning dishes news radio smoking drinking sleep work school homework bus train car computer dog smoking coffee tea pizza');
