import type { Definition, Item } from '../types.ts';
import { holds } from './compare.ts';
import { linkOf } from './occurrences.ts';

/** Whether an urgent or emergency rule hangs on the item's answer: it must not go by unanswered. */
export function isAlarming(definition: Definition, item: Item): boolean {
  return alarmsOn(definition, linkOf(item)).length > 0;
}

/** The yes or no that raises no alarm where the other one does: only a clear one is taken. */
export function reassuring(definition: Definition, item: Item): boolean | undefined {
  const conditions = alarmsOn(definition, linkOf(item));
  const raises = (answer: boolean) => conditions.some((condition) => holds(condition, [answer]));
  const [onYes, onNo] = [raises(true), raises(false)];
  return onYes === onNo ? undefined : onNo;
}

function alarmsOn(definition: Definition, linkId: string) {
  return definition.redFlags
    .filter(({ severity }) => severity !== 'concern')
    .flatMap(({ when }) => when.filter((condition) => condition.linkId === linkId));
}
