import { type LibraryFlag, standardScript } from './flag.ts';

const carrying =
  'pregnant|pregnancy|pregnet|preg net|pregant|prego|preggo|preggers|expecting|with child|trimester|my ob|o b|baby bump|due date|having a baby|carrying twins|carrying|pregnate|bregnant|pregnent|regnant|prague net|eclampsia|preeclampsia|in labor|my midwife|midwife|twins|the fetus|anatomy scan|prenatal|due next month|not due|due in march|maternity|baby shower|oh b|obstetrician|positive pregnancy test|positive test|baby in belly|baby in my belly|pregnancy test|baby inside|high risk baby|baby daddy'.concat(
    '|due in january|due in february|due in april|due in may|due in june|due in july|due in august|due in september|due in october|due in november|due in december|due any day|due date|due in',
  );
const n =
  'four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|#';
const along = `
    (i'm|she's|i am|she is|at|only|wife's|daughter's|am|about|almost|nearly|like|im|maybe|just|around|wife is|being|barely|exactly|sister's|already|and|say|roughly|over|past|i'll be|turned|hit|girlfriend's|now) (${n}|thirty to|to) (one|two|three|four|five|six|seven|eight|nine|for|to|too|ate|won)? (and a half|or so|and some|and)? (weeks|week|wks|weaks|months|month|wicks)`;
const carriers = [
  `(${carrying})`,
  along.trim(),
  `(${n}) (one|two|three|four|five|six|seven|eight|nine)? (weeks|months|week|month) (along|pregnant|in|gone|today|tomorrow|preggo|now|preg)`,
];
const problems = [
  '(bleed*|bled|blood|bloody|breeding|bleeting|bleating|spotting|spots of blood|clots|clot|hemorrhag*|blud|leading|breathing out|sporting|potting|plotting|blooding|pinkish|brown discharge|bright red)',
  `(<bad>) & (pain|pains|cramp|cramps|cramping|hurts|hurting|hurt|ache|stomach|belly|contraction|contractions|tummy|cramming|crampy|camping|abdomen|tightening|craps|pane|panes|pelvis|pelvic)`,
  '(cramp|cramps|cramping|cramming|stomach pain|belly pain|stabbing|sharp pain|sharp pains|pain on one side|pain in my side|pain low|abdominal pain|tightenings|contracting|pain on my right|pain on my left|side pain|shoulder tip|doubled over)',
  "(pain|hurts|hurting|pains|cramps) … (side|so bad|can't stand|can't walk|doubled|shoulder|belly|stomach|come and go|coming and going|every few|constant|low down|right|left|wave|waves|won't stop|won't go)",
  "(haven't|hasn't|not|no|can't|stopped|don't|quit|barely|hardly|didn't|isn't|less|doesn't|never|ain't|nothing) … (feel|felt|feeling|moved|moving|movement|movements|kick|kicks|kicking|move|kicked|wiggle|flutter|kicken)",
  '(gush*|leak*|trickl*|fluid|water|waters|soaked|leaking|wet|gosh|liquid|fluid) & (fluid|running|down there|leg|legs|water|waters|out of me|between|underwear|broke|broken|gone|popp*|leak*|gush*|trickl*|constant*|clear|pants|bed|green*|break*)',
  '(contractions|contraction|labor|labour|contracting|tightening|contract shins|contract ions|contradictions|pushing|push|labor pains|water broke|mucus plug|dilated)',
  '(headache|headaches|head hurts|head is pounding|head ache|migraine|head pounding|had ache) + (spots|stars|flashing|swell*|swollen|blurry|vision|sparkles|sparkly|floaters|puffy|blood pressure|lights|seeing|ribs)',
  '(spots|stars|flashing lights|blurry|vision|floaters|sparkles) + (swollen|swelling|puffy|headache|blood pressure)',
  '(blood pressure|pressure) … (high|one sixty|one seventy|one fifty|one eighty|through the roof|160|170|up|sky)',
  '(fell|fallen|hit|kicked|slipped|car accident|crash|punched|wreck|accident) … (belly|stomach|stairs|steering|bump|seat belt|ice|down|steps|wheel|today)',
  '(car accident|car wreck|fender bender|rear ended|fell hard|took a fall|got hit)',
  '(quiet|nothing tonight|nothing today|nothing all day|tonight nothing|still all day|very still|too still|not a peep|been inactive|lazy)',
  '(water coming|fluid coming|liquid coming|something coming out|something hanging|something came out|coming out down|bulging|leaking|feel faint|dizzy|fainted|passed out|shoulder pain|much pain|lot of pain|pain a lot|in pain|head is killing|head is splitting|see right)',
  '(miscarry*|miscarriage|miscarrying|losing the baby|losing it|lose the baby|lose this baby|losing my baby|ms carrying|miss carrying|miss carriage)',
  "(fever|hundred and <hot>|passed out|fainted|seizure|vision|vomiting nonstop|can't keep anything|can't keep nothing|throwing up everything)".replace(
    '<hot>',
    'two',
  ),
];

export const pregnancy: LibraryFlag = {
  name: 'pregnancy',
  title: 'Danger in a pregnancy',
  severity: 'emergency',
  action: 'create-case',
  script: standardScript,
  confirm: 'Is there bleeding, bad pain, fluid, or less movement in a pregnancy?',
  phrases: `
    ${carriers.flatMap((who) => problems.map((what) => `${who} + ${what}`)).join('\n')}
    (${n}|twenty|thirty) (one|two|three|four|five|six|seven|eight|nine)? (weeks) + (spotting|cramping|cramps|contractions|bleeding|blood when i wipe|waters|leaking|baby|brown discharge|no movement|not moving)
    (haven't|hasn't|not|can't|stopped|quit|don't|barely|hardly|didn't|isn't|never) … (feel|felt|feeling) … (baby|him|her|maybe|kick|kicks|it|babies|little one|peanut|bebe) … (move|moving|kick|kicking|moved|kicks|all day|today|since|at all|much|in|moves)
    (baby|maybe|babies|the kid|little guy|little one|twin) … (hasn't|not|isn't|stopped|quit|ain't|won't|hardly|barely|less|no|doesn't|wasn't|haven't|don't) … (mov*|kick*|wiggl*|flutter*|movement) … (today|since|all day|in|at all|as much|much|hours|like|anymore|last night|yesterday|inside|around|any|lately|normal|usual|weeks|this morning|me|morning|right)
    (not a|no|any|one|nary a) (wiggle|kick|flutter|kicks|movement|movements|peep|jab) … (baby|since|today|hours|all day|out of|this morning|yesterday|from)
    (no|less|fewer|decreased|not much|reduced|not feeling) (fetal|baby)? (movement|movements|kicks|kicking|move mint) … (baby|since|today|hours|all day|yesterday|this morning|inside|week|weeks|last night)
    (water|waters|bag of waters|bag of water|order|my water's|water's|walter|daughter|bags) (just|have|has|already|may have|might have|i think|must have|might've|bag|may've|went and|all)? (broke|brook|brake|breaks|broken|broken|gone|went|breaking|broked|busted|bust|popped|ruptured|burst|broker|gushed|just broke|rock)
    (leak*|gush*|trickl*|fluid) … (fluid|water|amniotic|down my leg|down my legs|out of me|between my legs) + (weeks|baby|due|pregnant|early|months|twins|contractions)
    (something|fluid|water|liquid) (just)? (gushed|leaked|came|poured|popped|running|ran) … (out of me|down my leg|down my legs|out down there|between my legs) + (due|weeks|baby|pregnant|early|months)
    (contractions|labor|labour|contracting|pains|contraction|cramps|contract shins|contradictions) … (minutes apart|minutes|apart|early|too soon|too early|close together|regular|preterm|premature|coming fast|every|closer) + (baby|weeks|due|early|pregnant|labor|labour|contractions|months|water|minutes)
    (early|preterm|premature|pre term) (labor|labour|contractions|neighbor)
    (going into|went into|in|having|think i'm in|started) (early|preterm|active|premature)? (labor|labour|neighbor) … (early|weeks|soon|months|due|minutes|now|think|too|help|she's|i'm|already)
    (baby|baby's|babies|the head|maybe's|he's|she's) (is|are|it's)? (coming|crowning|coming out|coming now|being born|comin) … (early|now|head|help|soon|out|fast|push*|right|car|we're|feel|weeks|bathroom)
    (feel|see|seeing|feeling|there's|felt) … (head|cord|foot|feet|hand|umbilical|accord|chord|bulge) … (out|coming|hanging|between|sticking|down there|early|push*|hang*|through|crowning|too early|in my|something)
    (see|feel|felt|seeing) (the|a|his|her) (cord|umbilical cord|chord)
    (umbilical|cord|chord|the cored) … (out|hanging|coming|showing|before|between|wrapped|prolaps*|first|see|sticking|neck)
    (need|urge|feel like|have|got|wants|want|feeling) … (push|pushing) … (baby|weeks|early|now|due|labor|down)
    (ectopic|placenta*|previa|abruption|eclampsia|preeclampsia|pre eclampsia) … (bleed*|pain|now|think|they said|bad|today|hurts|cramp*|head*|worried)
    (might be|think i'm|am|having|could be|afraid i'm|worried i'm|scared i'm|think she's|she's|i'm|is|we're) (having)? (a)? (miscarrying|miscarriage|losing the baby|losing my baby|losing this baby|losing it the baby|miss carrying|miss carriage|ms carrying)
    (losing|gonna lose|going to lose|about to lose|don't want to lose) (the|my|this|our) baby
    (due|due date|not due) … (for|until|till|in) … (months|month|weeks|another) + (gush*|bleed*|water|contractions|blood|pain|cramp*|leaking|something|labor)
    (baby|pregnan*) + (spotting|bleed*|blood when i wipe|bright red)
    blood … wipe + (weeks|pregnan*|baby|expecting|months along|trimester|along)
    (baby|babies) (isn't|hasn't|not|hasnt|isnt|ain't|stopped) (moving|moved|kicking|kicked|mov*)
    (pressure|heavy|heaviness) (down|in) … (there|pelvis|below|low) + (weeks|pregnan*|baby|months)
    (weeks|pregnan*|months along) + (soaked|soaking|pad|pads|passing clots|clot|clots|gush*|hemorrhag*|bleating|bleeping|breeding)
    (headache|head hurts|head ache|migraine) + (vision|blurry|spots|swell*|swollen|stars|sparkles|blood pressure) + (weeks|baby|pregnan*|months along|due)
    (blood pressure|pressure's|pressure is|bp) + (headache|head|spots|swell*|swollen|vision|see) + (weeks|baby|pregnan*|months along|due)
    (something|it) (is|'s)? (hanging|sticking|coming|falling|poking) out of (me|her|my|there)
    looks like (a|the) (cord|foot|hand|rope)
    (lot of|lots of|bad|so much|really|strong|heavy) pressure + (weeks|pregnan*|months along)
    (can't|cannot|don't|couldn't) feel (my|the|our) (baby|babies|son|daughter)
    (belly|stomach|tummy|uterus) … (tight|hard|hard as|rock|tightening|contracting) + (weeks|pregnan*|months)
    (throwing up|vomiting|can't keep) … (water|fluids|anything|down|days|nothing) + (pregnan*|weeks|months along)
    (pink|brown|red|bloody|dark) (stuff|discharge|spotting|when i wipe|spots|tinge*|streaks|mucus) + (weeks|pregnan*|months|baby|trimester)
  `,
  unless: `
    (weeks|week|months|month) (ago|old|of back|post|postpartum|after|out|ago i|since my surgery|later|from now|ahead|early)
    (for|in|every|past|last|next|another|these|within) (the|the last|the past|about|like|almost|over|at least|nearly|maybe)? (${n}) (one|two|three|four|five|six|seven|eight|nine)? (weeks|week|months|month)
    (apartment|pipes|pipe|plumber|landlord|house|street|city) … water*
    water* … (apartment|pipes|plumber|landlord|street|basement|city)
    water (main|mains|heater|pipe|pipes|line|bill|bottle|cooler|softener|pump|tank|fountain|meter|hose|filter|company|on|brake|brake on|in the|for|retention|wheel)
    (main|mains|pipe|street|kitchen|basement|heater|toilet|sink) … water
    (due) (for a|for my|for an|to|by|back|on the bill)
    (expecting) (a call|a package|a check|an|your|my|the|him|her|company|results|to|it|you|them|someone|somebody|that)
    (pushing|push) (one|two|the button|three|zero|buttons|back|my appointment|it|the appointment|paper|eighty|ninety|seventy|for a)
    (carrying) (the|my|groceries|a|case|boxes|laundry|concealed|an|it|around|on|heavy)
    labor (day|union|and industries|board|department|cost|costs|relations|of love)
    daughter (broke|went|just|busted|popped|has broken|has|brook|might have|may have|breaks|gone)
    walter (broke|went|just)
    (order) (broke|went|just|has|popped)
    (gums|gum|nose|knee|tooth|hemorrhoid*|finger|cut) … (bleed*|blood|pain)
    (bleed*|blood) … (gums|gum|nose|knee|tooth|finger)
    (weeks|week) of (pain|back|this|being|work|vacation|therapy)
  `,
  excuses: `
    (not|isn't|wasn't|aren't|no chance|couldn't be|can't be|no way|never been|nobody's) (i'm|i could be|i am)? (be)? pregnant
    (that's|that|it|but it|and it) stopped (at|weeks|on|by|around) (<number>|its|week)
    (ultrasounds|ultrasound|scans|scan|everything|heartbeat) … (all good|been good|looked good|fine|perfect|been fine|looks good|great)
    (with this form|with this paperwork|package|delivery man|dinner guests|ha|metaphor*)
    (water main|mains|our street|my street|the street|plumber)
    (doctor|they|nurse|midwife|ob) (said|says|told me) … (normal|fine|expected|okay)
    (went fine|delivered|was born|c section in|full term|healthy|turned out fine) … (<number>|now|years|kids|she's|he's)
    with my (first|second|third|last|other|previous) (pregnancy|baby|one|kid|child|son|daughter)
    with my (first|second|third|last|oldest|youngest|son|daughter)
    with (him|her)
    my (daughter|son|kid) … (kindergarten|college|grown|school)
    (dog|cat|cow|mare|goat|horse) … (pregnant|litter|puppies|kittens|labor)
    (in labor) with
    (by the time|before) (you|they|anyone) (pick|answer|call|get)
    (was|were) an issue … (early|but|before)
  `,
};
