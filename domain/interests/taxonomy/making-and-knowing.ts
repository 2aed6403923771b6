/**
 * Topics of the categories about knowing and making, one a line: `name: alias, ~verb, +narrower`.
 * A plural is understood; `~verb` stands for all forms of a verb whose first word is inflected; `+narrower` is a topic of its own of the same category.
 */
export const KNOWING_AND_MAKING = {
  science: `
science: sciences, scientist, scientific things
astronomy: star, planet, telescope, night sky, ~stargaze, ~look at the stars, looking at stars, watching the stars, +constellation, astronomer, +nebula, +saturn, jupiter, +star map, +observatory, meteor, +comet, +eclipse
astrophotography: photographing the night sky, +pictures of the night sky, photographing stars
astrophysics: astrophysicist, +cosmology, +universe, +big bang, +galaxy
black holes: black hole
space: outer space, +solar system, +mars, +cosmos
spaceflight: space flight, +space travel, +rocket, +astronaut, +nasa, +moon landing, +space station, +orbital mechanics
satellites: satellite
space junk: space debris
the moon: moon
the northern lights: northern lights, aurora
physics: physicist
quantum physics: +quantum mechanics, +quantum theory
quantum computers: quantum computing, quantum computer
particle physics: particle accelerator, +atoms, atom
relativity: theory of relativity, +time travel
magnetism: magnets, magnet
optics: lenses, +prisms
chemistry: chemist, +chemical reaction, +periodic table, +chemicals
experiments: experiment, ~do experiments, mixing potions, potion, ~make potions
biology: biologist
microbiology: +bacteria, +microbes, +viruses, +virus
microscopy: microscope, pond water, +pond life, +microorganisms
genetics: +gene, +dna, +heredity, genetic engineering
evolution: +darwin, +natural selection
human body: +anatomy, +physiology, how the body works, how the human body works, body, +immune system, +organs, +skeleton, +muscles, +how the body moves
neuroscience: +brain, how the brain works, +neurology, neurologist
psychology: psychologist, the mind, why people do what they do, human behaviour, human behavior, how people think
dreams: dream interpretation
sleep research: how sleep works
memory research: how memory works
cognitive science: +consciousness
botany: botanist, plant science
zoology: zoologist
marine biology: marine biologist, sea creature, sea animal, ocean life, sea life
deep sea: +deep ocean, deep sea creatures
oceanography: +ocean currents, +tides
entomology: entomologist
animal behaviour: animal behavior, +animal minds, +how animals think
ecology: ecologist, +ecosystem
geology: geologist, inside of the earth, inside the earth, +rocks, +rock, +gemstone, earth science
mineralogy: +mineral, +crystal
fossils: fossil, ~hunt fossils, +ammonite, +trilobite
palaeontology: paleontology, palaeontologist, paleontologist
dinosaurs: dinosaur, t rex
volcanoes: volcano, volcanology, volcanologist, +lava
earthquakes: earthquake, +seismology, +plate tectonics
glaciers: glacier, +ice age, +glaciology
weather: +meteorology, meteorologist, weather station, weather forecast
clouds: cloud, cloud spotting, +cloudspotting
storms: storm, ~chase storms, +tornado, +lightning, +thunderstorm, +hurricane
climate change: climate, +global warming, +climate science
environmental science: +environment
energy: renewable energy, solar power, wind power, +solar panel, nuclear power, +nuclear fusion
pharmacology: pharmacist, +pharmacy, +how medicines work
epidemiology: +epidemics, +pandemics
toxicology: +poisons, +poison, +poisonous plants
forensics: forensic science, forensic, +crime scene investigation, +fingerprint
caves: +cave, geology of caves
sharks: shark
whales: whale, +orca
dolphins: dolphin
octopuses: octopus, +squid, +cuttlefish
jellyfish: jelly fish
seashells: shell, seashell
nature documentaries: nature documentary, +wildlife documentary
scents: fragrance
extraterrestrial life: alien, extraterrestrials, life on other planets
time: the nature of time
colour theory: +color theory, +how colours work
sound waves: +acoustics
archaeobotany: ancient plants`,
  technology: `
technology: tech, gadget, gadgets, how things work, how machines work
machines: machine, machinery, +mechanics, mechanical things
trains: train, railway, railways, railroad, +locomotive, steam train, +steam engine, ~spot trains, +trainspotting, +signal box, +tram
cars: car, automobile, vintage car, classic car, old cars
car mechanics: +car repair, repairing cars, fixing cars, +car engine, +engines, +engine, mechanic, car mechanic
motorbikes: motorbike, motorcycle, +moped, +scooter repair
motorbike repair: fixing motorbikes, repairing motorbikes
bicycle repair: +bike repair, fixing bikes, repairing bikes, repairing bicycles, +bike mechanic
driving: ~drive, driver
lorry driving: lorry, truck, truck driver, lorry driver, trucker, ~drive a lorry
tractors: tractor, +farm machinery, combine harvester
diggers: digger, excavator, bulldozer, crane operator
buses: bus, bus driver
ships: ship, ferry, container ship, lighthouse ship
aeroplanes: plane, aeroplane, airplane, +aviation, aircraft, jets, +airport, +plane spotting
flying: ~fly planes, +pilot, flying lessons, +gliding, glider, helicopter
drones: drone, ~fly drones
robotics: robot, +arduino, ~build robots
electronics: +circuit, circuit board, ~solder, +raspberry pi, microcontroller, transistor
electrical work: electrician, electrics, +electricity, +wiring
plumbing: plumber, pipework
heating engineering: +heat pump
radio restoration: ~restore old radios, restoring radios, old radios
amateur radio: +ham radio, radio amateur, +short wave radio, +shortwave, radio, +morse code, +walkie talkie
clock repair: ~repair clocks, ~fix clocks, clock, clocks, ~do clocks, +horology, +clockmaking
watchmaking: watchmaker, +wristwatch, ~repair watches, +old watches, +mechanical watches
locks: lock, locksmith, locks and keys, lock picking, lockpicking, ~pick locks, locksmithing
telephones: old telephones, +switchboard
computers: building computers, ~build computers, +pc building, computer hardware, old computers, retro computers
typewriters: typewriter
cameras: camera, old cameras, film cameras
sound engineering: sound engineer, mixing desk, +sound technology, sound technician, +live sound, recording studio
sound recording: +field recording, recording sounds, ~record sounds, ~record bird song
loudspeakers: loudspeaker, +hi-fi, amplifier, +speakers, valve amplifier
stage lighting: stage light, lighting design, lighting technician, lights for the stage
lifts: lift, elevator, escalator
mobile phones: smartphones, fixing phones, +phone repair, repairing phones
appliance repair: +repair cafe, repairing things, ~fix things, ~repair things, fixing stuff, washing machines, +toasters, ~mend things
taking things apart: ~take things apart, taking apart, ~take apart
renewable technology: +wind turbine
water pumps: pump, pumps, +hydraulic
telescopes and optics: +lens grinding
model railways: model railway, model train, model railroad
remote control cars: rc car, remote controlled car, radio controlled
3D printing: 3d printer, three d printing, printing in 3d
space technology: +satellite technology
military technology: +tanks
cranes: crane
submarines: submarine
firearms technology: +antique firearms
virtual reality: vr, +augmented reality
electric cars: electric vehicle, +tesla
self-driving cars: self driving cars, autonomous vehicles`,
  making: `
making things: ~make things, ~build things, +building, +crafts, craft, +diy, do it yourself, handicraft, ~craft, making stuff, building stuff, building things, inventing things, +invention, inventor, ~tinker
woodworking: woodwork, ~work with wood, carpentry, carpenter, joinery, joiner, wood work, ~build furniture, furniture making, +cabinet making, cabinetmaker, cabinet maker
woodcarving: wood carving, ~carve, ~carve wood, ~whittle, carving spoons, +spoon carving
woodturning: wood turning, lathe, ~turn bowls, ~turn wood
furniture restoration: ~restore furniture, +upholstery, ~upholster, restoring chairs, old furniture
bricklaying: ~lay bricks, masonry, bricklayer, stonemason, +stonemasonry, +dry stone walls, +dry stone walling
thatching: thatcher, thatched roofs
roofing: roofer
metalwork: metal work, metalworking, +machining
welding: ~weld, welder
blacksmithing: blacksmith, ~forge, +knife making, +knifemaking, ~make knives, +anvil
jewellery making: jewelry making, ~make jewellery, ~make jewelry, silversmith, goldsmith, +silversmithing, bead, +beading, jewellery, jewelry, bracelet, +friendship bracelets
glassblowing: ~blow glass, glass blowing, +stained glass, glass making, +glass
leatherwork: leather, ~work with leather, saddlery, +saddle making, leatherworking
shoemaking: shoemaker, cobbler, shoe repair, ~make shoes, ~repair shoes
sewing: ~sew, dressmaking, sewing machine, tailor, tailoring, ~make clothes, ~make my own clothes, seamstress, dressmaker, needlework
knitting: ~knit
crochet: ~crochet, cro shade
embroidery: ~embroider, +cross stitch, stitching
quilting: quilt, ~quilt, +patchwork
weaving: ~weave, loom, ~spin wool, spinning wool, +tapestry
felting: felt, ~felt wool
lace making: lace, +bobbin lace
macrame: macramé
dyeing: ~dye wool, natural dyes, tie dye, +batik
basket weaving: basket making, ~weave baskets, baskets, +willow
rope work: rope making
knots: knot, ~tie knots
splicing: ~splice
bookbinding: book binding, ~bind books, bookbinder
papermaking: ~make paper, paper making
origami: ~fold paper, paper folding, +paper crane
paper crafts: card making, +scrapbooking, scrapbook, paper craft, cutting paper, +pop up books
candle making: candle, ~make candles
soap making: soap, ~make soap
slime: ~make slime
perfume: perfumery, ~make perfume, perfumer
model making: model building, scale model, ~build models, +model aeroplane, +model ship, +model boat, +miniature, +doll's house, +dollhouse, +dioramas, +airfix, +ship in a bottle, warhammer
lego: ~build with lego, building bricks
boat building: ~build boats, boatbuilding, canoe building, building a boat, building a canoe, restoring boats
guitar building: ~build guitars, guitar making, lutherie, luthier
violin making: violin maker
instrument making: ~make instruments, ~build instruments, +piano tuning, piano tuner, +organ building
kites: kite, kite making, kite building
kiln building: kiln, ~build a kiln
puppet making: ~make puppets, marionette making, +doll making, ~make dolls, +teddy bears
costume making: ~make costumes, ~sew costumes, +wigs, wig making
prop making: props, ~make props
set building: stage sets, building sets
toy making: wooden toys, ~make toys
engineering: engineer, mechanical engineering
civil engineering: +bridge, +bridges, ~build bridges, +dams, +construction, +structural engineering
tunnels: tunnel, +tunnelling
building sites: building site, construction site
house building: ~build a house, renovating, ~renovate, renovation, ~do up houses, +home improvement, +tiny house, +plastering, +tiling
tree houses: treehouse, tree house, ~build dens, +den building, +dens
stage construction: +stage carpentry
sundials: sundial, ~build sundials
taxidermy: stuffed animals
stone carving: ~carve stone, +stone cutting, +gem cutting
locksmith craft: key cutting
flower arranging: floristry, florist, +ikebana, +bouquets, ~arrange flowers
wood chopping: ~chop wood, chopping wood, woodchopping
fireworks: pyrotechnics, firework
nail art: nails, nail design
hairdressing: hairdresser, ~cut hair, ~braid hair, +braiding, hair styling, barber, hairstyles
make-up: makeup, make up artist, make-up artist, special effects make-up`,
  mathematics: `
mathematics: math, maths, mathematician, sums, number, numbers, arithmetic, +mental arithmetic
algebra: equation, equations
geometry: shapes, +polyhedra, +tessellation, +origami maths
calculus: +differential equations
infinity: infinities, +set theory, bigger and smaller infinities
prime numbers: prime number, primes, +number theory
statistics: statistic, statistician, +probability
data: data analysis, data visualisation, data visualization, graph, chart, +spreadsheet, +excel, +tables of numbers, data science, data scientist
fractals: fractal, +mandelbrot
chaos theory: +butterfly effect
topology: +mobius strip
logic: formal logic
codes and ciphers: cipher
game theory: +decision theory
mental calculation: ~calculate, +times tables, +abacus, +calculating
pi: digits of pi
maths puzzles: +number puzzles, +maths problems, +math problems, +brain teasers about numbers, +maths olympiad
trigonometry: +sine and cosine
timetables: timetable
patterns: number patterns, +fibonacci
magic squares: magic square
measuring: +surveying
voting systems: election maths`,
  computing: `
programming: ~code, ~program, programmer, software, software development, software engineer, developer, computer programming, +python, +javascript, ~write code, coding, +scratch, +rust, +java, +app development, ~make apps, ~write programs, computer programs, making websites in code
computer science: informatics, algorithm, algorithms
web design: website, websites, web development, ~build websites, ~make websites, html
compilers: compiler, programming language, programming languages
databases: database, +sql
artificial intelligence: ai, a i, +machine learning, +chatbot, +large language models
neural networks: neural network, +deep learning
computer security: cybersecurity, cyber security, it security, +hacking, ~hack, hacker, ethical hacking, security of computers, +pentesting
cryptography: +encryption, secret codes, code breaking, codebreaking, +enigma, ~crack codes
game development: game design, ~make games, ~program games, making video games, making computer games, ~develop games, game developer, designing games
3D modelling: blender, 3d modeling, 3d design, +computer graphics, modelling in 3d, +cad, 3d animation
open source: +linux, +free software
networks: computer networks, +servers, home server, network engineering
computer repair: repairing computers, ~fix computers
data protection: +online privacy
spreadsheets: ~make spreadsheets
bioinformatics: +computational biology
simulations: ~simulate
minecraft mods: modding, ~mod games, +redstone
digital mapping: +openstreetmap, +gis
app design: user interface design, ux design`,
  languages: `
languages: language, foreign languages, ~learn languages, learning languages, polyglot, dialect, accents, accent
english: english language
spanish: castilian
french: french language
german: german language
italian: italian language
portuguese: brazilian portuguese
japanese: kanji, japanese characters
chinese: mandarin, +cantonese, chinese characters
korean: hangul
arabic: arabic script
russian: +cyrillic
turkish: turkish language
polish: polish language
hungarian: magyar
finnish: suomi
swedish: +scandinavian languages
norwegian: +norse
danish: danish language
icelandic: icelandic language
dutch: +flemish
greek: modern greek
ukrainian: ukrainian language
czech: czech language
romanian: romanian language
hindi: +urdu, +punjabi, +bengali, +tamil
persian: farsi
swahili: kiswahili
hebrew: +yiddish
vietnamese: +thai, +tagalog, indonesian
welsh: welsh language
gaelic: +irish, irish language, scottish gaelic
breton: +cornish, +basque, +catalan
latin: latin language
ancient greek: classical greek, +classics
sanskrit: +pali
dead languages: ancient languages, extinct languages, dead language
hieroglyphs: hieroglyphics, egyptian hieroglyphs, +cuneiform
georgian: georgian language
esperanto: +klingon, +elvish
invented languages: ~invent languages, constructed languages, conlang, conlangs, my own language, +secret language
sign language: ~sign, signing, bsl, asl, british sign language
braille: reading braille
linguistics: linguist, +phonetics, linguistic
grammar: +syntax
etymology: where words come from, origin of words, word origins, word histories, +words
translation: ~translate, translator
interpreting: ~interpret, interpreter
dialects: regional dialect
shorthand: +stenography
proverbs: sayings
alphabets: writing systems, +runes, scripts, alphabet
place names: names of places
crossword language: wordplay`,
  'history-society': `
history: historian, the past, historical
local history: village history, town history, history of my town
ancient rome: romans, roman, roman empire, roman history
ancient greece: +greek mythology, greeks, greek myths, greek gods
ancient egypt: egypt, egyptians, pharaoh, pyramids, mummies, mummy
vikings: viking, +norse mythology
mythology: myth, +legends, +folklore, +fairy lore
middle ages: medieval, knights, knight, medieval history
castles: castle, fortress
silk road: +central asia
the industrial revolution: +industrial history, mining history, +coal mines
world wars: world war, second world war, first world war, world war two, world war one, +ww2, +military history, wars, +battles
the cold war: cold war, +berlin wall
colonial history: +slavery, +decolonisation
women's history: suffragette, suffragettes
maritime history: shipwreck, +titanic, +pirates, pirate, +lighthouse, +lighthouses
archaeology: archeology, archaeologist, archeologist, archaeological digs, excavations, +metal detecting, metal detector
genealogy: family history, family tree, ancestry, ancestor, family research
history of science: +history of medicine
old maps: historical maps
maps: map, cartography, ~read maps, ~draw maps, atlas, atlases, map reading
geography: countries, country, +capitals, +flags, +flag, +capital cities
cultures: other cultures, culture, +anthropology, +ethnology
cities: +urban planning, town planning, city planning, +cityscape
architecture history: +old buildings, +cathedrals, +churches
politics: political, politician, +parliament, +elections, political science, +government, +the news, +current affairs
local politics: +town council, +city council
student council: school council, +class representative, student parliament
democracy: +human rights, +civil rights, +equality
feminism: +women's rights, +gender equality
activism: activist, +protest, +protests, +demonstrations, +campaigning, +campaign
law: lawyer, solicitor, judge, barrister, legal, +justice, courts
criminology: criminologist, +crime, +criminal psychology, +police, police officer, +detective
journalistic research: +investigative research
debating: ~debate, debate club, +public speaking, +rhetoric, ~give speeches, +model united nations
philosophy: philosopher, philosophical questions, the meaning of life, +stoicism
ethics: +moral philosophy, right and wrong
religion: religions, +theology, +bible, +quran, +koran, +religious studies, +god, +church history, +buddhism, +islam, +christianity, +judaism, +hinduism, ~pray, +priest, +vicar
sociology: society, +social studies, +social science
economics: economy, economist
education policy: +school policy
international relations: +diplomacy, +diplomat, +united nations, +europe, +european union
social work research: +inequality
museums: museum, galleries, +exhibitions, ~visit museums
royal families: royals, kings and queens, royalty, +monarchy
conspiracy theories: conspiracy, +unsolved mysteries
cemeteries: graveyards, +gravestones, cemetery, +churchyards
coats of arms: +heraldry
reenactment: re-enactment, historical reenactment, living history
numismatics: +history of coins
peace work: +peace studies
oral history: +old stories of people
true stories: biography, biographies
refugee work: migration`,
} as const;
