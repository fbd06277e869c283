import type { ParsedAnswer } from '../types.ts';
import { degrees, elliptical, noAnswer, pastOnly } from './leanings.ts';
import { smallNumber } from './numbers.ts';
import { stem } from './option-words.ts';
import { sensed } from './question-sense.ts';
import type { Token } from './tokens.ts';
import { clauseAnswer, concludedBy, deniesFirst, tailAnswer } from './yes-no-clauses.ts';
import {
  type Mark,
  marksIn,
  parseYesNo,
  startsWith,
  wordsBeside,
  type YesNo,
  yesNoTokens,
} from './yes-no.ts';
import { isUndecided, turns, wrapping } from './yes-no-words.ts';

/** A clear yes or no, else the one that the words lean to; what leans is never `covered`. */
export function parseBoolean(words: string, question = ''): ParsedAnswer {
  const plain = words.trim().toLowerCase();
  if (plain === 'true' || plain === 'false') return answer({ yes: plain === 'true', unused: [] });
  const parsed =
    parseYesNo(words, question) ??
    told(words, question) ??
    leaning(yesNoTokens(words), question) ??
    read(words, question);
  if (!parsed) {
    return { ok: false, code: 'not-understood', problem: 'I could not tell whether that is a yes or a no.' };
  }
  return answer(parsed);
}

function answer({ yes, unused }: YesNo): ParsedAnswer {
  return { ok: true, value: yes, display: yes ? 'Yes' : 'No', covered: unused.length === 0, unused };
}

/** What the words come to in the end, or say about what was asked without any yes or no. */
function told(words: string, question: string): YesNo | undefined {
  const tokens = yesNoTokens(words);
  const said = tokens.map(({ word }) => word);
  const marks = marksIn(tokens);
  const about = sensed(said.join(' '), question);
  // "Hasn't changed" to "Is it the same?" says yes with the words of a no.
  const sense =
    marks.length === 0 || (about?.denying && marks.every(({ value }) => !value)) ? about?.yes : undefined;
  const concluded = isUndecided(said) ? undefined : concludedBy(said.join(' '));
  const yes = concluded ?? sense;
  return yes === undefined || (concluded === undefined && isOpen(said)) || words.trim().endsWith('?')
    ? undefined
    : doubted(yes, tokens, question);
}

/** What a clause of a ramble says, or the words by their subject: in doubt, since the rest was not understood. */
function read(words: string, question: string): YesNo | undefined {
  const tokens = yesNoTokens(words);
  const said = tokens.map(({ word }) => word);
  if (isOpen(said)) return undefined;
  const clause = clauseAnswer(words, question);
  // "Is that the one for shingles?"
  if (clause === undefined && words.trim().endsWith('?')) return undefined;
  const yes =
    clause ??
    tailAnswer(tokens) ??
    sensed(said.join(' '), question)?.yes ??
    (deniesFirst(said) ? false : undefined);
  return yes === undefined ? undefined : doubted(yes, tokens, question);
}

function doubted(yes: boolean, tokens: readonly Token[], question: string): YesNo {
  const unused = wordsBeside(tokens, marksIn(tokens), question);
  return { yes, unused: unused.length > 0 ? unused : tokens.map(({ word }) => word) };
}

function isOpen(said: readonly string[]): boolean {
  return said.length === 0 || isUndecided(said) || halfway.test(said.join(' '));
}

const halfway =
  /\b(?:sometimes|kind of|kinda|sort of|sorta|almost|nearly|borderline|caught myself|one of (?:them|those)|the other|for sure|either|neither|both|possible|possibly|trying|not exactly|exactly no|more or less|counts?|define|which|in between|either way|or (?!two|three|so|four)\w+)\b/;

const mostWords = 14;

/**
 * What qualified words lean to, as a nurse would note them: an explicit yes or no that comes first wins; "sometimes",
 * "a little", "only at night" are a yes; "I used to" is a no. Undefined when they stay undecided.
 */
function leaning(tokens: readonly Token[], question: string): YesNo | undefined {
  const words = tokens.map((token) => token.word);
  if (words.length === 0 || isUndecided(words)) return undefined;
  const marks = marksIn(tokens);
  const unused = wordsBeside(tokens, marks, question);
  const doubtful = (yes: boolean): YesNo => ({ yes, unused: unused.length > 0 ? unused : words });
  const start = words.findIndex((word) => !lead.has(word));
  // "No, yeah" agrees; "yeah, no" may be either.
  if (words[start] === 'no' && /^(?:yeah|yep|yup)$/.test(words[start + 1] ?? '')) return doubtful(true);
  const over = /\b(?:not any ?more|no longer)\b|^not (?:for|in|since) /.test(words.join(' '));
  if (over && !marks.some((mark) => mark.value && !mark.weak)) return doubtful(false);
  const first = marks.find((mark) => mark.start === start && !mark.weak);
  if (first) return firstWins(tokens, first, marks, question) ? { yes: first.value, unused } : undefined;
  if (marks.some((mark) => !mark.value))
    return deniedInKind(words, marks, question) ? doubtful(false) : undefined;
  if (pastOnly.some((phrase) => contains(tokens, phrase))) return doubtful(false);
  if (words.length > mostWords) return undefined;
  const degree = degrees.find((phrase) => contains(tokens, phrase));
  const denied = words.some((word) => /^(?:not|no|never)$|n't$/.test(word));
  if (denied && degree?.[0] !== 'not') return undefined;
  if (marks.some((mark) => !mark.weak)) return degree ? doubtful(true) : undefined;
  if (marks.length > 0) return affirmed(tokens, marks, question) ? doubtful(true) : undefined;
  return bare(tokens, start) || bare(tokens, 0) || saysItself(words, question) || happened(words, question)
    ? doubtful(true)
    : undefined;
}

/** "I haven't had one yet" to "Have you had …?": denied with the verb of the question. */
function deniedInKind(words: readonly string[], marks: readonly Mark[], question: string): boolean {
  const asked = /^(?:have|has|did|was|were)\b/i.exec(question.trim())?.[0].toLowerCase();
  const kind = { have: 'haven', has: 'hasn', did: 'didn', was: 'wasn', were: 'wasn' }[asked ?? ''];
  if (kind === undefined || marks.some((mark) => mark.value)) return false;
  const turned = words.some((word) => turns.has(word));
  return !turned && words.some((word) => word === `${kind}'t`);
}

/** "I smoke", "I take Eliquis" to "Do you take …?": what was asked, said of oneself. */
function saysItself(words: readonly string[], question: string): boolean {
  const asked = new Set(
    yesNoTokens(question)
      .filter(({ word }) => !wrapping.has(word) && word.length > 3)
      .map(({ word }) => stem(word)),
  );
  return words.some(
    (word, at) =>
      /^(?:i|i'm|i've|we)$/.test(word) && words.slice(at + 1, at + 3).some((next) => asked.has(stem(next))),
  );
}

const occasion =
  /^(?:just |only |about |oh |well |probably |in )*(?:(?:the )?once|twice|(?:\w+ )?\w+ times|a couple(?: of)? times|more times|(?:last|this) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|year|spring|summer|fall|autumn|winter|night|january|february|march|april|may|june|july|august|september|october|november|december)|yesterday|(?:\w+ ){1,4}ago|(?:january|february|march|april|may|june|july|august|september|october|november|december)|(?:nineteen|twenty) \w+|(?:19|20)\d\d)\b/;

/** "Twice", "last spring", "ten years ago" to "Have you ever …?". */
function happened(words: readonly string[], question: string): boolean {
  return /^(?:have|has|did)\b/i.test(question.trim()) && occasion.test(words.join(' '));
}

const lead = new Set(
  "well oh um so like okay ok i'd say think guess actually honestly lord lordy god goodness gracious heavens gosh jeez my me word dear hell heck good boy man why".split(
    ' ',
  ),
);

/** Whether nothing after the first yes or no takes it back: "yes but only at night", "no, I have a headache". */
function firstWins(tokens: readonly Token[], first: Mark, marks: readonly Mark[], question: string): boolean {
  const against = marks.filter((mark) => mark.value !== first.value);
  if (against.some((mark) => !mark.weak)) return false;
  return against.every((mark) => {
    const rest = wordsBeside(tokens.slice(mark.end), [], question);
    const turned = tokens.slice(first.end, mark.start).some(({ word }) => turns.has(word));
    const settled = tokens.slice(mark.end).some(({ word }) => /^(?:fine|okay|ok|good|well)$/.test(word));
    return rest.length > 0 || settled || (first.value && turned);
  });
}

/** "I do have some pain", "I do but only at night": a weak yes with a measure, about what was asked. */
function affirmed(tokens: readonly Token[], marks: readonly Mark[], question: string): boolean {
  const [first] = marks;
  if (!first) return false;
  const said = tokens.slice(first.start, first.end).map((token) => token.word);
  const after = tokens[first.end]?.word ?? '';
  const measured = degrees.some((phrase) => startsWith(tokens, first.end, phrase));
  if (elliptical.test(said.join(' ')) && (measured || turns.has(after) || after === 'only')) return true;
  const about = new Set(yesNoTokens(question).map((token) => token.word));
  const named = tokens.slice(first.end).some(({ word }) => about.has(word) && !wrapping.has(word));
  const degree = degrees.some((phrase) => contains(tokens, phrase));
  const beside = wordsBeside(tokens, marks, question).filter((word) => !measures.has(word));
  return degree && (named || beside.length === 0);
}

const measures = new Set(degrees.flat());

/** Without a yes: the words begin with a measure, or with "just" or "only" and what there is. */
function bare(tokens: readonly Token[], start: number): boolean {
  if (start < 0) return contains(tokens, ['i', 'guess']) && tokens.length === 2;
  const rest = tokens.slice(start);
  const words = rest.map((token) => token.word);
  const joined = words.join(' ');
  if (noAnswer.test(joined)) return false;
  const skipped = /^(?:just|only|it|it's|very)$/.test(words[0] ?? '') ? 1 : 0;
  if (degrees.some((phrase) => startsWith(rest, 0, phrase) || startsWith(rest, skipped, phrase))) return true;
  // "When I'm stressed" to "Do you smoke?".
  if (/^(?:when|whenever)$/.test(words[0] ?? '')) return words.length > 2;
  const counted = smallNumber(rest, 0) !== undefined || /^(?:a|since)$/.test(words[0] ?? '');
  if (counted && (words[0] === 'since' || degrees.some((phrase) => contains(rest, phrase)))) return true;
  return /^(?:just|only)$/.test(words[0] ?? '') && words.length > 1 && words.length <= 7;
}

function contains(tokens: readonly Token[], phrase: readonly string[]): boolean {
  return tokens.some((_, at) => startsWith(tokens, at, phrase));
}

/** Whether the words beside a yes or no leave it open: "no, but a little pressure", "no, only at night". */
export function isLimited(unused: readonly string[]): boolean {
  return unused.some((word) => turns.has(word) || limiting.has(word));
}

const limiting = new Set(
  'sometimes occasionally little bit slightly somewhat only some rarely seldom often more usual when while until'.split(
    ' ',
  ),
);
