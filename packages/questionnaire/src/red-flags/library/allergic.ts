import { type LibraryFlag, standardScript } from './flag.ts';

const swell =
  'swell*|swollen|swole*|swoll*|swelled|swolen|swelling|spelling|smelling|puff*|balloon*|blow* up|blew up|blown up|huge|double|doubled|twice|fat|swallowing up|swelling up|bloated|swallen|welling|selling|enlarged|getting bigger|getting big|swole up|inflated|inflating';
const tight =
  'clos*|clothing|cloth|clothes|tight*|shut*|squeez*|constrict*|narrow*|thick|scratchy|lump|itch*|funny|closed|coasting|chlorine|coming in on|smaller|choking|seizing|seal*|tingl*|numb|burning';
const anaphylaxis =
  'anaphyla*|anna fill axis|anna phylaxis|anna fillaxis|ana phylaxis|anna full axis|anna fell axis|anna felactic|anna lactic|anti lactic|ana fill|anna fil|anna fi|and a phylactic|an affiliate|anna flack|anaphalax*|anafil*|anifil*|annaphyl*|anna filactic|a nephew lactic|anna falaxis|and affalaxis|anna flexes|in a phylactic|prophylactic shock';
const pen =
  'epipen|epipens|epi pen|epi pens|epi|eppy pen|happy pen|epinephrine|adrenaline|auvi q|api pen|f e pen|epee pen|eppie pen|heavy pen|epic pen|appy pen|a p pen|epi10';
const hives =
  "hives|hive|welts|welt|rash|rashes|itchy|itching|itch|itches|bumps|splotch*|blotch*|red spots|whelps|hides|highs|hive's|wheals|hifes|heives|wealth|red all over|beehives";

export const allergic: LibraryFlag = {
  name: 'allergic',
  title: 'A severe allergic reaction',
  severity: 'emergency',
  action: 'create-case',
  script: standardScript,
  confirm: 'Is there swelling of the face, lips or throat, or an allergic reaction?',
  phrases: `
    (throat|throats|throw|throwed|tongue|tongues|tong|tung|tung's|tonge|lip|lips|face|eyes|eye|eyelids|mouth|neck|cheeks|cheek|uvula|head|whole face|lifts|leaps|phase|thrill|froat|airway|tone|tuns) & (${swell})
    (throat|throats|airway|windpipe|throw|froat|wind pipe|threat|throat's|thread|three|goat) … (${tight}|getting smaller|getting tighter|getting tight|getting thick)
    (tight*|closing|lump|squeezing|swelling) … (in|of|up)? (my|his|her|the) (throat|airway|windpipe|throw|threat)
    (tongue|tong|tung|tonge) … (thick|big|fat|huge|tingl*|numb|itch*|weird|heavy|funny|too big)
    (lips|lip|mouth) … (fat|tingl*|tingly|big|itch*|weird|funny|thick)
    (lips|lip|tongue|face) … (numb|tingl*) … (ate|eating|stung|shrimp|nuts|peanut*|swell*|swollen|took|hives)
    (${anaphylaxis})
    (having|have|has|getting|going into|think|bad|severe|it's|is|some kind of|some sort of|in the middle of|starting|started|might be|could be|may be|maybe|full blown|serious|terrible|i'm in|another|massive|one hell of) (a|an|have|having|some|some kind of|some sort of|had)? (bad|severe|really bad|serious|kind of|sort of|terrible|big|major|full blown|horrible)? (allergic|an allergic|allergy|a lergic|allergenic|elergic|all or jick|allergist|alert|a large) (reaction|attack|reactions|shock)
    (having|is having|i'm having|getting|started having|getting some) (a|some|an|some kind of|some sort of) (bad|severe|terrible|really bad|awful|weird|horrible)? reaction
    (bad|severe|terrible|awful|serious|horrible) reaction … (to|from|right now|just|now|today|after)
    (i'm|is|he's|she's|am|started|starting to|body's|be|been|keep|still) (react|reacting) (to|i'm|right|now|bad|badly|real|really|again|and|something|help)?
    (react|reacting) to (the|it|something|that|this|a|my|nuts|peanuts|peanut|shellfish|bee|an)
    allergic … (reaction) … (now|today|just|tonight|right|happening|again|minutes|hour|this morning)
    (used|using|gave|give|stuck|inject*|jabbed|hit|shot|took|given|administered|did|done|stabbed|poked|popped|giving|using up|just used) (my|his|her|the|him|her|me|myself|an|him the|her the|one|him his|herself|himself|with|him with|both|our|two|already|him an|her an)? (with)? (the|an|my|his|her|one|a|two)? (${pen})
    (can't find|where's|don't have|need|out of|forgot|no|looking for|left) (my|his|her|the|an|any)? (${pen}) … (reacting|swell*|now|help|please|quick|throat|right now|hives|stung|breath*|hurry)
    (stung|sting|bit|bitten|ate|eaten|took|shrimp|shellfish|peanut|peanuts|nuts|antibiotic|bee|wasp) + (${pen}) … (didn't|not|isn't|still|worn|wore|help|again)
    (${pen}) … (didn't|not|isn't|wearing|worn|wore) … (work|working|off|help|helping|enough)
    (${hives}) & (all over|everywhere|head to toe|covered|whole body|spread*|breaking out|broke out|broken out|coming up|popping up|from head|popping|neck and face|entire body|body|all down|over my)
    (covered|breaking out|broke out|broken out|breakout|broken|breaking|coming out) (in|with|an|out in|all over in) … (${hives})
    (${hives}) + (wheez*|throat|tongue|lips|lip|swell*|swollen|swole|vomit*|throwing up|dizzy|faint|voice|can't breathe|trouble breathing|short of breath|short of|chest is tight|tight|cough*|stomach cramps|puff*|face|hoarse)
    (stung|sting|stings|bee|wasp|hornet|fire ants|yellow jacket|peanut|peanuts|shrimp|shellfish|nuts|cashew|walnut|almond|antibiotic|amoxicillin|penicillin|contrast|vaccine|latex|lobster|crab|milk|egg|eggs|fish|ate|pill|medicine|medication|strawberries|sesame|dye|ants|new) + (wheez*|swelling up|swelling fast|swelling bad|swelling really|covered in|blowing up|throat is|throat's|lips are|tongue is|hives and|can't swallow|face is|itching all over|swell* … throat)
    (swelling|swell|swole|swollen|swells|puffing|blowing|selling|spelling|blew|swelled) (up)? (fast|quick|quickly|real|really|like|everywhere|all over|bad|badly|so|right|by the|like a|before)
    (face|eyes|lips|mouth|eyelids) (is|are|was|all|looks|look|feel|feels|seem|seems|got|gotten|getting) (a little|a bit|all|really|so|kind of|kinda|sort of|like)? (puff*|puffy|fat|tight|huge|swollen|balloon|blown|bloated)
    (eyes|eye) … (swollen|swelled|swelling|swole|puffed) (shut|closed|up)
    (hard|can't|trouble|difficult|hurts|painful|unable|tough|couldn't|hardly|barely) … swallow* + (throat|tongue|swell*|swollen|spit|drool*|hives|ate|stung|antibiotic|saliva|allerg*|reaction|lips)
    (can't|couldn't|hard to|trouble|barely) … swallow (my|his|her)? (own)? (spit|saliva)
    (voice) … (going|gone|hoarse|raspy|changing|squeaky|funny) + (hives|swell*|throat|stung|ate|itch*|lips|tongue|allerg*|reaction)
    throat … (sore|scratchy|itchy|weird|raw) + (hives|tongue|lips|swell*|stung|welts|epi)
    (face|lips|lip|tongue|eyes|mouth) … (big|bigger|become big|the size|twice the|like sausages|like balloons|like a balloon|golf balls|enormous|triple|grew|growing)
    (frote|thoughts|thoughts'|froth|sort|throats|thought) … (closing|closing up|closed|swelling|swelling up|tight|tightening)
    (alert|a lert|alertic|alert jick|allergy|allergist|elergik|allergit|a large ick|aller jick) (jick|gic|ick|reaction)? reaction
    (flush*|red|hot|itch*|burning) … (all over|everywhere|whole body|from head) + (throat|tongue|lips|swell*|swollen|breath*|wheez*|dizzy|faint)
    (throat|tongue|mouth) … (weird|funny|strange|itch*|tingl*) + (itching|itchy|hives|rash|welts|ate|eating|stung|swell*|swollen|took|new)
    i can't swallow
    (can't|couldn't|cannot) swallow (anything|right|good|at all|now|and|my own|water|even)
    (hives|welts) + (pass out|passing out|black out|weak|lightheaded|going to faint|gonna pass|heart racing|heart's racing|nause*|diarrhea|hoarse|itchy throat|tight)
    (i'm|she's|he's|is|am|body's|whole body) … swelling up
    (had to|have to|gotta|just|already|about to|need to) use (my|the|his|her|an) (epipen|epi pen|epi|epinephrine|adrenaline)
    (use|using|give|inject) (my|the|his|her|an) (epipen|epi pen|epi|auvi q) … (now|twice|already|just|ago|today|this morning|help)
  `,
  unless: `
    (throw|three|thread|threat|goat|tone) … (close|closed|tight|thick|big|out|away|rug|numb|itch*|burning)
    (spelling|spell|smelling|selling) (of|it|is|my|the last|bee|error|out)
    (close|closed|closing) (by|to|at|on|early|friday|the|for|my)
    (fat|double|big|huge) (chance|lip from|check|coverage|insured|deal|difference|booked)
    (face|eyes|eye|neck|mouth|throat) … (exam|doctor|surgery|appointment|specialist|culture|lozenge*|cream|wash|cancer)
    (ear nose and throat|nose and throat|sore throat|strep throat|clear my throat|strep|frog in my throat|down my throat|down our throats|jump down)
    (swell|swollen|swelling|puffy) … (ankle|ankles|foot|feet|knee|knees|leg|legs|finger|fingers|hand|hands|toe|toes|joint|joints|wrist|elbow|hip|belly|glands|lymph|prostate)
    (ankle|ankles|foot|feet|knee|knees|leg|legs|finger|fingers|toe|toes|joint|joints|wrist|elbow|hip) … (swell|swollen|swelling|puffy|swole|swelled|swells)
    (swell) (day|time|guy|fella|idea|folks)
    (bumps) (in the road|on the)
    (heat|diaper|razor) (rash|bumps)
    (gut|chain|knee jerk|first|stress|skin test|my) reaction (to the|to that|was)
    epi (center|demic|sode)
  `,
  excuses: `
    (makes|make|made|gives|would make|would give|causes|cause|caused|can make|will make|would) (me|my|him|his|her) (break|throat|swell|tongue|lips|face|hives|a rash|itch|itchy|get|close|whole|all|eyes|have|a|an|horrible|terrible|the|puff*|anaphyl*|anna|mouth|stop)
    (i|he|she) (get|gets|swell|swells|break|breaks|blow|blows|puff|puffs|react|reacts|itch|turn|go) (up|out|into|hives|a rash|all|in|red|so|like|welts)
    (can't have|can't eat|can't take|never give|don't give|won't give|stay away from|avoid|not allowed|i cant have|put on my chart|on my chart|on the list|listed as|allergy list|my allergies are|allergies are)
    (every time|whenever|anytime|any time|when|if) (i|he|she) (eat|eats|take|takes|have|get|gets|touch|had|ate as|took it as|is around|am around)
    (refill|refills|expired|expires|renew|renewal|prescription|carry|carries|carry an|at school|school|copay|replace|out of date|spare|order) … (${pen})
    (${pen}) … (refill|refills|expired|expires|renew|renewal|prescription|at school|expire|copay|cost|price|covered|just in case|in my purse|out of date)
    that's why i (carry|have|avoid|don't)
    (hay fever|pollen|seasonal|ragweed|dust|cat dander|sinus|cats|from allergies|my allergies are acting|allergy season)
    (from crying|crying|cried|no sleep|haven't slept|abscess|wisdom|dentist|mumps|tonsil*|root canal|fillers|botox|facelift)
    (switched me|took me off|stopped giving|they stopped|so they switched|pulled me off)
    (allergic to) … (it makes|makes my|it gives|gives me|i get|it closes|closes my)
    (last time|one time|years|the first time|when i was|as a kid) … (throat|swell*|swole|hives|anaphylaxis|reaction) … (so|and|er|hospital|stopped|never|ended)
  `,
};
