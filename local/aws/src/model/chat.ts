import { intentOf } from './intent.ts';
import { ended, notKnown } from './phrases.ts';
import { relevantSentence } from './prompt.ts';
import type { Scene } from './scene.ts';
import { contentWords, plain, shared } from './text.ts';

/** The first words of a conversation. */
export function greet({ question }: Scene): string {
  return question === '' ? 'Hello! How can I help you today?' : question;
}

/** One sensible sentence where there is nothing to do. */
export function chat(scene: Scene): string {
  const { words } = scene.dialogue;
  const said = plain(words);
  if (/^(?:hi|hello|hey|good (?:morning|afternoon|evening))\b/.test(said))
    return 'Hello! How can I help you today?';
  if (intentOf(words) === 'thanks') return 'You are welcome.';
  if (intentOf(words) === 'question' || words.trim().endsWith('?')) {
    const wanted = contentWords(words);
    const known = relevantSentence(scene.system, (sentence) => shared(wanted, contentWords(sentence)));
    return known === undefined ? notKnown(scene.person) : ended(known);
  }
  return 'I see. Is there anything else that I can help you with?';
}
