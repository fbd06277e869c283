import type { Word } from './utterance.ts';

export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const breaking = wordSet('but however though although except because cause');
/** After these a new statement begins when nothing else says so: "no now I have". */
const turning = wordSet('now then yes yeah no nope well so and or cause because when while');
export const pronouns = wordSet(
  "i i'm i've i'd he he's she she's it it's there's they they're we we're you that's",
);
const owners = wordSet('my his her the our their');
/** A subject after one of these belongs to the statement that stands: "I don't think my chest hurts". */
export const carrying = wordSet(
  `think thought believe feel say said that have had has if sure know in of any on at with for to from than like as how what why
   where who when while until after before about around inside down up into is was are do does did should can could would will am or guess mean suppose figure
   hope wish swear bet`,
);

/** The number of the clause each word stands in. A clause ends at a mark with a new subject, at "but", and before a subject that nothing carries. */
export function clausesOf(words: readonly Word[]): number[] {
  let clause = 0;
  return words.map((_, at) => {
    if (at > 0 && beginsClause(words, at)) clause += 1;
    return clause;
  });
}

function beginsClause(words: readonly Word[], at: number): boolean {
  const { word, mark } = words[at]!;
  const before = words[at - 1]!.word;
  if (mark !== '' && mark !== ',') return true;
  if (breaking.has(word)) return true;
  const subject = pronouns.has(word) || owners.has(word);
  if (mark === ',' && (subject || turning.has(word))) return true;
  if (!subject) return false;
  if (turning.has(before) && at > 1) return true;
  return pronouns.has(word) && !carrying.has(before);
}
