/** Topics of the other categories, in the same notation as in making-and-knowing.ts. */
export const DOING_AND_ENJOYING = {
  arts: `
art: arts, art history, artist, art galleries, gallery, modern art
drawing: ~draw, ~sketch, pencil drawing, ~doodle, illustration, illustrator
digital drawing: drawing on a tablet, ~draw on a tablet, +digital art, digital painting, +procreate
life drawing: figure drawing
drawing horses: ~draw horses
painting: ~paint, watercolour, watercolor, oil painting, +acrylics, painter, +landscapes in oil
manga: ~draw manga
comics: comic, comic book, graphic novel, ~draw comics, +cartoon drawing, cartoonist, +caricatures
graffiti: ~spray graffiti, street art, mural, murals
photography: ~photograph, ~take photos, ~take pictures, photo, photos, photographer, taking photographs, +darkroom, black and white photography, analogue photography, +pinhole camera
wildlife photography: photographing animals, photographing birds
ceramics: +pottery, potter's wheel, ~throw pots, +clay, +glazing, +raku, ~make pots
sculpture: ~sculpt, sculptor, +statues, +clay figures
printmaking: +linocut, +lino printing, +lino, +screen printing, +woodcut, +etching, +letterpress
calligraphy: lettering, +hand lettering, +handwriting, +beautiful writing, ~write beautifully
typography: font, typeface, typefaces
graphic design: graphic designer, logos, logo design, poster design, posters, +layout
stickers: sticker, ~make stickers, sticker design
design: designer, product design, industrial design
interior design: ~decorate, decorating, furnishing, interiors, interior decorating, wallpaper
architecture: architect, +beautiful buildings, designing houses, +modern buildings, modern architecture
fashion: fashion design, fashion designer, +clothes, outfits, ~design clothes, style, +vintage clothes
trainers: sneakers
costume design: costumes, +cosplay costumes
tattoos: tattoo, tattooing, tattoo artist, +henna
mosaics: mosaic
collage: collages
colours: colour, naming colours, paint colours
animation drawing: flip books, flipbook
body painting: +face painting
sand art: +sandcastles, +sand castles
ice sculpture: +snow sculptures
bullet journaling: bullet journal
garden design: +landscape architecture, landscape design
film posters: +vintage posters
gold leaf: gilding
enamel: enamelling
conservation of art: art restoration, ~restore paintings, +picture framing
optical illusions: optical illusion
pixel art: pixel graphics
urban sketching: sketching buildings
botanical illustration: ~draw plants, drawing flowers`,
  music: `
music: ~listen to music, musician, ~play music, ~make music, song, making music
singing: ~sing, singer, vocals, +karaoke
choir: ~sing in a choir, choral music, choral singing, +gospel, gospel choir, church choir
barbershop singing: barbershop, +a cappella, barbershop quartet
opera: opera singing, operas
classical music: classical, +bach, +mozart, +beethoven, +symphonies, +chamber music, string quartet
early music: +baroque music, +renaissance music
orchestra: orchestral music, youth orchestra
piano: ~play the piano, pianist, keyboard
organ: church organ, organist, pipe organ
guitar: ~play the guitar, guitarist, electric guitar, acoustic guitar
flamenco guitar: guitar flamenco
bass guitar: bass, bass player, +double bass
ukulele: uke
banjo: +mandolin
violin: fiddle, violinist
viola: violist
cello: cellist
harp: harpist
flute: flautist, +piccolo
recorder: recorders
clarinet: +oboe, +bassoon
saxophone: sax, saxophonist
trumpet: trumpeter, +cornet
trombone: trombonist
french horn: +tuba, +brass band, +brass instruments, +euphonium, +alphorn
drums: drum, drumming, ~drum, drummer, +percussion, drum kit, +djembe, samba drums, +bongos
handpan: +steel drum, +hang drum, +steelpan
accordion: +concertina, +squeezebox
bagpipes: bagpipe, +tin whistle
harmonica: +mouth organ
theremin: +musical saw
xylophone: +marimba, +vibraphone
hurdy-gurdy: hurdy gurdy, +lute, +sitar, +kora, +oud, zither
bells: bell ringing, ~ring bells, +handbells, +change ringing, church bells
beatboxing: ~beatbox, beat boxing
hip hop: hip-hop, rap, rap music, rapper, +trap, +grime, +drill music
writing rap: ~write rap, ~rap, ~write bars, rapping
pop music: pop, pop songs, +taylor swift, +boy bands
k-pop: k pop, kpop, korean pop
rock music: rock, rock bands, rock band, +punk, +punk rock, +indie music, +grunge
metal: heavy metal, metal music, death metal, black metal
jazz: jazz music, swing music, +big band, +bebop
blues: blues music
soul music: soul, +funk, +r and b
reggae: +ska, +dancehall
country music: +country and western, +bluegrass
folk music: folk, +traditional music, sea shanties, +shanties, +irish music, +folk songs
electronic music: +techno, +house music, synthesizer, synthesizers, synth, +ambient music, +drum and bass, edm
music production: ~produce music, ~make beats, producing beats, beats, ~produce beats, music producer, ~mix music, +music software, remixes
djing: ~dj, d j, turntables, ~mix records
songwriting: ~write songs, songwriter, ~write lyrics, lyrics
composing: ~compose, composer, composition, ~write music, film scores
arranging music: ~arrange music, ~arrange songs, arranging, arrangement, ~arrange pop songs
conducting: ~conduct, conductor
music theory: +harmony, +counterpoint
film music: soundtrack, soundtracks
musical instruments: instrument, instruments
band: bands, playing in a band, ~play in a band, being in a band
concerts: concert, live music, gigs, +festivals, +music festivals
records: vinyl, record collection, vinyl records, lps
music lessons: music class
yodelling: yodeling, +throat singing, +overtone singing
busking: street music
african music: +afrobeats, +amapiano, +highlife
latin music: +bossa nova, +mariachi, +reggaeton
tango music: +bandoneon
bollywood music: +qawwali, +indian classical music
schlager: +chanson, +chansons
nursery songs: lullabies`,
  'stage-screen': `
dancing: ~dance, dance, dancer
ballet: ballet dancer, +pointe
hip hop dance: +street dance, breakdance, breakdancing, break dance, break dancing, +b-boying
k-pop dancing: k pop dance, k-pop dance
ballroom dancing: ballroom, waltz, slow waltz, +foxtrot, +latin dance, +standard dance, +quickstep, +tea dances
salsa: +bachata, salsa dancing
tango: ~dance tango, argentine tango
swing dance: +lindy hop, swing dancing, swing dancer, +charleston, +boogie woogie
tap dance: tap dancing, tap
folk dance: folk dancing, +morris dancing, +square dance, +ceilidh, +line dancing, +irish dance, +irish dancing
contemporary dance: modern dance, +contact improvisation
flamenco: flamenco dancing
belly dance: +bollywood dance, +bharatanatyam
pole dance: pole dancing
choreography: choreographer, ~choreograph
theatre: theater, stage plays, +stage, +amateur dramatics, theatre group, +drama club, +drama, going to the theatre
acting: ~act, actor, actress
improvisation: improv, improv theatre, improvised theatre
musicals: musical theatre, +broadway
pantomime: +mime, +clowning, clown
puppetry: puppet, marionette, puppet show, puppet theatre, +shadow theatre, +shadow puppets
stage combat: stage fighting, sword fighting, swordfighting, stage fencing
stage design: set design, +scenery
directing: ~direct plays, director, film director, ~direct films
magic: magic trick, ~do magic, conjuring, +card tricks, magician, card magic
juggling: ~juggle, +diabolo
circus: acrobat, +trapeze, +aerial silks, circus skills, +tightrope, +stilts, +unicycle, +unicycling, +fire breathing
comedy: stand-up, stand up, stand-up comedy, stand up comedy, comedian, jokes, ~tell jokes, +sketches
cabaret: +drag, +drag shows, +burlesque
ventriloquism: ventriloquist
storytelling: ~tell stories, storyteller
film: cinema, movie, films, ~watch films, ~watch movies, going to the cinema, old films, film history
horror films: horror, horror movies, horror film, scary movies
science fiction: sci-fi, sci fi, +star wars, +star trek, +doctor who
silent films: silent film, black and white films
documentaries: documentary
film making: filmmaking, ~make films, ~make movies, ~make short films, ~film things, short film, filmmaker, shooting films
video editing: ~edit videos, ~cut videos, film editing, ~edit films, cutting films
youtube videos: ~make videos, youtuber, youtube, vlogs, ~make youtube videos
animation: animated films, ~animate, animator, +stop motion, +cartoons, +disney, +studio ghibli, +pixar
anime: japanese animation
series: tv series, television series, +netflix, +sitcoms, tv shows, +television
soap operas: soap opera, soaps, telenovelas
k-dramas: korean dramas, k drama
crime series: crime shows, detective series, crime dramas, +murder mysteries on tv
true crime: true crime podcasts, crime podcasts, podcasts about crime, podcasts about murders, podcasts about murder, true crime documentaries
podcasts: podcast
making podcasts: ~make podcasts, ~make a podcast, podcasting
radio plays: radio drama, audio plays, +audio dramas, +voice acting, voice actor, +dubbing
quiz shows: game shows
reality tv: reality shows
cooking shows: cooking programmes, bake off
cosplay: ~cosplay
special effects: visual effects
screenwriting: screenplay, scriptwriting, ~write scripts, scripts
vampire series: vampires, vampire
musical films: +bollywood, +bollywood films
westerns: spaghetti westerns
fire shows: +fire juggling, +poi
parkour films: +stunts, stuntman, stuntwoman, +stunt work
film criticism: film reviews`,
  literature: `
reading: ~read, book, books, ~read books, ~curl up with a book, +literature, library, novels, bookworm
novels: novel, classic novels, russian novels
fantasy: fantasy books, harry potter, +lord of the rings, +tolkien, fantasy novels
science fiction books: +science fiction novels
crime novels: detective novels, detective stories, crime fiction, thriller, thrillers, whodunits, +agatha christie, +murder mysteries, +mystery novels
historical novels: historical fiction
romance novels: romances, love stories
short stories: short story
fairy tales: fairy tale, fairytales
children's books: picture books
unicorns: unicorn, +mermaids
dragons: dragon
writing: ~write, writer, author, creative writing, ~write stories, ~write novels, story writing, +fan fiction, +fanfiction, ~write fan fiction, ~write a novel, ~make up stories
poetry: poem, ~read poetry, ~read poems, +poet, +sonnets, +haiku
writing poetry: ~write poetry, ~write poems, ~write haiku
poetry slam: poetry slams, spoken word, slam poetry
persian poetry: +hafez, +rumi
letter writing: ~write letters, pen pal, pen friend, penpals, correspondence, +postcards to friends
diary writing: ~keep a diary, diary, journaling, journalling, ~write a diary, ~journal
journalism: journalist, school newspaper, newspaper, +newspaper club, reporter, ~interview people, magazine, ~write articles
blogging: blog, ~write a blog, ~blog
proofreading: ~proofread, copy editing, editing texts, ~correct mistakes
editing: editor, book editing
publishing: publisher, zines, zine
book translation: ~translate books, translating poems, ~translate poems, literary translation, ~translate novels
bookshops: bookshop, +second-hand books, +antiquarian books
audiobooks: audiobook, audio books
memoirs: ~write memoirs, autobiography, ~write my life story
speech writing: ~write speeches
shakespeare: sonnets of shakespeare
librarianship: librarian
book clubs: book club, reading group
limericks: +nonsense verse, rhymes, rhyming
plays writing: ~write plays, playwright
worldbuilding: inventing worlds, ~invent worlds`,
  sports: `
sports: sport, sporty things, +athletics club
physical education: pe, p e, gym class
football: soccer, footballer, football matches, football team, ~play football
women's football: women's football team
american football: +nfl
rugby: rugby match
cricket: cricketer
hockey: field hockey
ice hockey: icehockey
basketball: +nba
volleyball: beach volleyball
handball: handballer
netball: +korfball
baseball: +softball
tennis: tennis matches
tennis club: tennis clubs
table tennis: ping pong
badminton: shuttlecock
squash: +padel, +racquetball
golf: crazy golf, mini golf
bowling: ~bowl, +skittles, bowls club, +boules, petanque, lawn bowls, +curling
darts: dart
snooker: billiards, pool billiards
running: ~run, ~jog, +marathon, +half marathon, runner, +cross country, cross-country
trail running: ultra running, +ultramarathons, +fell running
athletics: track and field, +long jump, +high jump, +javelin, +shot put, +hurdles, +sprinting, +pole vault, +discus
triathlon: ironman, +decathlon
swimming: ~swim, swimmer, wild swimming, winter swimming, cold water swimming, ice swimming, open water swimming
diving: scuba diving, ~dive, scuba, +snorkelling, snorkeling, free diving, freediving, diver
wreck diving: ~dive for wrecks
high diving: +springboard diving
synchronised swimming: artistic swimming
water polo: +underwater hockey, +underwater rugby
rowing: ~row, rower, +dragon boat
canoeing: ~canoe, +kayaking, ~kayak, white water, +rafting, paddling, ~paddle, +stand-up paddling, +paddleboarding
sailing: ~sail, yacht, dinghy, +regatta
surfing: ~surf, surfer, +bodyboarding
windsurfing: +kitesurfing, kite surfing
cycling: ~cycle, bike, bicycle, ~bike, cyclist, ~ride my bike, bike rides, road cycling, racing bike, +tour de france, +bike touring
mountain biking: mountain bike, +downhill biking
bmx: bmx riding, +pump track
skateboarding: skateboard, ~skateboard, skate bored, skatepark, skate park
skating: ~skate
scooter: scooters, stunt scooter
roller skating: +rollerblading, inline skating, +roller derby, roller skates
ice skating: +figure skating, ~ice skate
speed skating: short track
skiing: ~ski, cross-country skiing, skier
snowboarding: ~snowboard
ski jumping: ski jumper
winter sports: winter sport, +biathlon, +sledging, ~sledge, +bobsleigh, +luge
hiking: ~hike, hiker, ~trek, long-distance hiking, long distance hiking, +backpacking, +hill walking, +rambling, +fell walking, ~go hiking
walking: walk, ~go for walks, nordic walking, walks, ~go for a walk, long walks
mountains: mountain, alps
climbing: ~climb, indoor climbing, rock climbing, mountain climbing, +mountaineering, +bouldering, ~boulder, climber
caving: potholing, +spelunking
parkour: free running, freerunning
gymnastics: gymnast, +cartwheels, cartwheel, ~do cartwheels, apparatus gymnastics
back handspring: handspring, +backflip, +somersault, +flips
trampolining: trampoline
cheerleading: cheerleader
fencing: ~fence, sabre, foil, epee, fencer
judo: judoka
karate: +shotokan
taekwondo: tae kwon do
aikido: +kendo, jiu jitsu, jujitsu, ju jitsu
martial arts: +kung fu, +self-defence, self defence, +krav maga, mixed martial arts, +capoeira
boxing: ~box, boxer, +kickboxing, kick boxing, +muay thai, thai boxing
wrestling: ~wrestle, +sumo, wrestler
archery: bow and arrow, archer
shooting: target shooting, clay pigeon shooting
weightlifting: ~lift weights, weight lifting, +powerlifting, +bodybuilding, weights, weight training, strength training
gym: ~go to the gym, +fitness, ~work out, working out, +crossfit, +aerobics, fitness training, +zumba, spinning class
pilates: pilates class
yoga: ~do yoga
tai chi: tie chi, +qigong, qi gong
horse riding: ~ride horses, ~ride, riding, equestrian, +show jumping, +dressage, +vaulting, horseback riding
motor racing: +formula one, formula 1, motorsport, grand prix, +rally driving, car racing, racing cars, go-karts, karting, go karting, +motocross, +motogp
orienteering: orienteer
ultimate frisbee: frisbee, +disc golf
skipping: jump rope, rope skipping, skipping rope
kite flying: ~fly kites
slacklining: slackline, +highline
hula hoop: hula hooping
paragliding: +hang gliding, +parachuting, +skydiving, +bungee jumping, +parachute jumping
quidditch: +quadball, +spikeball
wood chopping competitions: +lumberjack sports, +timber sports
coaching: ~coach, coach, football coach, youth trainer, +trainer of a team, ~train a team
refereeing: referee, umpire, ~referee
sports statistics: +league tables
olympics: olympic games, +paralympics
wheelchair basketball: +wheelchair rugby, +para sport
sumo: sumo wrestling
pigeon sport: racing pigeons
dog sports: +agility, +dog agility, +canicross, +sled dogs, +dog sledding, +mushing
tug of war: +highland games
esports fitness: +reaction training
cold plunges: +ice baths
double dutch: +chinese skipping
lacrosse: hurling, gaelic football, shinty, camogie`,
  nature: `
nature: being in nature, outdoors, the outdoors, the countryside, being outside, +wilderness
animals: animal, wild animal, ~look after animals, zoo, zookeeper, wildlife
dogs: dog, puppy, puppies, +greyhound, labrador, +poodle, rescue dog, +border collie
dog training: ~train dogs, dog trainer, +guide dogs
cats: cat, kitten
horses: horse, foal
ponies: pony
donkeys: donkey, mule
cows: cow, cattle, calves
sheep: lamb, shepherding, shepherd
goats: goat
pigs: +piglets
chickens: hen, chicken keeping, ~keep chickens, rooster, +ducks, +geese, +poultry
rabbits: rabbit, bunny, bunnies
guinea pigs: guinea pig, hamster, hamsters, +gerbils, +mice, +rats
hedgehogs: hedgehog
bats: bat
foxes: fox
wolves: wolf
bears: bear, panda, pandas, polar bears
squirrels: squirrel
otters: otter, +beavers, +badgers, badger
elephants: elephant, +rhinos, +giraffes
monkeys: monkey, ape, +gorillas, +chimpanzees
big cats: +lions, lion, +tigers, tiger, +leopards
seals: seal, +walruses
penguins: penguin
birds: bird, ~watch birds, birdwatching, bird watching, birding, ~feed birds, ornithology, bird song, birdsong, ornithologist, +twitching, +robins, birdwatcher, bird watcher, birder
owls: owl
pigeons: pigeon, pigeon keeping
parrots: parrot, +budgies, +budgerigars
falconry: hawk, falcon, birds of prey, +eagles
crows: crow, ravens, +raven, +magpies, +jackdaws
swifts: +swallows
snakes: snake
reptiles: reptile, +lizard, +lizards, +gecko, +geckos, +chameleons
crocodiles: crocodile, +alligators
turtles: turtle, tortoise, +tortoises
frogs: frog, toad, +newts, +axolotl, +axolotls, +salamanders, +amphibians, +tadpoles
fish: aquarium, fish keeping, aquariums, +goldfish, tropical fish, +koi
fishing: ~fish, angling, fly fishing, angler, ~go fishing
insects: insect, bug, beetle, +beetles, stick insects, +grasshoppers
butterflies: butterfly, moth, +moths, +caterpillars
dragonflies: dragonfly
spiders: spider, +tarantula
scorpions: scorpion
ants: ant, ant colony, +anthill
bees: +bumblebee, +bumblebees
beekeeping: ~keep bees, beekeeper, +hives, +beehives
snails: snail, +slugs, slug
worms: worm, +earthworms, worm composting
sea animals: +crabs, +starfish, +seahorses, coral, +corals, +coral reefs, +rock pools, +tide pools
the sea: sea, ocean, +beach, seaside, +beachcombing, ~collect shells
rivers: river, +lakes, +ponds
forests: forest, woods, woodland, forestry, forester, being in the woods, forest ranger, ranger
trees: tree, ~plant trees, ~climb trees, tree climbing, tree surgeon
gardening: ~garden, ~potter in the garden, ~potter about in the garden, pottering in the garden, gardener, +allotment, ~grow vegetables, garden, vegetable growing, growing vegetables, ~grow tomatoes, +greenhouse, ~grow things, growing things, ~grow flowers, ~grow plants, vegetable patch, +compost, community garden
houseplants: houseplant, +house plants, +indoor plants, ~grow houseplants
plants: plant
flowers: flower, wildflowers, wild flowers, +tulips, +dahlias
roses: rose
orchids: orchid
cacti: cactus, cactuses, +succulents, succulent
carnivorous plants: +venus flytraps, +venus fly trap
bonsai: bonsai trees
medicinal plants: plants for medicine, herbs, herbal medicine, healing plants, +herbalism, medicine plants
fruit growing: +orchard, +apple trees, +grafting, ~prune trees, +fruit trees
vineyards: vineyard, wine growing
farming: farm, farmer, agriculture, organic farming, ~farm, growing food
mushrooms: mushroom, fungi, mycology, ~pick mushrooms
mosses: moss
lichens: lichen
ferns: fern
seeds: ~save seeds, seed saving
nature conservation: conservation, conservationist, protecting nature, protecting the environment, environmental protection, ~save the planet, +rewilding, +endangered species, +sustainability, ~pick litter, +litter picking, +beach clean, +recycling, +zero waste, ~protect nature, ~protect animals, animal protection, animal rights, animal welfare
animal rescue: wildlife rescue, animal shelter, ~rescue animals
veterinary medicine: vet, veterinarian, veterinary nurse, being a vet, animal doctor
pets: pet, ~keep pets
camping: ~camp, tent, +campfire, +campfires, +caravan
bushcraft: survival skills, survival training, ~make fire, wilderness survival
scouting: scouts, scout, girl guides
wild camping: +bivouac
terrariums: terrarium, vivarium
tracking: animal tracks
hunting: ~hunt, hunter
sand: desert, deserts
snow: winter
rain: rainy days
sunsets: sunset, +sunrise
spring: autumn, seasons`,
  cooking: `
cooking: ~cook, chef, cook, recipe, ~try recipes, ~cook food, cooking videos, cooking meals, home cooking, cuisine
baking: ~bake, cake, cakes, +cupcakes, +muffins, +cookies, +biscuits, ~bake cakes, baker, +pies, ~bake pies, +gingerbread
bread: ~bake bread, bread baking, sourdough bread
sourdough: sourdough starter
pastry: pastry chef, patisserie, +croissants, +macarons, confectioner, pastry cook
cake decorating: ~decorate cakes, +icing, +sugar flowers, wedding cakes
chocolate: ~make chocolate, chocolates, chocolatier, +pralines
sweets: sweet making, candy, +fudge
ice cream: ~make ice cream, gelato
barbecue: ~barbecue, grilling, ~grill, smoking meat, bbq
vegan cooking: vegan food, veganism, +vegetarian cooking, vegan, +vegetarian food
italian cooking: +pasta, ~make pasta, italian food, +fresh pasta
pizza: ~make pizza, pizza oven
asian cooking: +chinese cooking, +thai cooking, +sushi, +japanese cooking, +korean cooking, dumpling, +dumplings, +wok
indian cooking: +curry, curries, indian food
making ramen: ramen, ~make ramen
soups: soup, stews, ~make soup
spices: spice, chilli, chillies, +hot sauce, hot sauces
fermentation: ~ferment, ~ferment things, +kimchi, +sauerkraut, +kombucha, fermented food, +koji
pickling: ~pickle, pickle
making jam: jam, ~make jam, +preserving, preserves, +marmalade, +chutney, ~make jams, bottling fruit, +canning
cheese: ~make cheese, cheese making, cheesemaking
sausages: ~make sausages, butcher, butchery
foraging: ~forage, +wild garlic, wild food, ~gather wild plants, wild plants, edible plants
brewing: ~brew beer, beer brewing, homebrewing, ~brew, beer, craft beer, cider
wine: wine tasting, sommelier, wines, ~make wine
whisky: +gin, +distilling, +schnapps, +liqueur, cocktail, +cocktails, +bartending, bartender
coffee: +espresso, +barista, coffee roasting, ~roast coffee, +latte art
tea: tea ceremony
honey: +mead
food: eating, ~eat, trying new food, ~try new food, trying food, street food, +restaurants, ~eat out
food history: +historical recipes, +old recipes
nutrition and cooking: +healthy cooking
meat: +steak
vegetables: +broccoli, +spinach
fish cooking: +seafood
catering: ~cook for others, ~cook for people, cooking for others, cooking for many people
molecular cuisine: +food science, +molecular gastronomy
breakfast: +brunch, +pancakes, +waffles
salads: salad
noodles: ~make noodles
tasting: ~taste
bento boxes: +lunch boxes
tofu: ~make tofu
smoking fish: +smokehouse
outdoor cooking: dutch oven, cooking over fire`,
  games: `
games: game, ~play games
board games: board game, settlers, +catan, +monopoly
chess: ~play chess, chess club
game of go: +baduk
draughts: checkers, +nine men's morris
backgammon: tavla
dominoes: domino
mahjong: mah-jong, mah jongg
card games: card, cards, ~play cards, playing cards, +bridge club, whist, +canasta, +rummy, +solitaire, +uno
skat: +doppelkopf, +schafkopf
poker: +texas hold'em
trading cards: pokemon cards, +magic the gathering, +yu-gi-oh, trading card
role-playing games: role playing games, role play, +dungeons and dragons, d&d, d and d, dnd, pen and paper, tabletop role playing, +tabletop games, roleplaying, role playing, dungeon master, game master
larp: live action role play, larping, ~larp
video games: video game, gaming, ~game, computer game, +playstation, +xbox, +nintendo, gamer, console games, playing on the computer, video gaming
minecraft: ~play minecraft
roblox: +fortnite, +fifa, +league of legends, +call of duty, +valorant, +counter-strike, +mario kart, +zelda, +animal crossing, +the sims, +stardew valley
retro games: retro gaming, +arcade, arcade machines, old video games, +pinball
esports: e-sports, e sports
speedrunning: speedruns, speed running
strategy games: strategy game, +civilization, wargames, +tabletop wargaming
simulation games: flight simulator, train simulator, farming simulator
puzzles: puzzle, riddle, +riddles, brain teasers, brainteasers
jigsaws: jigsaw, jigsaw puzzles
sudoku: sudokus
crosswords: crossword, crossword puzzle, cryptic crosswords
scrabble: +word games, +wordle, +word puzzles
logic puzzles: logic puzzle
rubik's cube: rubik's cubes, rubik cube, speedcubing, speed cubing, cubing
escape rooms: escape room
quizzes: quiz, pub quiz, +trivia, +quiz night
geocaching: geo caching, geo cashing
tamagotchi: +virtual pets
table football: foosball, +air hockey
marbles: spinning tops, +yo-yo, yoyo, yo-yos
hide and seek: +tag, +hopscotch, +playground games, ~play outside
laser tag: +paintball
treasure hunts: +scavenger hunts
gambling: ~gamble, betting
bingo: lotto
murder mystery games: +murder mystery dinners
dice games: +yahtzee, dice
inventing games: ~invent games, ~make up games, game inventing, designing board games`,
  business: `
business: ~run a business, entrepreneur, entrepreneurship, ~start a business, my own business, own company, start-up, startup, start-ups, +self-employment, having my own company
running a shop: ~run a shop, shopkeeper, +online shop, my own shop, ~run a cafe, +cafe, ~open a cafe, restaurant owner
selling: +sales, ~sell things, selling things online, ~sell online, +flipping, +market stall, +bargaining, +haggling, ~haggle, +salesperson
marketing: +advertising, adverts, +branding, social media marketing
personal finance: +money, budgeting, saving money, +saving, finance, +pensions
stock market: stocks, shares, stock exchange, ~invest, +investing, +trading
cryptocurrency: crypto, +bitcoin, +blockchain
accounting: ~do accounts, accountant, +bookkeeping, accounts, tax, +taxes, +tax returns, +ledgers
economics of companies: +business studies
organising events: ~organise events, ~organize events, event management, event planning, ~organise parties, organising parties, event manager, wedding planning, wedding planner, ~plan events, ~plan weddings, ~organise things, organising
organising things: ~tidy, tidying, tidying up, +decluttering, ~sort things, sorting things, +lists, ~make lists
project management: project manager, ~plan projects, +planning, +logistics, +logistic
management: manager, +leadership, ~lead a team, leading a team
human resources: recruiting, +personnel
real estate: +houses for sale, estate agent, +property
negotiating: ~negotiate, negotiation
secretarial work: +office work, +typing, ~type, receptionist
group work: ~work in groups, teamwork, working in groups, working in a team
work: job, jobs, working
hotel work: hotel, +hospitality, waiter, +waitress, +gastronomy, +tourism, +tour guide, ~guide tours
shop window dressing: +visual merchandising
insurance: +actuary, banker, +banking
import and export: +trade
consulting: +consultant
event technology: +trade fairs
craft fairs: +craft markets
customer service: +call centre
farm shop: +farmers market, +farmers' market
fundraising: ~raise money, +charity sale, +crowdfunding
negotiation of contracts: contracts
timetabling: rotas`,
  health: `
medicine: doctor, surgeon, medical, +surgery, +medical school, paediatrician, physician
nursing: nurse, being a nurse
midwifery: midwife, childbirth, being a midwife
physiotherapy: physiotherapist, physio, +occupational therapy, occupational therapist
first aid: ~do first aid, first aider, first-aid
paramedic: +emergency medicine, rescue service, ambulance, emergency doctor
firefighting: firefighter, fire brigade, fire service, +volunteer fire brigade, fireman, fire engine, +fire engines
lifesaving: lifeguard, life guard, lifeboat, +lifeboats, +mountain rescue, +sea rescue, +search and rescue
dentistry: dentist, dental
nutrition: healthy eating, healthy food, +diet, dietician, +vitamins, what is in food
mental health: therapy, therapist, counselling, counsellor, counseling, psychotherapy, +crisis line, psychotherapist
sauna: saunas, +steam bath
meditation: ~meditate, mindfulness, breathing exercises
massage: masseur, +reflexology, +acupuncture
care work: elderly care, caring for old people, ~care for people, carer, caring for people, +care home, +old people, ~visit old people, ~look after my grandmother, nursing home
hospice volunteering: hospice, +palliative care, hospice work
giving blood: ~give blood, blood donation, ~donate blood
volunteering: ~volunteer, volunteer, charity, voluntary work, charity work, +soup kitchen, +food bank, +refugees, ~help refugees
helping people: ~help people, ~help others, helping others, social work, social worker
teaching: ~teach, teacher, being a teacher, tutor, +tutoring, ~tutor, ~explain things, explaining things, education, ~explain maths
childcare: ~look after children, ~look after kids, babysitting, ~babysit, +kindergarten, nursery teacher, kindergarten teacher, working with children, ~work with children, working with kids, kids, children, +babies, little kids, +nanny
youth work: +youth group, youth leader, mentor, mentoring, ~mentor, scout leader
disability support: disability, disabled people, +inclusion
speech therapy: speech therapist
addiction counselling: +addiction help
autism: +neurodiversity, +adhd
sleep: ~sleep, napping, +naps, ~nap
health: +wellness, staying healthy, +self care, +skin care, +skincare, healthy living
optics profession: optician
radiology: +x-rays
emergency calls: emergency dispatcher
deaf community: hearing aids
hearing dogs: +therapy dogs, +therapy dog
peer support: +self-help groups, +support group
funeral work: undertaker, funeral director`,
  everyday: `
collecting: ~collect, ~collect things, collector, collection
stamps: ~collect stamps, stamp collecting, philately, stamp collection
coins: ~collect coins, coin collecting, coin collection
postcards: ~collect postcards, postcard
tins: ~collect tins, old tins, tin collecting
football cards: ~collect football cards
teapots: ~collect teapots
toys: old toys, +dolls, doll, +model cars, +action figures, +teddy, cuddly toys
antiques: antique, antique shops, +auctions, +vintage things
flea markets: flea market, car boot sales, car boot sale, +junk shops, +charity shops, +jumble sales, +thrifting, +thrift shops, +second hand shops
shopping: ~shop, window shopping
travel: ~travel, travelling, traveling, trips, seeing the world, ~see the world, +holidays, +foreign countries, journey, +road trips, +city trips, +abroad
train journeys: train travel, train journey, train rides, ~travel by train, +interrail, interrailing
hitchhiking: ~hitchhike, +couchsurfing
flight attendant: being a flight attendant, cabin crew
urban exploration: urban exploring, abandoned places, abandoned buildings, lost places
sightseeing: ~explore cities, exploring cities, exploring, ~explore
van life: camper vans, camper van, motorhome
living abroad: +exchange year, year abroad
family: ~spend time with family, spending time with my family, spending time with family, my family, +grandchildren, being with my family
friends: ~hang out with friends, ~hang out with my mates, ~hang out with mates, my mates, ~see my friends, ~see my mates, ~meet my friends, ~meet my mates, hanging out with friends, meeting friends, ~meet friends, ~meet up with friends, seeing friends, spending time with friends, being with friends, hanging out, my friends, ~chat with friends
people watching: ~watch people, watching people
talking: ~talk to people, conversations, ~chat
parties: party, partying, ~go clubbing, +clubbing, +nightlife
housework: ~do the dishes, chores
ironing: ~iron
cleaning: ~clean, ~clean up, cleaning up
vacuuming: ~vacuum, hoovering, ~hoover
laundry: washing clothes
washing up: ~wash up
home life: ~stay at home, home, cosy evenings
early shifts: getting up early, waking up early, early shift
homework: home work
school: ~go to school, +lessons
exams: exam, test, tests, studying for exams
being alone: +solitude, +silence, +peace and quiet, ~be alone
daydreaming: ~daydream
social media: +tiktok, +instagram, +snapchat, ~scroll, influencer, +influencers
astrology: horoscope, horoscopes, +tarot, +zodiac
ghosts: ghost hunting, the paranormal, haunted houses
fashion dolls: barbie
public speaking fear: ~talk in front of people
crowds: crowded places
volunteering at festivals: festival stewarding
minimalism: +tiny living
local traditions: +carnival, traditions, +mardi gras, +christmas markets
christmas: +halloween, easter
theme parks: roller coaster, roller coasters, rollercoasters, rollercoaster, theme park, amusement parks, funfairs
bus journeys: bus rides
walking the dog: ~walk the dog, dog walking
keys and padlocks: padlocks
umbrellas: +hats
pens: fountain pens, ink, +stationery, fountain pen, +notebooks
matchboxes: beer mats, bottle tops`,
} as const;
