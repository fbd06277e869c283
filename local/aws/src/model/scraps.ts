import type { Item } from './items.ts';
import { plain } from './text.ts';
import { choose } from './values.ts';

/** Words that carry no answer by themselves. "Me", "none" and "not" are left out: they may be one. */
const hollow = new Set(
  (
    "that this it there which is was are am be been i we i'm i've i'd it's that's have had has a an the and but or so " +
    'because cause since if then also well um uh er hmm like just for to of with in on at from by about as my our'
  ).split(' '),
);
/** With these at the end a sentence was cut off. */
const dangling =
  /\b(?:for|to|of|with|in|on|at|from|by|about|as|a|an|the|my|our|and|but|or|so|because|since|if|then|which)$/;

/** True for what the recogniser made of half a sentence, such as "that is for": no answer to this item. */
export function isScrap(words: string, item: Item | undefined): boolean {
  const said = plain(words).replace(/\?/g, '').trim();
  if (item?.kind === 'boolean' || !said.split(' ').every((word) => hollow.has(word))) return false;
  if (item === undefined || !isChoice(item)) return dangling.test(said);
  return choose(optionsOf(item), words) === undefined;
}

function isChoice({ text }: Item): boolean {
  return /\bchoice\b|\bone of\b|\boptions?\s*:|, or [^?]+\?/i.test(text);
}

/** The options that the prompt lists: `one of: self (myself), someone-else (someone else)`. */
function optionsOf({ text }: Item): string[] {
  const listed = /\b(?:one of|options?)\b:?(.*)$/is.exec(text)?.[1] ?? '';
  return listed.split(/[,;()]/).flatMap((option) => (option.trim() === '' ? [] : [option.trim()]));
}
