import { type Match, type Token, tokenize, wordSet } from './tokens.ts';
import {
  intensifiers,
  isUndecided,
  limitedByNot,
  noPhrases,
  noWords,
  turns,
  wrapping,
  yesPhrases,
  yesWords,
} from './yes-no-words.ts';

export interface YesNo {
  yes: boolean;
  unused: string[];
}

/** A yes or a no somewhere in the words. A weak one ("I have") is an answer only where nothing else is said. */
export interface Mark extends Match<boolean> {
  weak: boolean;
}

/**
 * A clear yes or no in the many ways people say it; undefined when it is neither, both, limited or in doubt: consent
 * hangs on it. `question` is what was asked: its words, said again ("no, I don't have chest pain"), are part of the
 * answer.
 */
export function parseYesNo(words: string, question = ''): YesNo | undefined {
  const tokens = yesNoTokens(words);
  const marks = marksIn(tokens);
  const last = marks.at(-1);
  if (!last || tokens.some(({ word }) => word === 'sometimes')) return undefined;
  if (isUndecided(tokens.map((token) => token.word))) return undefined;
  if (marks.some((mark) => mark.value !== last.value) && !correctedBetween(tokens, marks)) return undefined;
  const unused = wordsBeside(tokens, marks, question);
  if (unused.some((word) => turns.has(word))) return undefined;
  // "Yes, not in the morning" is limited; in "no, not in my chest" the second word only says the first again.
  if (last.value && unused.includes('not')) return undefined;
  // "I have a dog" is no answer; "I have" is one.
  if (unused.length > 0 && marks.every((mark) => mark.weak)) return undefined;
  return { yes: last.value, unused: unused.filter((word) => word !== 'not') };
}

export function yesNoTokens(words: string): Token[] {
  return tokenize(
    words.replace(/\b(uh|mm)[\s-]?(huh|hmm)\b/gi, 'mhm').replace(/\b(uh|nuh)[\s-]uh\b/gi, 'nope'),
  );
}

/** The words that neither say yes or no, nor wrap it, nor repeat the question. */
export function wordsBeside(
  tokens: readonly Token[],
  marks: readonly Match<unknown>[],
  question: string,
): string[] {
  const asked = new Set(tokenize(question).map((token) => token.word));
  return tokens
    .filter((_, index) => !marks.some((mark) => index >= mark.start && index < mark.end))
    .map((token) => token.word)
    .filter((word) => !wrapping.has(word) && !asked.has(word));
}

export function marksIn(tokens: readonly Token[]): Mark[] {
  const marks: Mark[] = [];
  for (let at = 0; at < tokens.length;) {
    const mark = markAt(tokens, at);
    if (mark) marks.push(mark);
    at = mark ? mark.end : at + 1;
  }
  return marks.length > 0 ? marks : assents(tokens);
}

const assenting = wordSet('okay ok alright fine');

/** "Okay", "that's fine": a yes where nothing else says yes or no ("no, that's fine" is none). */
function assents(tokens: readonly Token[]): Mark[] {
  return tokens.flatMap(({ word }, at) =>
    assenting.has(word) && !denied(tokens, at) ? [{ value: true, weak: true, start: at, end: at + 1 }] : [],
  );
}

function markAt(tokens: readonly Token[], start: number): Mark | undefined {
  const no = noPhrases.find((phrase) => startsWith(tokens, start, phrase));
  const yes = yesPhrases.find((phrase) => startsWith(tokens, start, phrase));
  // "I don't mind" is longer than "I don't".
  if (no && no.length >= (yes?.length ?? 0))
    return { value: false, weak: !(noWords.has(no[0]!) && firm.has(no[1]!)), start, end: start + no.length };
  const word = tokens[start]!.word;
  if (!yes && noWords.has(word)) return { value: false, weak: false, start, end: start + 1 };
  const end = start + (yes?.length ?? 1);
  if (yes || intensifiers.has(word)) {
    const turned = denialAfter(tokens, end);
    if (turned !== undefined) return { value: false, weak: false, start, end: turned };
  }
  // "not sure" and "not very much" are no yes; "not right" and "not correct" were found above.
  if (denied(tokens, start)) return undefined;
  if (yes) return { value: true, weak: true, start, end };
  if (!yesWords.has(word) || isPartOfPlace(tokens, start)) return undefined;
  return { value: true, weak: false, start, end };
}

/** "No ma'am", "never have" deny by themselves; "no longer", "no more" are about something. */
const firm = wordSet("sir ma'am siree way thanks thank have did been had");

function denied(tokens: readonly Token[], at: number): boolean {
  return /^(?:not|isn't|aren't|wasn't|ain't)$/.test(tokens[at - 1]?.word ?? '');
}

/** The end of "not", "really not", "no" after "absolutely", "of course", "I am": undefined when none is there. */
function denialAfter(tokens: readonly Token[], at: number): number | undefined {
  const next = intensifiers.has(tokens[at]?.word ?? '') ? at + 1 : at;
  const word = tokens[next]?.word ?? '';
  if (word === 'not') return limitedByNot.has(tokens[next + 1]?.word ?? '') ? undefined : next + 1;
  if (word === 'none') return next + 1;
  // "Absolutely no"; but "sure, no problem" agrees, and "I am, no wait" is about to change.
  const before = tokens[at - 1]?.word ?? '';
  const strong = before === 'course' || (intensifiers.has(before) && before !== 'sure');
  return strong && word === 'no' && tokens[next + 1]?.word !== 'problem' ? next + 1 : undefined;
}

/** "right" in "right arm", "right now", "my right side" is no yes. */
function isPartOfPlace(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]!.word !== 'right') return false;
  const before = tokens[at - 1]?.word ?? '';
  const after = tokens[at + 1]?.word ?? '';
  return (
    /^(my|the|his|her|on|left)$/.test(before) ||
    /^(now|this|here|there|away|before|after|when|next|in|at|around|up|behind|below|above|arm|leg|side|knee|hand|foot|eye|ear|hip|shoulder|ankle|wrist|elbow|breast|lung|kidney)$/.test(
      after,
    )
  );
}

function correctedBetween(tokens: readonly Token[], marks: readonly Mark[]): boolean {
  const last = marks.at(-1)!;
  const changed = marks.findLast((mark) => mark.value !== last.value)!;
  return tokens
    .slice(changed.end, last.start)
    .some(({ word }) => word === 'wait' || word === 'sorry' || word === 'mean' || word === 'actually');
}

export function startsWith(tokens: readonly Token[], start: number, phrase: readonly string[]): boolean {
  return phrase.every((word, index) => tokens[start + index]?.word === word);
}
