import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf, option } from '../testing/items.ts';

const who = itemOf('choice', {
  options: [
    option('self', 'Self'),
    option('spouse', 'Spouse'),
    option('child', 'Child'),
    option('other', 'Other'),
  ],
});

table('people, without synonyms of the author', who, [
  ['myself', 'self'],
  ['my wife', 'spouse'],
  ['for my daughter', 'child'],
  ['my neighbor', 'other'],
  ['my wife, no sorry, my daughter', 'child'],
  ['not my wife, my son', 'child'],
  ['my wife and my son', refused('ambiguous')],
  ['not my wife', refused('ambiguous')],
]);

const smoking = itemOf('choice', {
  options: [
    option('never', 'Never smoked'),
    option('former', 'Used to smoke'),
    option('current', 'Smoke now'),
  ],
});
table('smoking', smoking, [
  ['never', 'never'],
  ['I gave it up in May', partly('former', 'may')],
  ['I still smoke', 'current'],
  ['now and then', refused('not-an-option')],
]);

const frequency = itemOf('choice', {
  options: ['Not at all', 'Several days', 'More than half the days', 'Nearly every day'].map(
    (text, ordinal) => ({
      ...option(`f${ordinal}`, text),
      ordinal,
    }),
  ),
});
table('frequency, with scores', frequency, [
  ['zero', 'f0'],
  ['three', 'f3'],
  ['most days', 'f2'],
  ['every single day', 'f3'],
  ['a few days', 'f1'],
  ['five', refused('not-an-option')],
  ['sometimes', refused('not-an-option')],
]);

const service = itemOf('choice', {
  options: [option('1', 'Option one: billing'), option('2', 'Option two: make an appointment')],
});
table('options with a number before them', service, [
  ['two', '2'],
  ['option two', '2'],
  ["it's about a bill", '1'],
  ['three', refused('not-an-option')],
]);
