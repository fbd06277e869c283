import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

table('counts as people say them', itemOf('integer'), [
  ['half a dozen', 6],
  ['two dozen', 24],
  ['sixteen, one six', 16],
  ['me and two kids, so three', partly(3, 'me', 'kids')],
  ['two girls and a boy, three altogether', partly(3, 'girls', 'boy')],
  ['used to be nine, now seven', partly(7, 'used', 'to', 'now')],
  ['eight, not eighteen', 8],
  ['over a dozen', refused('ambiguous')],
  ['between two and four', refused('ambiguous')],
  ['two or three, no, five', 5],
]);

table('pain from 0 to 10', itemOf('integer', { rules: { minimum: 0, maximum: 10 } }), [
  ['six out of ten', 6],
  ['ten over ten', 10],
  ['on a scale from one to ten a four', 4],
  ['won out of ten', partly(1, 'won')],
  ['is ten the worst', refused('ambiguous')],
  ['five and a half', refused('wrong-format')],
]);

table('body temperature', itemOf('decimal', { text: 'What is your temperature?' }), [
  ['ninety seven nine', 97.9],
  ['a hundred and two point three', 102.3],
  ['thirty eight five', 38.5],
  ['ninety nine point something', refused('not-understood')],
]);

table('times within opening hours', itemOf('time', { rules: { minimum: '08:00:00', maximum: '17:00:00' } }), [
  ['three', '15:00:00'],
  ['nine thirty', '09:30:00'],
  ['quarter to four', '15:45:00'],
  ['eight or nine', refused('ambiguous')],
]);

table('times on a 24-hour clock', itemOf('time'), [
  ['twenty one hundred', '21:00:00'],
  ['oh seven fifteen', '07:15:00'],
  ['seventeen forty', '17:40:00'],
  ['five minutes past midnight', '00:05:00'],
  ['eleven tonight', '23:00:00'],
]);

table('codes as people read them', itemOf('string', { form: 'code' }), [
  ['q x seven double oh four', 'QX7004'],
  ['b as in boy three zeros nine', 'B0009'],
  ['double u four four', 'W44'],
  ['five one two, no, five one three', '513'],
  ['x seven one nine, sorry, nine one', 'X791'],
  ['d or t four four', refused('ambiguous')],
  ['oh four four', refused('ambiguous')],
  ['seven hundred five one', refused('ambiguous')],
  ['four four nine, no, start over', refused('ambiguous')],
]);

table(
  'codes that have a pattern',
  itemOf('string', { form: 'code', rules: { pattern: '[A-Z]{2}[0-9]{4}' } }),
  [
    ['o b double oh one two', 'OB0012'],
    ['k t four five six seven', 'KT4567'],
  ],
);

table('phone numbers put right', itemOf('string', { form: 'phone' }), [
  ['two one two five five five oh one seven, wait, oh one seven eight', '+12125550178'],
  ['two one two five five five sixty one hundred', '+12125556100'],
  ['owe nine', refused('not-understood')],
  ['two one two five five five oh one four two, no, that is not right', refused('ambiguous')],
]);
