import { isDisposition, isMedicationAdvice } from './advice.ts';
import type { Secrets } from './secrets.ts';

export interface SpeechRules {
  /** What the model must not give away: its own rules. */
  secrets: Secrets;
  /** Said in place of what it may not say. */
  instead: string;
  /** What stands to be asked, and what tools found in this turn: those words are not the model's own. */
  question: string;
  found: readonly string[];
}

/** Bounds of what a model may say in one answer. */
const mostSentences = 6;
const mostCharacters = 500;
/** A sentence without an end is cut at a word, characters. */
const longestSentence = 240;

const sentenceEnd = /^[\s\S]*?[.!?…]+["'”’)\]]*\s+/;

/**
 * The model's free words on their way to the caller, sentence by sentence: no advice, no disposition, nothing of its own rules, and not without end.
 * Where something was held back, the question that stands is put instead, so that the turn leads on. A text gives the same words however it is cut.
 */
export class FreeSpeech {
  readonly #rules: SpeechRules;
  #rest = '';
  #said = '';
  #sentences = 0;
  #isCut = false;
  #isFull = false;

  constructor(rules: SpeechRules) {
    this.#rules = rules;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  push(words: string): string {
    this.#rest += words;
    let passed = '';
    for (let next = this.#next(); next !== undefined && !this.#isFull; next = this.#next())
      passed += this.#pass(next);
    return passed;
  }

  end(): string {
    const left = this.#isFull ? '' : this.#pass(this.#rest);
    this.#rest = '';
    const { question } = this.#rules;
    if (!(this.#isCut || this.#isFull) || squeeze(this.#said).includes(squeeze(question))) return left;
    return `${left} ${question}`;
  }

  #next(): string | undefined {
    const [whole] = sentenceEnd.exec(this.#rest) ?? [];
    const cut = this.#rest.length > longestSentence ? this.#rest.lastIndexOf(' ', longestSentence) + 1 : 0;
    const length =
      whole !== undefined && whole.length <= longestSentence
        ? whole.length
        : this.#rest.length > longestSentence
          ? cut || longestSentence
          : 0;
    if (length === 0) return undefined;
    const sentence = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return sentence;
  }

  #pass(sentence: string): string {
    if (sentence.trim() === '') return sentence;
    this.#sentences += 1;
    const isTooMuch = this.#sentences > mostSentences || this.#said.length + sentence.length > mostCharacters;
    if (isTooMuch) {
      this.#isFull = true;
      return '';
    }
    if (this.#mayBeSaid(sentence)) {
      this.#said += sentence;
      return sentence;
    }
    const isFirst = !this.#isCut;
    this.#isCut = true;
    return isFirst ? `${this.#rules.instead} ` : '';
  }

  #mayBeSaid(sentence: string): boolean {
    const { secrets, question, found } = this.#rules;
    if (squeeze(question).includes(squeeze(sentence))) return true;
    if (secrets.isIn(sentence)) return false;
    return isFrom(found, sentence) || !(isMedicationAdvice(sentence) || isDisposition(sentence));
  }
}

/** What a whole answer comes to. */
export function spokenOf(text: string, rules: SpeechRules): string {
  const speech = new FreeSpeech(rules);
  return speech.push(text) + speech.end();
}

/** Whether nearly all words of a sentence stand in what was found: then it is a quotation. */
function isFrom(found: readonly string[], sentence: string): boolean {
  const words = wordsOf(sentence);
  return found.some((text) => {
    const known = new Set(wordsOf(text));
    return words.filter((word) => known.has(word)).length >= words.length * 0.85;
  });
}

const wordsOf = (text: string) =>
  text
    .replaceAll(/\\[nrt"]/g, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const squeeze = (text: string) => wordsOf(text).join('');
