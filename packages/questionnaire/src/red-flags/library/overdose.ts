import { type LibraryFlag, standardScript } from './flag.ts';

const took =
  'took|taken|take|taking|swallowed|swallow|popped|downed|gave|given|used|injected|ingested|had|ate|eaten|drank|chewed|takes|tooken|tuck|talk|shot up|got|toke|tooked|chugged|drunk|gulped|give|shot|using|giving';
const swallowed =
  'swallowed|swallow|swallowing|ate|eaten|eat|drank|drunk|drinking|drink|chewed|chewing|chewed on|licked|licking|sucked|sucking|inhaled|breathed in|breathing in|bit into|got into|gotten into|got in to|gets into|getting into|got ahold of|got hold of|put|sipped|ingested|chugged|tasted|took a sip of|had a mouthful of|guzzled|opened|found|took|swallow it|sprayed|huffed|sniffed|poured|got';
const poison =
  'bleach|drain cleaner|drano|drain o|antifreeze|anti freeze|aunty freeze|detergent|pods|pod|tide|laundry|poison|poisons|pesticide|pesticides|weed killer|weedkiller|roundup|rat poison|mouse poison|ant bait|roach|battery|batteries|button battery|lighter fluid|gasoline|kerosene|paint thinner|turpentine|nail polish|acetone|lye|ammonia|cleaner|cleaning|windex|lysol|pine sol|hand sanitizer|sanitizer|rubbing alcohol|hydrogen peroxide|peroxide|mushrooms|mushroom|berries|edibles|edible|gummies|nicotine|vape|lamp oil|mothballs|moth balls|methanol|hairspray|chlorine|fumes|dish soap|dishwasher|toilet bowl|toilet cleaner|draino|perfume|mouthwash|glue|paint|essential oil|eye drops|magnet|magnets|thermometer|mercury|insecticide|fertilizer|chemical|chemicals|weed gummies|thc|pot brownies|brownies|pool chemicals|oven cleaner|wood alcohol|wiper fluid|washer fluid|brake fluid|motor oil|lead paint';
const drug =
  'pill|pills|tablet|tablets|capsule|capsules|med|meds|medicine|medicines|medication|medications|dose|doses|tylenol|advil|ibuprofen|aspirin|aleve|benadryl|xanax|ambien|oxy|oxycodone|oxycontin|percocet|vicodin|hydrocodone|norco|morphine|insulin|units|metformin|amlodipine|lisinopril|metoprolol|warfarin|coumadin|adderall|ativan|klonopin|valium|lorazepam|clonazepam|tramadol|gabapentin|trazodone|seroquel|zoloft|prozac|lithium|digoxin|heart pill|blood pressure pill|sleeping|sleepers|nerve|acetaminophen|vitamins|iron|melatonin|fentanyl|heroin|opioid|methadone|suboxone|cough syrup|nyquil|robitussin|patches|patch|water pill|thyroid|synthroid|sugar pill|pain killers|painkillers|painkiller|pain pills|antidepressants|laxatives|inhaler|puffs|shots|pils|peels|sleeping aids|diabetic pills|glipizide|beta blocker|beta blockers|propranolol|unisom|codeine|caffeine pills|mg|pain';

export const overdose: LibraryFlag = {
  name: 'overdose',
  title: 'Overdose or poisoning',
  severity: 'emergency',
  action: 'create-case',
  script: standardScript,
  confirm: 'Has somebody taken too much of a medicine, or swallowed something harmful?',
  phrases: `
    (took|taken|taking|takes|swallowed|popped|downed|gave|given|used|injected|tuck|tooken|given him|gave him|shot up|tooked|take|inject) … (too many|too much|to many|two many|to much|two much|way more|way too)
    (too many|too much|to many|two many) (of)? (my|his|her|the|these|those)? (${drug})
    (took|taken|swallowed|popped|downed|ate|eaten|drank|chugged|took down|tuck|swallow|emptied) (like)? (the whole|a whole|the entire|an entire|half the|half a|the rest of the|nearly the whole|almost the whole|most of the|most of a|a full|the full|his whole|her whole|my whole|all the|whole|almost a whole|about half the) … (bottle|thing|pack|box|packet|package|bag|jar|month|week|sheet|blister|container|pill box|pillbox|bubble pack|strip|supply)
    (took|taken|swallowed|popped|downed|ate|eaten|tuck) (almost|nearly|just about|about|basically)? (all|every|everything) (of|one of)? … (pills|tablets|bottle|medicine|medication|meds|capsules|cabinet|them|it|ones|sleeping|xanax|tylenol|pain|ambien|antidepressants)
    (handful|hand full|fistful|bunch|bottle|hand fulls|handfuls|mouthful|mess|load|shitload|ton|lot|couple handfuls) of … (pills|tablets|capsules|medication|meds|tylenol|advil|aspirin|sleeping|xanax|ambien|benadryl|pain|nerve|ibuprofen|sleepers|peels) + (took|taken|swallow*|ate|popped|downed|gulped|drank)
    (took|taken|swallowed|popped|downed|ate|eaten|tuck|had|drank|gave her|gave him|chewed up|snorted) (like|about|maybe|around|almost|nearly|over|at least|probably|some|at|i think|him|her|up to|close to)? (<many>) (of|or|more|extra|to)? … (${drug}|them|em|those|these|extra)
    (took|swallowed|popped|tuck) (like|about|maybe|around|over|almost|nearly|at least)? (twelve|fifteen|sixteen|eighteen|twenty|thirty|forty|fifty|sixty|hundred|dozen|a dozen|two dozen|ten|nineteen|seventeen|fourteen|thirteen|#) (<number>|or so|some)? (of|i|a|eye|and|ibuprofen|more|xanax|tile|advil|benadryl|all|b|in)
    (<number>|couple|a couple|few|several|bunch of|a few|some|handful of|a lot of) extra + (took|taken|swallow*|pills|ambien|popped|xanax|dose*|tylenol)
    (took|taken|popped|swallowed|gave|given|tuck|had|used|injected|shot) (an|some|a couple|a few|two|three|several|a|too many|about ten|him an|her an|him|her|maybe|four|five|the)? (extra|additional) … (${drug}|one|ones|couple|few|half|dose|today|tonight|this morning|by)
    (took|taken|gave|given|take|had|injected|swallowed|shot|tuck|did|might have taken|used) … (twice|double|doubled|two times|three times|four times|again|triple|another one|another dose|a second one|a second dose|second dose|another|two doses|three doses|it over|ten times) … (${drug}|accident|mistake|forgot|already|instead|now|today|this morning|dose|cause|because|supposed|normal|usual|remember|amount|by|tonight|night|an hour|what)
    (twice|double|doubled|triple|two doses of|extra|second dose of) … (${drug}) … (accident|mistake|forgot|today|this morning|tonight|instead|took|already|oops)
    (doubled|tripled|doubled up|tripled up|double dosed|double dose*|double up|doubling|double dipped) (up|on|my|his|her|the|it|dose|them|today|this|by|today's)? … (${drug}|on|dose|accident|mistake|it|today|morning|them)
    (double dose|double dosed|double dosing|triple dose|two doses)
    (${took}) … instead of … (one|two|half|three|thirty|five|ten|#|fifteen|twenty|a half|point|once|the one|just)
    (units|pills|tablets|milligrams|doses|mils|cc's|teaspoons) instead of
    (ten|five|three|four|twice|two|hundred|several) times … (dose|amount|prescribed|normal|usual|limit|insulin|as much|what|too much)
    (${took}) … (more|extra|higher|over) … than … (supposed|prescribed|should|should've|label|directed|allowed|meant|told|ought|recommended|normal|usual|bottle says|it says|doctor|limit|box)
    (more than|over) … (supposed to|prescribed|recommended|the label|maximum|limit|safe) + (took|taken|pills|dose|used|take)
    (took|taken|gave|swallowed|given) (two|both|three|four|double|2|3|too) (of|doses|instead|at once|by|today's) … (${drug}|accident|mistake|it|them|pills)
    (accidentally|mistakenly|by accident|by mistake) … (took|taken|gave|swallowed|ate|drank) … (two|three|four|both|double|twice|extra|another|more|wrong|whole|all|<many>)
    (took|taken|gave|given) (my|his|her|the|it|them|all my) (${drug}) (twice|two times|three times|double|again)
    (took|taken|gave|given) (it|them) (twice|two times|three times|double)
    (remember|know|sure|forgot) … (took|taken|had) … (so|and then|and) … (took|taken) … (again|another|more|two|it|one)
    (mixed up|mixing up|confused) (my|his|her|the) (pills|meds|medications|bottles)
    (injected|took|taken|used|gave|given|drew up) … (twice|double|three times|four times|ten times|five times) … (as much|amount|dose|what|my|supposed|prescribed|the|too much)
    (overdos*|over dos|over dose*|over those|overdoze*|over doze*|o d'd|od'd|od'ing|od|oded|o deed|ode|o ding|odeed|o dee'd|od'ed|overdue sed|overnose*|over dosed|oh deed|oh dee)
    (${swallowed}) … (${poison})
    (ate|eaten|chewed|chewed up|found|opened|got into|gotten into|got ahold of|got hold of|gets into|getting into|into|put … mouth|swallowed|drank|grabbed|emptied|sucking on|was into|in to) … (${drug}) + (kid|kids|son|daughter|baby|toddler|child|grandson|granddaughter|grandbaby|boy|girl|little one|year old|years old|two year|three year|grandkid|she's two|he's two|she's three|he's three|dog's|dog|my two|my three|infant|the twins|niece|nephew|she|he|grandma's|grandmother's|grandpa's|months old|little|crib|floor|baby's)
    (kid|son|daughter|baby|toddler|child|grandson|granddaughter|grandbaby|little one|grandkid|boy|girl|two year old|three year old|infant) … (got into|into|swallowed|got a|ate|drank|might have swallowed|might've eaten|chewed|put) … (${drug}|${poison}|purse|cabinet|medicine cabinet|something|under the sink|my purse|bottle|something under)
    (pills|tablets|gummies|pods|capsules|medicine|meds|patches) … (missing|gone|short|spilled|all over|on the floor|in her mouth|in his mouth|in its mouth|unaccounted)
    (missing|gone) (from|out of) (the|my|his|her) (bottle|counter|pill|cabinet|box|pillbox)
    (empty|found an empty|found the) (pill|medicine|tylenol|aspirin|xanax|prescription)? (bottle|bottles|blister|packs|pack|pill bottle) (next|beside|by|on|in|near|of|next to|under)
    (been|i'm|was|is|got|getting|think|i've been|we've been|maybe) (been|got|i'm|he's|she's)? poison*
    (poison|poisoned|poisonous|poison control) … (think|ate|drank|sick|control|mouth|swallowed|she ate|he ate|got|on her|on his|help|call*|in her|in his|number)
    (rat|mouse|ant|roach|snail|bug|weed) (poison|bait|killer|spray|pellets)
    (taking|been taking|took|taken|gave|given) (ten|five|two|three|four|hundred) times (too much|too many|the|as much|more|what)
    (bug spray|pesticide|pesticides|insecticide|roundup|weed killer|chemicals|chemical|bleach|ammonia|fumes|chlorine|gas) & (breath*|inhal*|mixed|all over me|in my eyes|in his eyes|in her eyes|drool*|sick|cough*|mouth|swallow*|twitch*|dizzy|overcome|lungs|headache|headaches|throwing up|vomit*|burning)
    (mixed|mixing) (bleach|ammonia|chemicals|cleaners|cleaning)
    (carbon|car bon|carbin) (monoxide|mon oxide|monoxyde|mono oxide|mon ox|dioxide alarm|mon axe|mona side|mono side|monox*)
    (monoxide|co|c o|gas) (alarm|detector|poisoning|leak|alarms|detectors) … (going|went|off|beep*|sick|headache*|think|keeps|sounding|and|dizzy|house)
    monoxide
    (smell|smelling|smells) … gas … (sick|dizzy|headache*|house|lightheaded|throwing)
    (narcan|narcant|nar can|naloxone|norcan|narkan|nar con|mark hand)
    (fentanyl|fentanol|fetanyl|heroin|heroine|meth|cocaine|crack|opioids|oxys|fent|ketamine|molly|ghb|laced) … (took|did|shot|too much|laced|blue|won't wake|nodding|bad batch|breathing|unresponsive|out|with|needle|not breathing|snorted|smoked)
    (took|did|shot|laced|snorted|smoked|used|injected|bad) … (fentanyl|fentanol|heroin|fent|speedball|laced|bad batch|spice|k two|bath salts)
    laced with
    (mixed|took|had|drank|combined|washed|taken|on|drinking|downed|swallowed) … (xanax|pills|pill|ambien|valium|oxy|oxycodone|percocet|ativan|klonopin|sleeping|vicodin|meds|medication|painkillers|benadryl|lorazepam|them) … (vodka|alcohol|wine|whiskey|beer|beers|liquor|booze|bottle of|rum|gin|tequila|drinks|bourbon|scotch)
    (lost|loss|losing) (count|track) … (took|taken|pills|xanax|many|take|tylenol|swallowed|had|doses|meds)
    (don't|can't|do not|not sure|no idea|couldn't|doesn't|dunno|won't say|didn't|won't tell|hard to say) … (know|remember|sure|tell|say|recall|count)? how (many|much) (pills|of them|tablets|i|he|she|of the|xanax|tylenol|of those|of it|insulin)? … (took|taken|had|swallowed|ate|take|drank|got|used)
    (can't|don't|couldn't|didn't|forgot|not sure|wasn't sure) … (remember|sure|recall|know|realizing|if|whether|forgetting)? … (took|taken|had|already) … (took|taken|take|another|again|second|more|twice|two) (it|one|dose|them|another|again|more|of|pill|a second|the second|the|my)
    (took|taken|take|put|gave) (it|them|one|him|her|mine|another) (again|twice|a second time|all over again|two times|second) … (forgot|remember*|mistake|accident|already|cause|because|think|by|today|realiz*|this morning)
    (might|may|could|maybe|think|possible|possibly|probably|believe|afraid|pretty sure|worried) … (doubled|taken two|took two|taken it twice|took it twice|double dosed|taken too|took too|twice|two doses|taken both|taken my evening|taken an extra|taken more|took more|took both|taken a double|gave it twice|double|too many|too much|overdone|swallowed something|swallowed a|swallowed some|drank some|eaten some|got into)
    (patches|patch) & (more|four|five|three|two|extra|too many|forgot|second|another)
    (wrong) (pill|pills|dose|medicine|medication|meds|insulin|amount|bottle|strength|pillbox) + (took|gave|given|taken|swallowed|grabbed|drank|injected|had|swallow*)
    (took|taken|swallowed|gave|given|grabbed|ate|drank) … (someone else's|somebody else's|husband's|wife's|dog's|mother's|mom's|dad's|roommate's|friend's|grandma's|sister's|brother's|son's|daughter's|cat's|father's|his|her|my wife's|wifes|husbands) … (${drug})
    (took|taken|swallowed|ate|drank) (some|something|stuff|things|whatever) … (hurt myself|shouldn't have|die|kill|cabinet|under the sink|end it|garage|knew)
    (pills|tablets|of them|ones|xanax|tylenol|doses|dose|advil|meds) (all)? (at once|at one time|all together|in one go|at the same time|in one night|in an hour|in one sitting|today|in one day) + (took|taken|swallow*|popped|gave|downed|ate)
    (insulin) & (too much|wrong|twice|double|extra|instead|overdose|hundred|a lot)
    (took|taken|gave) … (long acting|fast acting|short acting|night time|morning) … (instead|by mistake|by accident|wrong|twice)
    (swallowed|eaten|drank|chewed|snorted) … (whole|entire|all|bunch|handful) … (${drug}|${poison}|bottle|of it|of them)
    (sleeping|nerve|pain|heart|blood pressure) (pills|tablets|medicine|meds|medication) … (whole|all of|bottle|too many|took them all|handful|every last)
    (took|swallowed|taken|ate|popped) (them|it|em|the pills|the tablets|those) all
    (drank|drunk|drinking|swallowed) (the|a|some|his|her|my|whole|almost a|an entire|a whole|half a|half the)? (whole)? (bottle|gallon|thing)? (of)? (cough syrup|nyquil|hand sanitizer|rubbing alcohol|mouthwash|robitussin|antifreeze|bleach|gasoline|cleaner|benadryl|tylenol|ibuprofen)
    (meant|supposed|only supposed|should've|should have) … (take|taken) … (one|two|half|#) … (took|taken) … (two|three|four|five|six|eight|ten|twelve|double|twice|the whole|all|<many>)
    (got|gotten|getting|gets) into … (pills|liquor|medicine|meds|medication|cabinet|vodka|alcohol|prescription|drugs|stash|weed|under the sink|the garage|chemicals|pill box|pillbox|drugs)
    (taking|been taking|take|takes|took|taken|using|been using) (about)? (double|triple|twice|two times|three times|too many|too much|way too) … (told|supposed|prescribed|dose|amount|said|normal|pills|pain|of|what|as)
    (pills|meds|medicine|tablets|capsules|gummies) … (gone|missing|spilled|scattered|unaccounted|disappeared)
    (found|next to|holding|with|beside) … (an|the) empty … (bottle|bottles|pill bottle|blister pack|packet|box of)
    (shot up|shooting up|nodding off|nodded off|nodding out|nodded out|on the nod|tripping bad|bad trip|strung out)
    (pool|hot tub) (shock|chlorine|chemicals|acid|tablets)
    (days|day's|days'|week's|weeks|month's|week|month) worth of … (pills|medicine|meds|medication|tablets|insulin|vitamins|them)
    (took|taken) … (two|three|four|five|seven|several|a week's|a whole week of|a month's) (days|day's|weeks) … (worth|pills|of)
    (take|takes) all (the|my|his|her|of the) (pills|tablets|medicine|medication)
    (think|thinks|might be|maybe|they're|it's|was|were|are) … poisonous
    (hole|whole|hull|entire) (bottle|bottom|pack|box) … (tile|tylenol|pills|aspirin|advil|tablets|medicine|of)
    over (does|dose|doze|doses|dosing|dosed|those|doze on)
    (was|been|i'm|got|getting|she's been|he's been|might have been) (drugged|roofied|dosed|slipped something)
    (something|pill|drug|drugs) in (my|her|his|the) (drink|beer|wine|cup)
    (had|taken|drank|drunk|took|used|given|gave) … way too (much|many)
    (may|might|could|must) have … (taken|took|gave|given|had) … (twice|double|two|extra|wrong|too many|too much|another)
    (nicotine|thc|weed|marijuana|pot|cannabis) … (gum|patch|gummy|edible|edibles|brownie|cookie|pouch*|juice) + (ate|eaten|chew*|swallowed|kid|toddler|baby|son|daughter|dog|too many|too much)
    (took|swallowed|taken) (four|three|six|eight) (of)? (them|those|my|the|his|her|pills|tablets) … (instead|by accident|by mistake|at once|not supposed|too many|oops)
    (playing|messing|played) with (my|the|his|her|grandma's|some) (pills|medicine|meds|pill|medication|pill box|insulin)
    (days|day's|days'|weeks|week's) worth
    (o d'd|o d|oh d'd)
    (generator|grill|heater|furnace|car|engine|truck|propane|charcoal) … (garage|inside|indoors|house|basement|tent) + (dizzy|sick|headache|headaches|funny|faint|nause*|passed out|throwing up|sleepy|lightheaded)
    (snorted|snorting|smoked|injected|shooting|shot up|huffed|huffing|dropped acid|tripping) … (something|some|pills|it|oxy|powder|heroin|percocet|xanax|bath|stuff|fentanyl)
    (he's|she's|he is|she is|they're|i'm|son's|daughter's) on something
    (pill|pills|tablet|tablets|capsule|medicine|battery|pod|magnet) in (her|his|its|their|the baby's|the) mouth
    (pill|pills|relaxer|relaxers|xanax|painkiller|ambien|sleeping) … on top of … (pill|pills|drinks|beers|wine|alcohol|xanax|ambien|sleeping|my|that|each)
    (took|taken|swallowed|popped|had|ate|done|used) (probably|maybe|about|like|at least|nearly|close to|over|something like|i think|i guess|around|upwards of) (<many>)
    (gave|given|giving) … (adult|grown up|wrong) (tylenol|dose|medicine|advil|aspirin|ibuprofen|benadryl|strength)
    spiked … (drink|drinks|punch|beer)
    (used|injected|shot) (my|his|her|a) (wife's|husband's|mom's|dad's|mother's|father's|son's|friend's|brother's|sister's) (insulin|pen|epipen|medicine|patch|inhaler|pills)
    (took|swallowed|ate|drank) … (expired|whole lot|lots|a lot|loads|tons|mountain) … (pills|them|medicine|tablets|meds|it)
    (popping|pop|eating|swallowing|chewing) … (pills|pill|painkillers|xanax|tylenol|advil|them) … (candy|tic tacs|m and m|skittles|all day|nonstop)
    (mothball|moth ball|mothballs|firecracker|matches|cigarette|cigarettes|nicotine patch|silica|fertilizer|deodorant|lighter) + (ate|swallowed|eaten|chewed|mouth)
    (couple|few|bit|little|one|some|lot) (more|too many|extra) … (than|of) … (supposed|prescribed|should|pills|tablets|medicine|told|meant|label) + (took|taken|take|had|swallowed|used|popped)
    (took|taken|had|swallowed|popped) (a few|a couple|one|way|maybe one|a little) too (many|much)
    (combined|combining|combination|together|mixed|mixing) … (pills|medications|meds|alcohol|drugs|xanax) … (sleepy|can't|dizzy|groggy|out of it|passed|awake|slur*|scared|worried|drunk)
    (she's|he's|i've|have|has|they've) (taken|swallowed|drunk|eaten|had|gotten into) (something|some|a bunch|everything|a lot|all)
    (bottle|bottles|package|pack) … (floor|bed|empty|beside|next to) … (empty|pills|took|unconscious|wake)
    (drank|drunk|swallowed|ate|licked|drinking) (the|some|a|my|his|her)? (drain|cleaning|bubble|car|windshield|pool|toilet|floor|oven|window|furniture|bug|ant|rat|hair|weed|plant|pipe) (stuff|solution|fluid|cleaner|polish|liquid|food|killer|dye|spray|opener|remover|powder)
    (two|three|four|five|ten|twenty|several|hundred|double|triple) times … (too much|more than|the dose|dose|as much|what|stronger|amount|i'm supposed|strength)
    (put|slipped) (something|poison|drugs|a drug) in (my|his|her|the|our)
    (i wasn't|wasn't|not|didn't|stopped|quit) (counting|count|keep track|keeping track) … (pills|tablets|how many|of them|sleeping|of how)
    (overdid|overdoing|over did) … (morphine|pills|medicine|pain|dose|insulin|meds|it on the pills|it with the)
    bug (bomb|bombs|fogger)
    fogger … (sick|inside|cough*|house|breath*)
    (kid|son|daughter|baby|child|toddler) … ate … (my|the|his|her|some|it|them) (pills|medicine|pill|meds)
    (pills|medicine|pill|meds|vitamins) + (my kid did|the baby did|my son did|my daughter did|kid ate|baby ate|toddler ate|got ahold|got a hold)
    (took|ate|swallowed|drank|had) (something|a pill|some pill|pills|some pills) … (don't know what|not sure what|no idea what|found|bad|wasn't mine|weren't mine|unmarked|off the street|from a friend|street)
    (bad|laced|street|fake|counterfeit) (pills|pill|batch|stuff|drugs|xanax|percs|percocet|dope)
    (too much|too many|to much) (tile|tylen|tie|tylenol|insolent|insulin|ambient|ambien|i be|eye be|add fill|add vil|benny|as burn|aspen|zan|oxi|oxy)
    (took|taken|gave) (my|his|her|the)? (insolent|insulin|insulation|ambient|cumin|coma din|met forming|lice in a pill|zan ax|zany|met for men) (twice|again|two times|double|by mistake)
    (took|taken|take) (for|four|to|too|two|ate|ten|six) (ambient|ambien|zan|xanax|tile|tylenol|oxi|benadryl|pills instead)
    (doses|dose) of … (ibuprofen|tylenol|insulin|motrin|advil|medicine|cough|benadryl|warfarin|heart|blood) … (instead|accident|mistake|close together|too soon|twice|double)
    (given|gave|give|took|taken) … (two|three|double) doses
  `,
  unless: `
    (replace|replaced|replacing|new|buy|bought|install|installed|battery|batteries|test|tested|where|mount) … (carbon monoxide|monoxide|co|smoke) (detector|alarm|detectors|alarms)?
    (carbon monoxide|monoxide|co) (detector|alarm) … (battery|batteries|installed|replaced|new|tested|expired)
    (they|doctor|doc|cardiologist|specialist|surgeon|nurse practitioner) (have|has|had|just)? (doubled|upped|increased|raised) (my|his|her|the)
    (doubled|upped|increased|raised) (my|his|her|the) … (last|at the|doctor|visit|appointment)
    (took|taken|take|takes|taking|used|had|got) (about|like|over|me|us)? (<number>|too many|too much|hundred) (<number>)? (minutes|days|hours|weeks|years|months|dollars|bucks|miles|people|calls|milligrams|mg|milligram|tries|of my time|time|o'clock|percent|stitches|pounds|grand|x rays|tubes|vials|classes|steps)
    (how much|how many) is too (much|many)
    overdos* (of|on) (vacation|turkey|sugar|candy|chocolate|tv|netflix|news|football|christmas|pie|cookies)
    (took|taken|takes|taking|take) (too much|too many|too long|up too much) (time|of your time|of my time|days|off|money|trips|calls|out of|work|trouble|energy|space)
    (twice|two times|three times|four times|once|double) (a|per|each|every|daily|weekly|this year|before|already they|on hold|now i've) (day|week|month|night)?
    (twice|three times|two times) daily
    (ate|eaten|drank|had|eat) (too much|too many|all) … (turkey|pizza|food|pie|cake|candy|dinner|coffee|last night at|ice cream|lunch|supper|cookies|salt|sugar|carbs|for dinner|wine|beer|beers|the cake|dessert|water|chips|tacos|of my)
    (poison) (ivy|ivory|oak|sumac|ivey|i v|pill provision|frog|ivies|soak)
    (food|lead|blood|alcohol) poison*
    (takes|take) … (extra|another) (time|minute|day|step|long|week|few minutes)
    (extra|another) (time|minute|day|step|copy|card|appointment|form|help|call|charge|number|key|week|mile|set|bed|pillow|shift|insurance|cost|money)
    (wrong) (number|place|department|address|date|office|extension|button|doctor|card|name)
    (paint|glue|battery|batteries|laundry|cleaning|chemical|pod|vape|brownies|magnet) (the|my|job|store|house|lady|died|dead|peel|test|day|room|company|coffee|person|crew)
    (found|opened|put|poured|got|took|had) (the|my|a|some|new|out the|his|her)? (batteries|battery|laundry|cleaning|cleaner|paint|chemical|magnet|glue|vape|thermometer|detergent)
    (more) … than (<number>|an|a|that) (hour|minute|minutes|week|day|year|month|times|hours|days)
    (ate|drank|eat|had) (mushrooms|mushroom|berries|gummies|brownies) (on|with|for|soup|and eggs|pizza|in)
    (od|ode|oh dee) (to|on my|green|pod)
    took … (everything|all|them all) (out|off|back|down|away|in)
    (all|everything|every) … (as|like) (prescribed|directed|supposed|usual|always|told|it says|i should)
    (patch|patches) of (skin|dry|grass|ice|eczema|hair)
    smell … gas station
    (talk|talked|talking|talks) … (too much|too many|twice)
    (take|takes|taking|on|got) (<many>|too many) … (if you ask|a day|every day|daily|in the morning|at night|different|a week|prescriptions|medications|each morning|with breakfast)
    (take|takes|taking) (too much|too many|extra|double|all|<many>) … (a day|every day|daily|prescribed|the doctor|different|regular|morning and)
    (too much|too many|extra) (paperwork|paper work|forms|form|information|info|money|time|junk|credit|trouble|questions|work|noise|medicine to keep|homework|food|detail)
    (dose|doses|double dose) … (vaccine|booster|shots|covid|flu shot|shingles|of kindness|of reality)
    (two|both|second|first|three|all) doses of (the|my|covid|shingles|shingrix|moderna|pfizer|hepatitis)
    over (does|those|doses) (it|things|people|years|there|the|her|his|everything)
  `,
  excuses: `
    (as|like|what|way|exactly as) (prescribed|directed|i'm supposed|i was told|the doctor said|it says|the label says|i should|told)
    (once a day|twice a day|twice daily|three times a day|two at night|in the morning|with breakfast|as needed|morning and night|every morning|every night) … (take|takes|pill|one|with)
    (i take|he takes|she takes) … (a lot of|so many|twelve|eleven|ten|nine|eight|seven|six|five) … (pills|medications|meds|medicines|prescriptions|different)
    (thanksgiving|christmas dinner|turkey)
    (missed|skip*|forgot) … (dose|pill|it|one) … (skip|just|so i|should|fine|do i)
    (trouble|hard time) swallowing
  `,
};
