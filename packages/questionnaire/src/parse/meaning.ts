/** What callers say for options that many questionnaires have, where their author gave no synonyms. */
export interface Meaning {
  /** The option's wording, lower case. */
  option: RegExp;
  said: readonly string[];
}

export function meaning(option: RegExp, said: string): Meaning {
  return { option, said: said.split('|') };
}
