import { canonicalJson } from '@vestibule/core';
import { type Item, parseAnswer } from '@vestibule/questionnaire';

/** So many of the caller's last finals are looked through: a model may catch up on what was said some turns ago. */
const depth = 12;
/** So much of a longer answer must be the caller's own words. */
const share = 0.6;

interface Final {
  text: string;
  /** What no answer rests on yet. */
  left: string;
}

/**
 * What the caller was heard to say, against which a model's answers are held. Each word carries one answer: a "yes" is not the answer to all
 * questions that follow.
 */
export class HeardWords {
  #finals: Final[] = [];

  hear(text: string): void {
    this.#finals = [...this.#finals.slice(1 - depth), { text, left: text }];
  }

  /** They were heard otherwise in the end. */
  forget(text: string): void {
    const at = this.#finals.findLastIndex((final) => final.text === text);
    this.#finals = this.#finals.filter((_, index) => index !== at);
  }

  /** These words were taken whole, without a model. */
  useUp(words: string): void {
    for (const final of this.#finals) if (words.includes(final.text)) final.left = '';
  }

  /**
   * Whether the caller said this; what it rests on is used up. `isAsked`: the item's question was put before they spoke. An unasked yes, no or number
   * must come with a word of the question it is for; anything else without one was said, but maybe to something else: `beside`.
   */
  support(item: Item, answer: string, isAsked: boolean, today: string): 'to-it' | 'beside' | undefined {
    for (const final of this.#finals.toReversed()) {
      const isToIt = isAsked || names(final.text, item);
      if (!isToIt && unspecific.has(item.type)) continue;
      const left = without(final.left, answer) ?? withoutValue(final.left, answer, item, today);
      if (left === undefined) continue;
      final.left = left;
      return isToIt ? 'to-it' : 'beside';
    }
    return undefined;
  }
}

const unspecific: ReadonlySet<Item['type']> = new Set(['boolean', 'integer', 'decimal', 'quantity']);

/** Words that carry no answer by themselves. */
const empty = new Set(
  'a an the my our his her their your i it is was am are im its this that of to in on at for with and or me we you do did does have has had be been'.split(
    ' ',
  ),
);
/** Beside those: what questions are made of. */
const asking = new Set(
  'any what when where which who how many much often would could can will please tell give ever there'.split(
    ' ',
  ),
);

const wordsOf = (text: string) =>
  [
    ...text
      .toLowerCase()
      .replaceAll(/['’]/g, '')
      .matchAll(/[\p{L}\p{N}]+/gu),
  ].map(([word]) => word);

const contentOf = (text: string) => wordsOf(text).filter((word) => !empty.has(word));

/** "allergic" names a question about allergies. */
const stem = (word: string) => word.slice(0, 5);

function names(text: string, { text: question, prompt }: Item): boolean {
  const topic = new Set(
    contentOf(`${question} ${prompt}`)
      .filter((word) => word.length > 2 && !asking.has(word))
      .map(stem),
  );
  return contentOf(text).some((word) => topic.has(stem(word)));
}

/** What is left when the answer's words are taken away; undefined when too few of them are there. */
function without(left: string, answer: string): string | undefined {
  const wanted = contentOf(answer);
  if (wanted.length === 0) return undefined;
  const words = wordsOf(left);
  let found = 0;
  for (const word of wanted) {
    const at = words.indexOf(word);
    if (at === -1) continue;
    words.splice(at, 1);
    found += 1;
  }
  return found >= (wanted.length <= 2 ? wanted.length : wanted.length * share) ? words.join(' ') : undefined;
}

/** The same where the answer's value, and not its words, was said: "1985-03-03", an option's code. */
function withoutValue(left: string, answer: string, item: Item, today: string): string | undefined {
  const [meant, said] = [answer, left].map((words) => parseAnswer(item, words, { today }));
  if (!meant?.ok || !said?.ok || canonicalJson(meant.value) !== canonicalJson(said.value)) return undefined;
  if (said.span === undefined) return '';
  return `${left.slice(0, said.span.start)} ${left.slice(said.span.end)}`;
}
