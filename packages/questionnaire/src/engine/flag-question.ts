import { parseYesNo } from '../parse/yes-no.ts';
import { redFlagLibrary } from '../red-flags/library/index.ts';
import type { Definition, Input, IntakeState, Step } from '../types.ts';
import type { Draft } from './draft.ts';

/** The question of a red flag that is owed, as a read-back is. */
export function flagQuestion({ redFlags }: Definition, state: IntakeState): Step | undefined {
  const owed = owedIn(state);
  const flag = redFlags.find(({ id }) => id === owed?.id);
  if (!flag) return undefined;
  const prompt = flag.confirm ?? redFlagLibrary.get(flag.library ?? '')?.confirm ?? '';
  return { kind: 'readBack', linkId: `red-flag.${flag.id}`, prompt, value: true, flag: flag.id };
}

const owedIn = ({ questioned, flagged }: IntakeState) =>
  questioned?.find(({ id, denied }) => !denied && !flagged.includes(id));

/** Only a no denies; whatever else comes after the question raises the flag. Words in which it was first heard are no answer to it. */
export function takeFlagAnswer(draft: Draft, before: IntakeState, input: Input): void {
  const owed = owedIn(before);
  if (!owed || input.kind === 'context' || input.kind === 'caller') return;
  if (input.words === owed.words) return;
  const yes = input.kind === 'confirm' ? input.yes : parseYesNo(input.words ?? '')?.yes;
  draft.answerQuestion(owed.id, yes === false, input.words);
}

/** What was taken as the answer to that question, and is nothing else. */
export function isFlagAnswer(step: Step, { kind }: Input): boolean {
  return step.kind === 'readBack' && step.flag !== undefined && (kind === 'confirm' || kind === 'unclear');
}
