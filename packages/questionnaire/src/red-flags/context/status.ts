import type { Span } from '../find-spans.ts';
import type { Scene } from '../scene.ts';
import { isAdmitted } from './correction.ts';
import { isOtherPerson } from './experiencer.ts';
import { isFigurative } from './figurative.ts';
import { isHistorical } from './history.ts';
import { isNegated } from './negation.ts';
import { isHypothetical, isQuestion } from './question.ts';

export type Status =
  'affirmed' | 'negated' | 'question' | 'hypothetical' | 'figurative' | 'historical' | 'other-person';

/** How a mention is meant. Only what is affirmed raises a flag. */
export function statusOf(scene: Scene, mention: Span): Status {
  if (isNegated(scene, mention) && !isAdmitted(scene, mention)) return 'negated';
  if (isQuestion(scene, mention)) return 'question';
  if (isHypothetical(scene, mention)) return 'hypothetical';
  if (isFigurative(scene, mention)) return 'figurative';
  if (isHistorical(scene, mention)) return 'historical';
  return isOtherPerson(scene, mention) ? 'other-person' : 'affirmed';
}
