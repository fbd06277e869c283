import { refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

const when = itemOf('date', { form: 'partial-date', rules: { maximum: { todayPlus: 0, unit: 'day' } } });

// Monday, November 23, 2026.
table('a year, or a month of a year', when, [
  ['nineteen ninety three', '1993'],
  ['in two thousand and twelve', '2012'],
  ['oh eight', '2008'],
  ['sixty four', '1964'],
  ['the fall of eighty eight', '1988'],
  ['last year', '2025'],
  ['five years ago', '2021'],
  ['oh, five years ago', '2021'],
  ['april two thousand and three', '2003-04'],
  ['July of ninety seven', '1997-07'],
  ['october', '2026-10'],
  ['December', '2025-12'],
  ['two months ago', '2026-09'],
  ['this year in february', '2026-02'],
  ['around Christmas of 2019', '2019-12'],
  ['March third nineteen eighty five', '1985-03-03'],
  ['nineteen eighty, no, eighty one', '1981'],
  ['march of ninety, sorry, ninety one', '1991-03'],
  ['last march', refused('ambiguous')],
  ['nineteen eighty something', refused('ambiguous')],
  ['twenty fifty', refused('out-of-range')],
  ['when i was thirty', refused('out-of-range')],
  ['the early seventies', refused('not-understood')],
  ['ten or twelve years ago', refused('ambiguous')],
  ['', refused('not-understood')],
]);
