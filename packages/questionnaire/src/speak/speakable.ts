type Rule = readonly [RegExp, string];

/** What a page has around a text: mark-up, numbering, boxes and lines to fill in, what is to be done with a pen. */
const marks: readonly Rule[] = [
  [/<\/?[a-z][^>]*>/gi, ' '],
  [/&nbsp;|\u00a0/gi, ' '],
  [/&lt;|&le;/gi, '<'],
  [/&gt;|&ge;/gi, '>'],
  [/&quot;|&ldquo;|&rdquo;/gi, '"'],
  [/&#39;|&apos;|&rsquo;/gi, "'"],
  [/&amp;/gi, '&'],
  [/!?\[([^\]]*)\]\([^)]*\)/g, '$1'],
  [/^\s*\d+\s*(?:-{1,2}|–|—|=)\s+/, ''],
  [/#\s*of\b/gi, 'number of'],
  [/^\s*(?:(?:\d+|[a-z])[.)]|[A-Z]\)|(?:\d+\.){2,}\d*|[-*•#]+)\s+/, ''],
  // "E. coli" and "2.5 mg" are no numbering; "A. How", "2.1 How" are.
  [/^\s*(?:[A-Z]\.\s+(?=[^\p{Ll}])|\d+\.\d+\s+(?=\p{Lu}\p{Ll}|I\s))/u, ''],
  // 1a. A0100. D0150A1. (1) (b) Q12: Question 3. iv)
  [/^\s*(?:[A-Z]{0,2}\d{1,4}[A-Za-z]?\d?|[ivx]{2,4}|[IVX]{2,4})[.)]\s+/, ''],
  [/^\s*\((?:\d{1,3}[a-z]?|[A-Za-z]|[ivx]{1,4})\)\s+/, ''],
  [/^\s*(?:Q|Question|Item)\s*\d+[a-z]?\s*[.:)–-]\s*/i, ''],
  [/[☐☑□■◻◯○●]|\[\s?[xX]?\s?\]/g, ' '],
  [/_{2,}|\.{4,}|…{2,}/g, ' '],
  [/\((?:see|check|mark|tick|select|circle|choose|please (?:check|choose|mark|select))[^)]*\)/gi, ' '],
  [/[([]\s*y(?:es)?\s*\/\s*no?\s*[)\]]/gi, ' '],
  [/(?<=[?.:])\s*yes\s*\/\s*no\s*[.?]?\s*$/i, ''],
  [
    /(?:please )?\b(?:check|mark|tick|select|circle|choose) (?:all|any)(?: (?:of the )?(?:answers|boxes|options))?(?: (?:that|which))? (?:apply|applies)\b/gi,
    'You can name more than one',
  ],
];

const per = 'min(?:ute)?|hour|hr|h|day|d|week|wk|month|year|yr|dl|ml|l|kg|m2|m²';

/** Signs and short forms, as people say them. */
const signs: readonly Rule[] = [
  [/\b(phone|fax|policy|member|group|account|id|license|room) #(?!\w)/gi, '$1 number'],
  [/\be\.\s?g\.,?/gi, 'for example'],
  [/\bi\.\s?e\.,?/gi, 'that is'],
  [/\bN\/A\b/g, 'not applicable'],
  [/\band\/or\b/gi, 'and or'],
  [/(\w)\((e?s)\)/g, '$1$2'],
  [/\s*(?:>=|≥)\s*(?=\d)/g, ' at least '],
  [/\s*(?:<=|≤)\s*(?=\d)/g, ' at most '],
  [/\s*>\s*(?=\d)/g, ' more than '],
  [/\s*<\s*(?=\d)/g, ' less than '],
  [/\s*(?:\+\/-|±)\s*(?=\d)/g, ' plus or minus '],
  [/°\s?C\b/g, ' degrees Celsius'],
  [/°\s?F\b/g, ' degrees Fahrenheit'],
  [new RegExp(`(\\p{L}+)\\s*/\\s*(${per})\\b`, 'giu'), '$1 per $2'],
  [/(?<=\p{Ll}{2})\s*\/\s*(?=\p{L}{2})/gu, ' or '],
  [/\bw\/o\b/gi, 'without'],
  [/\bw\/(?=\s)/gi, 'with'],
  // A range; no telephone number, no date, no name with a number in it.
  [/(?<![\w-])(\d{1,3})\s?[-–—]\s?(\d{1,3})(?![\w-])/g, '$1 to $2'],
  [/\s+&\s+/g, ' and '],
  [/[*`#]+/g, ''],
];

/** Units that stand in brackets after what is asked for: "Height (cm)". */
const units: Readonly<Record<string, string>> = {
  cm: 'centimeters',
  mm: 'millimeters',
  kg: 'kilograms',
  mg: 'milligrams',
  ml: 'milliliters',
  lb: 'pounds',
  lbs: 'pounds',
  ft: 'feet',
  inches: 'inches',
  bpm: 'beats per minute',
  mmhg: 'millimeters of mercury',
  yrs: 'years',
  hrs: 'hours',
  mins: 'minutes',
  '%': 'percent',
};

function withUnit(words: string): string {
  return words.replace(/\s*\(([a-z%]{1,6})\)(?=[\s:.?]*$)/i, (bracket, unit: string) => {
    const name = units[unit.toLowerCase()];
    return name === undefined ? bracket : `, in ${name}`;
  });
}

/** A text written for a screen as it can be said: no numbering, mark-up, blanks to fill in or pointers to the page. */
export function speakable(text: string): string {
  const said = [...marks, ...signs].reduce(
    (words, [pattern, instead]) => words.replace(pattern, instead),
    text,
  );
  return withUnit(said)
    .replace(/\s+([?.!,;:)])/g, '$1')
    .replace(/\(\s+/g, '(')
    .replace(/\s+/g, ' ')
    .replace(/:\s*$/, '.')
    .trim();
}

/** The words that a question's prefix has ("Walking"), which tell it from others of the same text; numbering is not said. */
export function prefixWords(prefix: string | undefined, text: string): string {
  const words = speakable(prefix ?? '').replace(/[.:]$/, '');
  const isNamed = /\p{L}{4,}/u.test(words) && !/^(?:question|item|part|section|step|page)\b/i.test(words);
  return isNamed && !text.toLowerCase().includes(words.toLowerCase()) ? words : '';
}
