/** So many words in a row of the rules are no accident. */
const run = 6;

const about =
  /\b(?:system prompt|(?:my|these|the) (?:instructions|prompt|system message|programming)|(?:was|am|been) (?:told|instructed|programmed) to)\b/i;
/** `record_answer`, `say_next`: names that nobody says on the telephone. */
const technical = /\b[a-z]+_[a-z_]+\b/i;

/** What a model was told about its work, which is none of the caller's: recognised by its wording. */
export class Secrets {
  readonly #runs: ReadonlySet<string>;

  /** `rules`: without what may well be said (names, numbers). */
  constructor(rules: string) {
    this.#runs = new Set(runsOf(rules));
  }

  isIn(sentence: string): boolean {
    return (
      about.test(sentence) || technical.test(sentence) || runsOf(sentence).some((one) => this.#runs.has(one))
    );
  }
}

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, Math.max(0, words.length - run + 1))
    .map((_, at) => words.slice(at, at + run).join(' '));
}
