import { isKeeper } from './fields.ts';
import type { Item } from './items.ts';
import { ended } from './phrases.ts';
import type { Scene } from './scene.ts';
import { asWords, plain } from './text.ts';

/** Where a result does not say how to go on: the prompt's current question, else the next item nobody answered, `but` aside. */
export function nextQuestion(scene: Scene, but?: Item): string {
  const asked = plain(scene.dialogue.said);
  const current = scene.now.question;
  if (current !== undefined && !asked.includes(plain(current))) return current;
  const open = openItems(scene).find(({ id }) => id !== but?.id);
  if (open) return questionAbout(open.id, open.text);
  return current ?? 'Is there anything else?';
}

/** Items that nobody answered; of tools' arguments those that a tool keeps and needs. */
function openItems({ items, fields, known }: Scene): Item[] {
  const kept = fields.flatMap(({ item, tool, property }) =>
    isKeeper(tool) && (property.required || tool.properties.length === 1) ? [item] : [],
  );
  return (fields.length > 0 ? kept : items).filter(({ id }) => !known.has(id));
}

/** A question for an item that the prompt does not phrase. */
export function questionAbout(id: string, text: string): string {
  const question = text.split(/(?<=\?)/).find((sentence) => sentence.endsWith('?'));
  if (question !== undefined) return question.replace(/^.*[\]:]\s*/, '').trim();
  // Ids such as `2.3.1` or `/44250-9` say nothing to a caller.
  if (/\d/.test(id))
    return text === id ? 'Please go on.' : ended(`Please tell me: ${text.replace(/^.*[\]:]\s*/, '')}`);
  return `What is your ${asWords(id)}?`;
}
