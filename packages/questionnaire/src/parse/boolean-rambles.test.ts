import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

const about = (text: string) => itemOf('boolean', { text, prompt: text });

table('a clause that answers', about('Do you have chest pain?'), [
  ['Right now? No. This morning it was awful.', partly(false, 'morning', 'awful')],
  ['a heavy meal, but no chest pain', partly(false, 'heavy', 'meal', 'but')],
  ['chest pain but no trouble breathing', refused('not-understood')],
  ['Is pressure a pain?', refused('not-understood')],
]);
table('what it comes to', about('Do you smoke?'), [
  ['Lord, no. It killed my uncle.', partly(false, 'killed', 'uncle')],
  ['trying to cut it out, but yes', partly(true, 'trying', 'to', 'cut', 'out', 'but')],
  ['half a pack a day', partly(true, 'half', 'pack', 'day')],
  ['maybe one day', refused('not-understood')],
  ['define smoke', refused('not-understood')],
]);
table('by the subject', about('Have you been here before?'), [
  ['first time', partly(false, 'first', 'time')],
  ['lots of times', partly(true, 'lots', 'times')],
  ['a blue one', refused('not-understood')],
]);
table('alone', about('Do you live alone?'), [
  ['with my wife', partly(false, 'with', 'wife')],
  ['just me and the dog', partly(true, 'and', 'dog')],
]);
