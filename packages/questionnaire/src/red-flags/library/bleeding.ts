import { type LibraryFlag, standardScript } from './flag.ts';

const wound =
  'cut|gash|wound|slice|sliced|scratch|finger|knife|hand|leg|arm|bone|incision|tooth|nose|tourniquet|stitches|head|face|foot|surgery|site|fistula|dressing|bandage|gauze|nosebleed|gum|gums|thumb|toe|socket|extraction|thigh|scalp|lip|port|it';
const soaked =
  'soak*|saturat*|fill*|drench*|going through|went through|gone through|goes through|bleeding through|bled through|through another|changed|changing|change|dripping|sopping|red|socked|soap|leaking through|coming through|seeping through|wringing|full of';
const cloth =
  'pad|pads|towel|towels|dressing|dressings|bandage|bandages|gauze|tampon|tampons|sheet|sheets|shirt|rag|rags|tower|napkin|napkins|diaper|pillow|mattress|bed|sock|paper towels|washcloth|t shirt|pants|jeans|underwear|depends|tissue box|bandaid|towl|pat|pats|goes|carpet|couch|cushion';

export const bleeding: LibraryFlag = {
  name: 'bleeding',
  title: 'Heavy bleeding',
  severity: 'emergency',
  action: 'create-case',
  script: standardScript,
  confirm: 'Is there heavy bleeding, or bleeding that does not stop?',
  phrases: `
    (<bleed>|leading|breeding|bleating|pleading) & (won't|can't|doesn't|isn't|not|hasn't|nothing's|nothing|never|ain't|wouldn't|don't|couldn't|nothing will|refuses to|hasn't) … (stop|stopping|stopped|stops|quit|quitting|slow|slowing|clot|clotting|let up|letting up|under control)
    (${wound}) + (won't|can't|nothing's|nothing will|not|isn't|hasn't|doesn't) … (stop bleeding|stop the bleeding|stopping the bleeding|stop it bleeding|stopped bleeding|get it to stop bleeding|quit bleeding|stop breeding|stop bleating)
    (cut|gash|wound|gushing|pouring|spurting|blood|bloody|bone|knife|scratch|saw|glass|heavy) + (won't|can't|doesn't|isn't|not|hasn't|nothing's) … (stop|stopping|quit|clot)
    (heavy|heavily|heavier|bad|badly|bat|lot|lots|ton|tons|everywhere|all over|profuse*|gush*|pour*|spurt*|squirt*|spray*|pump*|steady|stream|puddle|pool|pools|bucket|buckets|cup|cups|quart|pint|hard|fast|nonstop|non stop|constant|constantly|massive|massively|seriously|severe|severely|faucet|mouthful|mouthfuls|uncontroll*|awful|like crazy|stuck pig|like a pig|the floor|large|huge|to death|so much|too much|much blood|clots|really bad|real bad|terrible|terribly|horribly|whole bunch|excessive|excessively|torrent|flood*|hemorrhaging|buckets of|nothing but|shooting|more than|running down|hev|havily|heavy heavy|worse|a good bit|for hours|all morning|all day|all night|an hour|two hours|half an hour|twenty minutes|thirty minutes|forty minutes|forty five minutes|three hours|several hours|hours) & (<bleed>)
    (vomit*|throw* up|threw up|thrown up|puk*|cough* up|coughing|coughed up|spit* up|spitting|spat|hack* up|bring* up|brought up|barf*|upchuck*|hurl*|heav*|retching|threw|vomited|coffin up|coughin up|calling up|vomit|through up) … (<bleed>)
    (blood|blud|plud) … (when|every time) … (vomit*|cough*|throw up)
    (blood|bloody) … (vomit*|puke|throw up)
    coffee (grounds|ground|grinds)
    (black|tarry|tar|bloody|maroon|jet black) (and)? (tarry|sticky|like tar|black)? (stool|stools|poop|bowel movement|bowel movements|bm|diarrhea|movements)
    (stool|stools|poop|bowel movement|bowel movements|pooping|bm|diarrhea|toilet|bowl|commode) … (black|tar|tarry|bright red|full of blood|nothing but blood|pure blood|all blood|red|blood|bloody|clots)
    (pooping|passing|peeing|pee|pissing|urinating|urine|lost|losing|loosing|lose|loose|leaking|gushing|pouring|spitting|dripping|crying|loss of) (out|a lot of|so much|too much|much|lots of|pure|bright red|bright|more|a ton of|straight|mostly|some|big|huge|large|all this|nothing but|up)? (blood|clots|blud|bloods|a lot of blood)
    (bright red|fresh|dark red|pure) (blood|bleeding|blud)
    (back end|bottom|rectum|butt|behind|down there|down part|down below|private*|back side|backside|rear end|rectal|rectally) & (blood|bleed*|hemorrhag*)
    (big|huge|large|golf ball|plum|plums|size|lemon|fist|quarters|orange|egg|passing|giant|bunch of|lots of|lot of|baseball|liver|softball) … (clot|clots)
    clots … (size|big as|like|coming|golf|plums|baseball*)
    (${soaked}) & (${cloth}) + (<bleed>|red|minute|minutes|hour|blood|pad|pads|clots|surgery|incision|wound|stitches|leg|floor|nose|period|again|twice|four|three|since)
    (pad|pads|tampon|tampons|pats|bandage|bandages|dressing|dressings) … (every|an|per|in an|each|in half an|in the last|in ten|in twenty) … (hour|half|twenty|thirty|minutes|ten|fifteen|hours)
    (dressing|bandage|bandages|gauze|towel|bandaid|incision|stitches|wound|cast) … (dripping|soaked|soaking|drenched|saturated|all red|solid red|full of blood|sopping|blood red|soaked red)
    (spurt*|squirt*|spray*|pump*|gush*|pour*|shooting out|shoots out|spirting|squirting out|spouting|geyser*) & (blood|cut|leg|arm|wound|neck|out|artery|vein|hand|head|nose|finger|red|everywhere|bleed*|foot|wrist)
    (hemorrhag*|haemorrhag*|hemorage|hemoraging|hemridge*|exsanguinat*|hemorrhage|hammer aging|hemorrhaging|hemmorag*)
    (bleed*|bled|breeding|blading|pleading) (out|to death|internally|inside|profusely|heavily|heavy|nonstop|through|everywhere|badly|real|really|like|bad|again|so|hard|fast|all over|a lot|buckets|worse)
    (hes|he's|she's|i'm|they're) (breeding|reading|pleading) out
    (internal bleeding|brain bleed|internally bleeding|g i bleed|gi bleed)
    (bleed*|nosebleed|nosebleeds|nose bleed) … (since|for|over|going on|been going) … (hour|hours|yesterday|morning|last night|minutes|an|two|three|four|days|midnight|noon|lunch|this|half|twenty|thirty)
    nose* … (bleed*|gushing|pouring|running blood|faucet|blood) … (hour|hours|minutes|stop|everywhere|long|pour*|faucet|throat|bucket|since|clots|keeps|quit|down my)
    bleed* (from|out of|through) (my|his|her|the|both|everywhere|every|a|its|their|where|around) (ear|ears|eye|eyes|rectum|belly|stomach|head|neck|incision|wound|port|fistula|gums|gum|mouth|leg|arm|butt|bottom|behind|penis|vagina|groin|belly button|nose and|access|site|dialysis|artery|the|surgery|throat|chest|scalp|back|tube|catheter|mouth and)
    (artery|vein|veins|varicose|vessel|fistula|dialysis|graft) & (cut|popp*|burst|sever*|nick*|bleed*|sliced|open*|gush*|blood|broke|ruptur*|hit|blew|squirt*)
    (been|got|was|i'm|he's|she's|just|someone|somebody) (just|been|got)? (stabbed|shot)
    (gunshot|gun shot|stab wound|stabbing wound|stab wounds|bullet wound|bullet hole)
    (cut|sliced|chopped|sawed|ripped|severed|tore|lopped|took) … (finger|fingertip|thumb|toe|hand|arm|leg|foot|tip|end) … (off|clean|almost off|nearly off|to the bone)
    (cut|sliced|chopped|sawed|severed|lost) off (my|his|her|the|part|half|a|two) … (finger|fingers|thumb|toe|hand|tip|arm|toes|foot)
    (see|down to|through to|showing|cut to|see the|clear to|hit) (the)? bone
    (stitches|incision|staples|surgery|wound|sutures|scab|cut) … (popped|busted|came open|ripped|tore|burst|opened|split|came apart|opened up|let go) … (blood|bleed*|pour*|gush*|everywhere|soak*)
    (blood) (is|keeps|just|running|pouring|coming|won't|gushing|dripping|filling|shooting|leaking|everywhere|all|spurting|squirting|streaming|flowing|trickling|bubbling|soaking|on the floor|thinner and) … (out|from|down|through|mouth|everywhere|floor|throat|nose|fast|stop|over|of|and|ear|it)
    blood … (everywhere|all over|pouring|gushing|on the floor|down my leg|down my face|down his face|down her face|down her leg|coming out|running down|dripping|in my shoes|bathroom floor|the floor|filling|won't stop)
    (covered|soaked|drenched|lying|laying|swimming|pool|puddle|trail|mouth full|mouthful|handful|cupful|cup|bowl full|sink full|towel full|lot) (in|with|of) (his|her|my|the|own)? (blood|own blood|blud)
    (losing|lost|losin|loosing|lose|has lost|loosin) (a lot|too much|so much|much|lots|a ton|a bunch|a whole lot|way too much|a good bit|some|a)? (of)? blood
    (blood thinner|blood thinners|warfarin|coumadin|eliquis|xarelto|plavix|thinners|thinner|pradaxa|warfrin|cumadin|eloquis|zarelto|l a quiz|elle quiz|heparin|war farin|lovenox|brilinta) + (hit|bump*|bang*|crack*|fell|struck|whack*|knock*|smack*|landed|fallen|bonk*|conk*|slipped|clobbered|falling) … (head|forehead|skull|temple|noggin|had|face)
    (head|noggin|forehead) & (hit|bump*|bang*|crack*|struck|whack*|smack*|knot|goose egg) + (blood thinner|blood thinners|warfarin|coumadin|eliquis|xarelto|plavix|thinners|pradaxa)
    (hit|bumped|banged|cracked|whacked) … head + (blood thinner|blood thinners|warfarin|coumadin|eliquis|xarelto|plavix|thinners)
    (bandage|dressing|gauze|stitches|wound|incision|cut|vein|artery|nose|leg) + (dripping|pouring|gushing|spurting|all over the|soaked|squirting|soaking) … (floor|bathroom|everywhere|place|towel|shirt|sheets|bed|wall|car|sink|kitchen)
    (blood thinner|blood thinners|warfarin|coumadin|eliquis|xarelto|plavix|thinners|pradaxa) + (bleed*|nosebleed|gums|gushing|black stool|cut|blood in)
    (period|menstrual) & (flood*|gush*|clots|soak*|nonstop|won't stop|hemorrhag*|pouring|two weeks|three weeks|passing out)
    blood pressure … (dropping|bottomed) … bleed*
    (white|pale) as a (sheet|ghost) … (bleed*|blood)
    (tourniquet|turn a kit|turnkit|tourni kit) … (on|blood|bleed*|it|not|leg|arm)
    (held|holding|hold|putting|put|applying) … pressure … (still|hour|minutes|won't|nothing|stop|soak*|bleed*)
    (mouth|nose|throat|toilet|bowl|sink|tub|shoe|shoes|bag|boot) … (full of|filling|fills|filled|fill) … (blood|blud|bled)
    (box|boxes|roll|rolls|stack|pile|pack) of (gauze|towels|pads|bandages|tissues|kleenex|tampons|paper towels)
    (murder scene|crime scene|slaughterhouse|slaughter house|horror movie|blood bath|bloodbath|butcher)
    period … (heavy|bad|flooding|gushing) … (changed|changing|hour|soak*|dizzy|passing|faint|clots|pad|pads|every)
    (chainsaw|chain saw|table saw|circular saw|saw|ax|axe|machete|lawn mower|mower|grinder|hatchet|band saw) … (got|cut|leg|hand|foot|arm|fingers|finger|slipped|into|bit|thumb)
    blood (keep|keeps|kept|just keeps) … (coming|pouring|running|going|flowing|dripping)
    (soaked|soaking|bled|bleeding|leaking|seeping|coming|going) (right|clean|all the way|clear|straight)? through (the|my|his|her|every|it|another|all|two|three) … (bandage|dressing|towel|gauze|shirt|pants|sheet|sheets|sock|pad|pads|cast|clothes|mattress|wrap|second|layer*)
    (finger|toe|thumb|skin|hand|ear|arm|foot|leg|flap) … (hanging off|hanging by|half off|torn off|ripped off|almost off|barely hanging|dangling|bit off|bitten off|amputat*)
  `,
  unless: `
    blood (work|test|tests|draw|draws|drawn|type|bank|drive|donat*|pressure|sugar|count|counts|lab|labs|vessel|group|relative|brother|sample|samples|orange|oranges|boiling|boils|boil|is boiling|results|panel|drawing|disease|disorder|cancer|money|moon|sausage|cultures|culture|sugars|transfusion|doctor|glucose|levels|lust|hound|bath|oxygen|flow)
    (gave|give|donate|donated|donating|draw|drew|drawing|took|take|taking|taken|drawn|giving) (a lot of|some|my|the|so much|too much|a unit of|a pint of|more|all that|lots of)? blood
    (out for|bad|new|young|blue|in cold|fresh|flesh and) blood
    heart bleeds
    blood (clot|clots) (in|on) (my|his|her|the) (leg|lung|lungs|arm|calf|brain)
    history of blood clots
    (bleed|bleeding) (the|me|you|us) (brakes|dry|radiator|radiators|line|lines|white)
    bleeding (heart|edge|money|hearts|obvious)
    bloody (mary|hell|good|shame|nonsense)
    blood … (pressure|sugar|work)
    (flu|covid|booster|allergy|tetanus|cortisone|steroid|b twelve|pneumonia|shingles) shot
    (got|had|was|been) (a|my|the|his|her) shot
    shot (in the arm|at the|record|records|of)
    (pads|pad) (thai|lock|of paper)
    (heavy|bad|high|low|worse|fast|large|lot) … blood (pressure|sugar|work|test|type|count)
    (knee|heating|mouse|note|shoulder|key|i|brake) (pad|pads)
  `,
  excuses: `
    (nick|nicked|hangnail|paper cut|pin prick|pinprick|flossing|floss*|brush my teeth|brushing|shaving|shaved|spot of blood|speck of blood|drop of blood|tiny bit of blood|streak of blood)
    (usual|normal|regular|typical|same) (period|flow|monthly|cycle|time of the month|heavy)
    (hemophilia) … (she|he|aunt|uncle|son)
    (what|how) … (type|blood type)
  `,
};
