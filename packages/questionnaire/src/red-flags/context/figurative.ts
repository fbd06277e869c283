import type { Span } from '../find-spans.ts';
import type { Scene } from '../scene.ts';
import { Triggers } from './trigger.ts';

/** What nobody is in danger from; makes a figure of whatever big word stands beside it. */
const trifles = new Triggers(
  'clause',
  'either',
  `
  (hold music|on hold|this music|music|this wait|the wait|waiting|this weight|your prices|prices|price|cost|costs|paperwork|paper work|form|forms|deductible|copay|co pay|premium|premiums|bill|bills|traffic|commute|parking|refund|taxes|invoice|website|web site|insurance|portal|app|computer|system|homework|meeting|spreadsheet|password|menu|phone tree|robot|automated)
  (boss|rep|landlord|mother in law|teenager|teenagers|grandkids|kids|wife|husband) … (gonna|going to|drive|drives|driving|will) … (give me|kill me|be the death|shoot me)
  (game|movie|show|football|baseball|super bowl|the score|cowboys|eagles|turkey|thanksgiving dinner|pie|cookies|chocolate|ice cream|coffee|candy|cake|tacos|wings|netflix|tv|sugar|christmas music|carbs|news|holidays)
  (laugh|laughed|laughing|laughs|funny|joke|joking|kidding|ha|ha ha|haha|lol|so to speak|figure of speech|figuratively|just saying|embarrass*|embarrassment|boredom|bored|excitement|shock|surprise|jealous|pun)
  (scared|bored|tickled|worried|freezing|starved|starving) (me|to|half) (to death|death)
  (would|could|might|about) (have|of) (died|fainted|killed)
  (rather die|rather be dead|rather have|die before|over my dead body|dead serious|dead tired|to die for|drop dead gorgeous|dying to know|dying to see|dying to meet|dying to get|dying to try|dying to hear)
  `,
);

/** What one hears or sees and makes a face at. */
const reactions = new Triggers(
  'sentence',
  'either',
  `
  when (i|she|he|they|we) (saw|heard|opened|got|read|found|told|said|realized|looked) (the|that|my|how|what|it|your|out|about|me|you|i)
  when (they|she|he|you|somebody|the) (told|said|quoted|gave|showed|sent|announced|called) (me|my|how|you|us|she|he|they)
  `,
);

/** "nearly had a stroke" with no more than that; a body does not nearly do it. */
const almost = new Triggers(
  'clause',
  'before',
  `
  (nearly|about|almost|practically|damn near|darn near|near|liked to|like to) (had|have|gave|give|died) (a|me a|myself a|my) (heart|stroke|seizure|fit|hard|coronary|stoke|aneurysm|conniption)?
  (gonna|going to|will|gave|give|gives|giving|almost gave|nearly gave) (give)? me a (heart|stroke|seizure|hard|coronary|panic)
  `,
);

/** Only these are used as figures: a chest that hurts while the caller is on hold is no figure of speech. */
const figures =
  /^(attack|stroke|stoke|die|dying|died|dye|dead|kill|shoot|hang|faint|black|pass|overdos|chok|drown|suffocat|labor|seizure|fit|jump|bleed|bled|coronary|collaps|coma|allerg|live|allergic|starv|murder|strangle|smother|gasp|end|unconscious|knocked|crash|poison|out|suicid|contraction|headache)/;

export function isFigurative(scene: Scene, mention: Span): boolean {
  if (!mention.own.some((at) => figures.test(scene.words[at]!.word))) return false;
  return [trifles, reactions, almost].some((triggers) => triggers.reach(scene, mention));
}
