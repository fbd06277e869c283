import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';
import { parseAnswer } from './parse-answer.ts';

const named = (text: string) => itemOf('string', { form: 'name', text });

table('full names in rambles', named('What is your full name?'), [
  [
    "ruth archer and I've been with you for years",
    partly('Ruth Archer', "i've", 'been', 'with', 'you', 'years'),
  ],
  ['Ruth Archer, retired.', partly('Ruth Archer', 'retired')],
  ["I'm calling for my mother, Ruth Archer.", partly('Ruth Archer', 'calling', 'mother')],
  ["the name's archer, ruth archer", 'Ruth Archer'],
  ['ruth', refused('incomplete')],
]);
table('family names in rambles', named('What is your last name?'), [
  ['archer a r c h e r not the tv one', partly('Archer', 'not', 'tv', 'one')],
  ["it was Doyle, now it's Archer", partly('Archer', 'was', 'doyle', 'now')],
  ['archer or doyle', refused('not-understood')],
]);
table('first names', named('What is your first name?'), [
  ['stacy with an e y', 'Stacey'],
  ['jeff with a g', 'Geoff'],
  ['ruth ellison', partly('Ruth Ellison', 'ellison')],
]);
table('addresses in rambles', itemOf('string', { form: 'address' }), [
  ['six elm street kansas city kansas', '6 Elm Street, Kansas City, KS'],
  ['six elm road bend oregon', '6 Elm Road, Bend, OR'],
  [
    'six elm street fargo north dakota behind the church',
    partly('6 Elm Street, Fargo, ND', 'behind', 'church'),
  ],
  ['six wren lane w r e n like the bird boise idaho', '6 Wren Lane, Boise, ID'],
]);
table('telephone numbers in rambles', itemOf('string', { form: 'phone' }), [
  [
    "two one two, that's the city, five five five, oh one nine eight",
    partly('+12125550198', "that's", 'city'),
  ],
  ['two one two five five five or five five six oh one nine eight', refused('incomplete')],
]);
table('codes in rambles', itemOf('string', { form: 'code' }), [
  ['five five two and an a on the end', '552A'],
  ["it's a long one", refused('not-understood')],
]);

test('what leads to an e-mail address is no part of it', () => {
  const email = itemOf('string', { form: 'email' });
  const rows = [
    ['just use the work one ruth at example dot com', 'ruth@example.com'],
    ['ruth at example dot org no dot com', 'ruth@example.com'],
    ['ruth four f o u r at example dot com', 'ruthfour@example.com'],
    ['Take this down. Ruth at example dot com.', 'ruth@example.com'],
    ['ruth at example dot com or is it org', undefined],
  ] as const;
  for (const [words, value] of rows) {
    const parsed = parseAnswer(email, words, { today: '2026-11-27' });
    assert.equal(parsed.ok ? parsed.value : undefined, value, words);
  }
});
