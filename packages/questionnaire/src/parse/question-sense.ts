/** What words say to a question about one subject, without a yes or a no in them. */
interface Sense {
  asked: RegExp;
  yes?: RegExp;
  no?: RegExp;
}

const relative =
  '(?:wife|husband|hubby|spouse|partner|boyfriend|girlfriend|fiancee?|mother|mom|mama|mum|dad|daddy|father|son|sons|daughter|daughters|kids?|children|grandson|granddaughter|grandkids|grandchildren|grandma|grandmother|grandpa|brother|sister|cousin|niece|nephew|aunt|uncle|in laws?|family|folks|parents|neighbou?r|friend|buddy|roommate|roommates|caregiver|aide|carer|nurse|better half|missus|other half|old man|church|pastor)';
const sinceWhen =
  '(?:(?:for |about |almost |nearly |over |going on )+(?:a |the )?(?:\\w+ ){0,3}(?:days?|weeks?|months?|years?|hours?|decades?|while|long time|ages)|since (?:i|my|the|last|this|yesterday|he|she|it|we|\\w+day|january|february|march|april|may|june|july|august|september|october|november|december|nineteen|twenty|two thousand|(?:19|20)\\d\\d)|all (?:day|night|week|morning|my life|the time)|ever since|every (?:day|night|morning|time|single day)|off and on|constantly|runs in the family)';
const when =
  '(?:yesterday|(?:last|this) (?:week|month|year|spring|summer|fall|autumn|winter|night|\\w+day)|back in \\w+|in (?:january|february|march|april|may|june|july|august|september|october|november|december|the (?:spring|summer|fall|autumn|winter)|nineteen|twenty|(?:19|20)\\d\\d)|(?:\\w+ ){1,3}ago|couple (?:of )?(?:weeks|months|years|days) (?:ago|back)|few (?:weeks|months|years|days) (?:ago|back)|at (?:the |my )?(?:pharmacy|drugstore|walgreens|cvs|walmart|costco|work|clinic|hospital|doctor|church|school|senior center))';

const sense = (asked: RegExp, yes?: string, no?: string): Sense => ({
  asked,
  ...(yes === undefined ? {} : { yes: new RegExp(`\\b(?:${yes})\\b`) }),
  ...(no === undefined ? {} : { no: new RegExp(`\\b(?:${no})\\b`) }),
});

/** Health, and what a household or a car is asked about; in the order in which they are tried. */
const senses: readonly Sense[] = [
  sense(
    /\banything else\b|\bany (?:other|more|further) (?:questions|concerns)\b|\bhelp (?:you )?with anything\b/,
    "one more|another thing|two more|also|actually yes|while (?:i have|i've got|you're|i'm)|before (?:you|i) go|can you|could you|i (?:also )?(?:need|want|wanted|forgot)",
    "that(?:'s| is|'ll be|'d be| will be| would be| does| about does| about covers|'ll do| should do| covers)? ?(?:it|all|everything|the lot|about it)|(?:we're|i'm|you're|all) (?:good|set|done|finished)|all set|you've (?:been|covered|answered|done)|(?:have a|take care|bye|goodbye)|just that|nothing more",
  ),
  sense(
    /\b(?:are you|is this|am i speaking (?:to|with)) the (?:patient|caller|customer|policy ?holder|member|insured|owner)\b|\bspeaking (?:to|with)\b/,
    "this is (?:he|she|him|her|me|them)|speaking|you(?:'re| are) (?:talking|speaking) (?:to|with) (?:him|her|me)|that(?:'s| is|'d be|'ll be| would be| will be) (?:me|i|right)|it's me|in the flesh|yours truly|the one and only|who else",
    `(?:i'm|i am|this is) (?:his|her|their|the|calling for|the patient's) (?:${relative}|daughter|mother|father|\\w+)|(?:calling|call) (?:for|about|on behalf)|on behalf|my ${relative}(?: is|'s)?|it's my ${relative}|it's for my`,
  ),
  sense(
    /\bbeen (?:a patient |seen |treated )?(?:here|with us|at this)\b|\b(?:patient|customer|client|member|seen|called)\b.*\bbefore\b|\bexisting (?:patient|customer)\b/,
    `dr \\w+|doctor \\w+|many times|lots of times|plenty of times|a few times|once|twice|regular|${sinceWhen}|${when}|old timer|came in|you (?:saw|have my|did my|took)|i come`,
    "first time|first visit|brand new|new (?:patient|here|to)|just moved|never been|i'm new",
  ),
  sense(
    /\bnew (?:problem|issue|symptom|condition|pain|thing|concern)\b/,
    'just started|started (?:yesterday|today|this|last|on)|came on|brand new|never (?:had|felt|happened)|first time|out of (?:nowhere|the blue)|all of a sudden|suddenly|just (?:the )?(?:today|yesterday|this week)',
    `same (?:old|thing|one|as)|old (?:one|problem|knee|back|injury|news|story)|again|came back|it's back|come back|always (?:had|been)|(?:had|have had|been having|dealing with) (?:it|this)|years|flare ?up|chronic|acting up|${sinceWhen}`,
  ),
  sense(
    /\bsame\b|\b(?:current|correct|up to date)\b.*\baddress\b|\baddress\b.*\b(?:current|correct|right|change)|\bstill (?:live|at|have)\b/,
    "same (?:place|address|one|as|old)|haven't (?:moved|gone)|not gone|hasn't changed|haven't changed|nothing(?:'s| has)? changed|not moved|never moved|where i(?:'ve| have) always|been here|still (?:here|there|at|the same|in|on)|(?:lived|been) (?:here|there)|unchanged|good address",
    'moved|new (?:address|place|apartment|house|number|one)|changed|different|sold (?:it|the house)|old (?:address|one|place|number)|out of date|in the process of moving|used to live|staying with|not since',
  ),
  sense(
    /\blive (?:alone|by yourself|on your own)\b/,
    'by myself|on my own|all alone|alone|just me|only me|me and (?:the|my) (?:cat|dog|cats|dogs)|(?:cat|dog)s? (?:and|keep)|(?:passed|died|left|widow|widower|widowed)|nobody else|no one else',
    `(?:with|and) (?:my|the|a|an|his|her|our) (?:\\w+ )?${relative}|my (?:\\w+ )?${relative}(?:'s| is| are| lives?| live| stays?| moved)|roommates?|married|assisted living|nursing home|we|full house|the two of us|house ?ful`,
  ),
  sense(
    /\b(?:someone|somebody|anyone|anybody)\b.*\b(?:drive|take|bring|pick|stay|help|with you|care)\b|\ba ride\b/,
    `(?:my|the|our|a|an|some) (?:\\w+ ){0,2}${relative}|${relative} (?:can|will|is|does|'s|said|could|would)|(?:he|she|they)(?:'ll| will| can| would|'s going| is going)|i've got (?:a )?${relative}`,
    "by myself|on my own|drive myself|driving myself|(?:take|get|call|have to take) (?:a|an) (?:taxi|cab|uber|bus)|all alone|nobody|no one|haven't got anyone|there's just me|take the bus|walk home",
  ),
  sense(
    /\bbreath(?:e|ing)\b.*\b(?:normal|okay|ok|fine|well|right)|\b(?:normal|okay|fine)\b.*\bbreath/,
    'fine|okay|steady|calm|easy|easily|like normal|as normal|same as always|no trouble|like (?:he|she|i) always',
    'wheez\\w*|gasp\\w*|gurgl\\w*|struggl\\w*|trouble|hard(?:ly)?|shallow|fast|heavy|rattl\\w*|barely|chok\\w*|pant\\w*|blue|rasp\\w*|stopp?\\w*|funny|weird|strange|worse|short of|labou?red|whistl\\w*|catch (?:my|her|his)',
  ),
  sense(
    /\bdiabet/,
    `type (?:one|two|1|2|i|ii)|insulin|metformin|ozempic|borderline|sugar diabetes|diagnosed|prediabetic|diabetic|diet controlled|${sinceWhen}`,
  ),
  sense(
    /\b(?:pregnant|expecting)\b/,
    "weeks? along|months? along|due (?:in|on|any)|(?:first|second|third) trimester|expecting|(?:i'm|we're) having|it's twins|\\w+ (?:weeks|months)|positive|any day now|with twins|seven and a half",
    "i'm a (?:man|guy|male|boy)|hysterectomy|menopause|tubes (?:are )?tied|too old|(?:sixty|seventy|eighty|ninety|fifty)(?: \\w+)? years|past (?:that|all that|the age)|my age|better not be|fixed|miracle|ship has sailed|those days",
  ),
  sense(
    /\bblood thinn/,
    'warfarin|coumadin|eliquis|xarelto|plavix|heparin|lovenox|pradaxa|clopidogrel|apixaban|rivaroxaban|baby aspirin|aspirin|brilinta|rat poison',
    'took me off|came off|went off|off (?:it|them|those)|stopped|quit|just (?:a |my )?(?:multi)?vitamins?',
  ),
  sense(
    /\ballerg/,
    'penicillin|amoxicillin|sulfa|codeine|morphine|latex|peanuts?|shellfish|bee stings?|bees|nuts|eggs|dairy|gluten|pollen|cats|aspirin|iodine|swell\\w* up|swole|hives|rash\\w*|break out|broke out|throat (?:closes|closed|swell\\w*)|anaphyla\\w*|epipen|epi pen|itch\\w*|nearly (?:killed|died)|almost (?:killed|died)|deathly|found (?:that )?out the hard way',
    'take it all the time|had it (?:before|many times|plenty)|never (?:bothered|had a problem)|tolerate it|no reaction',
  ),
  sense(
    /\bfever\b|\btemperature\b/,
    '(?:a )?hundred (?:and )?(?:one|two|three|four|five)|one oh (?:one|two|three|four)|10[1-5](?:\\.\\d)?|burning up|running (?:a|one)|chills|sweat\\w*|hot (?:to the touch|as)|high temp\\w*',
    'ninety (?:seven|eight)|9[78](?:\\.\\d)?|normal|cool as|broke|went away|gone',
  ),
  sense(
    /\bpain\b|\bhurt/,
    `killing me|hurts?|sore|ach(?:e|es|ing|y)|agony|(?:hardly|barely) (?:stand|walk|move|sit|breathe|sleep)|throbb\\w*|stabb\\w*|burn\\w*|unbearable|awful|terrible|excruciating|ow|ouch|can't (?:move|sleep|stand|sit|walk)|(?:my|the) (?:back|knee|hip|head|chest|stomach|leg|arm|neck|shoulder|tooth|belly|foot|feet)|(?:three|four|five|six|seven|eight|nine|ten) out of ten|${sinceWhen}`,
    'feel(?:ing)? (?:fine|good|great|okay|better)|comfortable|pain free|let up|eased|better now|went away|gone|eased off|wore off|passed',
  ),
  sense(
    /\bsmoke|\btobacco|\bcigarette|\bvape/,
    `packs?|cigarettes?|cigars?|a day|after (?:supper|dinner|meals|work)|just (?:the )?(?:one|two|a couple)|like a chimney|vape|pipe|menthols?|marlboros?|camels?|trying to quit|cut(?:ting)? (?:down|back)|should quit|${sinceWhen}`,
    'quit|gave (?:it|them) up|stopped|non ?smoker|filthy habit|hate the smell|kicked|cold turkey|disgusting|allergic|won.t let me',
  ),
  sense(
    /\b(?:drink|alcohol)\b/,
    `who doesn't|beers?|wine|whiske?y|bourbon|scotch|vodka|gin|rum|cocktails?|margaritas?|glass(?:es)?|shots?|six ?packs?|nightcap|at (?:weddings|christmas|parties)|social\\w*|on (?:the )?(?:weekend|weekends|occasion|holidays|sundays)|with (?:dinner|supper)|toast|${sinceWhen}`,
    'quit|sober|teetotal\\w*|tee totaler|gave (?:it|that) up|stopped|in recovery|on the wagon|mormon|muslim|won.t let me|dry|water (?:and|or)|tea and|baptist|program',
  ),
  sense(
    /\bclimb|\bstairs\b|\bwalk (?:a|up|two)|\bwithout (?:help|stopping)\b/,
    'every day|all day|easy|easily|no problem|fine|like a (?:goat|kid)|(?:second|third|fourth|fifth) floor|walk up|run up|slow(?:ly)?|take my time|with (?:the|a) (?:rail|handrail|banister|cane|rest)|one at a time|if i (?:hold|go slow|take)|puff(?:ing|ed)? (?:but|though)',
    "out of breath|winded|can't|wheelchair|have to stop|have to (?:sit|rest)|knees? (?:give|won't|are)|bed ?bound|wear(?:s)? me out|used to|halfway|elevator|stairlift|stair lift|not (?:without|since|any ?more|with)|carry me|no chance",
  ),
  sense(
    /\b(?:walking aid|walker|cane|wheelchair|mobility)\b/,
    'cane|walker|wheelchair|stick|crutch(?:es)?|frame|scooter|rollator|zimmer|chair|braces?',
    'own two (?:feet|legs)|get (?:around|about) (?:fine|okay|good|well|on my own)|by myself|unaided|walk (?:fine|on my own)|under my own steam',
  ),
  sense(
    /\bglasses\b|\bcontacts?\b|\bhearing aids?\b|\bdentures\b/,
    "readers?|reading|bifocals|trifocals|progressives|contacts|contact lenses|for (?:reading|driving|distance)|blind (?:as a bat|without)|without (?:them|my)|can't see|since (?:i was|grade|third|school)|one (?:ear|in)|both|partial|uppers?|lowers?|false teeth",
    'twenty twenty|lasik|perfect vision|eyes are fine|all my own|own teeth|cataract\\w* (?:done|fixed|out)',
  ),
  sense(
    /\bpacemaker|\bimplant|\bdefibrillator|\bstent/,
    `(?:put|had) (?:it|one|mine|that|two|them)(?: put)? in|put one in|got one|${sinceWhen}|${when}|battery|defibrillator|under my (?:skin|collarbone)`,
    'all original|ticker is fine|original (?:parts|equipment)|own heart',
  ),
  sense(
    /\binsurance\b|\bcover(?:age|ed)?\b/,
    `medicare|medicaid|blue (?:cross|shield)|aetna|cigna|humana|kaiser|united ?healthcare|tricare|(?:through|from) (?:my|the|work|his|her)|a? ?supplement\\w*|secondary|v a|va benefits|state farm|geico|allstate|progressive`,
    'cash|self pay|out of pocket|uninsured|lost (?:it|my job)|between jobs|lapsed|cancell?ed|only the one|just the one|just (?:medicare|medicaid|that)|dropped me|ran out',
  ),
  sense(
    /\binterpret|\btranslator/,
    'spanish|espanol|mandarin|cantonese|vietnamese|arabic|russian|korean|french|creole|portuguese|polish|somali|hindi|urdu|sign language|a s l|asl|(?:little|bad|poor|broken|not (?:so|much|good)) english|english (?:not|is not|is bad)|(?:he|she|my \\w+) (?:only speaks|speaks|translate\\w*)',
    'english is fine|speak english|understand (?:you )?(?:fine|just fine|okay|well)|born (?:here|and raised)|understand (?:everything|you)|english (?:good|okay|fine)|my (?:daughter|son|wife|husband) (?:helps|can|will|translates)',
  ),
  sense(
    /\bsurger|\boperation|\bprocedure\b/,
    `c sections?|appendix|gall ?bladder|my (?:knees?|hips?|shoulder|heart|back|eyes?) (?:in|done|twice)|(?:one|two|three|four|five|several) (?:of them|times)|tonsils?|hernia|c ?section|c section|hysterectomy|bypass|cataracts?|(?:knee|hip|shoulder|heart|back|eye)(?: \\w+)? (?:replaced|replacement|done|surgery)|took (?:my|out)|had (?:my|a|the) \\w+ (?:out|done|removed|replaced)|removed|replaced|stents?|wisdom teeth|(?:once|twice|three times|too many)|${when}`,
    'never been (?:cut|under|opened)|all my original|still have (?:my|all my)|under the knife never|all original',
  ),
  sense(
    /\b(?:shot|vaccin|immuni|booster|jab|colonoscopy|mammogram|physical|checkup|check up|test|scan|x ?ray)\w*\b/,
    `both$|got (?:it|one|mine|that|them|both)|had (?:it|one|mine|that|them|both|all)|did (?:it|that|mine|one)|got (?:my|the) \\w+|up to date|all caught up|done|arm (?:was|is|hurt\\w*)|sore arm|every (?:year|fall|october|september)|${when}`,
    "due for|overdue|need (?:to|one)|on my (?:list|to do)|putting (?:it )?off|scared of|hate needles|don't believe|keep meaning|meaning to|next (?:week|month|year)|scheduled|waiting (?:on|for)|going to",
  ),
  sense(
    /\b(?:fall|fallen|fell|accident|hurt yourself)\b/,
    'tripped|slipped|fell|went down|took a (?:tumble|spill)|tumbled?|stumbled|broke (?:my|a)|hit my|landed|face first|flat on|banged|once|twice|three times|a couple of times|few times|down the (?:stairs|steps)',
    'steady (?:as|on)|sure footed|careful|knock (?:on )?wood|touch wood|thank god|thank goodness|close calls?|almost|nearly',
  ),
  sense(
    /\btravel|\bout of the country|\boverseas|\babroad/,
    '(?:just )?(?:got|came) (?:back|home) from|went to|was in|been to|visited|flew|cruise|trip to|vacation in|back from|mexico|canada|europe|india|spain|italy|england|africa|china|philippines|(?:honey)?moon',
    "(?:stayed|been) (?:put|home|right here|at home)|haven't (?:been|left|gone)|nowhere|never left|don't (?:fly|travel|go)|can't afford|no passport|furthest|farthest|homebody|further than",
  ),
  sense(
    /\bin the (?:car|vehicle|truck)\b|\bdriving\b/,
    'driving|driver|passenger|behind the wheel|seat ?belt|(?:front|back) seat|riding|in it|on my way|coming home|red light',
    "parked|inside|at (?:home|work|the store)|asleep|crossing|walking|wasn't there|(?:my|the) \\w+ was driving it|sitting in the (?:driveway|lot)",
  ),
  sense(
    /\b(?:leave|send|text|call|contact|email|record|share|use)\w*\b.*\?|\bvoice ?mail\b|\bmessage\b|\bagree\b|\bconsent\b|\bokay (?:if|with|to)\b/,
    "go (?:right )?ahead|fine|(?:be|it's) my guest|don't care|doesn't matter|don't bother me|knock yourself out|whatever|suits me|leave (?:it|one|a message|me)|you can|up to you|if you (?:must|have to|need|like|want)|help yourself|(?:no|not a) (?:problem|bother|worries)|as long as|nothing to hide|good with me|okey doke\\w*|why not|makes no difference",
    "(?:rather|prefer) (?:you |they |that you )?(?:didn't|not|don't|wouldn't)|don't (?:leave|want|record|send|call|text|share|like)|shared (?:phone|line|number)|(?:husband|wife|mother|boss|roommate|kids?) (?:listens?|checks?|might|would|reads?)|private|stop (?:recording|the)|no recording|please don't|not comfortable|call (?:me )?back instead|talk to me|just (?:call|email|text) (?:me )?instead|full|isn't set up|not set up",
  ),
];

const denying = /\b(?:no|not|never|none|nobody|nothing|without)\b|n't\b/;
const asking =
  /^(?:(?:well|and|but|sorry|um|so) )*(?:what|which|why|how|who|where|when|does|do you|did you|is that|is it|are you|can you|could you|would you|will you|should i|you mean|mean|like what)\b/;

/**
 * A yes or a no that lies in what is said to this question: "type two" to "Do you have diabetes?", "first time" to "Have you been here
 * before?". Undefined when the words point both ways, or ask back. A reading by subject: always to be read back.
 */
export function sensed(words: string, question: string): { yes: boolean; denying: boolean } | undefined {
  if (asking.test(words)) return undefined;
  const asked = question.toLowerCase();
  const about = senses.find((one) => one.asked.test(asked));
  if (about === undefined) return undefined;
  const [yes, no] = [about.yes?.exec(words)?.[0], about.no?.exec(words)?.[0]];
  if (yes !== undefined && no !== undefined) {
    // "Hasn't changed" holds "changed": the longer counts.
    if (yes.includes(no)) return { yes: true, denying: denying.test(yes) };
    return no.includes(yes) ? { yes: false, denying: denying.test(no) } : undefined;
  }
  // "Haven't moved" is in the table; any other denial turns what it stands beside.
  if (yes !== undefined)
    return denying.test(words.replace(yes, ' ')) ? undefined : { yes: true, denying: denying.test(yes) };
  return no === undefined ? undefined : { yes: false, denying: denying.test(no) };
}
