import { type LibraryFlag, standardScript } from './flag.ts';

const wound =
  'wound|wounds|incision|incisions|insision|in vision|cut|cuts|stitches|sutures|staples|surgery|surgical|site|leg|foot|toe|ulcer|sore|sores|abscess|boil|knee|hip|drain|port|bite|scar|section|c section|belly|belly button|burn|arm|hand|finger|back|stump|hole|breast|pick line|picc line|picc|catheter|hardware|pin|pins|cyst|blister|scrape|scratch|implant|hernia|replacement|it|appendix|gallbladder|woond|one|groin|heel|shin|elbow|shoulder|bandage|dressing|skin|lump|spot|tube|wombed|wounded';
const foul =
  "pus|puss|pussy|puss's|pussing|pusing|ooz*|oohs*|goop|goopy|gunk|gunky|goo|gooey|foul|stink*|stinks|stinky|smell*|drain*|leak*|weep*|seep*|discharge|infected|infection|infect|red streaks|streaks|streaking|streak|yellow stuff|green stuff|yellow|green|nasty|slimy|rotten|rotting|funky|reeks|losing|running|ooze|moozing|cloudy|rank|opened up|hot and red|red and hot|angry red|red and swollen|red line|red lines|putrid|thick stuff|crud|milky|brown stuff|brown|oozed|custard|cheesy|cottage cheese|oozy";
const pus =
  "pus|puss|pussy|pussing|pus's|push|posse|plus|pass|bus|buzz|oozing|goop|gunk|goo|ooze|oozes|foul drainage|yellow drainage|green drainage|thick drainage|purse|pulse|cuss";
const delirium =
  "confus*|con fused|con fuse|confuse|muddled|muddle|babbl*|hallucinat*|halloos*|seeing things|sees things|seeing bugs|sees bugs|seeing people|sees people|talking crazy|talking nonsense|talking out of|talking to people|delirious|deliri*|delirium|out of her head|out of his head|out of my head|out of his mind|out of her mind|makes no sense|not making sense|isn't making sense|not making any sense|doesn't make sense|making no sense|doesn't know where|doesn't know what|doesn't know who|don't know where|not know where|doesn't know me|doesn't know her own|doesn't know his own|don't know her own|not know her|not know his|didn't know his|didn't know her|doesn't recognize|don't recognize|didn't know me|didn't know who|didn't know where|disoriented|mixed up|incoherent|loopy|rambl*|not himself|not herself|not right in the head|not with it|called me by|calling me by|calls me by|calling me mama|can't tell me|couldn't tell me|wrong name|speak not normal|talk not normal|foggy|gibberish|can't wake|hard to wake|won't wake|lethargic|acting strange|acting weird|acting funny|acting crazy|acting drunk|acting odd|not thinking straight|can't think straight|jibberish|talking funny|talking weird|talking silly|off his rocker|thinks it's|thinks she's|thinks he's|thinks i'm|out of it|raving|goofy|dazed|groggy|don't know what day|what year|saying weird|saying crazy|weird things|crazy things|limp|making stuff up|not acting right|not right|can't remember|forgets|lost in his|lost in her|wandering|strange things|can few zed|de leery us|the leery us|dillirious|hallucinations";
const hot = [
  '(hundred|one|a hundred|hundreds|won) (and|oh|o|zero|an|in|n)? (three|four|five|six|tree|free|for|fore|thee)',
  '(103|104|105|106|103.*|104.*|105.*|106.*|102.9|102.8|39.5|39.6|39.7|39.8|39.9|40|40.*|41|41.*)',
  '(thirty nine|39) (point|and) (five|six|seven|eight|nine|a half|half)',
  '(forty|forty one|forty point) … (fever|celsius|degrees|temperature|temp|centigrade|she|he|five|two|three|and)',
  '(fever|temp|temperature|feaver) (of|is|at|was|about|up to|hit)? (forty|forty one)',
  '(sky high|really high|raging|very high|awful high|super high|high|spiking|terrible|bad|big|burning|roaring|wicked|real high|crazy) (fever|temperature|temp|feaver|feavers)',
  '(fever|fevers|temperature|temp|burning up|feaver|hot as|hot as a stove|boiling hot|feeber)',
];
const neck = [
  "(neck|net|nick|next|necks|nek|deck|neck's) … (stiff|rigid|stif|still|tiff|stuff|stiffness|locked|frozen|step|like a board|too sore to bend|so sore i can't)",
  '(stiff|rigid|stif|tiff|stuff|still|step|stiffened|stiffness|sore stiff|still of the) (sore|and sore|and painful|in my|in the|in her|in his|up|in|painful|of the|and)? (neck|net|nick|necked|next|nek|knack|deck)',
  "(can't|couldn't|won't|can barely|can hardly|hurts to|unable to|not able to|screams when|hardly|barely|cannot|painful to|doesn't want to|refuses to) … (bend|move|turn|touch|put|tuck|lower|flex|look|get|nod|drop) … (neck|chin|head|down|net|nick|chest)",
  '(neck|net|nick) … (hurts|pain|painful|sore|hurt|killing) … (bend|move|chin|forward|down|touch|turn|light)',
  "(neck|net|nick) … (won't|doesn't|can't|isn't|don't) … (bend|move|turn|go|budge|moving|bending)",
  '(meningitis|menin gitis|many gitis|men in jitis|meningitus)',
];
const fever =
  "(<fever>|fee her|favor|fear|feeber|fevver|fever's|hundred and one|hundred and two|hundred one|hundred two|one oh one|one oh two|hundred and one point|hundred point|102.*|101.*|38.*|39|39.*|thirty eight|thirty nine|hot to the touch|burning up|boiling hot|hot as|i am hot|she\'s hot|he\'s hot|i\'m hot|so hot|really hot|feels hot|feel hot|a hundred too|hundred to|hundred and too|hundred and three|hundred and four|sweating and shivering)";

export const infection: LibraryFlag = {
  name: 'infection',
  title: 'Signs of a serious infection',
  severity: 'urgent',
  action: 'create-case',
  script: standardScript,
  confirm: 'Is there a fever together with a bad wound, a stiff neck, or confusion?',
  phrases: `
    (${pus}) & (wound|incision|cut|drain*|leak*|coming|came|out|leg|foot|toe|knee|hip|stitches|surgery|site|abscess|boil|ulcer|sore|bite|arm|hand|finger|full of|in it|yellow|green|squeez*|there's|some|it's|got|ooz*|belly|hole|burn|stump|port|breast|burst|busted|it|running|of) + ${fever}
    (${wound}) & (${foul}) + ${fever}
    (pus|puss|pussy|gunk|goop|oozing|foul smelling|goo) + ${fever}
    (smells|stinks|reeks|smelling|stinking|smell|stink) … (bad|awful|terrible|like|something|rotten|dead|foul|to high heaven|funny|nasty|horrible) + ${fever}
    ${neck.map((one) => `${one} + ${fever}`).join('\n')}
    ${neck.map((one) => `${one} + (light hurts|lights hurt|light bothers|hurts my eyes|purple spots|purple rash|bright light|light is killing|lights bother|photophobia)`).join('\n')}
    ${hot.map((one) => `${one} + (${delirium})`).join('\n')}
    (sepsis|septic|blood poisoning|septicemia|set sis|step sis)
    (red streak|red streaks|red line|red lines|streaks) … (up|arm|leg|from|down|foot|hand) + ${fever}
    (yellow|green|foul|bad|brown|thick|smelly|nasty|cloudy) … (drainage|discharge|smell|stuff|fluid|ooze|goo) + (fever|temperature|chills|feverish|hundred and|burning up)
    (keeps calling|calling|calls|called) me (mom|mama|by the wrong|by another|dad|daddy|by her|by his|someone|somebody) + (fever|hundred and|hundred|temperature|burning up|one oh)
    (fever|temperature|temp|burning up|hundred) + (talking|talk*|speaking|saying) … (rubbish|nonsense|crazy|gibberish|weird|strange|funny|silly|out of|garbage|things that|no sense|to the wall|to dead|stuff that)
  `,
  unless: `
    (cabin|baby|spring|gold|hay|yellow|dengue|scarlet|rheumatic|jungle|buck|disco|saturday night|valley|lassa|typhoid|beaver|world cup|march madness|cabin feather) (fever|feaver|feather)
    fever (pitch|blister|blisters|dream|reducer|ish pace)
    septic (tank|system|pump|line|field|guy)
    (room|oven|water|outside|body|color|food|house|car|the) (temperature|temp)
    (temp|temperature) (agency|job|outside|in here|in the|worker|position|in my house|control)
    (plus|push|pass|bus|buzz|purse|pulse|cuss) (one|two|size|the|my|a|button|in|for|stop|ticket|it|that|i|ox|was|rate|of)
    (pounds|dollars|percent|years|miles|street|bucks|years old|pound|lbs) 
    (hundred|one) (and|oh|o|zero)? (three|four|five|six|for) (pounds|dollars|percent|years|miles|street|bucks|main|of|people|north|south|degrees outside)
    (on fire) (department|truck)
    (do me|a|return the) favor
    (no|without) fear
    chills (down|up|thinking|of excitement|when)
    (out of it) (last|years)
  `,
  excuses: `
    (runny nose|snot|phlegm|mucus|sinus|sinuses|cold sore|ear infection|nose is running) … (fever|drain*|green|yellow)
    (fever|temp*) … (broke|gone|went away|came down|back to normal|is down) … (yesterday|days|last|ago|fine|better|since)
    (slept wrong|slept funny|whiplash|car accident|pillow)
    (if|when) (i|he|she|it|there's|you) (get|gets|have|has|see|run|runs|develop*) … (fever|pus|drainage)
  `,
};
