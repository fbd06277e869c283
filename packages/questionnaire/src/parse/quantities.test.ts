import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

const ucum = 'http://unitsofmeasure.org';

const amount = (value: number, unit: string, code: string) => ({ value, unit, system: ucum, code });

table('quantities', itemOf('quantity'), [
  ['about two weeks', amount(2, 'weeks', 'wk')],
  ['two weeks', amount(2, 'weeks', 'wk')],
  ['a couple of weeks', amount(2, 'weeks', 'wk')],
  ['a week', amount(1, 'weeks', 'wk')],
  ['for three days now', amount(3, 'days', 'd')],
  ['two and a half hours', amount(2.5, 'hours', 'h')],
  ['an hour and a half', amount(1.5, 'hours', 'h')],
  ['half an hour', amount(0.5, 'hours', 'h')],
  ['since about six months', amount(6, 'months', 'mo')],
  ['a hundred and eighty pounds', amount(180, 'pounds', '[lb_av]')],
  ['I weigh one eighty five pounds.', amount(185, 'pounds', '[lb_av]')],
  ['180 lbs', amount(180, 'pounds', '[lb_av]')],
  ['eighty kilos', amount(80, 'kilograms', 'kg')],
  ['five foot eleven', amount(71, 'inches', '[in_i]')],
  ['five feet and two inches', amount(62, 'inches', '[in_i]')],
  ['six feet', amount(6, 'feet', '[ft_i]')],
  ['one point eight meters', amount(1.8, 'meters', 'm')],
  ['a hundred and one degrees fahrenheit', amount(101, 'degrees Fahrenheit', '[degF]')],
  ['five hundred milligrams', amount(500, 'milligrams', 'mg')],
  ['ten percent', amount(10, 'percent', '%')],
  ['10%', amount(10, 'percent', '%')],
  ['two weeks and it hurts', partly(amount(2, 'weeks', 'wk'), 'hurts')],
  ['a few weeks', refused('not-understood')],
  ['several days', refused('not-understood')],
  ['two', refused('incomplete')],
  ['too weak', refused('not-understood')],
  ['two weeks or three weeks', refused('ambiguous')],
  ['two or three weeks', refused('incomplete')],
]);

table('quantities of a known unit', itemOf('quantity', { unit: { value: 0, unit: 'lb', code: '[lb_av]' } }), [
  ['a hundred and eighty', { value: 180, unit: 'pounds', code: '[lb_av]' }],
  ['180', { value: 180, unit: 'pounds', code: '[lb_av]' }],
  ['eighty kilos', amount(80, 'kilograms', 'kg')],
  ['a', refused('not-understood')],
]);

table('a height in inches', itemOf('quantity', { unit: { value: 0, unit: 'in', code: '[in_i]' } }), [
  ['five eleven', amount(71, 'inches', '[in_i]')],
  ['five two', amount(62, 'inches', '[in_i]')],
  ['six oh', amount(72, 'inches', '[in_i]')],
  ["5'11", amount(71, 'inches', '[in_i]')],
  ["I'm 5'11\"", amount(71, 'inches', '[in_i]')],
  ['5 11', amount(71, 'inches', '[in_i]')],
  ['five foot eleven', amount(71, 'inches', '[in_i]')],
  ['five feet eleven inches', amount(71, 'inches', '[in_i]')],
  ['seventy one', { value: 71, unit: 'inches', code: '[in_i]' }],
  ['seventy one inches', amount(71, 'inches', '[in_i]')],
  ['five five five', refused('ambiguous')],
]);
