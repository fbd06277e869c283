import type { LibraryFlag } from './flag.ts';

const suicide =
  'suicid*|sue side|sue a side|sue aside|sueside|soo side|sewer side|sui side|su a side|sewa side|sue as idle|sue is idle|super sidle|sue the side|suicidle|who are sidle|sue a cyclone|suit a side|sooo a side|self harm|self harming|self injury|self injur*|su aside';

export const selfHarm: LibraryFlag = {
  name: 'self-harm',
  title: 'Danger to oneself or others',
  severity: 'emergency',
  action: 'hand-over',
  script:
    'Thank you for telling me. I am getting a person for you now. You can also call or text nine eight eight at any time, day or night.',
  confirm: 'Are you thinking about hurting yourself, or anybody else?',
  phrases: `
    (${suicide})
    (kill|killing|killed|kills|shoot|shooting|hang|hanging|off|offing|harm|harming|unalive|drown|drowning|stab|stabbing|strangle|gas|gassing|starve|cut|cutting|kutting|kill in|killin|kilt|keel|ceiling|filling|kilning|killin') (<himself>)
    (want|wanting|wants|wanted|wanna|going|gonna|thought|thoughts|think|thinking|thinks|urge|urges|might|afraid|plan|plans|planning|about|feel|feeling|feels|feel like|scared|could|would|will|i'll|try|tried|trying|ways|idea|ideas|ready|tempted|need|threatening|threatened|keeps|wish|start|started|been|keep|keep from|dream|dreams|ant|won) … (hurt|hurting|hurts|harm|harming|cut|cutting|burn|burning|shoot|poison|injure|damage|punish|hert|herding|hearting) (<himself>)
    (cut|burned|burnt|hurt|scratched|hit|hurting|cutting|burning|scratching|stabbed|carved) … (<himself>|arm|arms|wrist|wrists|leg|legs|thigh|thighs) … (on purpose|purposely|deliberately|intentionally|again|to feel|to cope|because i deserve|to punish|because i hate|last night|to make it stop|when i'm upset|when i get upset)
    (cutting|kutting|burning|carving) (my|his|her) (arm|arms|wrist|wrists|leg|legs|thigh|thighs|skin|stomach|rist|wrist|harms)
    (been|i'm|started|keep) cutting
    (razor|blade|knife|scissors|lighter|iron|cigarette) … (to|on|into) … (arm|arms|wrist|wrists|leg|legs|thigh|skin|throat|neck|<himself>)
    (gun|pistol|pills|knife|rope|rifle|shotgun) … (use|using|used) it … (<himself>|on me)
    (thinking|thought|think) … (about|of) (jumping|using it|doing it|ending|how i'd do it|taking them all|taking all|stepping|driving into)
    (i've|i|he's|she's|i have|has) (got|have|made|had) a plan
    (want|wanting|wish|need|ready for) it … (all|to be|to all) … (over|stop|end)
    (wish|wishes|wishing) … (never been born|dead|never born|not alive|not here|gone)
    (been|started|back to|is|she's|he's|i'm|keeps) cutting (again|herself|himself|myself|lately|more)
    (slit|slitting|cut|cutting|slash|slashed|slashing|slice) … (wrist|wrists|throat|rist|rists|risks)
    (want|wants|wanted|wanna|wish|wishes|ready|hope|hoping|hopes|better off|prefer|trying|tried|try|going|gonna|plan|planning|rather|deserve|deserves|like|about|want it|ant|wand|once|praying|pray|begging|decided|feel like|need|long) (it all)? (to|i could just|i could|i'd just|i would|that i|i'd|of|be)? (just)? (die|dye|be dead|be gone|end it|end it all|end everything|disappear|not be here|not exist|not wake up|never wake up|never have been born|stop living|stop existing|cease to exist|be done with it|be done with life|be done with everything|be with the lord|not be alive|dying|ending it|ending it all|be ded|dead|quit living|leave this world|leave this earth|di|be no more)
    (don't|didn't|doesn't|no longer|not|never|do not|dont|donut|tone) … (want|wanna|wanted|wants|feel like|care to|care if i|care whether i|intend to|plan to|wish to|plan on|won a|one) … (live|living|leave any|be here|be hear|being here|be alive|be around|wake up|waking up|go on|going on|exist|existing|be on this earth|be in this world|keep going|wake|life|die|dies|make it|lives|see tomorrow|see another day|be living|stay alive|continue|get up any|leaving)
    (don't|can't|no|not|never|didn't|doesn't|cannot|isn't) … (see|want|have|any|find|feel|much|a|got|know) … (point|reason|use|purpose|sense) … (living|live|going on|go on|life|being here|alive|keep going|waking up|keep on|in any of it|being alive|staying|to be here|to stay|stay alive)
    (no|any) (reason|point|use|purpose) (to|in|of|for) (live|living|go on|going on|life|keep going|being here|being alive|stay|carrying on|me to)
    nothing (left|more|here)? (to|for me to) live for
    (can't|couldn't|don't think i can|cannot|can not) (go on|do this|take it|take this|live like this|keep going|keep doing this|do life|do it|face another day|bear it|face tomorrow|carry on|keep living|take any more|handle life) … (any more|anymore|like this|no more|any longer|much longer|living|life|another day|to live|alone)
    (can't|cannot|couldn't) go on (living|like this|anymore|any more|any longer|without)
    (better|easier|happier) (off|for everyone|for everybody|for all|for them|if)? … (without me|dead|ded|if i|gone|not here|weren't here|wasn't here|i wasn't|i were|with out me)
    (world|family|everyone|everybody|kids|they'd|they'll|nobody|no one) … (without me|if i was gone|if i were gone|if i died|if i wasn't|if i weren't|if i disappeared|miss me|notice if i|care if i)
    burden … (everyone|everybody|family|kids|gone|dead|better|die|all|them)
    (end|ending|ended|finish|finishing|taking|take|takes|took|end in|and|stop|throw away) (my|her|his|mine|mi) (own)? (life|lives|live|existence|lie|misery)
    (end|ending|finish|stop) (it all|it tonight|it today|everything|things|the pain for good|it for good|it right now|it once)
    (tired|sick|done|through|finished|exhausted|fed up) (of|with|to|from) (living|live|life|being alive|it all|this life|this world|everything|fighting|being here|existing|trying to live|waking up|leaving)
    (said|saying|wrote|written|writing|left|leave|made|say|written out|leaving|right) … (goodbye|goodbyes|good byes|good bye|note|notes|last letter|letters to|suicide note|my letters|a will and) … (kids|everyone|everybody|family|ready|need|table|mom|wife|husband|ones|drawer|and|for)
    (said|saying) (my|all my|his|her) (goodbyes|good byes|goodbye)
    (suicide|goodbye|sue side) (note|letter)
    (gun|pistol|rifle|rope|noose|razor|blade|knife|shotgun|revolver|glock|bullets|belt|pills) … (my head|my mouth|loaded|in my hand|in my lap|right here|to my neck|my wrist|my own|to my throat|to my chest|ready|around my neck|beside me|next to me|myself|in front of me|lined up|saved up|all laid out|ready to|planning)
    (have|got|made|has|making|worked out|with) (a|the|my) plan … (myself|end it|die|kill|do it|gun|pills|rope|how i'd|how i'd do|tonight|gone|dead)
    (know|figured out|decided|thought about|picked|worked out|know exactly) (exactly)? how (i'd|i would|i'm going to|i'll|to|i'm gonna) (do it|end|kill|die)
    (jump|jumping|jumped|walk|walking|step|stepping|drive|driving|run|running|throw myself|throwing myself|steer|steering|swerve|swerving|crash|crashing|crashed) … (off|in front|into|over) … (bridge|roof|building|balcony|traffic|train|bus|truck|tree|wall|cliff|lake|river|pole|cars|overpass|window|ledge|parking garage|subway|tracks|car|guardrail|road|it on purpose)
    (stockpil*|saving up|hoard*|saved up|been saving|collecting|counting|counted) … (pills|tablets|meds|medication|medicine)
    (think|thinking|thinks|thought|thoughts|dream|dreams|dreaming|fantas*|obsess*|ideas|talks|talking|talked|talk|thots|saying|says|joking|googling|looked up|researching|reading) … (about|of) … (dying|dead|death|killing|ending|not being here|not waking up|hurting|harming|driving off|suicide|dieing|not being around|not living|dyeing|not existing|disappearing|just going to sleep|die|ending things|not wanting to|never waking)
    (wish|wishes|wished|wishing|with) (i|he|she|that i) (was|were|wasn't|weren't|had|had never|hadn't|could|would|wouldn't|never|didn't|just|had just|could just|don't) … (dead|here|born|alive|die|died|wake up|around|never been born|exist|existed|disappear|gone|woken|wake|ded|have to live|have to be here|woke up|go to sleep|evaporate|been born|killed|the crash)
    (go to sleep|fall asleep|sleep|going to sleep|falling asleep|go to bed|lay down|close my eyes) … (never|not|and not|don't|forever|for good) … (wake|waking|get up|up)
    (hope|hoping|pray|praying|wish|wouldn't mind|want|prayed|hoped|mind|rather) (that|to|if|every night)? (i|god|the lord)? … (don't|won't|didn't|not|never|just don't|doesn't) (wake|waking|woke|let me wake|make it|get up)
    (god|lord|jesus|he|they) (would|to|will|should|please|could|can|just) (just)? take me
    (wouldn't|don't|won't) (mind|care|bother me|matter|be bad) … (die|died|dead|wake|didn't|never|gone|hit|killed|live|get hit|if i|not waking|to be dead)
    (don't|doesn't|didn't) care (if|whether) … (live|die|lives|dies|wake|dead|alive)
    (several|more than half|nearly every|half|most|every|couple|some|few) … (days|day) … (dead|hurting|suicide|harm|killing|better off|dying|ending)
    (gonna|going to|want to|wanna|will|might|thinking about|thoughts|thoughts of|thoughts about|thinking of|i'll|about to|afraid i'll|afraid i might|scared i'll|scared i might|urge to|ready to|feel like|voices|threatened to|threatening to|wants to|planning to|plan to|i could|i'd like to|said he'd|said she'd|says he'll|says she'll|said he's gonna|fixing to|dreaming of|i swear i'll|am going|keep thinking about|images of|could just) (really|just|seriously|actually)? (kill|hurt|stab|shoot|strangle|murder|hurting|killing|harm|harming|choke|beat|smother|drown|poison|burn|stabbing|shooting|choking|smothering|drowning|take out|blow) (him|her|them|somebody|someone|people|everyone|everybody|my wife|my husband|my boss|the baby|my baby|my kids|the kids|my mother|my father|my son|my daughter|my brother|my sister|my neighbor|my dad|my mom|a person|other people|others|my roommate|that man|that woman|my coworkers|my boyfriend|my girlfriend|my ex|the place|him if|my children|my family|their heads)
    (voices|voice|something|demons|the tv|vices) … (tell*|say*|want*|telling) … (kill|die|hurt|jump|cut|end|do it|harm)
    (don't|not|can't|doesn't|isn't) (feel|be|feeling|keep)? (safe|myself safe|trusted) (with|from|by|around|alone|to be|being)? (<himself>|alone|right now|tonight|to be alone|at home with|with my own thoughts|with my thoughts|today)
    (don't|can't|couldn't|not sure i can) (trust|keep) myself … (safe|alone|right now|tonight|with|around|gun|pills|knife)
    (don't|can't|couldn't) trust myself
    (afraid|scared|worried) (of)? what (i|i'll|i'd|he'll|she'll|he|she) (might|will|could|do|would|may)
    (might|gonna|going to|could|will|about to|tempted to|afraid i'll|i'll) (do)? (do something stupid|something stupid|do something bad|something to myself|do something drastic|do something crazy|do something i can't|do something to|do something permanent|something drastic)
    (tried|try|tries|trying|attempted|attempting|attempt) to (end|take|hang|kill|overdose|drown|od|jump|slit|die|shoot|cut|gas|end it)
    (isn't|not|ain't|no longer|wasn't) worth (living|it anymore|being here|sticking around|going on|it any more|anything to anyone|leaving)
    life … (isn't|not|ain't|no longer|has no|hasn't got|got no) … (worth|meaning|point|anything|purpose)
    what's the (point|use) (of|in) (living|life|going on|being here|being alive|anything anymore|it all|even being|waking up|any of it|anything)
    (don't|doesn't) deserve to (live|be alive|be here|exist|breathe)
    (give|given|giving|gave) up on (life|living|everything|myself)
    (there's|is|see|no) (no)? way out … (except|but|this|anymore|only|for me|of this|other than)
    (only|best|easiest) way out … (die|dead|death|end|end it|pills|gun|is)
    (be with|join|see|going to join|go be with) (my|him|her|them) … (heaven|other side|in the ground|dead|grave|already gone|who passed|who died|that passed|up there)
    (rather be dead|rather not be here|rather not be alive|rather not wake up|rather not live|just rather be dead|i'd rather die|would rather be dead)
    (won't|not gonna|not going to|wouldn't|don't plan to|don't plan on) be (here|around|alive|hear|being here|being around) (much longer|tomorrow|next week|long|after|by|for christmas|any more|anymore|to see|when)
    (ready to|want to|wanna|need to|gonna|just|going to|want it to) (check out|cash out|be over|just be over|stop the pain for good|stop being|punch my ticket|let go of life|give up for good)
    (overdose|overdosed|od|pills) (on purpose|purposely|intentionally|to die|to end)
    (took|taken|swallowed) … (because|cause|hoping|so) … (die|dead|live|not wake|never wake|end it|wouldn't wake)
    (yes|yeah|yep|sometimes|a little|several days|i do|i have|unfortunately) (on|to) (that one|the last one|number nine|the dead one|the hurting|the better off dead)
    i'm just dying
    i want out
    (only way|best way) … (stop|end|out|peace) … (dying|die|dead|death)
    (could|gonna|going to|might|about to|wanna|want to|ready to|just) (just)? end it
    (world|everybody|everyone) … better off
    (weren't|wasn't|were not) for (my|the) (kids|dog|wife|husband|mom|son|daughter|family|cat|kid|children|grandkids) … (gone|dead|be here|done it|do it|alive|ended)
    if i had a gun … (do it|be dead|be gone|use it|end|shoot)
    (put|putting|pull|pulling|blow|blowing|blew) (a bullet|the trigger|my brains|my head|my brain|a gun|an end to it|an end to my|an end to me)
    (i'm|feel|feeling) (a danger|dangerous) to (<himself>|others|people|anyone|my kids)
    (danger|threat|harm) to (<himself>|others)
    (think|thinking|thoughts|thought|ideas) … (about|of) … (not being alive|not living|being gone|not be alive|being dead|my own death|just ending)
    (burn|burned|scratch|scratched|cut|hit|bite|bit|hurt|punch|punched|starve) (<himself>) … (sometimes|yesterday|again|till i bleed|until i bleed|when i'm|when i get|on purpose|to feel|a lot|at night|till it)
    (who'd|who would|who'll|nobody'd|nobody would|no one would|no one'd|nobody will|would anybody|would anyone|nobody) (even|ever|really)? (care|notice|miss|cry) … (died|gone|dead|me|disappear*|wasn't here|weren't here)
    (wish|hope|hoping|wishing|want|wouldn't mind|pray|praying) … (hit by|run over|crash*|plane|cancer|struck by|run me over|accident)
    (picture|picturing|imagine|imagining|see|seeing|visualize|visualizing) … (<himself>) … (hanging|dead|jumping|doing it|dying|in a coffin|bleeding)
    (picture|picturing|imagining|planning) (my|own) (own)? (funeral|death|suicide)
    (lost|no|losing|don't have|ain't got|without|haven't got) (the|my|any|all)? (will|desire|wish) to (live|go on|keep living|be alive)
    (number nine|question nine|the ninth one|the last one|that last one) … (yes|yeah|several|some|more than|nearly|a few|most|i do|sometimes)
    (want|wanna|need) out (of)? (this|my|of life|of this|life)
    only (thing|reason) (stopping|keeping|that's keeping|that stops|that keeps|i'm still|i haven't|i don't) (me|here|alive|done|do)
    (ways|how|way|best way|easiest way|painless way|methods) to (die|kill|end|hang|od|overdose|do it painless|off)
    (sleep forever|sleep and never|stay asleep forever|never get up again|close my eyes forever)
    (no|any|a|one) reason (to|for|i should|why i should) (be|stay|keep|still be|live|being|staying|living) … (alive|here|living|going|on)?
    no (want|wanna|wish) … (live|life|living|be alive)
    (had|have|having|get|getting|been having|has) … (thoughts like that|those thoughts|them thoughts|dark thoughts|those kinds of thoughts|those kind of thoughts|suicide thoughts|bad thoughts about|those feelings about)
    (bought|got|tied|tying|found|picked up|have) (a|the|some|me a) (rope|noose|razor blades|gun to|bunch of pills to)
    bought a (gun|rope|pistol)
    (standing|sitting|i'm|up|out|here|parked|walking) … (on|at|off) (the|a) (edge of the|side of the|railing of the)? (bridge|ledge|overpass|roof|train tracks|tracks|railroad tracks|railing|cliff|balcony) … (right now|now|and|jump*|i'm|want|gonna|looking)
    (don't think|doubt|not sure|won't|not going to|don't plan) … (i'll|i will|to|on|i) … (be around|be here|be alive|make it) (much|long|tomorrow|till|until|another|to see|tonight|for)
    (didn't|don't|never|not|doesn't|wouldn't) (wake|woke|waking) up … (fine|okay|ok|better|relief|by me|mind|good|all right|with me)
    (dead|dying|death|gone) … (relief|peaceful|easier|comfort*|welcome|answer|only way|way out)
    (sue a sidle|sue a sidal|sue asidle|sue assidal|suey side|sooey side|swis side|sewer sidal|shoe a side|sue asidal)
    (hopeless|worthless) … (dead|die|live|living|end|point|going on|alive)
    (i'm|i am|just) (ready|prepared) to (go|die|leave this world|leave|meet my maker|meet god|let go)
    (took|taken|swallowed|cut|tried) … (trying|wanted|want|meant|meaning|hoping) to (die|end it|kill|not wake up|be dead)
    (not|never) (gonna|going to)? (see|make it to) (my next birthday|christmas|tomorrow|next week|the end of)
    (he|she|they|son|daughter|husband|wife|brother|sister|friend|mom|dad) … (says|said|texted|told|saying|talking|posted|threatening) … (kill|die|end|suicide|dead|hurt himself|hurt herself|goodbye)
    (number|question) nine + (yes|yeah|several days|some days|more than half|nearly every|few days)
    (out of this life|out of my life for good|no hope left|there's no hope)
    (didn't|don't|never|not|wouldn't) (wake|woke|waking) up + (fine by me|fine with me|be okay with|that'd be fine|relief|wouldn't mind)
    (being|be) dead … (relief|better|easier|peaceful|nice|good)
    (no|any) point (to|in|of|anymore|any more) … (any of it|it|anymore|living|life|anything|being)
    (might as well|just as soon|rather|as soon|as well|sooner|wish i could just|deserve to) be (dead|gone|six feet under|in the ground)
    (if|when|once|after) i (was|were|am|just|was just|were just)? (dead|gone|died|disappeared)
    i'd be (gone|dead|better dead|fine if i died|fine being dead|okay if i died|okay with dying|okay with it being over)
    (fine|okay|ok|good|happy) (if|with) (i|dying|me) (died|being dead|dead|dying|didn't wake)
    (car|engine|truck) running … garage
    garage … (car|engine|truck|exhaust) (running|on)
    (tailpipe|exhaust pipe|hose) … (exhaust|tailpipe|car|window|garage)
    urge* … (cut|hurt|die|jump|burn|kill|harm|end)
    (thinking|thought|thoughts|plan|planning|think|obsess*) … (how|ways|when) … (do it|end it|to die|to kill|i'd do it|i would do it|doing it)
    no good to (anybody|anyone|nobody|them|my family)
    insurance money … (dead|gone|died|die)
    can't promise … (hurt|do anything|be safe|safe|kill|do something)
    (want to|wanna|gonna|going to|thinking about|thoughts of|thoughts about|thinking of|urge to|fantasize about|feel like) (just)? (stab|stabbing|shoot|shooting|kill|killing|strangle|strangling|murder|murdering|hurt|hurting|choke|choking|smother|smothering) … (<near>|step*|stepdad|stepmom|coworkers|boss|neighbor|ex|people|everyone|him|her|them|somebody|someone)
    bang* my head … (wall|floor|until|till|purpose|bleed*)
    if i had (a|the|my) (gun|rope|pistol|bullet)
    (want|wont|wanna|won't|ant|one|wand|once) (too|to|two|2|the|a) (die|dye|dead|dai|diet|di|bye)
    what's the (point|use) (anymore|any more|any longer)
    (look|looking|stare|staring|holding|hold|sleep|sleeping|thinking|think) … (gun|pistol|rope|noose|razor|shotgun)
    (got|have|getting|grabbed|bringing|took|loaded|loading) … (gun|knife|pistol|shotgun|bat) … (going over|over there|him|her|them|pay|after|make|kill)
    (make|making) (him|her|them) (pay|suffer|bleed|sorry) … (gun|knife|kill|swear|dead|shoot|hurt)
    (hurt|hurts|pain) … inside + (stop|end|over|done)
    (step|walk|walking|run|jump|stepping|running|throw myself|lie down|lay down|drive|driving) … (traffic|train|bus|highway|freeway|tracks|ocean|river|lake) … (want|feel|thought|thinking|like)?
    (feel|feels|thinking|want|thought|urge) … (walking|stepping|jumping|running|walk|step|jump|run|driving) … (into|in front|off) … (traffic|train|bus|highway|freeway|bridge|tracks|ocean|river|lake|cars|truck|building|roof)
    (god forgive me|tell my kids|tell them i) … (die|dead|love them|sorry|end|kill|can't)
    (i'm|been|feel|feeling|am) … (better off dead|good as dead|dead already|dead inside and)
    (kids|family|everyone|everybody|husband|wife|they) … (fine|okay|ok|better|happier|free) … (without me|when i'm gone|if i'm gone|once i'm gone)
    nothing (matters|means anything) (anymore|any more) … (die|dead|gone|end|live|alive)?
    (give up|giving up|given up) on (life|living|everything|it all|myself)
    (get|getting) … affairs in order … (pills|gun|die|end|leave|gone)
    (can't|cannot) (stop|quit|help) … (thinking|picturing|imagining) … (dying|death|dead|hurting|killing|jumping|knife|crash*)
    (pull|pulled|held|holding|point*) … (gun|knife) … (on|at|to) … (me|him|her|himself|herself|myself|us|head|throat)
    (think|thinking|thought) about (it|that) … (dying|death|suicide|killing|ending|jumping|dead)
    (don't|didn't|can't|not) (want|wanna|wish) to? (do|be in|deal with|keep doing|go through) (this|life|it) … (life|living|anymore|any more)
    (don't|can't) (want to)? (do this|do it) anymore … (life|living|i mean)
    (thought|thinking|think|think*) … (about|of) … (shotgun|gun|rope|pistol|rifle|bridge|noose|razor|knife in)
    (bought|got|have|saved|saving|enough|collected) … (pills|tablets|meds) … (to do it|to end|to die|to kill|to go|in front of me|lined up)
    cut (too deep|deep|deeper|my wrist|my wrists|up my arms)
    (hurts|hard|painful|tired|exhausting) … to be alive
    (want|wants|wish) (him|her|them|my boss|my husband|my wife|my ex) dead
    (says|said|threatening|threatened|going|gonna|wants|want|about|ready|trying|tried|thinking) … (to|of|about|he'll|she'll|i'll) … (jump|jumping|hang|overdose|slit|od)
    (world|everybody|everyone|family|kids) … be better off
    (nobody|no one) (needs|wants|loves|cares about) me … (go|die|gone|dead|live|here|end)
    (locked|lock|barricaded) … (bathroom|bedroom|room|garage) … (razor|knife|gun|pills|rope)
    (starving|starve|starved) <himself>
    (loaded|cocked) (gun|pistol|rifle|shotgun|weapon)
    (meaningless|pointless|worthless|hopeless) … (rather|die|dead|be with|end|god|live|gone|anymore)
    (life is|life's|feel like my life is|everything is|everything's) (meaningless|pointless|hopeless|worthless|over)
    (took|take) (all|the whole|everything) of (these|them|my pills) … at once … (want|asking|die|happen)
    (way out|no way|no other way|nothing left) … (but|except|besides|other than) … (dying|die|death|dead|end|suicide)
    (nothing left|no one left|nobody left) … (for me|to live|here|in me|to give|give)
    i've got nothing left
    (afraid|scared|terrified|worried) … (alone) … (do|might|hurt|kill|tonight|myself)
    (feel|feels|felt) like (dying|dyeing|die|i want to die|ending|killing|hurting|jumping|being dead)
    (end|ending|take|taking) (my|his|her) (wife|wives|live|own life) my life
    (rather|want to|go|ready to|like to) … be with (god|jesus|the lord|my maker|my late|him in heaven|her in heaven)
    (do it|doing it|done it|end it) (tonight|today|now|soon|this time|for real|right now)
  `,
  unless: `
    (suicide|suicides|overdose|shooting|stabbing) … (at|in) (my|his|her|the|our) … (school|college|work|church|town|neighborhood|news|paper)
    (<himself>) … (shaving|chopping|cooking|onions|on a can|on a knife|on the fence|slicing|opening|gardening|whittling|peeling|accidentally|by accident|at work|lifting|on some glass|on broken|on metal|on the stove|on the oven|on an envelope|on paper|on the mower|at the gym|playing|falling|hiking|the short end|some slack|off a piece|a piece|a break|off from|to the quick)
    (die|dye|dyed|dying|dyeing) … (hair|shirt|eggs|easter|clothes|laughing|of laughter|of embarrassment|of boredom|to know|to see|to try|to meet|to hear|to get|for a|roots|grays|it blonde|it red|my roots)
    dying (to|for)
    (be here|be hear|being here|here|wait|be around) (all day|all night|all morning|till|until|early|on time|at|by|for the appointment|for hours|so long|alone|with|today for|in the waiting|anymore on|right now on)
    (like|love|mind|want to|wanna|going to|gonna) … live (in|near|with|at|by|closer|on|out)
    (don't|didn't) (want to|wanna) leave (it|a message|my|the|him|her|work|home|early)
    (want|wanna|going|wish|trying) … (wake up|get up) … (early|so early|at five|at six|that early|for work)
    (suicide) (hotline|line|counselor|watch team|prevention|prevention month|squad|hotline poster|doors|bomber|bombing|awareness)
    dead (battery|line|phone|end|lift|tired|serious|car|beat|tree|tooth|skin)
    be with my (family|wife|kids|grandkids|husband|mom) (for|at|on|over|this|during|in the hospital)
    point (of|in) (this form|the form|this call|the call|calling|insurance|this appointment)
    hang … up
    jump (rope|start|ahead|in|to|the line|through)
    (run|running|ran|drive|driving|drove|walk|walking) … into … (store|town|friend|work|trouble|each other|problem*)
  `,
  excuses: `
    (shaving|chopping|onions|vegetables|box cutter|comp claim|workers comp)
    (took his own|took her own|killed himself in|killed herself in|committed suicide) … (#year|nineteen|two thousand|years)
    (hold music|this music|cup of coffee|for a nap|for a cigarette|for a sandwich|for some|for a good|other clinic|that clinic|other place|fill this out|fill that out|call that|than call|than go|than deal|than wait|than talk)
    rather die than
    before i'd (go|call|do|come|let|pay|see)
    (wanted|want|wants) to die at home
    (grief|grieving|bereavement|lost him to|lost her to|survivor of) … (counsel*|support|group|suicide)
    (died by|died of|died from|committed|lost to|family history of|history of|prevention|awareness|screening|hotline) (${suicide.split('|')[0]}|sue side|sueside)
  `,
};
