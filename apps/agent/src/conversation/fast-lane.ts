import { type Input, intentOf, parseAnswer, parseYesNo } from '@vestibule/questionnaire';
import type { Heard } from '../speech/hearing.ts';
import type { Asked } from './asked.ts';
import type { OwnQuestion } from './own-question.ts';

/** What a turn says without a model: an answer to a question of ours, an input of the questionnaire's, or "say that again". */
export type Plain = { own: OwnQuestion; words: string } | Input | 'again';

/** Surer than that the recogniser was of each final, or a model is asked: it may know better what was meant. */
const sure = 0.6;

/**
 * What the caller's whole turn says to the question that stands, where a typed parse leaves no content word unused ("yes, and my chest
 * hurts" is not certain). Undefined for anything else: that is the model's.
 */
export function plainly(heard: Heard, asked: Asked, today: string): Plain | undefined {
  const { text, confidence } = heard;
  if (confidence < sure) return undefined;
  const { own, step, item } = asked;
  if (own) return coversAll(parseYesNo(text, own.question)) ? { own, words: text } : undefined;
  if (step?.kind === 'readBack') {
    const said = parseYesNo(text, step.prompt);
    return said && coversAll(said) ? { kind: 'confirm', yes: said.yes, words: text } : undefined;
  }
  if (step?.kind !== 'ask' || !item) return undefined;
  const intent = intentOf(text);
  if (intent === 'repeat') return 'again';
  if (intent === 'declined') return { kind: 'decline', linkId: item.linkId };
  if (intent === 'unknown') return { kind: 'unknown', linkId: item.linkId };
  if (intent !== undefined) return undefined;
  const parsed = parseAnswer(item, text, { today });
  if (!parsed.ok || !parsed.covered) return undefined;
  const evidence = { confidence, lane: 'fast' as const };
  return { kind: 'answer', linkId: item.linkId, value: text, words: text, evidence };
}

const coversAll = (said: ReturnType<typeof parseYesNo>) => said?.unused.length === 0;
