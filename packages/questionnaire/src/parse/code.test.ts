import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

table('numbers and codes read off a card', itemOf('string', { form: 'code' }), [
  ['five five five zero one zero', '555010'],
  ['six two seven oh four', '62704'],
  ['nine o two one o', '90210'],
  ['62704', '62704'],
  ['62704-1234', '62704-1234'],
  ['A B C one two three', 'ABC123'],
  ['ABC123', 'ABC123'],
  ['ABC-123', 'ABC-123'],
  ['a b c dash one two three', 'ABC-123'],
  ['b as in bravo seven double four', 'B744'],
  ['sierra tango nine', 'ST9'],
  ['twelve thirty four', '1234'],
  ['my policy number is seven seven one', '771'],
  ["I think it's five five one", '551'],
  ['#4471', '4471'],
  ['seven seven one for my wife', partly('771', 'for', 'wife')],
  ["i don't know", refused('not-understood')],
  ['it is on the card at home', refused('not-understood')],
  ['', refused('not-understood')],
]);
