import { type Input, intentOf, parseAnswer, parseYesNo } from '@vestibule/questionnaire';
import type { Heard } from '../speech/hearing.ts';
import type { Asked } from './asked.ts';
import type { OwnQuestion } from './own-question.ts';

/** What a turn says without a model: an answer to a question of ours, an input of the questionnaire's, or "say that again". */
export type Plain = { own: OwnQuestion; words: string } | Input | 'again';

/** The question that stands. */
type Standing = Pick<Asked, 'own' | 'step' | 'item'>;

/** Surer than that the recogniser was of each final, or a model is asked: it may know better what was meant. */
const sure = 0.6;

/**
 * What the caller's whole turn says to the question that stands, where a typed parse leaves no content word unused ("yes, and my chest
 * hurts" is not certain). Undefined for anything else: that is the model's.
 */
export function plainly(heard: Heard, asked: Standing, today: string, least = sure): Plain | undefined {
  const { text, confidence } = heard;
  if (confidence < least) return undefined;
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
  if (!parsed.ok || !parsed.covered || (item.form === 'name' && !isBareName(text))) return undefined;
  const origin = heard.isProvisional ? { partial: true } : { confidence };
  const evidence = { ...origin, lane: 'fast' as const };
  return { kind: 'answer', linkId: item.linkId, value: text, words: text, evidence };
}

/** "A person please", said to who can understand no more than that. */
const personWords = /\b(?:person|human|someone|somebody|operator|representative|receptionist|nurse|agent)\b/i;

export const wantsPerson = (words: string): boolean => personWords.test(words);

/**
 * What a turn says when no model is there to understand it: the nearest that the question allows. Words that were not used make it doubtful, so
 * that the engine reads it back.
 */
export function bluntly(heard: Heard, asked: Asked, today: string): Plain | 'person' | undefined {
  const { text, confidence } = heard;
  const plain = plainly(heard, asked, today, 0);
  if (plain !== undefined) return plain;
  const { own, step, item } = asked;
  const said = parseYesNo(text, own?.question ?? (step?.kind === 'readBack' ? step.prompt : undefined));
  if (own && said) return { own, words: text };
  if (step?.kind === 'readBack' && said) return { kind: 'confirm', yes: said.yes, words: text };
  if (wantsPerson(text)) return 'person';
  if (own || step?.kind !== 'ask' || !item || !parseAnswer(item, text, { today }).ok) return undefined;
  const evidence = { confidence, lane: 'fast' as const };
  return { kind: 'answer', linkId: item.linkId, value: text, words: text, evidence };
}

const introduction =
  /^\W*(?:(?:yes|sure|okay|um+|uh+)\W+)*(?:(?:my|the) name is|it is|it's|this is|i am|i'm)\b/i;
/** Words that are no part of a name: with one of them what looks like a name may be a sentence. */
const noName =
  /\b(?:the|as|in|at|to|for|on|with|from|that|this|what|who|when|why|how|please|just|like|want|need|have|had|was|were|is|are|you|we|they|he|she|my|your|and|or|but|not|no|yes|so|well|about|because)\b/i;

/** Any two words may be a name; a short one without any word of a sentence is. */
const isBareName = (text: string): boolean => {
  const name = text.replace(introduction, '').trim();
  return !noName.test(name) && name.split(/\s+/).length <= 4;
};

const coversAll = (said: ReturnType<typeof parseYesNo>) => said?.unused.length === 0;
