import type { AnswerRow, Definition, IntakeState } from '../types.ts';
import { catalogueOf, isAskable } from './catalogue.ts';
import { enablementOf } from './enablement.ts';
import { currentStep } from './steps.ts';

/** The intake as rows, in the order of the questions; what is not asked of callers has none unless it has a value. */
export function answersTable(definition: Definition, state: IntakeState): AnswerRow[] {
  const enabled = enablementOf(definition, state);
  const step = currentStep(definition, state);
  const now = step.kind === 'ask' ? step.linkId : undefined;
  return catalogueOf(definition, state).ordered.flatMap(({ item }): AnswerRow[] => {
    const known = state.items[item.linkId];
    if (!isAskable(item) && known?.status !== 'answered') return [];
    if (item.occurrence?.asks !== undefined) return [];
    const row = { linkId: item.linkId, question: item.text === '' ? item.prompt : item.text };
    if (!enabled(item.linkId)) return [{ ...row, answer: '', status: 'off' }];
    if (known?.status === 'answered') {
      return [
        {
          ...row,
          answer: known.display,
          status: known.confirmed ? 'answered' : 'unconfirmed',
        },
      ];
    }
    if (known) return [{ ...row, answer: '', status: known.status }];
    const asked = state.asked.includes(item.linkId) || item.linkId === now;
    return [{ ...row, answer: '', status: asked ? 'asked' : 'not-asked' }];
  });
}
