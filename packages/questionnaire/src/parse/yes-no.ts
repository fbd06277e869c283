import type { ParsedAnswer } from '../types.ts';
import { type Token, tokenize, wordSet } from './tokens.ts';

const yesWords = wordSet(
  'yes yeah yep yup yah ya uh-huh mhm sure correct right absolutely definitely certainly true affirmative indeed exactly yessir',
);
const noWords = wordSet('no nope nah negative never none nothing naw');

/** Whole answers whose words would not tell by themselves. Longest are tried first. */
const yesPhrases = phrases(
  "of course|i do|i am|i have|i did|i can|i will|i would|it is|it does|it was|he does|she does|they do|he is|she is|they are|we do|you bet|for sure|i think so|i believe so|i guess so|that is right|that's it|you got it|that is correct|sounds good|all right|go ahead|you may|you can|i agree|i consent|i accept|very much|i sure do|i've been",
);
const noPhrases = phrases(
  "not that i know of|not that i'm aware of|not that i can think of|not that i am aware of|i do not|i don't think so|i don't believe so|i don't|i am not|i'm not|i do not agree|i don't agree|i do not consent|i don't consent|i do not accept|i don't accept|you may not|you can't|please don't|please do not|do not|i have not|i haven't|i did not|i didn't|it is not|it isn't|it's not|that's not right|that is not right|that's wrong|that is wrong|not right|not correct|incorrect|wrong|not really|not at all|not at the moment|not currently|not now|not right now|not today|not yet|not one|not any|he doesn't|she doesn't|they don't|he does not|she does not|he isn't|she isn't|no way|no thanks|no thank you|i can't say i do|i wouldn't say so|i have no|i don't have any|i don't take any|there aren't any|there isn't|don't",
);

function phrases(list: string): readonly (readonly string[])[] {
  return list
    .split('|')
    .map((phrase) => phrase.split(' '))
    .sort((a, b) => b.length - a.length);
}

/** What a yes or no is wrapped in. "and" is not here: what follows it is another statement. */
const wrapping = wordSet(
  "well so like okay ok alright fine please just actually basically the a an is was it it's that that's this i i'm i've my would say think guess believe oh sir ma'am thanks thank you wait sorry mean we he she they do does have has any not at all really very much am are been currently right now for me there them of take",
);
/** What turns an answer round, or limits it: too fine for a yes or a no. */
const turns = wordSet('but except though although however unless');
const doubts = wordSet('maybe perhaps possibly might sometimes unsure depends');

export interface YesNo {
  yes: boolean;
  unused: string[];
}

/**
 * Yes or no in the many ways people say it; undefined when it is neither, both, or in doubt. `question` is what was
 * asked: its words, said again ("no, I don't have chest pain"), are part of the answer.
 */
export function parseYesNo(words: string, question = ''): YesNo | undefined {
  const tokens = tokenize(
    words.replace(/\b(uh|mm)[\s-]?(huh|hmm)\b/gi, 'mhm').replace(/\b(uh|nuh)[\s-]uh\b/gi, 'nope'),
  );
  const marks = findMarks(tokens);
  const last = marks.at(-1);
  if (!last || tokens.some((token) => doubts.has(token.word))) return undefined;
  if (marks.some((mark) => mark.yes !== last.yes) && !correctedBetween(tokens, marks)) return undefined;
  const asked = wordSet(
    tokenize(question)
      .map((token) => token.word)
      .join(' '),
  );
  const unused = tokens
    .filter((_, index) => !marks.some((mark) => index >= mark.start && index < mark.end))
    .map((token) => token.word)
    .filter((word) => !wrapping.has(word) && !asked.has(word));
  if (unused.some((word) => turns.has(word))) return undefined;
  // "I have a dog" is no answer; "I have" is one.
  if (unused.length > 0 && marks.every((mark) => mark.weak)) return undefined;
  return { yes: last.yes, unused };
}

interface Mark {
  yes: boolean;
  weak: boolean;
  start: number;
  end: number;
}

function findMarks(tokens: readonly Token[]): Mark[] {
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
    assenting.has(word) && !/^(not|isn't)$/.test(tokens[at - 1]?.word ?? '')
      ? [{ yes: true, weak: true, start: at, end: at + 1 }]
      : [],
  );
}

function markAt(tokens: readonly Token[], start: number): Mark | undefined {
  const no = noPhrases.find((phrase) => startsWith(tokens, start, phrase));
  if (no) return { yes: false, weak: true, start, end: start + no.length };
  const yes = yesPhrases.find((phrase) => startsWith(tokens, start, phrase));
  if (yes) return { yes: true, weak: true, start, end: start + yes.length };
  const word = tokens[start]!.word;
  // "not sure" is neither; "not right" and "not correct" were found above.
  if (yesWords.has(word) && tokens[start - 1]?.word !== 'not' && !isPartOfPlace(tokens, start))
    return { yes: true, weak: false, start, end: start + 1 };
  return noWords.has(word) ? { yes: false, weak: false, start, end: start + 1 } : undefined;
}

/** "right" in "right arm", "right now", "my right side" is no yes. */
function isPartOfPlace(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]!.word !== 'right') return false;
  const before = tokens[at - 1]?.word ?? '';
  const after = tokens[at + 1]?.word ?? '';
  return (
    /^(my|the|his|her|on|left)$/.test(before) || /^(now|arm|leg|side|knee|hand|foot|eye|ear|hip)$/.test(after)
  );
}

function correctedBetween(tokens: readonly Token[], marks: readonly Mark[]): boolean {
  const last = marks.at(-1)!;
  const changed = marks.findLast((mark) => mark.yes !== last.yes)!;
  return tokens
    .slice(changed.end, last.start)
    .some(({ word }) => word === 'wait' || word === 'sorry' || word === 'mean' || word === 'actually');
}

function startsWith(tokens: readonly Token[], start: number, phrase: readonly string[]): boolean {
  return phrase.every((word, index) => tokens[start + index]?.word === word);
}

export function parseBoolean(words: string, question = ''): ParsedAnswer {
  const plain = words.trim().toLowerCase();
  if (plain === 'true' || plain === 'false') return answer({ yes: plain === 'true', unused: [] });
  const parsed = parseYesNo(words, question);
  if (!parsed) {
    return { ok: false, code: 'not-understood', problem: 'I could not tell whether that is a yes or a no.' };
  }
  return answer(parsed);
}

function answer({ yes, unused }: YesNo): ParsedAnswer {
  return { ok: true, value: yes, display: yes ? 'Yes' : 'No', covered: unused.length === 0, unused };
}
