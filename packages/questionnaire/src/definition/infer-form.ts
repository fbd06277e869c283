import type { ItemType, SpokenForm } from '../types.ts';

/** First match wins: "email or phone" is neither a number nor an address to be held to a form. */
const hints: readonly [SpokenForm, RegExp][] = [
  ['email', /\b(?:e mail|email)(?: address(?:es)?)?\b/],
  [
    'phone',
    /\b(?:phone|telephone|cell|cellphone|mobile|callback|call back|fax|contact|work|home|daytime|day time|evening)(?: (?:phone|telephone|cell|mobile))? (?:number|nr)\b|^(?:\w+ ){0,3}(?:phone|telephone|cellphone|mobile)(?: \w+)?$|\bnumber (?:to|where we can|we can) (?:call|reach)\b/,
  ],
  [
    'code',
    /\b(?:policy|member|membership|account|group|claim|reference|confirmation|case|id|identification|license|licence|plate|vin|record|chart|invoice|order|booking|registration|serial|social security|subscriber|insurance|card|tracking|ticket|customer|routing|passport)(?: (?:id|card))? (?:number|nr|code)\b|\b(?:member|policy|patient|subscriber|customer|account|group|insurance|national|tax|employee) id\b|\b(?:zip|postal|post|zip or postal)(?: ?code)\b|\bzip\b|\b(?:ssn|mrn|vin)\b/,
  ],
  [
    'name',
    /\b(?:full|first|last|middle|maiden|family|given|sur|legal|preferred) ?name\b|\bsurname\b|\bfirst and last name\b|\b(?:patient|caller|contact|child|parent|guardian|spouse|subscriber|policyholder|policy holder|insured|physician|doctor|provider|emergency contact|mother|father|person)(?: s)? name\b|\bname of (?:the |your |an? )?(?:patient|caller|person|child|parent|guardian|subscriber|policy ?holder|insured|physician|doctor|provider|emergency contact|primary care physician)\b|^(?:(?:what is|what s|may i have|can i have|please say|tell me) )?(?:your|the|their|his|her)? ?names?$/,
  ],
];

/** Names of things, not of people. */
const things =
  /\b(?:pharmacy|hospital|clinic|school|company|employer|street|city|medicine|medication|drug|insurer|plan|practice|business|brand|product|pet|user) ?name\b|\bname of (?:the |your |an? )?(?:pharmacy|hospital|clinic|school|company|employer|medicine|medication|drug|insurer|plan|practice|business)\b/;
/** Questions about the thing, not for it. */
const about = /^(?:do|does|is|are|did|was|were|has|have|why|how|when)\b/;

/**
 * What a string item holds, told from its text and link where the voice profile says nothing: a plain FHIR
 * questionnaire asks for a "Phone number" and means digits. `free` unless the words are plain.
 */
export function inferForm(
  type: ItemType,
  texts: { linkId: string; text: string; prompt: string },
): SpokenForm {
  if (type !== 'string') return 'free';
  const link = texts.linkId.replace(/([a-z])([A-Z])/g, '$1 $2');
  for (const text of [texts.text, texts.prompt, link].map(plain)) {
    // A link "name" may be that of a pet.
    if (/^(?:names?)?$/.test(text) && text !== plain(texts.text)) continue;
    if (text === '' || about.test(text) || things.test(text)) continue;
    const found = hints.filter(([, pattern]) => pattern.test(text)).map(([form]) => form);
    if (found.length > 1 && /\bor\b/.test(text)) return 'free';
    if (found[0] !== undefined) return found[0];
  }
  return 'free';
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/^(?:do|would) you (?:happen to )?(?:know|remember) /, '');
}
