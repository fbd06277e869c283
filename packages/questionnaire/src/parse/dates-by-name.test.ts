import { refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

const ahead = itemOf('date', { rules: { minimum: { todayPlus: 0, unit: 'day' } } });
const lately = itemOf('date', {
  rules: { minimum: { todayPlus: -5, unit: 'year' }, maximum: { todayPlus: 0, unit: 'day' } },
});

// Monday, November 23, 2026.
table('days that have a name, or only a number, ahead', ahead, [
  ['on Thanksgiving', '2026-11-26'],
  ['the day after Thanksgiving', '2026-11-27'],
  ["New Year's Day", '2027-01-01'],
  ['Memorial Day', '2027-05-31'],
  ['Easter Sunday', '2027-03-28'],
  ['the tenth', '2026-12-10'],
  ['the twenty eighth', '2026-11-28'],
  ['the first Monday of December', '2026-12-07'],
  ['the second Tuesday of next month', '2026-12-08'],
  ['saturday week', '2026-12-05'],
  ['december fourth, no, the fifth', '2026-12-05'],
  ['the first one you have', refused('not-understood')],
  ['around Christmas', refused('ambiguous')],
]);

table('days of a near past', lately, [
  ['on Labor Day', '2026-09-07'],
  ['the ninth', '2026-11-09'],
  ['march third', '2026-03-03'],
  ['december second', '2025-12-02'],
  ['Christmas Eve last year', '2025-12-24'],
  ['June third of this year', '2026-06-03'],
  ['two weeks ago saturday', '2026-11-07'],
  ['last sunday', refused('ambiguous')],
  ['roughly three weeks ago', refused('ambiguous')],
  ['the ninth or the tenth', refused('ambiguous')],
]);

table(
  'birthdays',
  itemOf('date', {
    rules: { minimum: { todayPlus: -120, unit: 'year' }, maximum: { todayPlus: 0, unit: 'day' } },
  }),
  [
    ['christmas day nineteen forty one', '1941-12-25'],
    ['the fifth of the sixth nineteen seventy', '1970-06-05'],
    ['june ninth nineteen sixty ate', { partly: '1968-06-09', unused: ['ate'] }],
    ['july fourth', refused('incomplete')],
  ],
);
