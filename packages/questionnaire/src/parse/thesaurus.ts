/** What callers say for options that many questionnaires have, where their author gave no synonyms. */
interface Meaning {
  /** The option's wording, lower case. */
  option: RegExp;
  said: readonly string[];
}

function meaning(option: RegExp, said: string): Meaning {
  return { option, said: said.split('|') };
}

const times = [
  meaning(
    /^(?:early |in the )?mornings?$/,
    'before noon|before lunch|am|first thing|early in the day|after breakfast',
  ),
  meaning(/^(?:in the )?afternoons?$/, 'after lunch|after noon|midday|mid day|lunchtime|middle of the day'),
  meaning(
    /^(?:in the )?evenings?$/,
    'after work|night|tonight|nighttime|after dinner|after supper|late in the day',
  ),
];
const people = [
  meaning(
    /^(?:self|myself|me|the patient|patient)$/,
    "me|myself|it's me|for me|i'm the patient|i am the patient|mine|just me|yours truly",
  ),
  meaning(/^spouse\b/, 'husband|wife|hubby|better half|missus'),
  meaning(
    /^child(?:ren)?$|^son or daughter$/,
    'son|daughter|kid|boy|girl|baby|toddler|little one|little boy|little girl|stepson|stepdaughter',
  ),
  meaning(
    /^parents?$|^mother or father$/,
    'mom|mother|dad|father|mama|papa|daddy|mum|mommy|stepdad|stepmom|folks',
  ),
  meaning(/^siblings?$/, 'brother|sister'),
  meaning(/^friends?$/, 'buddy|pal|best friend'),
  meaning(
    /^(?:domestic )?partners?$/,
    'partner|live together|living together|live with my boyfriend|live with my girlfriend|significant other',
  ),
];
/** Whoever is none of the people an "other" stands beside. */
const others = meaning(
  /^(?:other|someone else|somebody else|another person)$/,
  'boss|neighbor|friend|sister|brother|cousin|boyfriend|girlfriend|roommate|aunt|uncle|nephew|niece|coworker|grandma|grandmother|grandpa|grandfather|grandson|granddaughter|in law|client|caregiver|somebody else|someone else',
);
const marriage = [
  meaning(/^married$/, 'husband|wife|hitched|got married|spouse'),
  meaning(
    /^widow(?:ed|er)?$/,
    'widow|widower|husband passed|wife passed|husband died|wife died|lost my husband|lost my wife|husband is dead|wife is dead|buried my husband|buried my wife|he passed|she passed',
  ),
  meaning(/^divorced$/, 'divorce|divorcee|ex husband|ex wife'),
  meaning(/^(?:single|never married)$/, 'never married|never been married|unmarried|bachelor|not married'),
];
const smoking = [
  meaning(
    /^never\b.*\bsmok|^non.?smoker$/,
    'never|never have|never did|never touched|never touched it|never once|not ever|never in my life',
  ),
  meaning(
    /^used to smoke|^(?:former|past|ex).?smoker|^former$/,
    "quit|used to|stopped|gave it up|gave them up|gave up|kicked the habit|former|ex smoker|not anymore|not any more|no longer|not for years|don't anymore|in the past",
  ),
  meaning(
    /^(?:i )?smoke now|^(?:current|present).?smoker|^current$/,
    'i smoke|still smoke|still do|still smoking|current|currently|pack a day|packs a day|smoke every day|smoke daily|i do smoke|smoker',
  ),
];
const contact = [
  meaning(/^(?:home|house)(?: ?phone)?$/, 'house|landline|land line|the house|home number'),
  meaning(/^(?:cell|mobile)(?: ?phone)?$/, 'cell|cellphone|mobile|cellular|smartphone|iphone|text me'),
  meaning(/^(?:work|office)(?: ?phone)?$/, 'work|office|job|at work|desk phone'),
  meaning(/^e.?mail$/, 'email|e mail|write me'),
  meaning(/^text(?: message)?s?$/, 'text|text me|sms|text message'),
];
const pain = [
  meaning(/^sharp\b/, 'stabbing|stabs|knife|like a knife|shooting|piercing|jabbing|needle'),
  meaning(/^dull\b/, 'ache|achy|aching|aches|sore'),
  meaning(/^burning\b/, 'burn|burns|on fire|like fire|hot'),
  meaning(/^throbbing\b/, 'throb|throbs|pulsing|pulsating|pounding|thumping|beating'),
  meaning(/^mild$/, 'a little|slight|not too bad|not that bad'),
  meaning(/^moderate$/, 'medium|so so|in the middle|in between'),
  meaning(/^severe$/, 'really bad|very bad|terrible|awful|unbearable|horrible|the worst'),
];
const cover = [
  meaning(/^medicaid\b/, 'state insurance'),
  meaning(
    /^(?:private|commercial|employer)\b/,
    'private|through my job|through work|through my work|employer|my company|blue cross|blue shield|aetna|cigna|humana|kaiser|united healthcare|commercial|through my husband|through my wife',
  ),
  meaning(
    /^(?:no insurance|uninsured|none|self.?pay)$/,
    "uninsured|self pay|out of pocket|pay cash|cash|no coverage|not insured|don't have insurance|don't have any|don't have any insurance|haven't got any|haven't got insurance|without insurance|not covered|no insurance",
  ),
];
const belongings = [
  meaning(
    /^(?:auto|car|vehicle|automobile)\b/,
    'car|truck|suv|van|minivan|vehicle|pickup|automobile|sedan|jeep',
  ),
  meaning(/^(?:home|house|homeowners?)$/, 'house|homeowner|homeowners|condo|property'),
  meaning(/^boat\b/, 'boat|jet ski|sailboat|pontoon|yacht|canoe|bass boat|fishing boat'),
  meaning(/^motorcycles?$/, 'motorbike|bike|harley|cycle|scooter'),
];
const frequency = [
  meaning(/^not at all$/, 'never|not once|no days|zero days|none at all|not ever|none'),
  meaning(/^several days$/, 'several|some days|a few days|a couple of days|a couple days'),
  meaning(
    /^more than half the days$/,
    'more than half|more than half of the days|more than half of days|more than half of them|over half|most days|more often than not|more days than not|most of the days',
  ),
  meaning(
    /^(?:nearly|almost) every day$/,
    'every day|everyday|daily|almost every day|almost everyday|near every day|nearly everyday|practically every day|pretty much every day|most every day|just about every day|each day|all day every day|day in day out',
  ),
];

const groups = [times, marriage, smoking, contact, pain, cover, belongings, frequency];

/** Other ways to say an option, given what all options are worded as. */
export function usualWords(wording: string, all: readonly string[]): readonly string[] {
  const own = wording.toLowerCase().trim();
  const said = groups.flatMap((group) => sayings(group, own));
  const persons = all.filter((one) => sayings(people, one.toLowerCase().trim()).length > 0).length;
  if (persons === 0) return said;
  const besides = persons > 1 && others.option.test(own) ? others.said : [];
  return [...said, ...sayings(people, own), ...besides];
}

function sayings(group: readonly Meaning[], wording: string): readonly string[] {
  return group.filter(({ option }) => option.test(wording)).flatMap(({ said }) => said);
}
