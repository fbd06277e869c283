import type { Definition, Item } from '@vestibule/questionnaire';
import type { Script } from './script.ts';

/** What is said alike in every call: the script, and the questionnaire's own wordings. */
export class FixedWords {
  readonly #sentences: ReadonlySet<string>;

  constructor(definition: Definition, script: Script) {
    const texts = [...wordsIn(script), ...wordingsIn(definition.items), 'Is that right?'];
    this.#sentences = new Set(texts.flatMap(sentencesOf));
  }

  /** True where each sentence of it is one of them. */
  has(text: string): boolean {
    return sentencesOf(text).every((sentence) => this.#sentences.has(sentence));
  }
}

const sentencesOf = (text: string) =>
  text
    .split(/(?<=[.?!])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

const wordsIn = ({ secrets: _, version: __, callBack: ___, ...script }: Script) => Object.values(script);

function wordingsIn(items: readonly Item[]): string[] {
  return items.flatMap(({ prompt, retries, proxy, items: within }) => [
    ...[prompt, ...retries, ...(proxy ? [proxy.prompt, ...proxy.retries] : [])],
    ...wordingsIn(within),
  ]);
}
