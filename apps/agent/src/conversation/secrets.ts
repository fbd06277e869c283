/** So many words in a row of the rules are no accident. */
const run = 6;

/** So many letters in a row of the rules are none either, however they are spaced. */
const lettersRun = 30;

const about =
  /\b(?:system prompt|(?:my|the) rules (?:say|are|tell)|link ?ids?|(?:my|these|the) (?:instructions|prompt|system message|programming)|(?:was|am|been) (?:told|instructed|programmed) to)\b/i;
/** `record_answer`, `say_next`: names that nobody says on the telephone. */
const technical = /\b[a-z]+_[a-z_]+\b/i;

/** What a model was told about its work, which is none of the caller's: recognised by its wording. */
export class Secrets {
  readonly #runs: ReadonlySet<string>;
  readonly #letters: string;

  /** `rules`: without what may well be said (names, numbers). */
  constructor(rules: string) {
    this.#runs = new Set(runsOf(rules));
    this.#letters = wordsOf(rules).join('');
  }

  isIn(sentence: string): boolean {
    return (
      about.test(sentence) ||
      technical.test(sentence) ||
      runsOf(sentence).some((one) => this.#runs.has(one)) ||
      this.#isSpelled(sentence)
    );
  }

  /** "Y o u a r e": by its letters, where hardly any word is one. */
  #isSpelled(sentence: string): boolean {
    const words = wordsOf(sentence);
    const letters = words.join('');
    if (letters.length < lettersRun || letters.length > words.length * 2) return false;
    const starts = Array.from({ length: letters.length - lettersRun + 1 }, (_, at) => at);
    return starts.some((at) => this.#letters.includes(letters.slice(at, at + lettersRun)));
  }
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function runsOf(text: string): string[] {
  const words = wordsOf(text);
  return words
    .slice(0, Math.max(0, words.length - run + 1))
    .map((_, at) => words.slice(at, at + run).join(' '));
}
