import { type Item, parseAnswer } from '@vestibule/questionnaire';

/** Asked before the questionnaire, parsed like any yes/no item. */
const item: Item = {
  linkId: 'recording-consent',
  type: 'boolean',
  text: 'Recording consent',
  prompt: '',
  retries: [],
  required: true,
  repeats: false,
  readOnly: false,
  hidden: false,
  form: 'free',
  readBack: 'never',
  sensitive: false,
  options: [],
  enableWhen: [],
  enableBehavior: 'all',
  initial: [],
  rules: {},
  items: [],
};

/** Yes, no, or undefined when the words are neither. */
export function parseConsent(words: string, today: string): boolean | undefined {
  const parsed = parseAnswer(item, words, { today });
  return parsed.ok && typeof parsed.value === 'boolean' ? parsed.value : undefined;
}
