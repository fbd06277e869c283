import { meaning } from './meaning.ts';

export const persons = [
  meaning(/^(?:male|man|boy)$/, 'man|boy|guy|gentleman|he|son|gent|fellow|dude'),
  meaning(/^(?:female|woman|girl)$/, 'woman|girl|lady|gal|she|daughter|little girl|ladies'),
];
export const services = [
  meaning(
    /\b(?:billing|bills?|payments?|accounts?)\b/,
    'bill|charged|charge|overcharged|invoice|payment|owe|statement|paid|balance|refund|copay|collections',
  ),
  meaning(
    /\b(?:appointments?|scheduling)\b/,
    'appointment|schedule|book|reschedule|move my visit|my visit|cancel my visit|see the doctor|see a doctor|see doctor|come in|be seen|get seen|set up a visit|see dr|see my doctor|cancel|can see me|soonest|earliest you|fit me in|squeeze me in',
  ),
  meaning(
    /\b(?:prescriptions?|refills?|pharmacy|medications?|medicines?)\b/,
    'refill|pills|pharmacist|pill|meds|medication|medicine|pharmacy|drugstore|prescription|tablets|inhaler|ran out|running low|out of my',
  ),
  meaning(
    /\b(?:test )?results\b|^labs?\b/,
    'labs|lab work|blood work|bloodwork|test results|biopsy|scan|x ray',
  ),
  meaning(/\b(?:medical )?records\b/, 'records|chart|my file|paperwork|copies'),
  meaning(/\breferrals?\b/, 'referral|specialist|refer me'),
  meaning(
    /\b(?:check.?up|physical|wellness|well visit|annual)\b/,
    'physical|yearly|annual|once over|wellness|routine|well visit|my yearly|check up|checkup|sports physical',
  ),
  meaning(
    /\b(?:sick|illness|urgent)\b/,
    'cold|cough|coughing|fever|throat|flu|under the weather|ear infection|throwing up|vomiting|sick|ill|stomach bug|rash|poorly|feeling rough|came down with',
  ),
  meaning(
    /\b(?:vaccin\w*|shots?|immuni[sz]ation\w*)\b/,
    'jab|jabs|shot|shots|vaccine|vaccines|booster|flu shot|tetanus|immunization|needle|inoculation|shingles|tetanus shot|pneumonia shot|covid shot|measles',
  ),
  meaning(
    /^(?:a )?new (?:patient|customer|client)$/,
    "first time|never been|brand new|just moved|first visit|haven't been|new here|new to you|never seen you|never set foot",
  ),
  meaning(
    /^(?:a |an )?(?:returning|existing|established|current) (?:patient|customer|client)$/,
    "been before|been there before|been coming|been going|been seeing|seen you before|come there|back again|you've got my|for years|old timer|seen before|been in before",
  ),
  meaning(/^spanish$/, 'espanol|español|habla|en espanol|en español'),
  meaning(/^chinese$/, 'mandarin|cantonese'),
  meaning(/^english$/, 'ingles|inglés'),
  meaning(
    /^(?:emergency|urgent(?:ly)?|right away|asap|today)\b/,
    'as soon as possible|right away|asap|right now|straight away|emergency|urgent',
  ),
  meaning(
    /\b(?:pick.?up|in store|collect)\b/,
    'come get it|pick it up|swing by|drive through|drive thru|collect it',
  ),
  meaning(/\b(?:deliver(?:y|ed)|ship(?:ped|ping)?)\b/, 'deliver it|bring it|send it|drop it off|ship it'),
  meaning(/^cash$/, 'cash money|bills'),
  meaning(/\b(?:credit|debit)? ?card$/, 'visa|mastercard|amex|american express|plastic|credit|debit'),
];
export const work = [
  meaning(/\bretired\b/, 'retired|pension|pensioner|retirement|social security|hung up my'),
  meaning(
    /\b(?:unemployed|not working|not employed|out of work)\b/,
    'laid off|out of work|between jobs|lost my job|looking for work|unemployed',
  ),
  meaning(/^(?:employed|working)? ?full.?time\b/, 'full time|forty hours|nine to five'),
  meaning(/^(?:employed|working)? ?part.?time\b/, 'part time|few hours|twenty hours'),
  meaning(/\bstudent\b/, 'school|college|university|student|studying'),
  meaning(/\bdisab(?:led|ility)\b/, 'disability|disabled'),
  meaning(/\bself.?employed\b/, 'own business|freelance|work for myself|my own boss|contractor'),
  meaning(/^(?:i )?own\b|\bhomeowner\b/, 'own it|bought it|mortgage|paid off|homeowner'),
  meaning(/^(?:i )?rent\b|\brenter\b|\btenant\b/, 'rent|renting|lease|landlord|apartment'),
];
export const frequency = [
  meaning(/^not at all$/, 'never|not once|no days|zero days|none at all|not ever|none'),
  meaning(/^several days$/, 'several|some days|a few days|a couple of days|a couple days'),
  meaning(
    /^more than half the days$/,
    'more than half|more than half of the days|more than half of days|more than half of them|over half|most days|more often than not|more days than not|most of the days',
  ),
  meaning(
    /^(?:nearly|almost) every day$/,
    'every day|everyday|daily|all the time|constantly|almost every day|almost everyday|near every day|nearly everyday|practically every day|pretty much every day|most every day|just about every day|each day|all day every day|day in day out',
  ),
];

export const often = [
  meaning(/^never$/, 'not once|not ever|not at all'),
  meaning(
    /^(?:rarely|seldom|hardly ever)$/,
    'hardly ever|hardly|once in a blue moon|barely ever|next to never|almost never|not often|not very often',
  ),
  meaning(
    /^(?:sometimes|occasionally)$/,
    'once in a while|now and then|now and again|from time to time|every so often|here and there|off and on|on and off|occasionally|sometimes',
  ),
  meaning(
    /^(?:often|frequently|usually|most of the time)$/,
    'a lot|quite a bit|most days|more often than not|most of the time|quite often|frequently|usually',
  ),
  meaning(
    /^(?:always|constantly|all the time)$/,
    'all the time|constantly|nonstop|non stop|every single time|without fail|never stops|day and night',
  ),
];
