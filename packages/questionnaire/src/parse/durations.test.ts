import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

// Monday, November 23, 2026.
table('lengths of time', itemOf('string', { form: 'duration' }), [
  ['four days', 'P4D'],
  ['about five weeks', 'P35D'],
  ['a couple of months', 'P2M'],
  ['a year and a half', 'P1Y6M'],
  ['two and a half years', 'P2Y6M'],
  ['half an hour', 'PT30M'],
  ['three hours and ten minutes', 'PT3H10M'],
  ['a day and a half', 'P1DT12H'],
  ['twenty minutes or so', 'PT20M'],
  ['forty eight hours', 'P2D'],
  ['six or so weeks', 'P42D'],
  ['two weeks, no, three weeks', 'P21D'],
  ['two weeks, sorry, three', 'P21D'],
  ['since yesterday', 'P1D'],
  ['since thursday', 'P4D'],
  ['since november first', 'P22D'],
  ['P10D', 'P10D'],
  ['ten days and my leg is swollen', partly('P10D', 'leg', 'swollen')],
  ['tree weeks', partly('P21D', 'tree')],
  ['two or three weeks', refused('ambiguous')],
  ['two weeks or three weeks', refused('ambiguous')],
  ['more than a month', refused('ambiguous')],
  ['a few months', refused('not-understood')],
  ['since my daughter was born', refused('not-understood')],
  ['fifteen', refused('incomplete')],
  ['', refused('not-understood')],
]);
