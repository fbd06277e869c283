import { type LibraryFlag, standardScript } from './flag.ts';

const wake =
  'wake|wakes|waking|wake up|woke|awake|weak up|rouse|arouse|respond|responding|responsive|responds|come to|coming to|come round|come around|coming around|coming round|came to|come out of it|coming out of it|snap out|snapping out|stir|stirring|open his eyes|open her eyes|opening his eyes|opening her eyes|open their eyes|be woken|be roused|way cup|waken|make up';
const seizure =
  'seizure|seizures|seizing|seizer|seizers|seizes|convuls*|conbuls*|sea sure|see sure|sea shore|c sure|seesure|seezure|ceasure|season sure|seize her|seize sure|sees her|cesar|caesar|siezure|siezures|siezing|sea jure|she sure|scissor|scissors|grand mal|grandma seizure|season|c jur|caesars|sees you|seize your';

export const unconscious: LibraryFlag = {
  name: 'unconscious',
  title: 'Fainting, seizure, cannot be woken',
  severity: 'emergency',
  action: 'create-case',
  script: standardScript,
  confirm: 'Has somebody fainted or had a seizure, or is somebody hard to wake?',
  phrases: `
    (won't|will not|wouldn't|can't|couldn't|not|isn't|doesn't|never|hasn't|hardly|barely|ain't|he no|she no|no|aren't|cannot|don't|didn't|hard to|difficult to|tough to|impossible to|trouble|can hardly|can barely|want) … (${wake})
    (he|she|they|he's|she's|it|baby|him|her|mom|dad|mama|grandma|grandpa) … (won't|not|isn't|doesn't|no|ain't) … (answer me|answering me|answer|answering|talk to me|talking to me|moving|move at all|responding|respond|react|reacting|blink*)
    (can't|couldn't|cannot|unable to|not able to|trying to|can't seem to) (get|make|shake) (him|her|them|my|any|mom|dad|the) … (wake|respond|answer|open|come|up|awake|a response|response|move|stir|out of it|to)
    (unconscious|un conscious|unconscience|unresponsive|un responsive|non responsive|nonresponsive|unconcious|on conscious|on responsive|and conscious|not conscious|semi conscious|semiconscious|comatose|unresponding)
    (lost|losing|loss of|lose|loses|loosing|regain*|in and out of) consciou*
    (lost|losing|loss of) (conscience|conscious|concious|constants)
    (passed|past|pass|passing|passes|pasted|pasta|blacked|black|blacking|blacks|knocked|blanked|grayed|zonked|conked|flaked|block|blocked) out
    (faint|fainted|fainting|faints|feinted|feint|fated|feinting|fainter|painted and fell|swoon*|fading out)
    (keeled over|keeled|collapse|collapsed|collapsing|collapses|collapse on|crumpled|syncope|syncopal|syncopated|lifeless|blackout|blackouts|black outs|fainting spell|fainting spells|dropped to the floor|hit the floor|hit the deck|out cold|went down like|dropped like|went limp|gone limp|going limp|goes limp|fell limp|limp as|drop attack|out like a light|called apps|clapsed|col lapsed|collabs*|collab|collap|slumped|slump|slumping)
    (limp|floppy|flopping|ragdoll|rag doll|lifeless) & (baby|body|he|she|he's|she's|arms|son|daughter|child|infant|my|is|went|all|like)
    (went|gone|go|going|goes|was|been|i'm|he's|she's) out (cold|for a|for about|for like|for a few|like a|at the|in the|completely|on me|on the|on my|again|just now|and hit|and fell|right in)
    must've (went|gone|been) out
    (woke|wake|came|come|coming|waking|found myself|ended up|next thing) (up|to|round|i|i knew|i know|thing)? … (on|in|lying on|laying on) … (floor|ground|bathroom|kitchen|tile|sidewalk|driveway|rug|carpet|grass|garage|stairs|shower|tub)
    (found|find|finding) (him|her|my|them|mom|dad|grandma|grandpa|the) … (floor|unconscious|not breathing|slumped|not moving|ground|bathroom|passed out|collapsed|limp|bottom of the stairs|unresponsive|face down)
    (on|laying|lying) (the|on the) (floor|ground|kitchen floor|bathroom floor|sidewalk) … (won't|not|isn't|can't|unconscious|no response|moving|answering|blue|unresponsive|shaking|respond*)
    came to (on|in|with|and|after|a|when|about|just|at)
    (fell|falls|fall|fallen|felled) (out|over|down|off|to the floor|flat|straight|right|backwards|face first|forward) + (won't|not answering|not moving|no respond|isn't|not responding|out cold|unconscious|can't wake|eyes|shaking|not talking|blacked|doesn't respond|come to|came to|unresponsive|passed)
    (i|he|she|mama|momma|grandma|grandmother|daddy|granny|husband|wife|mother|father|auntie|papa|and|done|just|almost|nearly|sister|brother) (just|done|have|almost|about|nearly)? fell out (in|at|on|today|this|right|again|and|cold|from the heat|during|while|after|twice|just|yesterday)
    fell out (in|at) (church|the store|work|walmart|the yard|the kitchen|the street|the heat|the middle|the line|school|service)
    (dropped|falls|drops|dropping|fell|went|crashed|drop|goes) (over|down|to the|like a|straight|like) (rock|stone|sack|tree|floor|ground|ton of|log|sack of)
    (about to|gonna|going to|feel like i'm|feel like i|feel like i'm gonna|like i might|like i'm|nearly|almost|keep|keeps|might|fixing to|gon|close to|on the verge of|think i'm|ready to) (just|like)? (pass|passing|passed|past|faint|fainting|fainted|black|blacking|blacked|go out|going out|collapse|collapsing|keel|drop|pass it|fall out|fall over|lose consciousness|go down|hit the floor|paint)
    (feel|feeling|feels|felt) (so|really|very|like i could|like i might|like i'll|real|kinda|kind of|a little|super|a bit)? (faint|fainty|feint)
    (everything|it|it's|things|vision|room|eyes|sight|world|edges|everything's|all|hearing|sound|vision's) … (going|goes|went|gone|getting|turning|gets|starts going|fading|closing|tunnel*) (to|all|kinda|kind of|really|so|in|a little)? (black|dark|gray|grey|dim|white|fuzzy|blurry|far away|out|spotty|blank)
    (seeing|see) (stars|black|spots and|black spots|tunnel|white) … (pass|faint|fall|hold*|black|dizzy|knees|legs|lightheaded|about)
    (tunnel vision|everything is fading|room is fading|fading in and out|fading out|in and out|drifting in and out|going in and out) … (conscious*|of it|pass*|faint*|he|she|me|i|awake|on me|now)?
    (in and out|drifting in and out|fading in and out) (of)? (consciousness|it|conscious|awake)
    (having|had|has|have had|started|starting|went into|gone into|going into|in|another|a|his|her|first|big|two|three|four|back to back|keeps|more|is|been|bad|some kind of|son's|daughter's|he's|she's|i'm|multiple|few|several|grand mal|the|get|gets|getting|like a|possible|think|this) … (seizure|seizures|seizing|seizer|seizers|convuls*|conbuls*|sea sure|see sure|sea shore|c sure|seesure|seezure|ceasure|siezure|siezures|siezing|seize sure|sea jure|sea shure)
    (seizure|seizures)
    (zoned|spaced|blanked) out … (shaking|shook|jerk*|said|minutes|don't remember|can't remember)
    (${seizure}) … (now|right|floor|minutes|help|won't stop|this morning|today|again|hour|shaking|just|stop|foam*|ago|last night)
    (is having|he's having|she's having|i'm having|was having|having|had|son's having|having another|daughter's having|started having|and having) (a|an|another|the|his|her|these)? (${seizure}|fit|fits|spell|episode and shak*|tonic clonic|caesar|cesar|see share|sea share)
    (seizing|convuls*|seized up|conbuls*)
    (shaking|jerking|twitching|trembling|thrashing|flailing|shakes|jerks|shakin|quaking|checking|chicken) … (all over|floor|won't stop|can't stop|uncontroll*|whole body|stiff|violently|eyes|unresponsive|foam*|like a fish|not responding|and drool*|everywhere|from head|can't answer)
    (whole|entire|his|her) body … (shaking|jerking|stiff*|shook|convuls*|went stiff|locked|twitch*|rigid)
    (arms|legs|limbs) (and legs|and arms)? … (jerking|jerk|flailing|twitching|thrashing|shaking|stiff)
    (eyes|eye|ice) … (rolled|rolling|roll|rolls|went|rowed|roll*) (back|up|in|to the back|way back|white|backwards|around|into)
    (foam*|froth*|phone in|phoning|form in|phoaming) (at|from|from the|out of|at the|and|in|up) (mouth|the mouth|mouth's|his mouth|her mouth|month|drool*)?
    (stiffened|stiffening|went stiff|gone stiff|going stiff|goes stiff|stiffens|got stiff|stiff as a board|locked up|body locked) … (up|and|shak*|stared|fell|staring|out|all over|eyes|just|jerk*|then|as)
    bit (my|his|her|their|through) … (tongue|tong|tung)
    (staring|stares|stared|staring off|spaced out|zoned out|blank stare|stare) … (blank*|nothing|off|space|won't answer|doesn't respond|through me|not responding|just now|right now|wouldn't|can't)
    (nodding off|nods off|drops off|dozing off|drifting off|falling asleep|falls asleep) … (can't|won't|middle|mid|wake|keep him|keep her|talking|sentence|standing)
    (barely|hardly|not fully|not quite|semi|not really|half|scarcely|bearly|not) (conscious|awake|responsive|responding|alert|waking|with it|there|coherent)
    (can't|couldn't|trouble|hard to|won't|can hardly|can barely|not) (stay|keep|staying|keeping) (him|her|them|my husband|my wife|mom|dad)? (awake|conscious|alert)
    (don't|can't|doesn't|no|didn't|do not) … (remember|recall|recollect|memory of) … (falling|hitting|going down|floor|what happened|passing|how i got|the fall|fell|how i ended|getting to the)
    (syncope|drop attack|near syncope|pre syncope|near fainting|fainting)
    (out of it|completely out|totally out) … (can't|won't|wake|slur*|respond*|not|today|answer|mumbl*|talk*)
    (he's|she's|he is|she is|mom's|dad's|kind of|completely|totally|real|really|seems|seem|so|grandma's|grandpa's|is) (kind of|really|completely|totally|pretty|so|real)? out of it
    (no pulse|isn't any pulse|can't find a pulse|no heartbeat|doing cpr|c p r|giving cpr|started cpr|not breathing|stopped breathing|heart stopped|heart's stopped)
    (electrocuted|found unconscious|knocked unconscious|knocked senseless|knocked silly|knocked him out|knocked her out|knocked me out|knocked himself out|knocked herself out)
    (sugar|glucose|diabetic|insulin) … (out|unconscious|won't wake|not responding|passed|shaking|thirty|twenty|can't wake|low) + (won't|can't|not|passed|unconscious|out of it|unresponsive|seiz*|wake)
    (hit|struck|bumped|banged) … head … (out|unconscious|blacked|passed|came to|wake|knocked|conscious*|remember)
    (he|she|wife|husband|mom|dad|mother|father|son|daughter|baby|grandma|grandpa) just (fell over|dropped|went down|collapsed|fell down|slumped|went limp|crumpled|keeled)
    next thing (i knew|i know|i remember) … (people|somebody|someone|everybody|they|paramedics|ambulance|floor|ground|nurse|standing|looking|laying|lying)
    eyes … (rolling|rolled|roll)
    (gray*|grey*|whit*|fad*|brown*) out
    (was|been|were) out for … (second|seconds|minute|minutes|a bit|while|about|maybe)
    (seized|seizes|seizing) (for|up|and|again|on|three|two|twice|this|right)
    (feel|feels|feeling) like (i'm|i am|he's|she's) (about to go|going to go|going out|fading|slipping|slipping away|gonna go|leaving|going under|going down)
    (convulsion|convulsions|febrile seizure|febrile)
    (knocked|knock) (<himself>) out
    (no response|not response|he not|she not|no answer|no wake|not wake) … (answer|wake|respond*|move|response|from him|from her|open)
    (just|suddenly|all of a sudden) (dropped|crumpled|fell out|went limp|went down|hit the floor|folded|toppled|buckled)
    (dropped|toppled|folded|crumpled|flopped) (over|down|to the|onto the|on the|like)
  `,
  unless: `
    (passed|past|pass|passing|passes|handed) out (the|flyers|fliers|forms|form|candy|papers|paper|surveys|pamphlets|samples|cards|some|these|those|those forms|water|snacks|halloween|masks|lunch|food|literature|stickers|gift|a|our|bibles|presents|to everybody|brochures|programs|numbers)
    (black|blacked|block|blocked|blackout) out (curtains|dates|curtain|date|drapes|shades|cookies|my name|the name|the number|my calendar)
    blackout (curtains|curtain|dates|date|shades|drapes|bingo)
    (can't|couldn't|don't|won't|hard to|not|trouble|never|no) (wake|wake up|get up|woke|waking|waking up) (until|till|before|early|that early|without|in the morning|in the mornings|at night|on time|to pee|for|with|at|rested|feeling)
    (wake|woke|waking) … (the baby|the kids|my husband|my wife|him|her|everybody|you) (up)? … (so i'm|so quiet|whispering|quiet|napping)
    (don't|didn't|won't) (want to|wanna) (wake|come to|come around)
    (respond*|answer*) … (my calls|my call|my emails|my message|my messages|the phone|the door|the phones|your phone|my questions|my question|my texts|emails)
    (not|isn't|hasn't|didn't|doesn't|won't) (respond|responded|responding|answer|answered|answering) (my|the|your|yet|back|that|his phone|her phone|any|to my calls|to the letter|to my email)
    (never|not|haven't|don't|didn't|can't|hasn't) (come|came|coming) (to|around|round) (the|my|your|a|an|this|that|see|work|church|visit|much|often|here|his|her|in|get)
    (make up|made up) (my mind|an appointment|for|the|class|his|her|a|stories|your|their)
    (knocked) out (of|two|three|a tooth|my tooth|his tooth|teeth|the power|power|a bunch|a few|a couple|some|all)
    knocked (me|him|her) out for (the|my|two|three|a|days|his|her)
    (was|got) (knocked|put) out (during|for|before) (my|the|his|her)
    (respond*|answer*) to the (treatment|antibiotic|medicine|medication|letter|email|survey|message|portal)
    (conked|crashed|zonked|passed) out (at|by|around|before) (<number>|nine|ten)
    (eyes) … roll* … (at me|at him|at her|when i)
    (gave|went|gone|go|going|goes|been|was) out (to|of|with|for lunch|for dinner|for drinks|for coffee|for a walk|for groceries|in the yard|in the garden|in the sun|in the snow|in the rain|there|on a limb|on the porch|on the deck)
    (collapsed) (lung|arch|arches|vein|disc|disk|bridge|roof|tent|uterus)
    (collapse|collapsed|crash|crashed) (on|into|onto) (the couch|bed|the bed|my bed|the sofa|the chair)
    (season) (tickets|pass|finale|is|of|one|two)
    (scissor|scissors|caesar|cesar|season|caesars) (salad|dressing|palace|cut|kick|lift|chavez|is my|sections|section|for|and paper|haircut|gift)
    (she sure|sees her|sees you|seize her|seize your|sees) (is|was|does|did|doctor|every|as|for|on|likes|loves|a|the|day)
    (see|sees) (stars|black) … (in the sky|people|friday)
    (throw|throwing|threw|having|had|pitch*|pitched) (a)? (fit|fits|hissy fit|conniption fit) (about|over|because|when|at|if|in the store|in walmart)
    (good|better|perfect|nice) fit
    fit (in|for|me|him|her|into|right|the|as|bit|you|my)
    fell out (of|with|last|when i was eating|in my|while|on its|yesterday|again)? (love|bed|favor|my friend|my sister|him|her|a tree|a filling|the boat|tooth|touch)
    (filling|tooth|crown|hair|stitch|stitches|tube|hearing aid|contact|lens|iud|bottom|earring|drain|baby tooth) (fell|falls|came|popped) out
    (faint) (line|print|music|signal|smell|voice|sound|of heart|hearted|line on|positive|scar|memory|idea)
    (faintest) (idea|clue)
    (slumped|slump) (sales|in sales|over my desk all|over the computer)
    (bit) (my|his|her) tongue (and|so|on that|instead|about)
    (not|don't|hardly|barely|half) awake (yet|this early|until|before|without|enough to|at this)
    (half) awake
    heart stopped (when|for a second when)
    (power|lights|phone|internet|wifi|cable|electricity|electric|furnace|signal) (is|are|has|went|gone|goes|going|been|was|keeps going|keeps)? (out|blacked)
    (black) out (of|there|here|cookies)
    in and out of (the house|the office|the hospital|the store|the shower|hospitals|rehab|jail|town|surgery)
    the same (day|time) in and out
    (see|seeing|stars) … (the show|on tv)
    (foaming at the mouth) (mad|angry|over|about|because|when)
    (foaming at the mouth) … (angry|mad)
  `,
  excuses: `
    out like a light
    (passed out|crashed|conked out) (on the couch|in the recliner|in front of|after dinner|early|asleep|in bed)
    (at|with|from|by) (needles|needle|the sight|blood draws|shots)
    at (my|the|their|his|her) wedding
    (put under|put me under|put him under|put her under|anesthesia|anaesthesia|anesthetic|colonoscopy|sedated|sedation|for the procedure|for my procedure|propofol|twilight)
    (seizure|seizures) (meds|med|medicine|medication|medications|disorder|free|clinic|doctor|log|dog|precautions|specialist|threshold|control|pills|history)
    for (my|his|her)? seizures
    (slept|sleep|sleeping|napping|nap) … (like|nine|ten|hours|all night|dead|baby|log|great|well|through|rock|couch|feel great)
    (when i|if i|upon|on|sometimes when i) (stand|get|standing|getting) (up)? … (too fast|too quick|quickly|fast|quick|for years|always|sometimes|for a second|a second)
    (light headed|lightheaded|dizzy) … (standing|stand) up
    (he'd|she'd|they'd|would) have a (seizure|fit|stroke|cow)
    eyes … so (hard|far) when
    so (angry|mad) (about|at|over)
  `,
};
