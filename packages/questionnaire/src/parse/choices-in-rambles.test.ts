import { partly, refused, table } from '../testing/answer-table.ts';
import { itemOf, option } from '../testing/items.ts';

const times = [option('am', 'Morning'), option('pm', 'Afternoon'), option('eve', 'Evening')];
table('denied, or a remark', itemOf('choice', { options: times }), [
  ["afternoon, I can't get up early", partly('pm', "can't", 'get', 'up', 'early')],
  ['not one to fuss but mornings', partly('am', 'not', 'fuss', 'but')],
  ["afternoon isn't good", refused('ambiguous')],
  ['any time but the morning', refused('ambiguous')],
  ['not the morning', refused('ambiguous')],
]);

const patients = [option('self', 'Myself'), option('par', 'A parent'), option('oth', 'Someone else')];
table('relatives', itemOf('choice', { options: patients }), [
  ["I'm calling for Dad", 'par'],
  ['not me, my mother', 'par'],
  ['my landlord', 'oth'],
  ['my little boy', 'oth'],
  ['my mother or my landlord', refused('ambiguous')],
]);

const visits = [option('new', 'New patient'), option('back', 'Returning patient')];
table('a telling word', itemOf('choice', { options: visits }), [
  ['new, the other clinic closed', partly('new', 'other', 'clinic', 'closed')],
  ['not new', refused('not-an-option')],
  ['patient', refused('ambiguous')],
]);
