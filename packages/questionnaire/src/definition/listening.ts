import { patienceClasses } from '../profile/table.ts';
import type { ExpectedForm, Hints, Item } from '../types.ts';

type Kind = Pick<Item, 'type' | 'form'>;

/** Options whose words are hints for the recogniser; more are no hint any more. */
const mostHinted = 30;

/** What the recogniser is told: what the questionnaire says, and the words of a short list of options. */
export function hintsOf(
  item: Kind & Pick<Item, 'options'>,
  words: readonly string[],
  expect: ExpectedForm | undefined,
): Hints {
  const options = item.options.length <= mostHinted ? item.options : [];
  const named = options.flatMap(({ display, synonyms }) => [display, ...synonyms]);
  return { expect: expect ?? expectedOf(item), words: [...new Set([...words, ...named])] };
}

/**
 * The silence that ends a turn, by what is being said: nobody pauses within a yes; names, numbers and stories come in
 * pieces. @returns ms
 */
export function patienceOf(item: Kind): number {
  switch (expectedOf(item)) {
    case 'yes-no':
    case 'option':
      return patienceClasses.short;
    case 'number':
    case 'date':
    case 'time':
      return patienceClasses.usual;
    case 'digits':
    case 'characters':
    case 'name':
    case 'words':
      return patienceClasses.long;
  }
}

function expectedOf({ type, form }: Kind): ExpectedForm {
  if (form === 'phone') return 'digits';
  if (form === 'code' || form === 'email') return 'characters';
  if (form === 'name') return 'name';
  switch (type) {
    case 'boolean':
      return 'yes-no';
    case 'choice':
      return 'option';
    case 'integer':
    case 'decimal':
    case 'quantity':
      return 'number';
    case 'date':
    case 'dateTime':
      return 'date';
    case 'time':
      return 'time';
    default:
      return 'words';
  }
}
