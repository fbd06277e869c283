import { wordSet } from '../clauses.ts';
import type { Span } from '../find-spans.ts';
import type { Scene } from '../scene.ts';
import { Triggers } from './trigger.ts';

/** Asks about the thing, not about what the caller has. */
const asking = new Triggers(
  'sentence',
  'before',
  `
  (do|does|did) (you|y'all|they|the|your|this|that|it|he|she|we) … (treat|handle|have|see|do|cover|take|deal|offer|help|cause|mean|ask|test|know|count|include|do anything|give|prescribe)
  (can|could|does|will|would) (a|an|the|this|that|it|these|those|you|too|stress|anxiety|medication|my|panic|high|low|blood|being|not|dehydration|heat) … (cause|make|give|faint|lead|get|mean|bring|trigger|overdose|have|be|raise)
  (can|could) you (get|have|overdose|die|od|take|be|still)
  (is|are|was|were|isn't) (<number>|chest|spotting|bleeding|dizziness|it|there|a|an|numbness|shortness|that|some|any|fainting|swelling|suicidal|seizures|heavy|light|cramping) … (normal|covered|side|safe|effect|true|symptom|common|something|one|dangerous|sign|part|part of|risk|listed|okay|contagious|likely|bad|usual|supposed|expected|place|clinic|line|department|office|number|unit)
  (is|are) (this|that|it|a|an|the) … (covered|clinic|place|department)
  (is|are) … (one of|a sign|a side|side effect|something i should|normal|covered|a symptom)
  is it (true|normal|common|possible|okay|safe|bad|dangerous) (that|to|for|if)
  is there (a|any|some|anything|something|medicine|a chance|a risk|somebody|someone)
  (should|do|would|could|can|when|where|who) (i|we|a person|you) … (call|worry|be worried|go|watch|expect|stop|start|come|need|take|ask|look out|have to|bring)
  (what|when|how|where|who|which) (happens|if|do i|should|are|is the|is a|is an|kind|causes|would|do you|can|does|counts|about)
  how (long|much|many|soon|bad|often|far|likely|come) (should|do|does|is|are|will|would|can|before|after|of)
  how (do|can|would|will|should) (i|you|we|they) (know|tell|handle|treat|will|prevent|before|after|does|stop)
  (what's|what is|what are|what're) (the|a|an|my) (difference|risk*|chance*|sign*|symptom*|number|copay|odds|side|deal|best|right|plan|policy|rule)
  (asking|ask|question|questions|wondering|wonder|curious|know|read|worried|worry) (about|whether|on)
  (side effects|warning|warnings|signs|symptoms|risk|risks|chance|chances|pamphlet|leaflet|label|article|commercial|handout) … (of|say|says|said|include|are|like|about|lists|mentions)
  (read|heard|saw|says|said|lists|warned) (that|it|about|online|it|on tv) … (can|could|may|might|cause*)
  (you guys|y'all|your|they) (treat|handle|do|see|specialize)
  (watch|look out|screen*|test*|check*|referral|class|clinic|doctor|study|support group|brochure) for
  `,
);

/** What would be, not what is. */
const supposing = new Triggers(
  'clause',
  'before',
  `
  (if|unless|in case|whenever|what if|supposing) (i|he|she|it|they|my|there|there's|he's|she's|i'm|you|we|a|somebody|someone|any)
  (in case of|to prevent|to avoid|risk of|chance of|prevent|preventing|afraid of having|afraid of getting|scared of having|scared of getting|worried about having|worry about|so i don't|so that i don't|so he doesn't|so she doesn't|as needed for|in the event of)
  (would|might) (make|give|cause|get) (me|my|him|her)
  `,
);

const doubtful = wordSet('know sure as see tell wonder wondering like even feels ask feel');
const mine = wordSet("i'm my i've i he's she's his her he she we");
const anew = wordSet("i i'm my he he's she she's it's there's his her");

export function isQuestion(scene: Scene, mention: Span): boolean {
  if (!asking.reaching(scene, mention).some((cue) => reaches(scene, cue, mention))) return false;
  return !isOwn(scene, mention) || isHypothetical(scene, mention);
}

/** A question opens its sentence, and a pause ends it: "what do I do, chest pain since noon". */
function reaches(scene: Scene, cue: Span, mention: Span): boolean {
  if (cue.start - scene.sentenceStart(cue.start) > 6) return false;
  return !scene.words.slice(cue.start + 1, mention.start + 1).some(({ mark }) => mark === ',');
}

/** "Should I come in, my chest hurts": a statement of one's own beside the question. */
function isOwn(scene: Scene, mention: Span): boolean {
  for (let at = mention.end - 1; at >= mention.start - 3 && at >= scene.sentenceStart(mention.start); at--) {
    if (mine.has(scene.words[at]!.word) && scene.clauses[at] === scene.clauses[mention.start]) {
      return scene.clauseStart(at) > scene.sentenceStart(at) || scene.words[at]!.word === 'my';
    }
  }
  return false;
}

/** Behind an "if", up to the next subject: "if I lie down I can't breathe" says that the caller cannot. */
export function isHypothetical(scene: Scene, mention: Span): boolean {
  return supposing.reaching(scene, mention).some((cue) => {
    if (doubtful.has(scene.words[cue.start - 1]?.word ?? '')) return false;
    const from = cue.start + 2;
    for (let at = from; at <= mention.start; at++) {
      if (at > from && anew.has(scene.words[at]!.word)) return false;
    }
    return true;
  });
}
