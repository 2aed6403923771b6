/**
 * Ways of showing an attitude in English, grouped by meaning and by where the thing it is about stands. Written in the
 * notation of patterns.ts, separated by semicolons. Negation, adverbs, tense and the subject are not part of the entries:
 * stance.ts works them out for all of them.
 */
export type Stance = 'like' | 'wish' | 'do' | 'weak' | 'dislike' | 'stopped' | 'past' | 'skill';
/** `after` and `before` the words; `inside` them ("gave it up"); `with` them: the verb names the activity ("we climb"). */
export type Place = 'after' | 'before' | 'inside' | 'with';
export interface Ways {
  stance: Stance;
  place: Place;
  /** The subject must be the speaker; otherwise the words name the speaker themselves ("bores me") or leave it to the situation. */
  own?: boolean;
  /** Taken up at a moment: told of the past it holds today. */
  fresh?: boolean;
  /** Too common in other meanings to be trusted: only with a topic the taxonomy lists. */
  listedOnly?: boolean;
  ways: string;
}

export const ATTITUDES: readonly Ways[] = [
  // "I … X"
  {
    stance: 'like',
    place: 'after',
    own: true,
    ways: `
      ~love; ~like; ~enjoy; ~adore; ~appreciate; ~treasure; ~cherish; ~relish; ~worship; ~savour; ~prefer; ~favour; dig; ~devour; ~binge; ~crave; ~rate;
      ~live for; ~live and breathe; ~delight in; ~revel in; ~thrive on; ~swear by; ~lap up; ~care about|for; ~care deeply about;
      ~geek out|over about|over|on; ~nerd out about|over|on; ~obsess over|about; ~bang|~rave|~rabbit|~bore|~ramble (on) about; ~go on about; ~lean towards;
      ~gravitate to|towards; ~come back to; ~keep coming|going back to; ~return to; ~stick to|with; ~root for; ~go mad|crazy|nuts|wild|gaga for|about|over;
      ~look forward to; looking forward to; ~warm to; ~take to; ~fall for; ~fall in love with; ~lose my heart to; ~get lost in|inside; ~lose myself in;
      ~immerse myself in; ~throw myself into; ~bury myself in; ~disappear into; ~get carried away by|with|doing|when; ~get excited about|by|over;
      ~get sucked into; ~sink hours into; ~pour myself into; ~get a kick|buzz|thrill|rush|high|lot|joy|pleasure|satisfaction|lift (of pleasure) out of|from;
      ~find joy|pleasure|peace|comfort|happiness|solace|refuge|satisfaction in; ~take pleasure|delight|pride|joy|comfort in;
      ~have fun|loads_of_fun|a_ball|a_blast|a_great_time|a_whale_of_a_time (with|doing|when); ~get joy|pleasure|satisfaction out of|from;
      HAVE a passion|love|soft_spot|weakness|thing|fondness|weak_spot|obsession|fascination|interest|crush|appetite|taste|enthusiasm|yearning|sweet_spot|affinity for|with|about|in|on;
      HAVE A love affair with; HAVE got a thing|passion|love|soft_spot|weakness|obsession|fascination|interest for|with|about|in; BE|~get into;
      BE keen|hooked|mad|crazy|nuts|bonkers|wild|big|hot|set|gone|gaga|potty|soft|barmy|batty on|about|for|over; BE fond|proud|enamoured of;
      BE passionate|enthusiastic|excited|serious|obsessive|nerdy|geeky|fanatical|evangelical|curious|stoked|pumped about;
      BE obsessed|fascinated|enthralled|captivated|gripped|enchanted|intrigued|amazed|mesmerised|bewitched|consumed|charmed|hypnotised|inspired|besotted|smitten|taken|in_love|head_over_heels|infatuated|struck|fixated|spellbound by|with|on|over|for;
      become|became|becoming|grown|got|getting interested|fascinated|obsessed|hooked|curious|absorbed in|by|with|on|about;
      BE interested|immersed|absorbed|engrossed|wrapped_up|invested in; BE addicted|drawn|devoted|partial|attracted|glued|committed|dedicated|attached to;
      BE all about; BE at home in|on|with; BE in my element (when) (doing|with|in|on|at);
      BE happiest|content|at_peace (when) (i'm|i|im) (in|with|on|at|doing); BE at my happiest (when) (i'm|in|with|on|at|doing);
      BE happy (when) i'm|with|doing|in|on|at; BE never happier than (when) (i'm|in|with|on|at|doing);
      BE A fan|lover|fanatic|devotee|admirer|sucker|enthusiast|supporter|follower|collector|champion|addict|aficionado|connoisseur|believer of|for|in;
      BE fan of; BE at my best when (i'm); never want it|them|this to end|stop; BE hooked|obsessed|addicted|sold|converted|smitten|in $; can't wait $;
      can't get enough $; HAVE read|watched|seen everything|anything|loads about|on|by; couldn't be happier (about|with);
      ~love every minute|second|bit|moment (of); loved every minute|second|bit|moment (of); glad of; HAVE paused; ~pause; would|i'd take; BE game|down for;
      ~never say no to; could|can eat (my weight in); could happily; could listen|talk|go on|read|watch|look about|to|at; ~grow up on|with;
      BE raised|brought_up|born on|for|to; BE made|built|born for|to; BE never without; ~always have A * on the go; HAVE always|got A * on the go;
      HAVE A season ticket for|to|at; ~belong to; BE A member of; BE captain of; BE part of; BE signed up for; signed up for|to; BE training for;
      ~enter|~compete in|for; ~compete at; ~ask for; BE experimenting with; ~get back into; BE back into; HAVE dusted off;
      ~fiddle|~mess|~tinker|~potter|~faff (about|around) with|on; ~muck about|around with; BE into all|anything|everything;
      ~have A (secret|huge|real|bit of a|massive|slight) thing|soft_spot|weakness|passion|love|obsession|crush|fascination for|with|about|on;
      HAVE A sweet tooth for; ~have A good time (with|at|in); BE a sucker for;
      ~feel at_home|happiest|alive|most_alive|free|calm|like_myself|most_myself in|on|at|when|with; ~feel drawn to; ~get up for; ~wait all week|year for;
      count the days|hours until|till|to; BE counting down to|the_days_until; ~have fun doing|with|at; ~enjoy myself at|with|in; ~sleep and breathe;
      ~eat sleep and breathe; ~fill MY house|room|shelves|evenings|weekends|days|flat|garden with; ~own far_too_many|too_many|more|hundreds_of|dozens_of;
      ~hoard; ~take a break from; on a break from; would|i'd|we'd rather|sooner (have|be|go|do|see|hear|watch|learn|play); would|i'd prefer (to);
      ~choose|~pick (to do|for myself|to|to be); ~put together|on; would|i'd|we'd do|go (it|there|that|them) (all) (over) again (tomorrow); ~see to;
      ~tend to|my; ~fuss over; ~do up; BE my own; ~get through; ~talk to my; BE A one for; can't|cannot|couldn't get enough of;
      can't|cannot|cannot_not|can_not_not|couldn't_not stop|resist|help; can't|cannot|couldn't not;
      can't|couldn't|cannot live|do|be|manage|survive|function|imagine_life|imagine_my_life|imagine_a_day|imagine_living|go_a_day|go_a_week without;
      can't put down; can't wait for; ~could never live|be|do without; never ~get|~grow|BE tired|bored|sick|fed_up|enough of|with;
      BE never tired|bored|sick|fed_up of|with; never ~tire|weary of; never say no to; never miss|missed (A single|one);
      wouldn't miss|swap|trade|give_up|be_without; won't miss; haven't|hasn't|never missed; would never miss|turn_down|say_no_to|give_up;
      never|haven't|hardly ever missed|miss (A) (single|one); ~dream about; ~like|~love the idea|thought|look|sound|feel of; ~prefer to; ~cheer for;
      ~warm towards; ~idolise; ~admire; ~look up to; ~get the most out of; ~vibe with; ~gush about; ~dote on; ~click with; ~connect with; ~relate to;
      ~gel with; ~jam to; ~chill with; ~unwind with|by; ~relax with|by; ~de-stress with|by; ~switch off with|by; ~wind down with|by; ~recharge with|by;
      ~escape into|to; ~lose track of time with|when|doing|on|over; ~forget the time|everything|the world (when) (i'm) (doing|with|over|on);
      ~forget myself in`,
  },
  // "I fancy X", "I wish I could X"
  {
    stance: 'wish',
    place: 'after',
    own: true,
    ways: `
      want|wanted|wanting (to) (be|do|know|learn|try|become|study|have|see|understand) (more) (about);
      want to find out|get_into|know|learn|read_up|get_better|get_good|improve|get_back (more) (about|into|at|on);
      ~wish i could|knew|had|was|were|understood (how to) (be) (better|more) (at|about|time for); ~wish to;
      would|i'd|we'd love|like|adore|kill|give_anything|give_my_right_arm|be_thrilled|be_happy|jump_at_the_chance (to) (be|do|know|learn|try|become|study|have|see|understand) (able to) (more) (about|of);
      ~dream of|about (being|becoming|doing|having|learning); ~hope to (be|become|learn|do|study|get_into); hoping to (be|become|learn|do|study|get_into);
      planning to (be|become|learn|do|study); ~plan to (be|become|learn|do|study); ~plan on; planning on;
      dying|itching|desperate|longing|keen|eager|determined|excited|burning|yearning|aiming to (be|become|learn|do|try|study|get_into|know) (more) (about);
      ~long for|to; ~yearn for|to; ~aim to|for (be|become); can't wait to (be|become|learn|do|try|start); BE tempted to|by (try|learn);
      BE thinking of|about (being|becoming|doing|learning|trying|taking_up|getting_into|starting);
      thinking of|about taking_up|getting_into|starting|learning|becoming|trying; ~fancy (having a go at|trying|learning|being|a go at|doing);
      BE saving up|saving for; BE interested in learning|trying|finding_out|knowing (more) (about);
      ~toy|~play|~flirt with the idea of (learning|becoming|doing|being|trying); ~wonder|wondering (about); ~ask myself; asking myself;
      ~be curious (about|as to); ~set my heart on; ~have my heart set on; ~have my eye on; HAVE A dream|ambition|goal|plan of|to (be|become|learn);
      ~intend to (be|become|learn); going to (learn|become|be|study|train as|take up); ~would be happy with; give anything to (be|learn|do) (able to);
      give my right arm to (be|learn|do) (able to); would give anything for; ~get better|good at; get|getting to grips with; ~get my head around|round;
      ~brush up on|my; ~improve my; ~work on my; ~see myself as|working|working_as|working_in|working_with|doing|becoming|being|in|running|teaching;
      ~picture|~imagine|~envisage|~visualise myself as|working|working_as|working_in|working_with|doing|becoming|being|in|running|teaching;
      could|can imagine (being|becoming|doing|working_as|working_in|working_with|having);
      could see myself (as|being|becoming|doing|working_as|working_in|working_with|in|running|teaching); ~train to be|become; ~train as;
      training as|for|to_be|to_become; ~apply for|to_be|to_become; ~apply to be; ~retrain as; ~end up as|in|doing; ~make a good|great|decent; ~go into;
      ~qualify as; ~specialise in; ~become; ~be a|an one day|someday`,
  },
  // Taking something up, spending time on it
  {
    stance: 'like',
    fresh: true,
    place: 'after',
    own: true,
    ways: `
      ~take up; ~got into; got back into; ~get into; HAVE got into; ~get hooked on; ~get the bug for; ~join; ~sign up for|to; ~enrol|~enroll in|on|for;
      ~discover; ~pick up again; HAVE taken up; HAVE started|begun (with|learning|doing|to|to_learn|to_do|going_to|playing);
      just|recently|lately|finally|now started|began (with|learning|doing|to|to_learn|to_do|going_to);
      ~start like|liking|love|loving|enjoy|enjoying (to|the); started|start learning|to_learn|to_like|to_love|to_enjoy|going_to; learning (to|how to);
      BE learning (to|how to|about); BE teaching myself (to|how to); ~teach myself (to|how to); taught myself (to|how to); BE studying; ~study;
      BE doing a course|degree|class|diploma|evening_class|night_class|apprenticeship|masters|phd in|on|about|as;
      ~do|~take|~attend A course|class|lessons|classes|courses|workshop|evening_class|night_class in|on|about; ~have|~take lessons in; BE taking lessons in;
      BE taking (up); BE getting into; ~read up on|about; reading up on|about; BE reading (about|up on); BE researching; BE practising|practicing;
      BE working on|towards; BE busy with|doing; BE digging|diving|delving into; ~dig|~delve|~dive into; BE training as|for|to_be|to_become;
      BE experimenting with; ~experiment with; BE dabbling in; ~go back to; went|gone|going back to; BE back at|on|into|doing; ~take part in;
      BE in A choir|band|club|team|orchestra|group; ~volunteer at|for|with|in; ~devote|~dedicate myself|my_time|my_life|my_evenings to; ~invest in|time in;
      ~put time|hours|effort|my_heart|my_heart_and_soul|everything into;
      ~spend|~lose|~waste|~fill|~while_away|~use|~pass (all|most|half|many|half_of|most_of|all_of) (of) MY|A|every|whole|entire|too|so|countless|endless|hours|days|ages|evenings|weekends|weekend|time|afternoons|nights|mornings|money|minute|saturdays|sundays * hours|days|ages|evenings|evening|weekend|weekends|time|money|minute|afternoon|afternoons|morning|mornings|nights|night|day|long|life|lunch|holidays|summer|saturdays|sundays|saturday|sunday|pocket_money|wages|half (and hours) (away) (of it) (on|with|in|at|over|by) (my|the) (just);
      ~spend|~lose|~waste|~fill hours|days|ages|evenings|weekend|weekends|time|afternoons|nights|mornings|saturdays|sundays|money (and_hours|upon_hours|of_my_life|of_time|and_days) (away) (on|with|in|at|over);
      ~spend all day|night|morning|weekend|evening|afternoon|summer (long) (in|at|on|with|doing|over); ~spend way|far too long on|with|in|doing;
      ~get up early|at_five|at_six|at_dawn|at_four to|for`,
  },
  // Doing: the verb names the activity
  {
    stance: 'do',
    place: 'with',
    own: true,
    ways: `
      ~play|~build|~make|~write|~read|~draw|~paint|~sketch|~cook|~bake|~watch|~sing|~dance|~swim|~run|~jog|~hike|~climb|~code|~program|~design|~fix|~repair|~restore|~teach|~travel|~sew|~knit|~crochet|~photograph|~ride|~ski|~surf|~skate|~sail|~fish|~garden|~explore|~invent|~sculpt|~act|~compose|~record|~collect;
      ~practise|~practice|~train|~volunteer|~weave|~carve|~forge|~brew|~ferment|~bind|~tinker|~edit|~produce|~mix|~arrange|~conduct|~perform|~row|~paddle|~cycle|~bike|~dive|~box|~fence|~wrestle|~meditate|~observe|~breed|~rescue|~forage|~hunt|~translate|~listen|~follow|~animate|~blog|~raise|~juggle|~print|~solder|~weld|~throw|~glaze|~embroider|~quilt|~spin|~felt|~dye|~fold;
      ~mend|~upholster|~renovate|~decorate|~stargaze|~birdwatch|~camp|~trek|~bowl|~debate|~foster|~babysit|~busk|~rap|~drum|~beatbox|~whittle|~craft|~polish|~sled|~skateboard|~snowboard|~preserve|~pickle|~transcribe|~memorise|~lift|~stream|~vlog|~game|~grill|~barbecue|~smoke|~roast|~ramble|~bodyboard|~kayak|~canoe|~sledge|~trampoline|~tumble|~doodle|~journal|~scrapbook|~hack|~model|~mod|~speedrun|~grow|~keep|~tie|~fly|~interview|~research|~study|~coach|~tutor|~catch|~spot|~track|~identify|~press|~pick|~crack|~solve|~catalogue|~recite|~tell;
      ~help_out|~look_after|~take_care_of|~care_for|~take_part_in|~take_pictures|~take_photos|~take_things|~take_apart|~go_to|~go|~do|~hang_out|~meet_up|~look_at|~sit_with|~give|~work_with|~work_on|~get_up_for|~run|~count|~walk|~visit|~tidy|~film|~turn|~sort|~chase|~chop|~lay|~help|~put_on|~put_together|~bird_watch;
      ~organise|~organize|~rebuild|~win|~finish|~complete|~publish|~set_up|~direct`,
  },
  { stance: 'like', place: 'after', own: true, listedOnly: true, ways: `
      ~talk|~chat|~argue|~rave|~ramble|~nerd|~geek|~debate (a) (all|lot|mostly|only|endlessly) (the) (time|day) about|over;
      ~think|~daydream|~read a lot|loads|constantly|always|all the time about|on; think about; think of; ~read about;
      ~watch videos|documentaries|films|programmes|shows|clips|tutorials|everything about|on|of; ~listen to podcasts|music|programmes about|on;
      ~read books|articles|anything|everything|novels|comics|magazines about|on` },
  // "X … me", "X is my …"
  {
    stance: 'like',
    place: 'before',
    ways: `
      fascinates|fascinate|fascinated|interests|interest|excites|excite|inspires|inspire|intrigues|intrigue|amazes|amaze|thrills|thrill|grips|gripped|captivates|captivated|delights|delight|calms|relaxes|soothes|moves|enchants|charms|energises|grabs|grabbed|amuses|entertains|absorbs|attracts|hooks|hooked|rocks|moves ME (down);
      appeals|speaks|matters to ME; ~get ME going|excited|out of bed|hooked|through;
      ~keep ME going|sane|happy|busy|young|fit|alive|entertained|grounded|calm|sharp|company|in_shape|on_my_toes|awake;
      ~make ME happy|happiest|smile|alive|laugh|calm|proud|tick|whole|relaxed|giggle|come alive;
      ~make ME feel (so) alive|happy|free|calm|good|better|at_home|peaceful|relaxed|like_a_kid|strong; ~cheer|~perk|~light|~lift ME up; ~wind ME down;
      ~clear MY head|mind; ~give|~bring ME joy|peace|energy|pleasure|happiness|a_buzz|a_thrill|a_kick|a_lift|a_lot|life|so_much; ~do it for ME;
      ~mean the world|a_lot|everything|so_much|loads to ME; ~float|~light MY boat|fire; lights MY fire; never gets|gets|grows old|boring|dull|stale;
      ~take MY mind off; ~help ME switch_off|unwind|relax|forget|calm_down|think|breathe|sleep|cope|de-stress; ~calm ME down; ~sweep ME away; ~draw ME in;
      ~pull ME in; ~suck ME in; got ME hooked; ~win me over; ~blow MY mind; ~take my breath away; ~make MY day|week; ~push ME; ~suit ME; ~tick all my boxes;
      IS MY (whole|favourite|absolute|real|first|great|big|one|main|true|secret|new|number|current|latest|biggest|other|only|little|old|greatest|special|all_time) favourite|favorite|thing|passion|life|world|hobby|hobbies|escape|therapy|love|obsession|joy|forte|jam|bag|religion|happy_place|cup_of_tea|dream|calling|vocation|heart|pastime|weakness|addiction|comfort|superpower|everything|go_to|medicine|drug|kind_of_thing|sort_of_thing|idea_of_heaven|idea_of_fun|idea_of_bliss|idea_of_a_good_time|guilty_pleasure|strong_suit|oxygen|sport|game|subject|best_subject|food|best|pride_and_joy|baby|speciality|meditation|quiet_place|refuge|safe_place|crush;
      IS (A) HIGH; IS A HIGH (hour|part|bit|day|thing|time|class|lesson|moment) (of|in); IS everything (to ME); IS for ME; IS right up my street|alley;
      IS what i do to|when|after|for|every|on|best; IS what i ~love|~enjoy|~like|~live_for|live|look_forward_to|do_best|want|think_about;
      IS what|where it's all about|at; IS where i (feel|BE) (at) happiest|happy|home|free;
      IS A one|only_thing|thing|part|bit|subject|lesson|highlight|only_one|time|place|reason|hour|only_lesson|only_subject (that|where|thing|when|of) (the) i|my|gets|makes|keeps|day|week|year;
      IS A highlight of; IS what keeps|makes|gets|drives|calms|grounds ME;
      IS A great_feeling|joy|pleasure|delight|treat|blast|hoot|laugh|riot|gem|masterpiece|good_laugh|good_fun|must|dream|gift|blessing; IS hard to beat;
      IS second to none; IS all i (ever) think_about|need|want|do|talk about; IS in my blood|bones; ~run in my veins; can't be beaten; IS A life;
      IS on MY list; IS on MY bucket|to_do|wish list; IS next on MY list; IS sacred; ~get ME every time; ~do something to ME; ~feed MY soul;
      ~be good for the soul; ~do ME good; ~make it all worthwhile; ~grow on ME; grew on ME; ~keep ME up at night|all_night|until_late; over anything;
      beats everything|anything; ~make MY weekend|year|evening|morning; ~have my heart; has my heart; gets my vote; ~win (every time|hands down|by miles);
      IS what i was born|made|put_on_earth for|to_do; IS where i belong|come_alive|feel_at_home; i can't get enough $;
      ~fill ME with joy|happiness|energy|pride; ~touch|~stir ME; bliss $; heaven $; pure bliss $; hooked $; worth it $; best thing ever $; happy place $;
      IS pure (joy|magic|bliss|heaven); IS A reason i; ~make MY heart sing|beat|race; ~set MY heart racing`,
  },
  // "X is fun": an opinion, if X is something one can do
  { stance: 'like', place: 'before', listedOnly: true, ways: `
      IS|SEEM|~find GOOD; IS good|nice (fun); IS so_much|loads_of|a_lot_of|proper|good|great|a_load_of|lots_of|such fun;
      IS worth_it|every_penny|getting_up_for; rocks; ~rule; BE up there; for the win; all day long; any day (of the week); yes please; always $; forever $;
      IS never GOOD|BAD|dull` },
  // "My passion is X", "what I like is X" (where the words end in a copula)
  {
    stance: 'like',
    place: 'after',
    ways: `
      MY|A (one|big|main|great|real|true|first|new|latest|current|biggest|favourite|absolute|other|secret|only|number|whole|greatest|guilty|all_time|old|dream|little|happy|lifelong|best) hobby|hobbies|passion|passions|interest|interests|obsession|obsessions|love|pastime|pleasure|weakness|thing|thing_at_the_moment|favourite|favourites|dream_job|dream|happy_place|escape|therapy|joy|comfort_food|calling|goal|ambition|plan|poison|go_to|bag|jam|specialist_subject|subject|sport|fascination|way_to_relax|place|party_trick * IS|would|involves|revolves|has (always|got|been) (been|be|to|around|become) (be|become|learn);
      MY favourite * IS|would|has|involves (been|be|to) (be);
      A HIGH (thing|one|part|bit|subject|lesson|sport|hobby|game|day|moment|hour|feeling|class|food) (of|about|for|in|at) * IS|would|has (be|been|to) (be);
      A HIGH thing|part|bit|feeling|subject|lesson|sport|one (of|about|for|in|at) * IS|has|would (be|to) (be); top of (the|my) list|lists * IS;
      number one * IS; A thing (for me) IS; MY love|passion|obsession|fascination|interest|enthusiasm|fondness|admiration|devotion|weakness for|of|with|in;
      A joy|joys|beauty|magic|charm|pleasure|thrill|romance|fun|point|feel|buzz|smell of|in; whole point of;
      nothing (else) beats|like|compares_to|comes_close_to; ~can't beat; you can't beat; can't beat A (good);
      nothing (is) better|nicer|finer|lovelier|cosier than|like; there's nothing better|nicer|finer|like|quite like (than);
      no better feeling|way|place|thing than (to|when); A HIGH (thing|feeling) in the world (is); what could be better|nicer than; ask me about;
      don't get me started on; ~get ME started on; talk to me about; more about;
      find|catch|see me (always|usually|mostly) (in|at|on|with|out|doing|down) (at|the); nothing like a good; nothing makes me happier|calmer than;
      nothing gets me like; sign me up for; count me in for;
      my idea of A perfect|good|great|nice|lovely (day|evening|night|time|weekend|sunday|saturday|afternoon) IS;
      A perfect|good|great|nice|lovely|quiet day|evening|night|weekend|sunday|saturday|afternoon (out|in) (for me) IS;
      MY perfect|ideal day|evening|night|weekend|sunday|saturday|job IS; A way to MY heart IS; MY happy place IS; MY party trick IS; MY comfort * IS;
      MY guilty pleasure IS; it's all about; all i want is; all i (ever) want|need (to do) is; all i (ever) think about is; all i (ever) do is; all about;
      for the love of; hooray for; thank god for; up for; always up for; long live; big fan of; huge fan of; fan of; keen on; into; crazy about; mad about;
      obsessed with; addicted to; fascinated by; interested in; curious about; passionate about; hooked on;
      ~turn|~get|~bring|~introduce|~draw|~pull|~attract ME to|into|onto|on to; ~keep ME coming back to; gone down A rabbit hole of|about|on|with;
      down A rabbit hole of|about|on|with`,
  },
  { stance: 'do', place: 'after', own: true, listedOnly: true, ways: `
      BE (always|often|usually|mostly|straight|back|outside|out|up|down|off|away|over|forever|happy) (out|up|down|over|back) in|on|at|with|out_with|out_on|part_of|up_on|down_at|down_in|out_in|out_at MY|A;
      ~know all|every|most|loads_of A; ~know the; BE there|here|in_it for A;
      HAVE (got) over|about|nearly|almost|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|hundreds|dozens|a_collection|loads|tons|too_many|so_many (hundred) (of)` },
  { stance: 'like', place: 'after', listedOnly: true, ways: `
      give|pass|hand|put|show me|us (in_front_of|on|in|next_to|near) A (good); (IS) GOOD|nice|good (for me) to; IS GOOD|nice|good (for me); IS (HIGH) at;
      ~forget (to mention|to say|about|the most important);
      book|books|podcast|podcasts|documentary|documentaries|films|articles|magazines|videos|everything|something about|on;
      something|anything|everything with|about|in|involving|related_to|like|to_do_with; what A GOOD` },
  { stance: 'wish', place: 'after', ways: `
      on MY (bucket) list IS (to); MY dream|goal|plan|ambition|aim|big_wish|wish IS|would (be) (to) (be|become|learn); next on_my_list|thing|up|for_me is;
      next up (is); would be GOOD|nice|good to (be|know|learn|try|become) (about); it'd be GOOD|nice|good to (be|know|learn|try|become); how about;
      high time i (learned|learnt|started|did); maybe one day (i'll) (be|learn|become); A job|career|work|something in|with|as|for;
      someday i'll (be|become|learn); one day i'll (be|become|learn|do)` },
  // "I'm a reader", "I'm a sewing machine person"
  { stance: 'like', place: 'after', own: true, listedOnly: true, ways: `
      BE (more) (of) a|an (bit of a) (keen|proud|passionate|amateur|hobby|real|total|trained|absolute|enthusiastic|avid|devoted|huge|big|obsessive|serious|lifelong|complete|right|proper)` },
  { stance: 'dislike', place: 'after', own: true, listedOnly: true, ways: `BE not much of a|an; BE no; BE hardly a|an` },
  // Dislike
  {
    stance: 'dislike',
    place: 'after',
    own: true,
    ways: `
      ~find no joy in; HAVE never got|gotten|clicked|got_on on|with|into|along; BE not|never built|made|cut_out for; HAVE no ear|eye|head|patience|time for;
      ~fall asleep during|in|at; ~zone out|~switch off in|during|when; would|i'd pay not to; would|i'd rather do anything than; wouldn't wish;
      HAVE given up on; BE so over; BE sick to death|to_the_back_teeth of; ~moan about; ~put off; ~dodge; ~skip; ~bunk off;
      ~hate every minute|second|bit|moment (of); HAVE had my fill of; had my fill of; HAVE had enough of; BE not A (person|type|one|kind|fan|girl|guy) for;
      ~hate; ~dislike; ~detest; ~loathe; ~despise; ~dread; ~resent; ~abhor; ~avoid; ~fear; ~refuse (to);
      can't|cannot|couldn't stand|bear|abide|handle|tolerate|take|stomach|be_doing_with|be_bothered (with|to|about)|be_arsed (with|to)|deal_with|get_into|get_on_with|get_excited_about|get_used_to|warm_to|be_dealing_with|get_my_head_around|get_my_head_round|get_along_with|relate_to|connect_with|make_myself_like|make_myself;
      can't|couldn't see|get|understand the point|appeal|fun|attraction|fuss|charm|joy (of|in|about);
      don't|didn't|never see|get|got|saw|understand|understood the point|appeal|fun|attraction|fuss|charm|joy (of|in|about); don't|doesn't get it;
      HAVE no|zero|little interest|time|patience|desire|love|passion|talent|head|stomach|appetite|enthusiasm|wish (in|for|to|of);
      no interest|patience|desire|wish in|for|to; zero interest|patience in|for; no time|love|patience for; ~lose patience with;
      BE sick|tired|bored|fed_up|scared|afraid|terrified|frightened|petrified|wary|weary|ashamed|sick_and_tired|phobic|bored_stiff|bored_to_tears|bored_to_death of|by|with|about;
      BE allergic|averse|opposed|indifferent|resistant to; BE put off (by); BE creeped|freaked|grossed|stressed|weirded out by; could|can do without;
      could happily|gladly live without; ~run a mile from; ~run away from; ~steer clear of; ~stay|~keep|~shy|~back|~walk away from;
      ~turn|~wrinkle my nose up at; ~roll my eyes at; couldn't care less (about|for);
      wouldn't touch|go_near|be_seen_dead|wish|dream_of|watch|pay|be_caught_dead (in|at|near|doing|for); won't touch|go_near|watch|eat;
      would never touch|go|eat|watch|do|be|become|want (to) (be|do|become);
      ~could never be|become|do|work_as|work_in|work_with|get_into|imagine_being|imagine|see_myself|stand|understand (A); ~refuse to; ~suffer through;
      ~endure; ~sit through; ~struggle to_enjoy|like|get_into; ~grumble about; ~find no_joy|pleasure in; couldn't wait to leave|stop|quit; not a;
      would rather not (do); BE against; ~cringe at; ~shudder at; ~cut out; ~regret; ~count the minutes|seconds|hours in|of|during|at`,
  },
  {
    stance: 'dislike',
    place: 'before',
    ways: `
      bores|bore|bored|annoys|annoy|scares|scare|scared|disgusts|disgust|terrifies|terrify|stresses|stress|irritates|irritate|infuriates|depresses|exhausts|frustrates|repels|appals|horrifies|worries|tires|angers|frightens|puzzles|repulses|confuses|intimidates|drains ME (out|to tears|to death|stiff|senseless|silly|rigid|so_much);
      ~leave ME cold; ~do|does nothing for ME; ~freak|~creep|~gross|~stress|~weird|~wear|~tire|~burn ME out; ~turn|~put|~tick|~piss ME off;
      ~get on my nerves|nerves|wick|goat; ~get me down; ~drag ME down; ~do MY head in; ~drive ME mad|crazy|nuts|insane|up the wall|bonkers|round the bend;
      ~make ME sick|miserable|anxious|sad|angry|cry|yawn|cringe|shudder|nervous|ill|depressed|gag|nauseous|uncomfortable|furious|want to (scream|cry|die|run);
      ~make MY skin|blood|teeth|toes|stomach crawl|boil|itch|curl|turn; ~fill ME with dread|horror;
      ~give ME the_creeps|a_headache|headaches|nightmares|no_joy|nothing|anxiety|hives|the_shivers|the_ick; ~put|~send ME to sleep; BAD $; can get lost;
      can go to hell; can stay away; can do one; get in the bin; IS lost on ME; ~turn MY stomach; ~make me lose the will to live; ~zap MY energy;
      ~suck the life out of ME; IS not|isn't|aren't MY idea of fun|a_good_time; IS not|isn't|aren't all it's cracked up to be; ~ruin MY day|week|mood;
      ~stress|~bum ME out; ~rub ME up the wrong way; IS MY weak spot|point; ~make ME want to run|scream|cry|die|leave|vomit;
      and i don't|never get on|mix|agree|along; and me don't|never get on|mix|agree|along; ~go over MY head; IS beyond ME; IS wasted on ME; no thanks;
      no thank you; not for me; not MY cup_of_tea|thing|bag|scene|style|world|sport|idea_of_fun; no chance $; could be deleted|banned|abolished|scrapped;
      should be banned|abolished|illegal; IS just not for me; IS so not me; has no place in my life; no way $; i'll pass; hard pass; nope $; thumbs down;
      IS torture|hell|agony|murder (for|to) (me);
      IS A (absolute|total|real|complete|massive|huge|pure|bit_of|such|living|big) nightmare|chore|bore|drag|pain|waste|snooze|yawn|slog|turn_off|no_no|no|letdown|horror|bind|nuisance|curse|plague|joke|farce;
      IS out (of the question); IS for (little|small) kids|babies|losers|nerds|idiots|old people; ~suck; ~stink;
      IS too BAD|loud|dangerous|hard|cold|cruel|violent|slow|long|much|noisy|dirty|difficult|complicated|commercial|crowded|expensive;
      IS MY (idea of) hell|nightmare|worst|kryptonite|achilles_heel|personal_hell; IS A bane of my (life|existence); IS A worst; IS MY least favourite|worst;
      IS not|isn't|aren't|wasn't|weren't|never (been) (A) GOOD|fun|for_me|my_thing|my_cup_of_tea|my_world|my_bag|my_scene|my_style|my_jam|my_forte|my_strong_point|my_strong_suit|my_favourite|my_kind_of_thing|me|it|up_my_street|HIGH`,
  },
  { stance: 'dislike', place: 'before', listedOnly: true, ways: `
      IS|SEEM|~find BAD; IS no fun|good|use; never interested|appealed|grabbed|did it for|clicked (to|with) (me);
      doesn't|didn't|don't interest|appeal|grab|excite|speak|do_it|attract|do_anything|do_much (to|for) (me)` },
  { stance: 'dislike', place: 'after', ways: `
      A (absolute|very) worst|least|boring-est|dullest|hardest (thing|one|part|bit|subject|lesson|favourite|fun|interesting|enjoyable) * IS;
      A (most) boring|annoying|tedious|stressful|horrible|awful|dreadful|hated|frustrating (thing|one|part|bit|subject|lesson) * IS; least favourite * IS;
      MY least favourite * IS; MY worst (subject|nightmare|lesson|thing) * IS; MY pet hate|hates|peeve|peeves|bugbear|nemesis|biggest_fear|phobia IS;
      anything but; can't think of anything worse than; nothing worse than; there's nothing worse than; whoever invented|thought_up|came_up_with;
      you'd|you'd_have to drag me to|into; have to drag me to; wild horses wouldn't (get|drag) me (to|into|near); count me out (of); so over; had it with;
      never again with; enough about; i'd do anything to avoid; anything to avoid; anything to get out of; anything's better than; anything is better than;
      keep me away from; no more; save me from; you couldn't|can't|won't pay|make|get|catch me (to|doing|at|in|near) (go); ~switch off when;
      ~nod off (in|during|at|over); spare me; don't make me; please no|not|no more; enough of|with; not into; not keen on; not a fan of; no fan of;
      not interested in; not bothered about|with; not fond of; fear of; hatred of; hate for; who needs` },
  // Lukewarm
  { stance: 'weak', place: 'after', own: true, ways: `
      ~miss; wouldn't say no to; ~dabble in|with; ~tolerate; ~put up with; can|could take or leave; BE on the fence about; BE in two minds about;
      BE lukewarm on|about; BE ambivalent about; BE neutral about; BE torn about; BE so-so on|about; BE undecided about; BE unsure about;
      HAVE mixed feelings about; HAVE A love hate relationship|thing with; HAVE A love-hate relationship|thing with; ~still dream about|of;
      still dream about|of; ~flick through; ~dip into; BE meh about; BE easy about; ~go through phases of|with; ~half like|enjoy; ~sort of like|enjoy;
      ~kind of like|enjoy; ~like|~enjoy bits of; don't|do_not|didn't|wouldn't mind|object_to|hate|dislike|detest|loathe; never minded; BE half hearted about;
      ~come round to` },
  { stance: 'weak', place: 'before', ways: `
      IS|SEEM|~find OKAY; IS all right; IS not|isn't|aren't|wasn't (that|so|too) BAD|terrible|bad|hard|the worst; IS bearable; HAVE its|their moments;
      IS hit and|or miss; in small doses; when i'm in the mood; i can take or leave; i could take or leave; IS a bit hit and miss; jury's out on; sort of $;
      some days $; IS a means to an end; IS neither good nor bad; not great not terrible; IS up and down; IS A mixed bag; could be worse|better;
      can take it or leave it; take it or leave it; depends (on); IS neither here nor there; IS nothing special;
      IS not|isn't (exactly) (MY) (A) passion|obsession|end of the world; ~do the job; ~pass the time; i can live with; i don't mind $;
      don't mind it|them|that; wouldn't call it; wouldn't say it's|i'm; GOOD|nice|good without|if|but; IS so so; so so $` },
  // Given up
  {
    stance: 'stopped',
    place: 'after',
    own: true,
    ways: `
      ~stop (going to|going|doing|playing|watching|taking|having); ~quit; ~give up (on); ~hang up my; ~let go of; lost interest in; fell out of love with;
      fell out with; went off; ~call it a day with; ~knock on the head; ~step back from; dropped|dropping (out of); ~drop out of; ~pull out of;
      BE put off (by); ~pack in; ~abandon; ~retire from; ~grow out of; ~outgrow; ~lose interest in; ~lose touch with;
      ~lose my love|passion|taste|enthusiasm for|of; ~go off; ~turn my back on; ~finish with; ~break up with; ~chuck in; ~jack in; ~ditch;
      ~sell (all) A (lot|old|whole); ~give away; ~throw away|out; ~hand in|back; ~get rid of; ~hang up; ~put away; ~cancel; BE done with; BE over;
      BE through with; BE finished with; no longer;
      HAVE not|haven't|hadn't (played|touched|done|been|watched|read|opened|picked up|drawn|danced|sung|ridden|run|practised|practiced|painted|written|used|gone|swum|baked|cooked|cycled) (to|up|in) (for) (years);
      ~fall out of love with; ~kick the habit of; ~swear off; ~cut back on`,
  },
  { stance: 'dislike', place: 'inside', own: true, ways: `BE not A * person|type|girl|guy` },
  { stance: 'do', place: 'inside', own: true, listedOnly: true, ways: `~get|~dig|~take|~bring MY|the * out` },
  { stance: 'stopped', place: 'before', ways: `
      fell by the wayside; went out of the window; IS gathering dust; IS in the attic|loft|cellar; IS over for me; went out the window; IS behind me;
      IS a thing of the past; IS history $; had to go $; ~be done with; put paid to; put an end to` },
  { stance: 'stopped', place: 'inside', own: true, ways: `
      ~give * up; gave|given * to|away; ~pack * in; ~jack * in; ~chuck * in; ~put * behind me; ~leave * behind; ~knock * on the head;
      ~let * go|slide|slip|lapse; ~phase * out; ~hang * up` },
  { stance: 'like', place: 'inside', own: true, listedOnly: true, ways: `~find * GOOD` },
  { stance: 'dislike', place: 'inside', own: true, listedOnly: true, ways: `~find * BAD` },
  { stance: 'past', place: 'after', own: true, ways: `
      used to (be|do|go|have|play) (all about|really into|into|mad about|big on|obsessed with|keen on|a keen|crazy about|like|love|enjoy|adore|be into|be obsessed with|be mad about|a big fan of);
      use to (be|do|go|have|play)` },
  { stance: 'past', place: 'before', ways: `used to be MY|A * thing|passion|life|favourite|hobby|sport|escape|love|obsession|world|everything` },
  { stance: 'past', place: 'after', ways: `used to be (all about|into|mad about|big on|obsessed with|keen on|crazy about); used to` },
  { stance: 'skill', place: 'after', own: true, ways: `BE good|decent|great|fine|brilliant|bad|terrible|rubbish|hopeless|useless|excellent|okay|alright at|in|with` },
];
