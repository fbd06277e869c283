import { mergeDate } from '../parse/merge-date.ts';
import { parseAnswer } from '../parse/parse-answer.ts';
import { tokenize } from '../parse/tokens.ts';
import type { AnswerValue, Input, Item, ParseContext, Step } from '../types.ts';
import { catalogueOf } from './catalogue.ts';
import { sameValue } from './compare.ts';
import type { Draft } from './draft.ts';
import { needsReadBack } from './understand.ts';
import { ruleProblem } from './validate.ts';

/**
 * The answer to "Is that right?". A "no" that brings the right value along ("no, the fourth") replaces it at once;
 * the new value is read back again, for it was misheard once already.
 */
export function answerReadBack(
  draft: Draft,
  step: Step,
  input: Extract<Input, { kind: 'confirm' }>,
  now: ParseContext,
): void {
  if (step.kind !== 'readBack') {
    const linkId = 'linkId' in step ? (step.linkId ?? '') : '';
    draft.invalid(linkId, { code: 'not-understood', problem: 'There is nothing to confirm now.' });
    return;
  }
  const item = catalogueOf(draft.definition, draft.state).byLink.get(step.linkId)!.item;
  // Any words may pass for a name: beside a "yes" they are an aside, not another name.
  const instead =
    input.yes && item.form === 'name' ? undefined : newValue(item, step.value, input.words, now);
  if (instead) {
    const problem = ruleProblem(item, instead.value, now);
    if (!problem) return draft.answer(item, { ...instead, confirmed: !needsReadBack(item, true) });
    draft.reject(item.linkId);
    draft.invalid(item.linkId, problem);
    return draft.fail(item, 'invalid', problem);
  }
  if (input.yes) return draft.confirm(item.linkId);
  draft.reject(item.linkId);
  draft.fail(item, 'retry');
}

/** Another value in the words around the yes or no, when they hold one beyond doubt. */
function newValue(
  item: Item,
  old: AnswerValue,
  words: string,
  now: ParseContext,
): { value: AnswerValue; display: string } | undefined {
  if (item.type === 'boolean' || item.type === 'text' || item.type === 'open-choice') return undefined;
  if (item.type === 'string' && item.form === 'free') return undefined;
  const rest = withoutVerdict(words);
  if (rest === '') return undefined;
  const parsed = parseAnswer(item, rest, now);
  if (parsed.ok && parsed.covered) return sameValue(parsed.value, old) ? undefined : parsed;
  const merged = item.type === 'date' && typeof old === 'string' ? mergeDate(old, rest) : undefined;
  return merged && !sameValue(merged.value, old) ? merged : undefined;
}

const verdict =
  /^(?:(?:no|nope|nah|yes|yeah|wrong|incorrect|sorry|actually|wait|um|uh|well|that is|that's|it is|it's|it|is|was|not|right|correct|quite|i|said|mean|meant|should|be|the|date|number|name)\s+)+/;

function withoutVerdict(words: string): string {
  const plain = tokenize(words)
    .map((token) => token.raw)
    .join(' ');
  const match = verdict.exec(`${plain.toLowerCase()} `);
  return match ? plain.slice(match[0].length).trim() : plain;
}
