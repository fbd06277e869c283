import type { AnswerOption, ItemType, SpokenForm } from '../types.ts';

/** A text written for a screen as it can be said: no numbering, mark-up, blanks to fill in or pointers to the page. */
export function speakable(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*\d+\s*(?:-{1,2}|–|—|=)\s+/, '')
    .replace(/^\s*(?:(?:\d+|[A-Za-z])[.)]|(?:\d+\.)+\d*|[-*•#]+)\s+/, '')
    .replace(/[*`#]+/g, '')
    .replace(/_{2,}/g, ' ')
    .replace(/\((?:see|check|mark|tick|select|circle|please (?:check|mark|select))[^)]*\)/gi, ' ')
    .replace(/\(\s*y(?:es)?\s*\/\s*no?\s*\)/gi, ' ')
    .replace(/\s+([?.!,;:])/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/:\s*$/, '.')
    .trim();
}

/** "morning, afternoon, or evening", as a person reads out a list. */
export function spokenList(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  if (words.length < 2) return words.join('');
  if (words.length === 2) return words.join(` ${last} `);
  return `${words.slice(0, -1).join(', ')}, ${last} ${words.at(-1)}`;
}

const mostOptionsReadOut = 7;

/** The question as it is said. Options that its words do not name already are read out after it. */
export function promptOf(question: {
  text: string;
  spoken: string | undefined;
  options: readonly AnswerOption[];
}): string {
  if (question.spoken !== undefined) return question.spoken;
  const said = speakable(question.text);
  const lower = said.toLowerCase();
  const unnamed = question.options.some((option) => !lower.includes(option.display.toLowerCase()));
  if (!unnamed || question.options.length > mostOptionsReadOut || said === '') return said;
  const ended = /[.?!]$/.test(said) ? said : `${said}.`;
  return `${ended} You can say ${spokenList(question.options.map((option) => speakable(option.display)))}.`;
}

/** Re-prompts for an item that brings none of its own: what is wanted, then the question again. */
export function defaultRetries(question: {
  type: ItemType;
  form: SpokenForm;
  prompt: string;
  options: readonly AnswerOption[];
}): string[] {
  const { prompt } = question;
  if (question.type === 'display' || question.type === 'group') return [];
  const hint = hintFor(question);
  return [`${hint} ${prompt}`, `Let's try that once more. ${hint} ${prompt}`];
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
      return options.length > 0 && options.length <= mostOptionsReadOut
        ? 'Please choose one of these.'
        : 'Please choose one.';
    default:
      return 'Please tell me in a few words.';
  }
}
