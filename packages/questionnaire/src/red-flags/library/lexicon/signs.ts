export const signs = {
  cant: `can't|couldn't|could not|can hardly|can barely|can scarcely|can't hardly|hardly|barely|unable to|not able to|isn't able to|
    no can|ain't able to|never could|can not|cant|no longer|struggling to|trying to`,
  wont: `won't|will not|wouldn't|can't|couldn't|not|isn't|doesn't|don't|never|hasn't|ain't|nothing's|nothing|no|didn't|haven't`,
  bad: `bad|badly|bat|severe|severely|terrible|terribly|awful|horrible|horrific|worst|worse|sharp|intense|excruciating|unbearable|
    stabbing|really|real|so|constant|killing|agony|agonizing|strong|doubled over|crazy|serious|unreal|can't stand|scream*|wicked|
    crippling|sudden|suddenly|searing|shooting|something fierce`,
  pain: `pain|pane|pains|panes|payne|painful|paining|pained|ache*|aching|achy|achey|pin|pan|tide|tied|tender|hurt*|pressure|pressing|presses|presher|tight|tightness|tightening|tighten*|
    titan|squeez*|burning|burns|crush*|heavy|heaviness|weight|discomfort|twinge*|stabbing|stabs|sharp|throbbing|clench*|gripping|
    grabbing|grabs|clutching|clutch*|constrict*|vice|vise|elephant|squish*|smothering|cramp*|spasm*|killing|bothering|acting up|on fire|
    fullness|uncomfortable|sore|ripping|tearing|exploding|pinching|stinging|jolt*|flutter*|heartburn|knot|band|like a rock`,
  bleed:
    'bleed*|bled|blood|bloody|blud|plud|blod|hemorrhag*|haemorrhag*|hemorage|hemorraging|nosebleed|nosebleeds|bloods|blooding',
  fever:
    `fever|fevers|feverish|feaver|fever's|fee for|fee fur|feet her|fiver|feeber|favor of a hundred|temperature|temp|burning up|chills|the chills|shiver*|
    running hot|on fire|rigors|shaking chills|sweating and cold|temperatures|temps|one oh <hot>|hundred and <hot>|hundred <hot>|104|103|102|101|105|
    101.5|102.5|103.5|104.5|temper|feaver's`
      .replaceAll('<hot>', 'one')
      .concat(
        '|one oh two|one oh three|one oh four|one oh five|hundred and two|hundred and three|hundred and four|hundred and five|hundred two|hundred three|hundred four|hundred five',
      ),
};
