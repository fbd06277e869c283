/** FHIR types of the values that our extensions hold. */
export type ProfileType =
  | 'boolean'
  | 'code'
  | 'Coding'
  | 'date'
  | 'dateTime'
  | 'decimal'
  | 'integer'
  | 'Quantity'
  | 'Reference'
  | 'string'
  | 'time';

/** A part of a complex extension. */
export interface ProfilePart {
  name: string;
  meaning: string;
  min: 0 | 1;
  max: '1' | '*';
  /** What its value may be; a part without any has parts of its own. */
  value: readonly ProfileType[];
  /** The codes there are, with what each means. */
  codes?: Readonly<Record<string, string>>;
  parts?: readonly ProfilePart[];
}

/** One extension of the voice profile, at its place in a Questionnaire or a response. */
export interface ProfileExtension extends Omit<ProfilePart, 'min'> {
  /** FHIR paths of the elements that may carry it. */
  on: readonly string[];
}

const item = ['Questionnaire.item'];
const whole = ['Questionnaire'];
const option = ['Questionnaire.item.answerOption'];
const answered = ['QuestionnaireResponse.item.answer.value[x]'];

/** ms. After more than 1,900 nobody can begin to speak before the caller has heard nothing for 2.5 s: that is for who writes the questionnaire to want. */
export const patienceClasses = { short: 1200, usual: 1800, long: 1900, 'very-long': 4500 } as const;

const callers = { patient: 'the patient themself', proxy: 'someone who speaks for the patient' };
const comparable = [
  'boolean',
  'decimal',
  'integer',
  'date',
  'dateTime',
  'time',
  'string',
  'Coding',
  'Quantity',
  'Reference',
] as const;

const redFlagParts: readonly ProfilePart[] = [
  part('id', '0..1', ['string'], 'its name; that of the library when absent'),
  part('use', '0..1', ['code'], 'a red flag of the library, whose phrases it has too'),
  {
    ...part('severity', '0..1', ['code'], 'how grave it is; not needed with `use`'),
    codes: {
      emergency: 'a life may be in danger',
      urgent: 'a person has to know now',
      concern: 'a person has to know today',
    },
  },
  {
    ...part('action', '0..1', ['code'], 'what is done besides saying the script'),
    codes: {
      'create-case': 'a case is opened for staff',
      'hand-over': 'the call goes to a person',
      say: 'nothing more',
    },
  },
  part('script', '0..1', ['string'], 'said at once, never advice; not needed with `use`'),
  part('confirm', '0..1', ['string'], 'asked before it fires; at once when absent'),
  part('phrase', '0..*', ['string'], 'words that fire it'),
  {
    ...part('condition', '0..*', [], 'an answer that fires it, as enableWhen has it'),
    parts: [
      part('question', '1..1', ['string'], 'the link of the item'),
      {
        ...part('operator', '1..1', ['code'], 'how it is compared'),
        codes: {
          exists: 'has an answer, or none',
          '=': 'equal',
          '!=': 'not equal',
          '>': 'greater',
          '<': 'less',
          '>=': 'greater or equal',
          '<=': 'less or equal',
        },
      },
      part('answer', '1..1', comparable, 'what it is compared with'),
    ],
  },
  {
    ...part('behavior', '0..1', ['code'], 'how many of the conditions have to hold; all when absent'),
    codes: { all: 'all of them', any: 'any of them' },
  },
];

function part(
  name: string,
  count: `${0 | 1}..${'1' | '*'}`,
  value: readonly ProfileType[],
  meaning: string,
): ProfilePart {
  const [min, max] = count.split('..') as ['0' | '1', '1' | '*'];
  return { name, meaning, min: min === '1' ? 1 : 0, max, value };
}

function one(
  name: string,
  on: readonly string[],
  value: readonly ProfileType[],
  meaning: string,
  codes?: Readonly<Record<string, string>>,
): ProfileExtension {
  return { name, on, value, meaning, max: '1', ...(codes ? { codes } : {}) };
}

const many = (...given: Parameters<typeof one>): ProfileExtension => ({ ...one(...given), max: '*' });

/**
 * The voice profile: what a questionnaire says about being asked by telephone. The reader takes its urls from here; the
 * StructureDefinitions in `profile/` and the README's table are written from it.
 */
export const voiceProfile = {
  prompt: one('voice-prompt', item, ['string'], 'the question as it is said, when `text` is for screens'),
  promptProxy: one(
    'voice-prompt-proxy',
    item,
    ['string'],
    'the question as it is put to someone who speaks for the patient',
  ),
  retry: many('voice-retry', item, ['string'], 'wordings of the second and later attempts'),
  why: one('voice-why', item, ['string'], 'said when the caller asks why'),
  readBack: one('voice-read-back', item, ['code'], 'whether the answer is read back and confirmed', {
    never: 'taken as heard',
    'on-doubt': 'when recogniser or parser was in doubt',
    always: 'every time',
  }),
  form: one('voice-form', item, ['code'], 'what a string holds; `partial-date` on a date', {
    free: 'any words',
    name: 'a name, spelled back',
    phone: 'a telephone number, digit by digit',
    email: 'an e-mail address',
    code: 'letters and digits, one by one',
    duration: 'a length of time, ISO 8601',
    address: 'a street address on one line',
    'partial-date': 'a year, or a month with its year, will do',
  }),
  sensitive: one('voice-sensitive', item, ['boolean'], 'kept out of displays that others can see'),
  word: many(
    'voice-word',
    item,
    ['string'],
    'a word that callers are likely to say here, for the recogniser',
  ),
  expect: one('voice-expect', item, ['code'], 'what the recogniser should expect; by type when absent', {
    'yes-no': 'a yes or a no',
    option: 'one of the options',
    number: 'a number, with or without a unit',
    digits: 'digits, one by one',
    characters: 'letters and digits, one by one',
    name: 'a name, perhaps spelled',
    date: 'a date',
    time: 'a time of day',
    words: 'any words',
  }),
  patience: one(
    'voice-patience',
    item,
    ['code', 'integer'],
    'how long a silence ends the turn while the answer may go on: a class, or milliseconds; by kind of answer when absent',
    Object.fromEntries(Object.entries(patienceClasses).map(([name, ms]) => [name, `${ms} ms`])),
  ),
  keypad: one(
    'voice-keypad',
    item,
    ['code'],
    'when keys are offered; from the second attempt on when absent',
    {
      first: 'with the question, from the first time',
      never: 'not at all',
    },
  ),
  answeredBy: one('voice-answered-by', item, ['code'], 'who may answer; any when absent', {
    ...callers,
    any: 'either',
  }),
  caller: one(
    'voice-caller',
    [...option, ...item],
    ['code'],
    'who is on the line when this option is chosen; on a boolean, when the answer is yes',
    callers,
  ),
  identifier: one('voice-identifier', item, ['boolean'], 'its answer tells who the patient is'),
  identify: one(
    'voice-identify',
    whole,
    ['integer'],
    'identifiers that have to be confirmed, and match, before anything looked up is used',
  ),
  synonym: many('voice-synonym', option, ['string'], 'another way callers say it'),
  key: one('voice-key', option, ['string'], 'the key that chooses it on the keypad: digits, or `*`'),
  attempts: one('voice-attempts', whole, ['integer'], 'times a question is put; 3 when absent'),
  redFlag: {
    ...many('voice-red-flag', [...whole, ...item], [], 'what fires an alarm, and what is done then'),
    parts: redFlagParts,
  },
  description: one('voice-description', answered, ['string'], 'what was told in words instead of given'),
  notAsked: one('voice-not-asked', answered, ['code'], 'why it was not asked, beside data-absent-reason', {
    proxy: 'only the patient may answer, and someone else was on the line',
  }),
} as const satisfies Record<string, ProfileExtension>;

const base = 'https://vestibule.example/fhir/';

export const structureUrl = (name: string): string => `${base}StructureDefinition/${name}`;
export const valueSetUrl = (name: string): string => `${base}ValueSet/${name}`;
export const codeSystemUrl = (name: string): string => `${base}CodeSystem/${name}`;

/** The urls by the names that the code has for them. */
export const voice = Object.fromEntries(
  Object.entries(voiceProfile).map(([key, { name }]) => [key, structureUrl(name)]),
) as Readonly<Record<keyof typeof voiceProfile, string>>;
