import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

const today = { todayPlus: 0, unit: 'day' } as const;
const birth = itemOf('date', { rules: { minimum: { todayPlus: -120, unit: 'year' }, maximum: today } });
const ahead = itemOf('date', { rules: { minimum: today } });

table('dates of birth told in parts', birth, [
  ['my birthday is June ninth and I was born in fifty eight', '1958-06-09'],
  ['June ninth, fifty seven. No, fifty eight.', '1958-06-09'],
  ['leap day, February twenty ninth, sixty four', '1964-02-29'],
  ['June ninth', refused('incomplete')],
]);
table('days ahead', ahead, [
  ['not Christmas, the Monday after', '2026-12-28'],
  ['next month on the twelfth', '2026-12-12'],
  ['any day but Tuesday', refused('ambiguous')],
  ['two or three weeks from today', refused('ambiguous')],
]);
table('lengths of time', itemOf('string', { form: 'duration' }), [
  ['since 2019', 'P7Y'],
  ['since March', 'P8M'],
  ['came on yesterday', 'P1D'],
  ['forty seconds', 'PT40S'],
  ['all week', 'P7D'],
  ['a week, give or take a day', 'P7D'],
  ['the better part of a year', refused('ambiguous')],
]);
table('times', itemOf('time'), [
  ['half five in the afternoon', '17:30:00'],
  ['ten of six in the evening', '17:50:00'],
  ['one at lunchtime', '13:00:00'],
  ['any time but noon', refused('ambiguous')],
]);
table('amounts', itemOf('quantity', { text: 'What is the dose?', prompt: '' }), [
  ['thirty milligrams twice a day', partly(milligrams(30), 'twice', 'day')],
]);

function milligrams(value: number) {
  return { value, unit: 'milligrams', system: 'http://unitsofmeasure.org', code: 'mg' };
}
