import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf, option } from '../testing/items.ts';

const times = itemOf('choice', {
  options: [
    option('morning', 'morning', ['before noon', 'early']),
    option('afternoon', 'afternoon', ['after lunch']),
    option('evening', 'evening', ['after work', 'late']),
  ],
});

table('choices', times, [
  ['morning', 'morning'],
  ['Morning.', 'morning'],
  ['in the morning please', 'morning'],
  ['mornings are best', 'morning'],
  ['I would prefer the afternoon', 'afternoon'],
  ['after work', 'evening'],
  ['i am free in the evening', partly('evening', 'free')],
  ['before noon', 'morning'],
  ['the first one', 'morning'],
  ['the second one', 'afternoon'],
  ['second', 'afternoon'],
  ['the last one', 'evening'],
  ['number two', 'afternoon'],
  ['option three', 'evening'],
  ['option b', 'afternoon'],
  ['the 2nd', 'afternoon'],
  ['morning no wait afternoon', 'afternoon'],
  ['the afternoon and my chest hurts', partly('afternoon', 'chest', 'hurts')],
  ['morning or evening', refused('ambiguous')],
  ['not the morning', refused('ambiguous')],
  ['anything but the morning', refused('ambiguous')],
  ['just a second', refused('not-an-option')],
  ['the fifth one', refused('not-an-option')],
  ['tomorrow', refused('not-an-option')],
  ['no', refused('not-an-option')],
  ['', refused('not-an-option')],
]);

const phq = itemOf('choice', {
  options: [
    option('LA6568-5', 'Not at all'),
    option('LA6569-3', 'Several days'),
    option('LA6570-1', 'More than half the days'),
    option('LA6571-9', 'Nearly every day'),
  ],
});

table('choices of several words', phq, [
  ['not at all', 'LA6568-5'],
  ['Not at all.', 'LA6568-5'],
  ['several days', 'LA6569-3'],
  ['several', 'LA6569-3'],
  ['more than half the days', 'LA6570-1'],
  ['more than half', 'LA6570-1'],
  ['nearly every day', 'LA6571-9'],
  ['every day', 'LA6571-9'],
  ['LA6571-9', 'LA6571-9'],
  ['the third', 'LA6570-1'],
  ['days', refused('ambiguous')],
  ['a lot', refused('not-an-option')],
]);

const who = itemOf('choice', {
  options: [option('self', 'myself', ['me', "it's me"]), option('other', 'someone else', ['my son'])],
});
table('a synonym that is a bare function word', who, [
  ['me', 'self'],
  ['for me', 'self'],
  ["it's for me please", 'self'],
  ['my son', 'other'],
  ['stop calling me', refused('not-an-option')],
  ['who told me to wait', refused('not-an-option')],
]);

const day = itemOf('choice', { options: [option('am', 'morning', ['am']), option('pm', 'evening', ['pm'])] });
table('the letters of a.m. and the word', day, [
  ['am', 'am'],
  ['nine a.m.', partly('am', 'nine')],
  ['i am free in the evening', partly('pm', 'free')],
  ['i am free', refused('not-an-option')],
]);
