import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

const asked = (text: string) => itemOf('decimal', { text });

table('one number among others', itemOf('integer', { text: 'How many tablets is that?' }), [
  ['nine, down from fourteen', partly(9, 'down', 'from')],
  ['it went from nine to six', partly(6, 'went', 'from', 'to')],
  ['I started in nineteen ninety, so I would say eleven', partly(11, 'started', 'in')],
  ['my cousin has nine, I have five', partly(5, 'cousin')],
  ['seventeen, eighteen in May', partly(17, 'in', 'may')],
  ['let me put my glasses on, four', 4],
  ['ten. Ten.', 10],
  ['eight or nine', refused('incomplete')],
  ['between nine and twelve', refused('ambiguous')],
  ['three boys, four girls', refused('ambiguous')],
  ['the small yellow one', refused('not-understood')],
  ['what was number nine again?', refused('not-understood')],
  ['pushing ninety', refused('ambiguous')],
]);

table('none at all', itemOf('integer', { text: 'How many falls?' }), [
  ['nothing', 0],
  ['not a single one', partly(0, 'not', 'a', 'single', 'one')],
  ['never had any', partly(0, 'never', 'had', 'any')],
  ['this is my third', partly(3, 'third')],
  ['no idea', refused('not-understood')],
]);

table('money', asked('What is the copay in dollars?'), [
  ['fourteen dollars and thirty cents', 14.3],
  ['$14.30', 14.3],
  ['fourteen thirty', partly(14.3, 'fourteen', 'thirty')],
  ['a dollar', 1],
]);
table('laboratory values', asked('What was your last A1c?'), [
  ['eight four', 8.4],
  ['eight four two', refused('ambiguous')],
]);
table('what is counted', asked('How many miles do you walk?'), [
  ['a mile', 1],
  ['mile and a half', 1.5],
]);
