/**
 * Common English words of 3 to 14 letters, all lower case: the plain words of the letter and cipher families.
 * Which split a word belongs to is decided by its spelling (`splitOf`), not by its place here.
 */
export const commonWords: readonly string[] = `
act add age ago aim air all and ant any ape arm art ask axe bad bag bat bay bed bee beg bet big bit boat bone
book born both bowl box boy bus but buy cab can cap car cat clay coat cold cook cool corn cow cry cup cut dark
dawn day deep deer desk dig dish dog door dot down dry duck dust duty each ear east easy eat edge egg else end
eye face fact fall far farm fast fat fear feet few field fig fire fish fit five flag flat flow fly fog fold
food foot for fork four fox free from frog fruit full fun game gate gift girl give glad goat gold good gray
green grow gun hair half hall ham hand happy hat hay head heat help hen here hide high hill hit home honey
hook hope horn hot hour how huge ice idea inch ink iron jam jar job join joke juice jump just keep key kid
kind king kiss kite knee knot know lake lamp land last late law lead leaf leg lemon let lid life lift light
like line lion lip list log long look lost lot loud love low luck mad mail make man map mark mat may meal meat
melt men milk mill mind mint mix moon more moss most moth move much mud mug nail name near neck need nest net
new next nice night nine nod nose not now nut oak oar odd off oil old one onion open oven owl own pack page
pain pan park part past path paw pay pea pear pen pet pie pig pin pink pipe plan play plum pond pool poor pot
pull pump push put queen quick quiet quilt rabbit race rain ram rat raw read red rest rice rich ride ring ripe
river road rock roll roof room root rope rose round row rub rug rule run sad safe sail salt same sand save say
sea seed self sell send set seven sheep ship shoe shop show shy side silk sing sink sit six skin sky sleep
slow small smile snow soap sock soft soil some son song soon soup spoon stamp star stay stem step stone stop
sun swan swim table tail take talk tall tank tea team tell ten tent thin think this tide tie time tin tiny toe
ton tool top town toy train tree trip true try tub tune turn twin two use van vase very view vote wait walk
wall want war warm wash wave wax way weak web week well west wet wheel when white who why wide wild win wind
wine wing wise wolf wood wool word work worm yard year yes young zero zoo
above actor afraid after again agree ahead alarm alone along amber among anchor angel anger ankle answer apple
apron arrow aside aunt autumn awake bacon badge bagel baker banana barrel basket battle beach beard beaver
become before begin behind bell below berry better bicycle bird bishop bitter black blanket blood blossom blue
board bottle bottom branch brave bread breeze brick bridge bright broken broom brother brown bucket bubble
butter button cabbage cabin cactus camel camera canal candle candy carbon carpet carrot castle cattle caught
cellar cement cereal chain chair chalk chance change cheese cherry chess chicken child choice circle circus
city clean clever cliff climb clock cloth cloud clover coffee collar color comet common copper coral corner
cotton couch cough cousin cradle crayon cream cricket crowd crown curtain cushion dairy daisy dance danger
daughter decide degree desert diamond dinner doctor dollar dolphin donkey double dragon drawer dream dress
drink drum during eagle early earth echo effort eight elbow eleven empty engine enough enter equal evening
event every exact fabric fairy family famous farmer father feather fellow fence fever fiddle finger finish
first flame flavor float floor flour flower follow forest forget forty found fourth fresh friend front frozen
future galaxy gallon garage garden garlic gather gentle ghost giant ginger giraffe glass glove goose grain
grape grass gravy ground group guard guess guest guitar hammer hammock handle harbor hazel heart heavy hello
helmet hidden hobby hollow horse hotel house humble hundred hungry hurry island ivory jacket jelly jewel
journey judge jungle kettle kidney kingdom kitchen kitten ladder lady large laugh lawyer leather lesson lettuce
level library lizard lobster lucky lumber lunch magic magnet maple marble market master matter meadow medal
melody member memory metal middle minute mirror modern moment money monkey month morning mother motor mountain
mouse muffin muscle museum music mustard napkin narrow nation nature needle nephew nickel noodle north nothing
novel number ocean office often olive orange orchard order other otter outside owner oyster packet paddle
paint palace panda paper parade parent parrot party pastry peace peach peanut pebble pencil penguin penny people
pepper perfect piano picnic picture pigeon pillow pilot pirate planet plant plate pocket poem poison polite
potato powder prince prize puddle pumpkin puppet puppy purple puzzle quarter rabbit radio rainbow razor reason
record relax remember repair reply report rescue ribbon riddle rocket rotten rubber ruler saddle salad salmon
sandal sauce school science scissors season second secret seldom seven shadow shape shark shell sheriff shine
short shoulder silent silver simple sister sketch sleeve slipper smoke smooth snail soccer soldier south space
spider spirit sponge sport spring square squirrel stair station statue steam stove straw street string stripe
strong sudden sugar summer supper swallow sweater sweet sword symbol teacher temple tennis theater thirty
thread throat through thumb thunder ticket tiger timber tissue toast today tomato tongue tooth torch total
tower tractor trouble truck trumpet tulip tunnel turkey turtle twelve twenty uncle under until upper useful
valley vanilla velvet village violin visit voice voyage wagon walnut warrior water weather wedding welcome
whale wheat whisper whistle willow window winter wisdom within wonder wooden world worry yellow yogurt zebra
zipper
accident activity adventure afternoon airplane alligator ambulance ancient animal apartment appearance
architecture arrangement assessment astronaut attention authority avocado background balloon barbecue
basketball beautiful beginning bookkeeper broccoli building business butterfly calculator calendar
celebration champion character chocolate classroom coconut collection committee community computer
concentration condition confidence congratulate connection consideration continent conversation cooperation
courage crocodile cucumber curiosity dangerous decision delicious department description dictionary difference
different direction disappear discovery discussion distance earthquake education electricity elephant elevator
encyclopedia environment equipment everything excellent excitement exercise experience experiment explanation
expression favorite festival fireplace firefighter foundation framework friendship furniture generation
geography government grandfather grandmother grasshopper happiness helicopter hippopotamus history holiday
hospital hurricane illustration imagination immediately important independence information ingredient
instrument intelligence interesting investigation invitation jellyfish kangaroo knowledge laboratory language
lemonade lighthouse literature location machinery magazine marshmallow mathematics medicine microscope
mississippi misunderstand mosquito motorcycle mysterious necessary neighborhood newspaper nightingale
notebook observation occasion occurrence operation opportunity orchestra organization parallel parliament
passenger percentage performance permission personality photograph pineapple playground pomegranate
population possibility possession powerful president principal probability professional pronunciation property
protection punishment quality question raspberry recognition recommend refrigerator relationship
representative responsibility restaurant revolution rhinoceros saxophone scientist secretary selection
sentence skeleton skyscraper spaghetti spectacular strawberry stubbornness subtraction successful sunflower
supermarket surprise sweetheart swimming technology telephone telescope television temperature tennessee
thanksgiving thermometer thousand together tomorrow tournament traditional transportation treasure triangle
umbrella understanding university vegetable vocabulary volleyball watermelon waterfall wheelbarrow wilderness
wonderful xylophone yesterday
`
  .split(/\s+/)
  .filter((word, index, all) => word.length >= 3 && word.length <= 14 && all.indexOf(word) === index);
