import { speakable } from '../speak/speakable.ts';
import type { AnswerOption, ItemType, SpokenForm } from '../types.ts';

/** "morning, afternoon, or evening", as a person reads out a list. */
export function spokenList(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  if (words.length < 2) return words.join('');
  if (words.length === 2) return words.join(` ${last} `);
  return `${words.slice(0, -1).join(', ')}, ${last} ${words.at(-1)}`;
}

const mostOptionsReadOut = 7;
/** Up to so many are read out once the caller did not find one by themselves. */
const mostOptionsOnRetry = 15;
/** More than that are asked for openly. */
const mostOptionsToChooseFrom = 30;

/** The question as it is said. Options that its words do not name already are read out after it. */
export function promptOf(question: {
  text: string;
  spoken: string | undefined;
  options: readonly AnswerOption[];
}): string {
  if (question.spoken !== undefined) return question.spoken;
  const said = speakable(question.text);
  return question.options.length > mostOptionsToChooseFrom
    ? asked(said)
    : withOptions(said, question.options);
}

/** "Country of birth" with its two hundred options is "Which country of birth?". */
function asked(said: string): string {
  const isName = /^\p{L}[^.?!:]*$/u.test(said) && said.split(' ').length <= 5;
  if (!isName || /^(?:please|select|choose|enter|pick|specify|what|which|who|where|when)\b/i.test(said))
    return said;
  const [first = '', ...rest] = said.split(' ');
  const lower = /^\p{Lu}\p{Ll}/u.test(first) ? first.toLowerCase() : first;
  return `Which ${[lower, ...rest].join(' ')}?`;
}

/** A question with its options after it, unless its words name them already or they are too many. */
export function withOptions(said: string, options: readonly AnswerOption[]): string {
  const lower = said.toLowerCase();
  const unnamed = options.some((option) => !lower.includes(option.display.toLowerCase()));
  if (!unnamed || options.length > mostOptionsReadOut || said === '') return said;
  const ended = /[.?!]$/.test(said) ? said : `${said}.`;
  return `${ended} You can say ${spokenList(options.map((option) => speakable(option.display)))}.`;
}

/** Re-prompts for an item that brings none of its own: what is wanted, then the question again. */
export function defaultRetries(question: {
  type: ItemType;
  form: SpokenForm;
  prompt: string;
  options: readonly AnswerOption[];
  /** HL7's entryFormat: how the answer is written. */
  format?: string | undefined;
}): string[] {
  const { prompt, format } = question;
  if (question.type === 'display' || question.type === 'group') return [];
  const hint = format === undefined ? hintFor(question) : formatHint(format);
  return [`${hint} ${prompt}`, `Let's try that once more. ${hint} ${prompt}`];
}

/** "MM/DD/YYYY" is a pattern; "in years" is something to say. */
function formatHint(format: string): string {
  const said = speakable(format).replace(/[.]$/, '');
  return /\p{L}{2,} \p{L}/u.test(said) ? `${said}.` : `It is written like this: ${said}.`;
}

function hintFor({
  type,
  form,
  options,
}: {
  type: ItemType;
  form: SpokenForm;
  options: readonly AnswerOption[];
}): string {
  if (form === 'phone') return 'Please say the number with its area code, one digit at a time.';
  if (form === 'name') return 'Please say the name, then spell the last name.';
  if (form === 'email') return 'Please say the address slowly, with "at" and "dot".';
  if (form === 'duration') return 'Please say how many hours, days, weeks, months or years.';
  if (form === 'address') return 'Please say the number, the street, the city, and the zip code.';
  if (form === 'partial-date') return 'Please say the year, and the month if you know it.';
  switch (type) {
    case 'boolean':
      return 'Please answer yes or no.';
    case 'date':
      return 'Please say the month, the day, and the year.';
    case 'dateTime':
      return 'Please say the day and the time.';
    case 'time':
      return 'Please say the hour, and morning or afternoon.';
    case 'integer':
    case 'decimal':
      return 'Please say just the number.';
    case 'quantity':
      return 'Please say the number and the unit.';
    case 'choice':
      return choiceHint(options);
    default:
      return 'Please tell me in a few words.';
  }
}

function choiceHint(options: readonly AnswerOption[]): string {
  if (options.length > mostOptionsToChooseFrom) return 'Please say it in other words.';
  if (options.length > mostOptionsOnRetry || options.length === 0) return 'Please choose one.';
  if (options.length <= mostOptionsReadOut) return 'Please choose one of these.';
  return `Please choose one of these: ${spokenList(options.map((option) => speakable(option.display)))}.`;
}
