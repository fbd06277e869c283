import { type LibraryFlag, standardScript } from './flag.ts';

const breathe =
  'breathe|breath|breathes|breathing|breed|breeds|breeze|breezing|brief|briefed|breve|breave|breeves|breeding|braid|breathin|breeve|breaths|breast|breadth|bree|breathed|breaf';
const air =
  'breath|air|breaths|wind|oxygen|breast|err|heir|a breath|a good breath|a full breath|a deep breath|enough air|any air|enough oxygen|brett|breadth|bread|brev|her breath|breathe';
const short =
  'short|shortness|shore|shorter|shorty|shorten|shot|shut|shortage|shorted|sure|shorts|shorting|shorter ness|short ness|short nose|short net|short miss|shirt|sort|shortnes|shortest';

export const breathing: LibraryFlag = {
  name: 'breathing',
  title: 'Cannot breathe',
  severity: 'emergency',
  action: 'create-case',
  script: standardScript,
  confirm: 'Is it hard to breathe right now, for you or anybody with you?',
  phrases: `
    (can't|couldn't|can hardly|can barely|can scarcely|can't hardly|can't barely|hardly|barely|unable to|not able to|isn't able to|no can|struggling to|struggles to|struggle to|fighting to|can not|having to fight to|cain't|kant|scant) … (${breathe})
    (can't|couldn't|hardly|barely|trying to|trouble|struggling to|unable to|hard to|not able to|difficult to|fighting to|never|having to|not|isn't|don't) … (get|getting|catch|catching|take|taking|draw|drawing|suck|pull|pulling|find|finding|move) … (${air})
    (not|isn't|ain't|aren't|stopped|quit|stops|barely|hardly|ceased|he no|she no|quits) (really|even|hardly)? (breathing|breedin|breeding|breezing|breathe)
    (no|without) (air|oxygen|breath)
    (trouble|troubles|difficulty|difficulties|hard time|tough time|rough time|heck of a time|hell of a time|problem|problems|issues|struggling|struggle|struggles|labored|laboring|working hard|fighting|trump|travel|double|terrible time) … (breathing|breathe|breeding|breed|breath|breezing|breeding|brief|to breathe)
    breathing … (hard|heavy|fast|funny|weird|bad|badly|labored|shallow|difficult|worse|wrong|rough|ragged|terrible|awful|tight|trouble|struggl*|strange|raspy|gurgl*|noisy|rapid|harder|four times|six times|like a|really fast|so fast|loud|not good|not right|irregular|slow|too slow|too fast)
    (breathing|breath|breaths) & (shallow|labored|ragged|gurgl*|rattl*|noisy|gasp*|agonal|rapid)
    (${short}) (of|on|a|in|the|uh|off|for|with|his|her|my)? (breath|breathe|breaths|bread|brett|breadth|breasts|breast|breathing|breathed|bref|of breath|brass|breth)
    (hard|harder|difficult|tough|hurts|painful|impossible|hurt|heart|heard) (for me|for him|for her)? to (breathe|breath|breed|breeze|brief|catch|get air|get a breath|get any air|inhale|draw a breath)
    (gasp*|fighting|struggling|starving|hungry|begging|desperate|panting|sucking|gulping|stop|stopping|clawing|grasping|hauling|reaching|heaving) (and gasping|and fighting)? for (air|breath|oxygen|breaths|a breath|err|heir|every breath)
    (gasping|suffocat*|asphyxiat*|smothering|smothered|strangling)
    air hunger
    (out of breath|out of air|run out of air|running out of air|ran out of breath|short winded|out of wind|breathless)
    (so winded|awful winded|really winded|that winded|terribly winded)
    winded … (just|talk*|sitting|rest|resting|couch|bed|chair|bathroom|lying|nothing|standing|few steps|across)
    (wheez*|wheas*|weezing|wheeling|weaving) … (bad|hard|so|can't|severe|worse|loud|really|awful|terrible|something|fierce|whistl*|horrible|blue|won't|nothing|inhaler|like crazy|stop)
    (bad|hard|so|severe|really|awful|terrible|horrible|can't stop|lot of|started|keeps|been) … (wheez*|wheas*|weezing)
    (is|he's|she's|i'm|baby's|started|been|keeps|keep|son's|mom's|dad's|kid's|are|are you|husband's|wife's|and|now|he|she|joking) choking
    (i|he|she|they) … (choked|choking) … (can't|won't|still|blue|now|just|piece|stuck)
    (choking|chokes|joking) … on … (something|food|meat|piece|hot dog|grape|steak|candy|chicken|bone|coin|toy|it|water|bread)
    (something|food|meat|piece|steak|chicken|bone|grape|hot dog|coin|candy|pill|toy|it's|he's got|bread|marble|nut) … (stuck|lodged|caught|blocking) … (throat|windpipe|airway|wind pipe|throats)
    (lips|face|fingers|fingernails|nails|mouth|lip|skin|he|she|he's|she's|i'm|baby's|color|lifts|leaps|toes) & (blue|bluish|purple|gray|grey|blew|blueish|ashen|dusky)
    (turning|turned|turns|going|gone|went|looks|looking|turn|getting) (all|a little|kinda|kind of|sort of)? (blue|bluish|purple|gray|grey|blew|dusky)
    (can't|couldn't|can hardly|can barely|barely|hardly|not able to) … (finish|complete|get out|get through|get to the end of|make|put together) … (sentence|sentences|word|words|breath|sentance)
    (can't|couldn't|can hardly|can barely|hardly|barely) (even)? (talk|speak|walk|say|move) … (breath|breathe|breathing|air|gasping|winded|without stopping|without gasping)
    (stop|rest|pause|sit) … (catch|get|for) … (breath|air|wind)
    (stop|pause|rest|breath|break) … (when|while|between|every|after) … (talking|talk|words|word|sentence|speaking|few words|few steps|two steps|step|three steps)
    (drowning|underwater|under water) … (can't|air|breath|lungs|lying|lie|chest|bed|inside|fluid|own)
    (feel*|feels|like|i'm|he's|she's) (like i'm|like he's|like she's|like)? … (drowning|suffocating)
    lungs … (closing|filling|full|collaps*|shutting|giving out|won't|aren't|not|burning|tight|can't|fluid|quit|failing|feel like|on fire|seizing)
    (fluid|water) … lungs
    (like|breathing|through|sucking) … a (straw|wet towel|pillow|coffee straw|plastic bag)
    (oxygen|sats|pulse ox|o2|sat|o two|saturation|oximeter|oxygen level|stats) … (eighty|seventy|sixty|eighties|seventies|low|dropping|dropped|seventy*|8*|7*|falling|fell|down|drops|sixties|fifty)
    (inhaler|nebulizer|rescue|neb|puffer|albuterol|in hailer|in haler|breathing treatment|breathing treatments|oxygen) … (isn't|not|doesn't|ain't|won't|didn't|hasn't|aren't|nothing|no) … (working|helping|touching|doing|work|help|touch|cutting|kicking|relief|enough)
    (having|bad|in|an|another|severe|big|worst|is|started|full blown|having a) … (asthma|azma|as ma|asma) (attack|tack|attacks|flare)
    asthma … (acting up|flar*|bad|really bad|going crazy|kicking|attack|worse|kicked|killing|out of control|can't)
    (ribs|belly|stomach|skin|neck|nostrils|chest) … (sucking in|pulling in|flaring|caving in|suck in)
    (airway|windpipe|wind pipe) … (closing|closed|blocked|shut|tight|swelling|clos*)
    (couple|few|one|two|three) … words … (at a time|breath|before|between)
    (can't|couldn't) (lie|lay|lay down|lie down|sleep) … (breath|breathe|flat|drown*|smother*|air)
    (stridor|respiratory distress|respiratory failure|collapsed lung|pulmonary embolism)
    (making|makes|make) … (noise|noises|whistling|sound|gurgling|sounds|rattle) … (breath*|chest|lungs|throat)
    (panting|gulping air|gulping for air|hyperventilat*|puffing and blowing|huffing and puffing) … (can't|stop|now|rest|sitting|like|won't|still|hard)
    breath … (won't|isn't|not|ain't|doesn't) … (come|coming|go|there)
    (won't|can't|not) … (enough|any) (air|oxygen) … (in|into|lungs|down)
    (every|each) breath … (hurts|effort|fight|struggle|work|harder|battle)
    (hungry|starved|desperate|fighting) for (air|breath)
    (sucking|gulping|fighting|gasping|puffing|panting|heaving|blowing) … (air|like a fish|like a train|like a dog|like a horse|like a steam)
    (sit|sitting|stand|lean|prop|propped) … (up|forward|straight) … to (breathe|breath|get air|get my breath)
    (she's|he's|shes|hes|she is|he is|baby's) not (briefing|breathing|breeding|breezing|breathin)
    (puffing|puffed|huffing|panting) … (sitting|rest|nothing|still|just|talking|walking across)
    breath (is|'s|getting|seems|feels|comes|coming) (short|shallow|fast|ragged|hard|in gasps|rough|heavy|labored)
    (stop|rest|pause) … (breathe|breath|breathing) … (words|every|steps|minute|talk*|few)
    (can't|couldn't|hard to|hurts to|not able to|unable to|trouble) (inhale|exhale|inhaling|get it in|draw in)
    (i|he|she|we) need (air|oxygen|to breathe)
    (can't|couldn't|can hardly|can barely|unable to|not able to) (fill|expand|open) (my|his|her|the)? (lungs|lung|chest)
  `,
  unless: `
    (hold|holding|save|waste|held) (my|your|his|her|a) breath
    catch my breath (a second|for a second|for a minute|first|okay|here a)
    (let me|lemme) (just)? catch my breath
    (takes|took|take|taking) (my|your|her|his) breath away
    (breath of|breathing room|breathing down|breathing exercise|breathing exercises|breathing test|breathing tests|breathing machine|breathing treatment machine|breath test|bad breath|breath mint|breath mints|breathing class|breathing apparatus|breathing tube)
    (breathe|breath|breathing|air) … (through|out of) (my|his|her|the) (nose|left nostril|right nostril|one nostril|nostril)
    (stuffy|stuffed|stopped up|congested|plugged) … (nose|sinus|sinuses|breathe)
    (breed|breeding|breeds|bread) … (them|dogs|dog|cats|horses|cattle|anymore the|puppies|rabbits|season|goats)
    (brief|breeze|breast|bread) … (case|cancer|milk|feeding|feed|fed|exam|pump|lump|butter|reduction|implants|flour|description|summary)
    (blue|blew|gray|grey|purple) (cross|shield|in the|hair|eyes|eye|car|house|form|card|shirt|bruise|toenail|folder|sky|gloves|moon|pill|ink|pen|dress|paper)
    (until|till) (i'm|i am|you're) blue
    feeling … blue
    (catch|get|take|find|breath) … (breath|breather|air) … (vacation|holiday|from work|of fresh|conditioner|conditioning|filter|mattress|fryer|fare|port)
    (air|the air) (conditioner|conditioning|filter|force|mattress|fryer|bag|compressor|port)
    (drowning|suffocating|buried) in (paperwork|paper|debt|work|bills|forms|laundry|emails|medical|tears|sorrow)
    (choking|choked) up
    (oxygen|o2) (tank|tanks|machine|concentrator|delivery|supplier|supply|refill|company|tubing|order)
    (trouble|problem|problems|difficulty) … (briefing|brief|breeze)
    drowning (over here|here|in)
    (drowning|suffocating|choking|smothering) … (kids|work|homework|emails|debt|laundry|bills|paper*)
  `,
  excuses: `
    (sleep apnea|sleep apnoea|cpap|c pap|apnea|sleep study|bipap)
    (same as|like) (always|usual|any|it's always|every|before|ever|it always)
    (as usual|as always|nothing new|always have|always has|my normal|my usual|baseline|for me that's normal|no worse than|no different|for years|all my life|had it for years)
    (smell|stink|stank|smelled|perfume|cigar|humid|this heat|air conditioner|ac|a c|the heat|tie|collar|girdle|pants|dress|corset) … (breathe|breath|choking|suffocat*|breathing)
    (breathe|breath|choking|suffocat*|breathing) … (this heat|in that traffic|the smell|the humidity|that perfume)
    (dog|cat|puppy|dog's|cat's) … (breath*|chok*|wheez*|pant*)
    (ran|running|run|hurried|rushed|jogged) (for|to|in|up|down|from|over) … (phone|stairs|door|mailbox|garage|outside|dog|car|get)
    (so funny|hilarious|laughed|laughing|traffic)
    (third|second|three|two|four) (flight|flights|floor)
    (breathed|breathe|breathing) … (sigh|relief|down my neck|down her neck|word)
  `,
};
