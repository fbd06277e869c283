import type { ParsedAnswer } from '../types.ts';
import type { Token } from './tokens.ts';
import {
  type Mark,
  marksIn,
  parseYesNo,
  startsWith,
  wordsBeside,
  type YesNo,
  yesNoTokens,
} from './yes-no.ts';
import { isUndecided, phrases, turns, wrapping } from './yes-no-words.ts';

/** A clear yes or no, else the one that the words lean to; what leans is never `covered`. */
export function parseBoolean(words: string, question = ''): ParsedAnswer {
  const plain = words.trim().toLowerCase();
  if (plain === 'true' || plain === 'false') return answer({ yes: plain === 'true', unused: [] });
  const parsed = parseYesNo(words, question) ?? leaning(yesNoTokens(words), question);
  if (!parsed) {
    return { ok: false, code: 'not-understood', problem: 'I could not tell whether that is a yes or a no.' };
  }
  return answer(parsed);
}

function answer({ yes, unused }: YesNo): ParsedAnswer {
  return { ok: true, value: yes, display: yes ? 'Yes' : 'No', covered: unused.length === 0, unused };
}

/** How much, or how often: by themselves a yes that is less than a whole one. */
const degrees = phrases(
  'sometimes|occasionally|comes and goes|very little|mild|very mild|once in a while|every once in a while|every now and then|now and then|now and again|from time to time|on and off|off and on|at times|a little|a little bit|little bit|a bit|a tiny bit|slightly|somewhat|mildly|kind of|kinda|sort of|sorta|some|a few|a couple|one or two|rarely|very rarely|seldom|hardly ever|most of the time|usually|mostly|often|quite often|a lot|all the time|always|constantly|every day|daily|more or less|pretty much|i guess so|i guess|i suppose so|i suppose|probably|probably so|most likely|not all of them|not all the time|not always|not every day|not every time|not often|not very often|not that often|not much|not very much|not that much|not a lot|not too much|not too bad|not too often|not constantly',
);
const pastOnly = phrases('i used to|not in a long time|not for a long time|not for a while|probably not');
/** "Just a second", "just calling about": no answer begins so. */
const noAnswer =
  /^(?:just|only)(?: (?:a|one))? (?:second|sec|moment|minute|question|calling|wondering|checking|asking|looking|trying|kidding|wanted|want|wait|me|myself|for|the)\b/;
/** Statements that stand for the whole question: "I do, but only at night". "I have" asks for more. */
const elliptical = /^(?:i|he|she|it|they|we) (?:do|does|did|am|is|are|can)$/;
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
  const first = marks.find((mark) => mark.start === start && !mark.weak);
  if (first) return firstWins(tokens, first, marks, question) ? { yes: first.value, unused } : undefined;
  if (marks.some((mark) => !mark.value)) return undefined;
  if (pastOnly.some((phrase) => contains(tokens, phrase))) return doubtful(false);
  if (words.length > mostWords) return undefined;
  const degree = degrees.find((phrase) => contains(tokens, phrase));
  const denied = words.some((word) => /^(?:not|no|never)$|n't$/.test(word));
  if (denied && degree?.[0] !== 'not') return undefined;
  if (marks.some((mark) => !mark.weak)) return degree ? doubtful(true) : undefined;
  if (marks.length > 0) return affirmed(tokens, marks, question) ? doubtful(true) : undefined;
  return bare(tokens, start) ? doubtful(true) : undefined;
}

const lead = new Set("well oh um so like okay ok i'd say think guess actually honestly".split(' '));

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
