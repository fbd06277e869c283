import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf } from '../testing/items.ts';

table('street addresses', itemOf('string', { form: 'address' }), [
  ['thirty two oak avenue springfield illinois six two seven oh one', '32 Oak Avenue, Springfield, IL 62701'],
  ['32 Oak Ave, Springfield, IL 62701', '32 Oak Avenue, Springfield, IL 62701'],
  ['my address is 32 Oak Ave.', '32 Oak Avenue'],
  ['one hundred twenty five main street', '125 Main Street'],
  ['four oh four west second street los angeles california', '404 West 2nd Street, Los Angeles, CA'],
  ['ninety nine court street apartment b as in boy boston mass', '99 Court Street Apt B, Boston, MA'],
  ['six twelve state route seventeen', '612 State Route 17'],
  ['twenty twenty first avenue suite three hundred', '20 21st Avenue Suite 300'],
  ['eighteen first avenue suite three hundred new york new york', '18 1st Avenue Suite 300, New York, NY'],
  ['post office box forty one helena montana 59601', 'PO Box 41, Helena, MT 59601'],
  ['seven west end road', '7 West End Road'],
  ['seventy, no, seventeen hill street', '17 Hill Street'],
  ['nine st james place', '9 Saint James Place'],
  ['five avenue c', '5 Avenue C'],
  ['ten park street, Lodi, that is L O D I, California', '10 Park Street, Lodi, CA'],
  [
    'ten park street lodi new jersey oh seven six four four and my chest hurts',
    partly('10 Park Street, Lodi, NJ 07644', 'chest', 'hurts'),
  ],
  ['for elm street', partly('4 Elm Street', 'for')],
  ['ten park street or maybe twelve', refused('wrong-format')],
  ['ten park street dayton or kettering', refused('ambiguous')],
  ['elm street', refused('not-understood')],
  ['ten elm street zip one two three four', refused('wrong-format')],
  ['the house behind the school', refused('not-understood')],
  ['', refused('not-understood')],
]);
