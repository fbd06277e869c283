import { type LibraryFlag, standardScript } from './flag.ts';

const chest =
  'chest|chests|chess|chessed|jest|ches|breastbone|breast bone|sternum|pecho|chest cavity|chest area|chest wall|heart area';
const attack =
  'heart attack|heart attacks|hard attack|hart attack|heart a tack|heart tack|hard a tack|heartattack|cardiac arrest|coronary|heart attach|heart attacked|hurt attack|card attack';

export const chestPain: LibraryFlag = {
  name: 'chest-pain',
  title: 'Chest pain or a heart attack',
  severity: 'emergency',
  action: 'create-case',
  script: standardScript,
  confirm: 'Do you, or does anybody with you, have pain or pressure in the chest?',
  phrases: `
    (${chest}) & (<pain>)
    (test|tests|chased|chair) (hurts|hurting|pain|pains|hurt|aches|tight)
    (pain*|pressure|tightness|hurts|squeezing|burning) in (my|his|her|the) (test|chased|just|cheese)
    (my|his|her|about my|the) (chest|chess) + (it's|it|it'll|it is|it has|been|it's been|keeps|kinda|kind of) … (hurting|hurt|hurts|aches|aching|tight|heavy|burning|burns|sore|pounding|squeezing|pain|pressure)
    (chest|chess) … (funny|weird|wrong|strange|bad|terrible|awful|off|closing|caving|not right|bursting|burst|explode|explod*|pop|collapsing)
    chest … (feels like|feel like|feeling like|like) (a|an|it's|someone|somebody|something|there's|i'm|it|he's|she's)
    (${attack})
    (my|his|her|the) heart … (pain|pains|hurts|hurting|vice|vise|feels|aching|squeezing|tight|tightness|giving out|gave out|burning|stabbing|cramping|clenching|pressure|failing)
    (pain|pains|pressure|ache|tightness|twinge|twinges|hurts) … (around|near|over|by|behind|at|in) … (heart|hard|breast|sternum|breastbone|chess)
    (might|may|could|think|maybe|probably|worried|afraid|scared) … (be|it's|its|is|being|about) (my|his|her|the) heart
    angina … (again|now|bad|worse|back|today|kicking|flaring|acting|starting|attack|act*)
    (having|getting|feeling|some|bit of|touch of|feel*|bad) … angina
    (elephant|somebody|someone|something|truck|brick|bricks|weight|cinder block|anvil|boulder|person|man|rock|ton) … (sitting|standing|parked|pressing|sat|stepping|stepped|sits|pushing|on top|kneeling|lying|laying|resting) … (me|chest|breastbone|him|her|chess|sternum)
    (pain|pains|ache|aching|pressure|hurts|hurting|numbness|burning|tightness|heaviness) … (down|into|up|through|shoot*|radiat*|spread*|running|runs|going|goes|to) … (left arm|jaw|my arm|his arm|her arm|both arms|the arm|shoulder blades|left shoulder)
    (left arm|jaw) & (<pain>) + (sweat*|clammy|nause*|short of breath|chest|dizzy|lightheaded|throwing up|indigestion)
    pain … (center|middle|left side|breast) + (sweat*|heart|clammy|arm|jaw|tums|antacid*|breathe)
    pain … (center|middle) of (my|his|her) (chest|body|chess)
    (under|behind|below|beneath|between) … (breast|breasts|ribs|breastbone|sternum|rib cage) & (<pain>)
    (nitro|nitroglycerin|nitroglycerine|night row|nitros|nitrous) … (isn't|not|didn't|doesn't|hasn't|ain't|won't|never|no) … (work*|help*|touch*|doing|cut*|enough|better|relief)
    (took|taken|popped|put|had|on my) … (nitro|nitroglycerin|nitros|night row) + (still|pain|hurts|chest|again|no better|second|third|another|heart)
    (sharp|stabbing) … (every time|when|whenever) (i|he|she) (breathe|breathes|breath|take a breath|inhale|inhales)
    me duele el pecho
    dolor … pecho
    (indigestion|heartburn|heart burn) … (jaw|arm|sweat*|never felt|worse than|elephant|left)
    (clutching|grabbing|grabbed|holding|clutched|grabs|holds|grabbin|rubbing) … (chest|chess|heart)
    (widow maker|widowmaker)
    (squeezing|squeezes|squeezed|crushing|gripping|stabbing|clenching|grabbing|tightening|burning) … heart
    heart … (squeezed|crushed|stabbed|gripped|clenched|exploding)
    ticker … (acting up|hurts|hurting|pain|funny|trouble|bad)
    (belt|band|rope|strap|vise|vice|corset) … (around|across) … (chest|ribs|chess|middle|heart)
    (breastbone|sternum|chest|ribs|breast bone) & (poker|hot|knife|fire|acid|needle|needles|kicked|punched|hit|pulling|pull|tugging|catch|hitch|pins|stitch|wrong|funny)
    (indigestion|heartburn|gas) … (going|goes|spreading|moving|into|down|up) … (arm|jaw|neck|shoulder|back)
    (kicked|punched|hit|stabbed) in the (chest|chess|heart)
    (pressure|pain|tightness|ache) … (back|worse|again) … chest
    (jess|chest|yes) pain (real|bad|so|really|now|again)
    my (chest|chess) my (chest|chess|god|heart)
    (oh|ow|god|lord|help|ouch) (god|my|lord|no|help)? my (chest|chess|heart)
    my (chest|chess) oh
    (chest|chess) (pin|pan|pen|pens|pings|pinned|pained|paints|paid|pay|pail|pace)
    (it's|about|with|is) (my|the|his|her) (chest|chess) (again|now|thing|this time|bothering|it's)
    (chest|chess) (thing|pang|pangs|bang|twang|hit|spasm|attack|trouble|problem|problems|symptoms|issue|complaint)
    (heart|heart's) (hurting|hurts|aching|aches|killing|burning)
  `,
  unless: `
    (chest|chess) (x|xray|xrays|ct|cat|scan|scans|cold|colds|of drawers|congestion|film|mri|tube|surgeon|freezer|hair|size|measurement|press|presses|piece|set|board|club|match|tournament|game|infection|clinic|imaging|cough|specialist|physio|wall muscle)
    (off|treasure|hope|tool|medicine|ice|cedar|community) (my|his|her|your)? chest
    (play|played|playing|plays) … chess
    heart … (aches|hurts|bleeds|breaks|goes out|hurting) … for
    (broke|breaks|breaking) … heart
    heart attack (on a plate|grill|burger|snow|weather|medicine|medication|program|class|prevention|doctor|clinic|risk|symptoms list|survivor)
    (ruled|rule) out … heart attack
    pain in the (neck|butt|ass|rear|behind|you know)
    (pain|pains|hurts|ache|pressure) … (back|knee|hip|foot|stomach|belly|head|ankle|wrist|elbow|thumb) … chest … (fine|okay|ok|good|clear)
    chest … (fine|okay|ok|good|clear|all right|alright)
    (sunburn*|tattoo*|rash|pimple*|acne|mole|freckle*) … chest
    chest … (sunburn*|tattoo*|rash|pimple*|mole|waxed|shaved|hair)
    pressure … (cooker|washer|blood)
    blood pressure
    (tight|heavy) … (budget|schedule|traffic|bra|shirt|jacket)
    (bra|shirt|vest|sweater|jacket|coat|seat belt) … tight … chest
    stress test
    sharp (cheddar|knife set)
    (he's|she's|they're|that's|what) a pain in my
    (tied|tide|tender|pin|pan) … (up|over|shoes|tie|point|number|cake)
    (no|without) (chest|heart) (trouble|problems|problem|issue|symptoms)
  `,
  excuses: `
    (chest cold|chest infection|bronchitis) … (last|cleared|over|gone|month|ago)
    (pulled|strained|tore) … (muscle|pec) … (gym|lifting|ago|last)
  `,
};
