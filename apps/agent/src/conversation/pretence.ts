/**
 * Sentences by which a model pretends or misleads: what it is, that the call is over, what was done, what it wants to know. Rules of form, as those for
 * advice are: they hold back what models commonly say.
 */
const somebody =
  '(?:human(?: being)?|person|nurse|doctor|physician|clinician|receptionist|paramedic|adjuster)';
const filler =
  '(?:\\s+(?:an?|the|your|one of the|really|actually|just|indeed|also|real|live|human|actual|registered|licensed|trained))*';
const pretences = [
  new RegExp(`\\b(?:i am|i['’]?m)${filler}\\s+${somebody}\\b`, 'i'),
  /\b(?:i am|i['’]?m)\s+(?:(?:really|certainly|definitely)\s+)*(?:not|no)\s+(?:an?\s+)?(?:machine|robot|bot|computer|ai|artificial|automated|recording|program)\b/i,
  new RegExp(`\\b(?:talking|speaking) (?:to|with)${filler}\\s+(?:real|live|human|actual)\\b`, 'i'),
  /\b(?:my name is|this is|i am|i['’]?m) (?:dr\.?|doctor|nurse) \p{L}/iu,
  /\bnot (?:being )?(?:recorded|transcribed)\b|\b(?:isn['’]?t|n['’]?t|never) (?:being )?record(?:ed|ing)\b|\bnothing\b[^.?!]{0,30}\brecorded\b/i,
];
const emergency = /\bhang up and (?:dial|call) (?:9|nine)\b/i;
const farewells = [
  /\b(?:hang up|hanging up|put (?:the|your) phone down|end (?:this|the) call)\b/i,
  /\b(?:good ?bye|bye(?:[ -]bye)?|have a (?:nice|good|great|lovely|wonderful) (?:day|evening|night|weekend|one))\b/i,
  /\b(?:this|the|our) (?:call|conversation|intake) (?:is|has|is now|has now) (?:over|ended|finished|done|complete[d]?)\b/i,
  /\bwe(?: are|['’]re) (?:all |now )?(?:done|finished|through)\b/i,
  /\b(?:that is|that['’]s|(?:i|we)(?: have|['’]ve)(?: got)?) (?:all|everything)(?: that)? (?:i|we) need(?:ed)?\b/i,
  /\bcall (?:us )?(?:back|again) (?:later|tomorrow|another|some other|next)\b/i,
];
const promises = [
  /\b(?:ambulance|nurse|doctor|somebody|someone|police|help|paramedics?)\b[^.?!]{0,20}\b(?:is|are) (?:on (?:its|his|her|their|the) way|coming|being sent)\b/i,
  /\b(?:i|we)(?: have|['’]ve)\b[^.?!]{0,15}\b(?:sent|called|booked|scheduled|approved|prescribed|refilled|cancell?ed|arranged)\b/i,
  /\b(?:your|the) (?:appointment|visit|claim|refill|prescription|request)\b[^.?!]{0,20}\b(?:is|has been|was) (?:now )?(?:booked|confirmed|approved|scheduled|granted|denied|cancell?ed|refused|rejected|ready)\b/i,
];
const secret =
  /\b(?:social security|credit card|debit card|card number|cvv|security code|pin (?:number|code)|password|passcode|bank account|routing number|maiden name)\b/i;
const abuse = /\b(?:idiots?|stupid|moron|shut up|fuck\w*|shit\w*|bitch|bastard|asshole)\b/i;
const address = /\bhttps?:|\bwww\.|\b[\w-]+\.(?:com|org|net|info|io|gov|edu|example)\b|\S@\S+\.\S/i;

/** Never true, whoever wrote it: that a person speaks, that nothing is recorded, that the call is over (the questionnaire tells that). */
export const isPretence = (sentence: string): boolean =>
  [...pretences, abuse].some((pattern) => pattern.test(sentence)) ||
  (!emergency.test(sentence) && farewells.some((pattern) => pattern.test(sentence)));

/** What no questionnaire was asked to collect. */
export const asksForSecret = (sentence: string): boolean =>
  secret.test(sentence) && !/\b(?:not|n['’]t|never|no)\b/i.test(sentence);

/** What only a tool can have done, and an address that only a document can have given. */
export const isMadeUp = (sentence: string): boolean =>
  address.test(sentence) || promises.some((pattern) => pattern.test(sentence));
