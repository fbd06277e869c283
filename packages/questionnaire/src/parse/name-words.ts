import { type Token, wordSet } from './tokens.ts';

export const carriers = wordSet(
  "my his her their name's name names is it it's this the first last middle full legal family given surname called calls i'm i am that that's spelled spelt spelling spell speaking so well yes yeah okay ok sure please and um of course for patient patient's would be hi hello s mr mrs ms miss mister missus dr oh hey ah gosh lord honey dear sweetie ma'am sir legally legal yep yup hiya howdy good morning afternoon evening alright right absolutely certainly correct reverend rev professor prof sergeant captain colonel",
);
/** Words of sentences, which no name is made of: with one of them, it is not a name that was heard. */
const sentence = wordSet(
  "have has had having do does did don't can't was were been not no never to from with without at by about because but if when what who why how where which there here they them you your we our us me he she pain hurts hurt feel feeling need want appointment doctor nurse clinic call calling yesterday today tomorrow know sure sorry wait repeat again right wrong correct just like really very could should would rather say said think see got get need number phone date birth birthday address email zip medicine insurance one two three four five six seven eight nine ten zero yes no nope but that's it's hold second minute moment or something either husband wife mother father mom dad son daughter brother sister myself self anonymous apostrophe hyphen dash i'll i've i'd it'll can will make write put down mine own known everyone everybody people old new same another other named after way proper true only record file baby little man woman lady guy thing stuff anything nothing somebody someone nobody maybe probably think guess suppose hang let lets go goes went gone come came going take took tell told ask asked give gave already yet still also too again always ever never though then them those these is are am being any some all both each few more most in as pronounced silent letter letters vowel accent umlaut tilde plus sign comma period space underscore capital small big lower upper case style version single both words short stands sounds exactly until starts start started begins begin began ends ended spells shall should must might able above across afraid afternoon against ago agree almost alone along although among answer anyway around asking away became become before behind believe below beside besides between big bit bought bring brought busy buy careful cause caused change changed chose clear common couple course cut deceased died different difficult divorced done dropped during early earlier easy either else enough even evening exact far few finally find follow following forget forgot found friend friends front funny further getting gonna gotta guessing half happen happened hardly hate hear heard hearing help hurry hurrying ambulance emergency bleeding dying hyphenated important inside instead kid kids kind kinda knew large late later learn least leave left less letting likely listen listed live lived lives looking lot lots lost made makes making maiden many married matter meant meet mine misspell misspelled mistake morning mostly move moved much names nearly neither next nice night normally notice obviously off often once ones open others ours outside over own patient person pronounce quick quickly quite ready reason remember remembered retired rhymes rhyming ring said saying says seem seems seen several shorter show side simple simply sit slow slowly sometimes somewhere soon speaks special stay stop stopped straight strange such supposed talk talking telling than thanks things thinking those thought through till time times together tonight toward trouble try trying turn twice type typed typing under understand unless unusual used usually voice waiting wanted wants watch ways week weird whatever whenever whether whole whose widow widowed women wonder write written wrote worse worst year years yours widow's everybody's anybody anyone kept keep called ain't both speak family neighbor's they'd since where's what's who's why's",
);

const contracted =
  /^(?:i|you|he|she|it|we|they|that|this|there|here|what|who|where|how)'(?:s|re|ve|ll|d|m)$|n't$/;

/** Whether a word may be one of a name: "husband's" and "she's" are none. */
export function isName({ word, raw }: Token): boolean {
  return (
    word.length > 1 &&
    !contracted.test(word) &&
    !sentence.has(word) &&
    !sentence.has(word.replace(/'s$/, '')) &&
    /^\p{L}[\p{L}'.-]*$/u.test(raw)
  );
}

/** Inside a name they stay small: "Maria de la Cruz". */
const particles = new Set(['de', 'la', 'del', 'los', 'von', 'y']);

/** Formatted text keeps its capitals (McDonald, O'Brien); lower-case words get one. */
export function capitalise(raw: string): string {
  if (/^\p{Lu}/u.test(raw) && raw !== raw.toUpperCase()) return raw.replace(/'s$/, '');
  if (particles.has(raw.toLowerCase())) return raw.toLowerCase();
  return raw
    .toLowerCase()
    .replace(/(^|['-])\p{L}/gu, (letter) => letter.toUpperCase())
    .replace(/'S$/, "'s")
    .replace(/^Mc(\p{L})(?=\p{L}{2})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`);
}

const suffixes: Readonly<Record<string, string>> = { junior: 'Jr.', jr: 'Jr.', senior: 'Sr.', sr: 'Sr.' };
const numbered: Readonly<Record<string, string>> = { second: 'II', third: 'III', fourth: 'IV' };

/** "Junior", "the third" at the end of a name, as they are written, and the words before them. */
export function withoutSuffix(tokens: readonly Token[]): { tokens: readonly Token[]; suffix?: string } {
  const at = tokens.findIndex(({ word }, index) => suffixes[word] !== undefined && index > 1);
  if (at > 0)
    return { tokens: tokens.filter((_, index) => index !== at), suffix: suffixes[tokens[at]!.word]! };
  const last = tokens.at(-1)?.word ?? '';
  if (numbered[last] !== undefined && tokens.at(-2)?.word === 'the' && tokens.length > 3)
    return { tokens: tokens.slice(0, -2), suffix: numbered[last] };
  return { tokens };
}
