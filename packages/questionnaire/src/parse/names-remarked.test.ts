import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

table('full names with remarks', itemOf('string', { form: 'name', text: 'What is your full name?' }), [
  ['catherine with a k, bell', 'Katherine Bell'],
  ['john without the h, carter', 'Jon Carter'],
  ['lisa gray, gray with an a', 'Lisa Gray'],
  ['rosa diaz hyphen lopez', 'Rosa Diaz-Lopez'],
  ['Rosa Diaz-Lopez', 'Rosa Diaz-Lopez'],
  ['sean o brien', "Sean O'Brien"],
  ['ronald mcdonald', 'Ronald McDonald'],
  ['maria de la cruz', 'Maria de la Cruz'],
  ['walter gray senior', 'Walter Gray Sr.'],
  ['walter gray the third', 'Walter Gray III'],
  ['gray. walter gray', 'Walter Gray'],
  ['last name gray first name walter', 'Walter Gray'],
  ['walter gray but everybody calls me bud', 'Walter Gray'],
  ['walter grant, no sorry, gray', partly('Walter Gray', 'grant')],
  ['mr walter gray', 'Walter Gray'],
  ['walter', refused('incomplete')],
  ['walter or william', refused('not-understood')],
  ['it is for my wife', refused('not-understood')],
]);

table('family names', itemOf('string', { form: 'name', text: 'What is your last name?' }), [
  ['hart, like the deer, h a r t', 'Hart'],
  ['stuart, s t e w a r t', 'Stewart'],
  ['mitchell, two ls', 'Mitchell'],
  ['first name walter last name gray', 'Gray'],
  ['shaw, double u at the end, s h a w', refused('not-understood')],
]);
