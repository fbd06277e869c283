interface Owed {
  text: string;
  /** What of it is still to be said, without white space: sentences are cut from a text in more than one way. */
  rest: string;
  /** Something came between, after which the caller need not have heard it. */
  mayDrop: boolean;
  /** It is said to its end, whatever comes between. */
  isSolemn: boolean;
}

/** Words that the agent is to say, held against what it said: in order, nothing else, and nothing left out without a reason. */
export class Words {
  readonly #allowed = new Set<string>();
  #owed: Owed[] = [];
  #isUnknown = false;

  expect(text: string, { isSolemn = false } = {}): void {
    const rest = squeeze(text);
    if (rest !== '') this.#owed.push({ text, rest, mayDrop: false, isSolemn });
  }

  /** May be said at any time, and need not be. */
  allow(text: string): void {
    this.#allowed.add(squeeze(text));
  }

  /** From now on a model speaks whose output is not on the record: nothing can be held against it. */
  expectAnything(): void {
    this.#isUnknown = true;
  }

  /** The caller was heard, or something broke down: what is still to be said may go unsaid. */
  disturb(): void {
    for (const owed of this.#owed) owed.mayDrop = !owed.isSolemn;
  }

  /** It is not said after all: something else is said in its place. */
  withdraw(text: string): void {
    this.#owed = this.#owed.filter((owed) => owed.text !== text);
  }

  /** A sentence was said. @returns undefined when it was due, else what was due in its place, where anything was. */
  say(sentence: string): { due?: string } | undefined {
    return this.#say(squeeze(sentence));
  }

  #say(words: string): { due?: string } | undefined {
    for (const first of this.#owed.keys()) {
      const found = this.#find(words, first);
      if (!found) continue;
      const skipped = this.#owed.slice(0, first).find(({ mayDrop }) => !mayDrop);
      if (skipped) return { due: skipped.text };
      this.#owed.splice(0, found.last);
      this.#owed[0]!.rest = found.rest;
      if (found.rest === '') this.#owed.shift();
      return undefined;
    }
    if (this.#isUnknown || this.#isAllowed(words)) return undefined;
    // What came in place of an answer that was cut off may stand in one sentence with its last words.
    for (const { index } of words.matchAll(/[.!?…](?=.)/g)) {
      const [before, after] = [words.slice(0, index + 1), words.slice(index + 1)];
      if (this.#isAllowed(before) && this.#say(after) === undefined) return undefined;
    }
    const due = this.#owed[0]?.text;
    return due === undefined ? {} : { due };
  }

  #isAllowed(words: string): boolean {
    return [...this.#allowed].some((text) => text.includes(words));
  }

  /** Where a sentence ends that begins with the text `first`, and what of that text is left; it may run over several. */
  #find(words: string, first: number): { last: number; rest: string } | undefined {
    let left = words;
    for (let last = first; last < this.#owed.length; last++) {
      const { rest } = this.#owed[last]!;
      if (rest.startsWith(left)) return { last, rest: rest.slice(left.length) };
      if (!left.startsWith(rest)) return undefined;
      left = left.slice(rest.length);
    }
    return undefined;
  }
}

const squeeze = (text: string) => text.replaceAll(/\s+/g, '');
