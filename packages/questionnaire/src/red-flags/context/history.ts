import type { Span } from '../find-spans.ts';
import type { Scene } from '../scene.ts';
import { tenseOf } from './tense.ts';
import { Triggers } from './trigger.ts';

/** Long ago, wherever it stands in the sentence. */
const longAgo = new Triggers(
  'sentence',
  'either',
  `
  <count> <number>? <long> (ago|back)
  (years|months|weeks|decades|ages|long|long time|a while|awhile|some time|while) (ago|back)
  (a good|good|about) <number> <number>? years
  (way back|back then|back when|in those days|in the past|at the time|the old days)
  back in (<month>|#year|the|my|high|college|nineteen|two thousand|twenty|ninety|eighty|seventy|oh|school|his|her)
  in (nineteen|two thousand|ninety|eighty|seventy|sixty|fifty|oh|aught|'09) <number>?
  in twenty (ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|twenty one|twenty two|twenty three|twenty four|twenty five|oh)
  since (nineteen|two thousand|ninety|eighty)
  (in|since|of|from|during|around|was) (#year|<month>|the <decade>|the early <decade>|the late <decade>)
  (in|of|since) the (early|late|mid)? (eighties|nineties|seventies|sixties|fifties|two thousands)
  in (<month>|high school|college|grade school|school|kindergarten|the service|the army|the navy|vietnam|iraq|korea|the war|basic training|boot camp)
  (in|during|since) my (teens|twenties|thirties|forties|fifties|sixties|youth|childhood|first|last pregnancy)
  in (his|her) (teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)
  last (<past>)
  (when|while|since) (i|he|she|we) (was|were) … (kid|kit|little|young|younger|small|child|boy|girl|teenager|pregnant with|baby|in my|in his|in her|<number>|teen|school|college|toddler|born)
  (as|being) a (kid|kit|child|baby|teenager|teen|boy|girl|young|toddler|youngster|little)
  (when|while) (i|he|she|we) had (covid|kovid|the|my|our|pneumonia|surgery|a|him|her)
  (since|from|after) (my|the|his|her) (stroke|surgery|operation|accident|injury|car|wreck|heart|fall|shoulder|first|old|back|hip|knee) … (years|year|ago|surgery|operation|accident|in)?
  at age <number>
  at (thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty)
  (growing up|used to|grew out of|outgrew|grown out of|history of|a history|hx of|in a past life|one time when|childhood|long since|previous|previously)
  (had|was|were|passed out|fainted|once) once
  (passed|fainted|had|took|got|was|swelled|closed|blacked|tried) … … once
  with my (first|second|third|last|oldest|youngest)
  (turned|came) out to be
  once (had|took|passed|fainted|was|got|tried|giving|when i|from|at|years|for|back)
  (the last time|last time) (was|i|that|probably|it|they)
  (years|decades) before
  (ten|twenty|thirty) some years
  that time (i|we|when|in)
  `,
);

/** It is over, or is told as what the caller lives with. */
const over = new Triggers(
  'next',
  'either',
  `
  (that was|that's been|it was|this was|that happened|happened) … (years|year|months|ago|back|last|in|before|long|when|way|while)
  (that was|it was|that's been|this was) (in|back in|around)? (oh|nineteen|two thousand|#year|<month>|ninety|eighty|twenty) <number>
  (that was|it was) (in|back in|around) (#year|<month>|high school|college|the <decade>)
  (all|fully|completely|long) (over with|over now|healed|resolved|recovered|behind me)
  that's all over
  that was … (old|before|first) (valve|hip|knee|one|surgery|the|my|they|i|pregnancy|job|house)
  (nothing|none|not one|never|no more|no problems|no trouble|no issues|haven't|hasn't) … (since|since then|ever since)
  (been|doing|i'm|feel|feeling|he's|she's) … (fine|clean|okay|ok|good|sober|clear|well|great|all right|stable) (since|ever since|for years|now|two|for)
  (fine|all right|alright|okay|ok|gone|over|treated|controlled|cleared|under control|resolved|recovered|healed) (now|since|since then|ever since)
  (that's all|all that's|that's) (over|behind|done|history|in the past|gone)
  (it's|that's|went|all|gone) (gone|away) (now|since|on its own)
  turned (that|it|things) around
  (but|and) (i'm|he's|she's|it's|all|he is|she is|i am) (grand|fine|okay|ok|good|great|well|better|healthy) now
  in (my|his|her) (life|lifetime|day)
  they (fixed|took care of|put in|cleared) (it|that|a)
  (knock wood|knock on wood|came through fine|nothing happened|nothing came of it|made a full recovery|got over it|came out fine|turned out fine|turned out okay)
  (never|hasn't|haven't|didn't) (came|come|happened|happen|had it|had one|been) (back|again|since)
  (grew out|stopped|quit|ended|went away) … (ago|years|at twelve|at ten|in|months|weeks)
  (two|three|one|four) stents
  (not|but not|no) (anymore|any more|lately|these days)
  (that's why|which is why|why|so) (i|she|he) (use|uses|carry|carries|have the|has the|wear|take|takes|can't have|have a cane|walk|see|avoid)
  `,
);

const recent = new Triggers('clause', 'either', '(<now>)');
const recurring = new Triggers(
  'next',
  'either',
  `
  (it's|is|and|be|are|and now|now|start|starting|starts|started|happening|back|doing it|doing that|came|that way) … again
  (it's|it|is|and it's|now it's|and it) (back|happening|coming back|come back|came back|the same|starting|started up)
  (acting|flaring|starting) up
  `,
);

/** Over before the last 24 hours, and not coming back. A statement in the present tense in another clause is not touched. */
export function isHistorical(scene: Scene, mention: Span): boolean {
  const cues = [
    ...longAgo.reaching(scene, mention).filter((cue) => belongs(scene, cue, mention)),
    ...over.reaching(scene, mention).filter((cue) => cue.start > mention.start),
  ].filter((cue) => !isStart(scene, cue) && !isMeasure(scene, cue) && !shares(cue, mention));
  if (cues.length === 0) return false;
  if (isRecent(scene, mention) || recurring.reach(scene, mention)) return false;
  if (tenseOf(scene, mention) !== 'present') return true;
  return cues.some((cue) => scene.sameClause(cue, mention));
}

/** Before the mention a time belongs to it in its own clause, or at the head of the sentence: "Years ago, when …, I fainted". */
function belongs(scene: Scene, cue: Span, mention: Span): boolean {
  if (cue.start >= mention.start || scene.sameClause(cue, mention)) return true;
  return cue.start - scene.sentenceStart(cue.start) <= 2;
}

const shares = (cue: Span, { own }: Span) => own.some((at) => at >= cue.start && at < cue.end);

/** "Now" of the mention, not of its end: "fine now", "not now". */
function isRecent(scene: Scene, mention: Span): boolean {
  return recent.reaching(scene, mention).some((cue) => !calm.has(scene.words[cue.start - 1]?.word ?? ''));
}

const calm = new Set(
  "not fine okay ok good better gone over all treated well great healed alright doing until rehab isn't stopped".split(
    ' ',
  ),
);

/** "At thirty two weeks", "in twenty minutes": no age and no year. */
function isMeasure(scene: Scene, cue: Span): boolean {
  return scene.words.slice(cue.end, cue.end + 2).some(({ word }) => measures.has(word));
}

const measures = new Set(
  "weeks week months minutes hours percent degrees milligrams pounds am pm o'clock miles".split(' '),
);
const beginnings = new Set('started start began begun since been for'.split(' '));

/** "It started two weeks ago": since then, not then. */
function isStart(scene: Scene, cue: Span): boolean {
  const before = [1, 2, 3].map((step) => scene.words[cue.start - step]?.word ?? '');
  return before.some((word) => beginnings.has(word)) && scene.words[cue.end - 1]!.word === 'ago';
}
