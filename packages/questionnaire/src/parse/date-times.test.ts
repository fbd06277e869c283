import { refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

table('date and time', itemOf('dateTime'), [
  ['november twenty fourth twenty twenty six at three pm', '2026-11-24T15:00:00'],
  ['yesterday at nine in the morning', '2026-11-22T09:00:00'],
  ['2026-11-22T09:00:00', '2026-11-22T09:00:00'],
  ['yesterday', refused('incomplete')],
  ['at nine am', refused('incomplete')],
  ['yesterday at nine', refused('incomplete')],
  ['this morning at nine', '2026-11-23T09:00:00'],
  ['nine this morning', '2026-11-23T09:00:00'],
  ['tonight at eight', '2026-11-23T20:00:00'],
  ['last night at eleven', '2026-11-22T23:00:00'],
  ['tomorrow morning at ten thirty', '2026-11-24T10:30:00'],
  ['tomorrow afternoon at three', '2026-11-24T15:00:00'],
  ['the day after tomorrow at noon', '2026-11-25T12:00:00'],
  ['a week from today at nine am', '2026-11-30T09:00:00'],
  ['Nov 24 at five p.m.', '2026-11-24T17:00:00'],
  ['november twenty fourth ten am', '2026-11-24T10:00:00'],
  ['friday november twenty seventh at nine am', '2026-11-27T09:00:00'],
  ['tomorrow at nine no ten am', refused('incomplete')],
  ['last night at two', refused('incomplete')],
  ['tonight', refused('incomplete')],
  ['june first at nine am', refused('incomplete')],
  ['friday at nine am', refused('ambiguous')],
]);

table('date and time ahead', itemOf('dateTime', { rules: { minimum: { todayPlus: 0, unit: 'day' } } }), [
  ['friday at nine am', '2026-11-27T09:00:00'],
  ['on Friday evening at six', '2026-11-27T18:00:00'],
  ['june first at nine am', '2027-06-01T09:00:00'],
]);
