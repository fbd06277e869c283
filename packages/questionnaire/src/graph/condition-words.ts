import { displayOf } from '../speak/display-of.ts';
import type { Condition, Item } from '../types.ts';

const operators: Record<Exclude<Condition['operator'], 'exists'>, string> = {
  '=': 'is',
  '!=': 'is not',
  '>': 'is above',
  '>=': 'is at least',
  '<': 'is below',
  '<=': 'is at most',
};

/** `fever is yes`: a condition as people read it. `target`: the item that it names. */
export function conditionWords({ linkId, operator, answer }: Condition, target: Item | undefined): string {
  if (operator === 'exists') return `${linkId} is ${answer === true ? '' : 'not '}answered`;
  return `${linkId} ${operators[operator]} ${answerWords(answer, target)}`;
}

function answerWords(answer: Condition['answer'], target: Item | undefined): string {
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  if (typeof answer === 'object' && 'display' in answer) {
    const option = (target?.offered ?? target?.options)?.find(({ code }) => code === answer.code);
    return `“${option?.display ?? answer.display}”`;
  }
  return displayOf([answer], target ?? { type: 'string', form: 'free' });
}
