import {
  type Input,
  intentOf,
  type Item,
  parseAnswer,
  parseYesNo,
  type Step,
} from '@vestibule/questionnaire';

/**
 * What typed words say to the step that stands, as in a call that no model answers: the parsers alone. `note` says where a call would ask its
 * model first.
 */
export interface Understood {
  input: Input;
  note?: string;
  /** Wants to know why it is asked. */
  asksWhy?: true;
}

const wantsPerson = /\b(?:person|human|someone|somebody|operator|representative|receptionist|nurse|agent)\b/i;
const asksModel = 'a call would ask the model here';

export function understand(
  words: string,
  step: Extract<Step, { kind: 'ask' | 'readBack' }>,
  item: Item | undefined,
  today: string,
): Understood {
  return step.kind === 'readBack' || !item ? confirmation(words, step.prompt) : answer(words, item, today);
}

function confirmation(words: string, prompt: string): Understood {
  const said = parseYesNo(words, prompt);
  if (!said) return { ...unclear(words), note: `neither yes nor no: ${asksModel}` };
  const input: Input = { kind: 'confirm', yes: said.yes, words };
  return said.unused.length === 0 ? { input } : { input, note: `${asksModel}: ${leftOver(said.unused)}` };
}

function answer(words: string, item: Item, today: string): Understood {
  const { linkId } = item;
  const intent = intentOf(words);
  if (intent === 'repeat') return { input: { kind: 'heard', words } };
  if (intent === 'why') return { input: { kind: 'heard', words }, asksWhy: true };
  if (intent === 'declined') return { input: { kind: 'decline', linkId, words } };
  if (intent === 'unknown') return { input: { kind: 'unknown', linkId, words } };
  const input: Input = { kind: 'answer', linkId, value: words, words };
  const parsed = parseAnswer(item, words, { today });
  if (!parsed.ok && wantsPerson.test(words))
    return { input: { kind: 'heard', words }, note: 'a call would fetch a person here' };
  if (!parsed.ok) return { input, note: asksModel };
  if (parsed.covered) return { input };
  const isFree = item.form === 'free' && /^(?:text|string|open-choice)$/.test(item.type);
  return {
    input,
    note: isFree
      ? `${asksModel}; without one, the words are taken as they are`
      : `${asksModel}: ${leftOver(parsed.unused)}`,
  };
}

function unclear(words: string): Understood {
  return { input: { kind: 'unclear', words } };
}

function leftOver(unused: readonly string[]): string {
  return `no parser used “${unused.join(' ')}”`;
}
