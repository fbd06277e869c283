import { people } from './lexicon/people.ts';
import { signs } from './lexicon/signs.ts';
import { times } from './lexicon/times.ts';

/** Word lists that phrases name as `<list>`. Misrecognitions stand beside the word they are heard for. */
export const lexicon: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...times, ...people, ...signs }).map(([name, words]) => [
    name,
    words
      .trim()
      .replaceAll(/\s*\|\s*/g, '|')
      .replaceAll(/\s+/g, ' '),
  ]),
);
