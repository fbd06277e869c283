import type { Item } from '../types.ts';
import { isTable } from './check-telephone.ts';

/** Words that take half a minute to say. */
const longest = 400;

const screenWords =
  /\b(?:click|tap|scroll|button|(?:see|shown?|listed|pictured?) (?:below|above)|(?:following|this|the) (?:table|picture|image|figure|diagram|chart) (?:below|above|shows?)|following (?:table|picture|image|figure|diagram)|shown here)\b/i;

/** What is wrong with a prompt as something to be said; undefined when nothing is. */
export function unspeakable({ prompt }: Pick<Item, 'prompt'>): string | undefined {
  if (prompt === '') return undefined;
  if (/https?:\/\/|www\./i.test(prompt)) return 'it holds a web address, which nobody can note by ear';
  if (isTable(prompt)) return 'it looks like a table';
  if (/[{}<>\\^~|]|&\w+;/.test(prompt))
    return `it holds signs that are not said: ${/[{}<>\\^~|]|&\w+;/.exec(prompt)![0]}`;
  if (screenWords.test(prompt)) return 'it points to a screen';
  if (!/\p{L}/u.test(prompt)) return `"${prompt}" has no words to say`;
  if (prompt.length > longest) return `it is ${prompt.length} characters long`;
  return undefined;
}
