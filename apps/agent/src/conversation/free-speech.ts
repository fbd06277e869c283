import { isDisposition, isMedicationAdvice } from './advice.ts';
import { asksForSecret, isMadeUp, isPretence } from './pretence.ts';
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
 * The model's free words on their way to the caller, sentence by sentence: no advice, no disposition, no pretence, nothing of its own rules, no markup,
 * and not without end. The last that the caller hears is the question that stands, in its own words: a "yes" to anything else that a model asks would be
 * taken for the answer. A text gives the same words however it is cut.
 */
export class FreeSpeech {
  readonly #rules: SpeechRules;
  #rest = '';
  #said = 0;
  #sentences = 0;
  /** What was said since the last words that are none of the question's. */
  #asked = '';
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

  /** `leadsOn`: the model called tools, whose results are spoken next. */
  end(leadsOn = false): string {
    const left = this.#isFull ? '' : this.#pass(this.#rest);
    this.#rest = '';
    return leadsOn || this.#isAsked ? left : `${left} ${this.#rules.question}`.trimStart();
  }

  /** The question was put last: the whole of it, or each of its sentences that has a question mark. */
  get #isAsked(): boolean {
    const { question } = this.#rules;
    if (squeeze(this.#asked).includes(squeeze(question))) return true;
    const asking = sentencesOf(question).filter((sentence) => sentence.includes('?'));
    const asked = new Set(sentencesOf(this.#asked).map(squeeze));
    return asking.length > 0 && asking.every((sentence) => asked.has(squeeze(sentence)));
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

  #pass(written: string): string {
    const sentence = speakable(written);
    const letters = squeeze(sentence);
    if (letters === '') return '';
    this.#sentences += 1;
    this.#isFull = this.#sentences > mostSentences || this.#said + sentence.length > mostCharacters;
    if (this.#isFull) return '';
    const isAsking = squeeze(this.#rules.question).includes(letters);
    if (!isAsking) this.#asked = '';
    if (isAsking || this.#mayBeSaid(written, sentence)) {
      this.#said += sentence.length;
      if (isAsking) this.#asked += sentence;
      return sentence;
    }
    const isFirst = !this.#isCut;
    this.#isCut = true;
    return isFirst ? `${this.#rules.instead} ` : '';
  }

  #mayBeSaid(written: string, sentence: string): boolean {
    const { secrets, question, found } = this.#rules;
    if ([written, sentence].some((words) => secrets.isIn(words))) return false;
    if (isPretence(sentence) || asksForSecret(sentence) || isForeign(sentence, question)) return false;
    if (isFrom(found, sentence)) return true;
    return !(isMedicationAdvice(sentence) || isDisposition(sentence) || isMadeUp(sentence));
  }
}

/** What a whole answer comes to. `leadsOn`: with tool calls. */
export function spokenOf(text: string, rules: SpeechRules, leadsOn = false): string {
  const speech = new FreeSpeech(rules);
  return speech.push(text) + speech.end(leadsOn);
}

/** Without what no voice says, or says as noise: tags, signs of markup, pictures, what has no width. */
const speakable = (text: string) =>
  text
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/[\p{Extended_Pictographic}\p{Cf}\p{Co}\p{Cn}\uFFFD]|(?!\s)\p{Cc}/gu, '')
    .replaceAll(/[*_#`|~<>{}[\]\\^=]+/g, ' ');

/** Letters of a script that the question is not written in: the voice has no sound for them. */
function isForeign(sentence: string, question: string): boolean {
  const isLatin = (text: string) =>
    (text.match(/\p{L}/gu) ?? []).every((letter) => /\p{Script=Latin}/u.test(letter));
  return isLatin(question) && !isLatin(sentence);
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

const sentencesOf = (text: string) => text.split(/(?<=[.!?])\s+/);
const squeeze = (text: string) => wordsOf(text).join('');
