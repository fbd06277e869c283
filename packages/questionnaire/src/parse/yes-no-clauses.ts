import type { Token } from './tokens.ts';
import { type Mark, marksIn, parseYesNo, yesNoTokens } from './yes-no.ts';
import { wrapping } from './yes-no-words.ts';

/** Sentences, and what "so", "but" or a comma sets apart. */
const seams = /(?<=[.?!;])\s+|,\s+|\s+(?=(?:so|but|because|cause|cuz)\s)/i;

/**
 * The yes or no that one clause of several says whole: "Right this minute? No. An hour ago, oh my word.", "… so no, we never got there".
 * Where clauses say both, the one that a "so" leads to counts; else undefined. A question is no answer.
 */
export function clauseAnswer(words: string, question: string): boolean | undefined {
  const clauses = words.split(seams).filter((clause) => clause.trim() !== '');
  if (clauses.length < 2) return undefined;
  const asked = new Set(yesNoTokens(question).map(({ word }) => word));
  const isAbout = (clause: string) =>
    yesNoTokens(clause).some(({ word }) => word.length > 3 && asked.has(word) && !wrapping.has(word));
  const read = clauses.map((clause) => {
    const plain = clause.trim().replace(/^(?:but|because|cause|cuz)\s+/i, '');
    const parsed = clause.trim().endsWith('?') ? undefined : parseYesNo(plain, question);
    const yes = parsed?.unused.length === 0 ? parsed.yes : undefined;
    return { yes, concludes: /^so\b/i.test(plain), open: yes === undefined && isAbout(clause) };
  });
  const said = read.filter(({ yes }) => yes !== undefined);
  const [first, last] = [said[0], said.at(-1)];
  // "Trouble breathing, but no chest pain": another clause is about what was asked, too.
  if (!first || !last || read.some(({ open }) => open)) return undefined;
  return last.concludes || said.every(({ yes }) => yes === first.yes) ? last.yes : undefined;
}

/** What makes of "it is", "I am" a part of another clause. */
const subordinate =
  /^(?:what|who|where|when|how|which|if|whether|that|than|as|think|like|is|does|do|did|not|while|because|since|until|before|after|though|although|tell|knows?|whatever|wherever|wish)$/;

/** Words that end in an answer: "why d'you think I'm ringing, of course I am", "my neighbor said she would". */
export function tailAnswer(tokens: readonly Token[]): boolean | undefined {
  const marks = marksIn(tokens);
  const last = marks.at(-1);
  if (!last || (marks.length > 1 && tokens.some(({ word }) => word === 'but'))) return undefined;
  if (marks.some(({ value }) => value !== last.value)) return undefined;
  const after = tokens.slice(last.end).every(({ word }) => closing.test(word));
  const before = tokens[last.start - 1]?.word ?? '';
  return after && isAnswer(tokens, last) && !subordinate.test(before) ? last.value : undefined;
}

const closing = /^(?:thanks?|thank|you|please|sir|ma'am|honey|dear|sweetheart|sorry|i|do|am|did|have|there)$/;

function isAnswer(tokens: readonly Token[], { start, end, weak }: Mark): boolean {
  if (!weak) return start > 0;
  const said = tokens.slice(start, end).map(({ word }) => word);
  return /^(?:of course|(?:i|he|she|they|we|it) \S+|there \S+|not (?:any ?more|really|now|at all|yet))/.test(
    said.join(' '),
  );
}

const opening = new Set(
  "well oh um so like okay ok i'd say think guess actually honestly lord god goodness heavens gosh jeez my me dear no oh".split(
    ' ',
  ),
);
/** "Not a twinge", "not that anyone's told me". */
const notOne =
  /^not (?:(?:a|an|one|even|even a) (?!lot\b|problem\b|little\b|day\b|bit of\b)\w+(?:$| (?:in|for|since|ever|at)\b)|that (?:i|i'm|i've|anyone|anyone's|anybody|they|we|my)\b)/;

const otherVerbs =
  /^(?:know|understand|hear|see|want|wish|care|feel|follow|get|catch|mind|remember|recall|like|believe|think|mean|need|have time|trust)$/;

/** "I don't touch the stuff", "we never took to it": said of oneself, first, and nothing turned. */
export function deniesFirst(words: readonly string[]): boolean {
  const start = words.findIndex((word) => !opening.has(word));
  const rest = words.slice(Math.max(0, start));
  if (notOne.test(rest.join(' '))) return true;
  const [subject = '', verb = '', next = ''] = rest;
  if (!/^(?:i|we|he|she|they|it|i've|we've|she's|he's|nobody|ain't|haven't|never)$/.test(subject))
    return false;
  if (rest.length > 9 || rest.some((word) => /^(?:but|except|unless|until|only|just|always)$/.test(word)))
    return false;
  if (subject === 'never' || subject === "haven't") return true;
  return (
    (/^(?:never|don't|doesn't|didn't|haven't|hasn't|ain't|wouldn't|can't|couldn't)$/.test(verb) ||
      (verb === 'have' && next === 'never')) &&
    !otherVerbs.test(next)
  );
}

const concluding =
  /\b(?:but|so|and) (?:(?:well|the answer is|i guess|i'd say|i'd have to say) )?(yes|yeah|yep|yup|no|nope|nah)(?: (?:i|he|she|we|they|it) \w+)?(?: (?:sir|ma'am|please|thanks|thank you))?$/;

/** "Not as much as I used to, but yes", "trying to quit, so yeah". */
export function concludedBy(words: string): boolean | undefined {
  const said = concluding.exec(words);
  if (!said || /^(?:yes|yeah|yep|no|nope)\b/.test(words)) return undefined;
  return said[1]!.startsWith('y');
}
