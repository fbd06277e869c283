import { type Meaning, meaning } from './meaning.ts';
import { frequency, often, persons, services, work } from './thesaurus-more.ts';

const times = [
  meaning(
    /^(?:early |in the )?mornings?$/,
    'before noon|before lunch|am|first thing|early in the day|after breakfast',
  ),
  meaning(
    /^(?:in the )?afternoons?$/,
    'pm|after lunch|after noon|midday|mid day|lunchtime|middle of the day',
  ),
  meaning(
    /^(?:in the )?evenings?$/,
    'after work|night|tonight|nighttime|after dinner|after supper|late in the day',
  ),
];
const people = [
  meaning(
    /^(?:self|myself|me|the patient|patient)$/,
    "me|myself|it's me|for me|i'm the patient|i am the patient|mine|just me|yours truly|on my own behalf|my own|i'm the one|for myself",
  ),
  meaning(/^spouse\b/, 'husband|wife|hubby|better half|missus'),
  meaning(
    /^child(?:ren)?$|^son or daughter$/,
    'son|daughter|kid|boy|girl|baby|toddler|little one|little boy|little girl|stepson|stepdaughter|youngest|oldest|eldest|newborn|infant|teenager|firstborn',
  ),
  meaning(
    /^parents?$|^mother or father$/,
    'mom|mother|dad|father|mama|papa|daddy|mum|mommy|stepdad|stepmom|folks|momma|pop|old man|stepfather|stepmother',
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
  'boss|neighbor|friend|sister|brother|cousin|boyfriend|girlfriend|roommate|aunt|uncle|nephew|niece|coworker|grandma|grandmother|grandpa|grandfather|grandson|granddaughter|in law|client|caregiver|somebody else|someone else|lady|gentleman|fellow|tenant|lodger|landlord|patient of mine|ward|employee|employer|godmother|godson|mother in law|father in law|sister in law|brother in law',
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
  meaning(/^e.?mail$/, 'email|e mail|write me|inbox|gmail'),
  meaning(/^(?:text|text message|sms)s?$/, 'text|text me|sms|text message|texting|shoot me a text'),
  meaning(
    /^(?:phone|phone call|call|telephone|telephone call|voice call)s?$/,
    'call|call me|ring|ring me|phone|phone me|give me a ring|give me a call|telephone|buzz|talk to me',
  ),
  meaning(
    /^(?:letter|mail|post|postal mail|by mail|regular mail|us mail)s?$/,
    'post|mail|mail it|snail mail|paper|regular mail|mailbox|in writing|write to me|by post|envelope|postman|mailman|send it to the house',
  ),
];
const pain = [
  meaning(/^sharp\b/, 'stabbing|stabs|knife|like a knife|shooting|piercing|jabbing|needle'),
  meaning(/^dull\b/, 'ache|achy|aching|aches|sore'),
  meaning(/^burning\b/, 'burn|burns|on fire|like fire|hot'),
  meaning(/^throbbing\b/, 'throb|throbs|pulsing|pulsating|pounding|thumping|beating'),
  meaning(
    /^mild$/,
    "a little|slight|not too bad|not that bad|not so bad|nothing much|barely notice|hardly notice|minor|nothing to write home about|livable|can live with it|it's nothing",
  ),
  meaning(
    /^moderate$/,
    'medium|so so|in the middle|in between|middling|fair to middling|halfway|middle of the road',
  ),
  meaning(
    /^severe$/,
    'really bad|very bad|terrible|awful|unbearable|horrible|the worst|excruciating|agony|killing me|worst ever|as bad as it gets|real bad|so bad',
  ),
  meaning(
    /^sudden(?:ly)?\b/,
    'all of a sudden|all at once|out of nowhere|out of the blue|like a shot|bam|overnight|just like that',
  ),
  meaning(
    /^gradual(?:ly)?\b/,
    'slowly|slow|bit by bit|little by little|over time|crept up|built up|over weeks',
  ),
  meaning(/^better\b|^improv/, 'improving|on the mend|getting better|easing|healing|picking up'),
  meaning(
    /^(?:about )?the same\b|^no change|^unchanged/,
    'same|no different|no change|no better|no better no worse|unchanged|just the same',
  ),
  meaning(/^worse\b/, 'going downhill|getting worse|worsening|deteriorating'),
  meaning(/^left\b/, 'left|left hand|left side|lefty'),
  meaning(/^right\b/, 'right|right hand|right side'),
  meaning(/^both\b/, 'both|the two of them|each of them|either side|both of them'),
];
const cover = [
  meaning(/^medicaid\b/, 'state insurance'),
  meaning(
    /^(?:private|commercial|employer)\b/,
    'private|through my job|through work|through my work|employer|my company|blue cross|blue shield|aetna|cigna|humana|kaiser|united healthcare|commercial|through my husband|through my wife',
  ),
  meaning(
    /^(?:no insurance|uninsured|none|self.?pay)$/,
    "ain't got any|ain't got none|ain't got insurance|don't got any|got none|haven't any|lost my insurance|uninsured|self pay|out of pocket|pay cash|cash|no coverage|not insured|don't have insurance|don't have any|don't have it|don't have any insurance|haven't got any|haven't got insurance|without insurance|not covered|no insurance",
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
const groups = [
  times,
  marriage,
  smoking,
  contact,
  pain,
  persons,
  services,
  work,
  cover,
  belongings,
  frequency,
  often,
];

/** Other ways to say an option, given what all options are worded as. */
export function usualWords(wording: string, all: readonly string[]): readonly string[] {
  const own = bare(wording);
  const said = groups.flatMap((group) => sayings(group, own));
  const related = all.filter((one) => sayings(people, bare(one)).length > 0).length;
  if (related === 0) return said;
  const besides = others.option.test(own) ? [...others.said, ...strangers(all)] : [];
  return [...said, ...sayings(people, own), ...besides];
}

/** Relatives that no option stands for. */
function strangers(all: readonly string[]): readonly string[] {
  return people
    .filter(({ option }) => !option.test('self') && !all.some((one) => option.test(bare(one))))
    .flatMap(({ said }) => said);
}

/** "A parent", "my child" are "parent" and "child". */
function bare(wording: string): string {
  return wording
    .toLowerCase()
    .trim()
    .replace(/^(?:an?|the|my|our) (?=\w)/, '');
}

function sayings(group: readonly Meaning[], wording: string): readonly string[] {
  return group.filter(({ option }) => option.test(wording)).flatMap(({ said }) => said);
}
