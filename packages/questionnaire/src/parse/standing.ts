import type { Match, Token } from './tokens.ts';

/** Those that are not denied; all of them, where none would be left. */
export function undenied<T>(tokens: readonly Token[], matches: readonly Match<T>[]): readonly Match<T>[] {
  return without(matches, (match) => isDenied(tokens, match));
}

/**
 * Of several values those that the caller lets stand: "not fifty" is denied, "it was a six" is over where another value is
 * now. What is left may still be several.
 */
export function standing<T>(tokens: readonly Token[], matches: readonly Match<T>[]): readonly Match<T>[] {
  if (matches.length < 2) return matches;
  const asserted = without(matches, (match) => isDenied(tokens, match));
  const kept = without(asserted, (match) => isBackground(tokens, match, asserted));
  const marks = kept.map((_, index) => tenseOf(tokens, kept, index));
  if (!marks.includes('past')) return kept;
  const now = kept.filter((_, index) => marks[index] !== 'past');
  return now.length > 0 ? now : kept;
}

/** Those that are not so; all of them, where none would be left. */
function without<T>(matches: readonly T[], is: (match: T) => boolean): readonly T[] {
  const left = matches.filter((match) => !is(match));
  return left.length > 0 ? left : matches;
}

/** What a value is compared with: "down from nine", "they want me below three", "normal is six", "back in seventy four". */
const comparing =
  /\b(?:(?:up|down|dropped|went|gone|come|came|going) (?:\w+ )?from|instead of|compared (?:to|with)|used to be|(?:want|wants|wanted|like|likes) (?:me|it|us|him|her|them)(?: \w+){0,3}|supposed to be(?: \w+)?|should be(?: \w+)?|(?:normal|usual|goal|target|limit|range)(?: \w+)?|normally|last (?:time|month|year|week|visit)(?: \w+)?|before that|(?:my|his|her|the other) \w+ (?:has|had|was|got|takes|took|did)|(?:i'll|he'll|she'll|we'll|it'll|will|gonna|going to) be|turning|going on)(?: about| around| at| a| an| the| in| under| over| below| above| between| it was| it's| was)*$/;
/** Nothing between them but this: what the first is, the second is too. */
const joining = /^(?:and|to|or)(?: an?)?$/;

/** "Sixty four, sixty five in March". */
function isToCome(tokens: readonly Token[], { end }: Match<unknown>): boolean {
  const after = tokens.slice(end, end + 2).map(({ word }) => word);
  return /^(?:in (?:january|february|march|april|may|june|july|august|september|october|november|december)|next (?:week|month|year|birthday)|(?:come|by) \w+)$/.test(
    after.join(' '),
  );
}

function isBackground(
  tokens: readonly Token[],
  match: Match<unknown>,
  all: readonly Match<unknown>[],
): boolean {
  const before = all[all.indexOf(match) - 1];
  const between = tokens.slice(Math.max(before?.end ?? 0, match.start - 7), match.start);
  const said = between.map(({ word }) => word).join(' ');
  if (before && joining.test(said)) {
    // "Went from eight to six": six is now.
    const from = tokens
      .slice(Math.max(0, before.start - 2), before.start)
      .some(({ word }) => word === 'from');
    return !(from && said.startsWith('to')) && isBackground(tokens, before, all);
  }
  // "From an eight to a three".
  const leads = all[all.indexOf(match) + 1];
  if (/\bfrom(?: an?)?$/.test(said) && leads && tokens[match.end]?.word === 'to') return true;
  return comparing.test(said) || (before !== undefined && isToCome(tokens, match));
}

const denial =
  /\b(?:(?<!not )(?:any \w+|anything|anytime|all|every \w+|everything) but|except(?: for)?|other than|apart from|not|ain't|isn't|wasn't|i'm (?:his|her|their|the)|(?:don't|can't|won't|doesn't|didn't|couldn't|never) (?:do|want|like|need|use|take|have|get|said|say))(?: (?:for|in|on|at|with|about))?(?: (?:a|an|the|my|his|her|your|this|in|for))?$/;
const deniedAfter =
  /^(?:i )?(?:can't|don't|doesn't|won't|isn't|aren't|is|are|wouldn't) (?:do|make|work|good|any good|no good|out|suit|possible|come|not it|not (?:so |very |too )?(?:good|great))\b/;

/** "Not fifty", "any day but Tuesday", "I don't do texting", "mornings I can't do". */
export function isDenied(tokens: readonly Token[], match: Match<unknown>): boolean {
  const said = (from: number, to: number) =>
    tokens
      .slice(Math.max(0, from), to)
      .map(({ word }) => word)
      .join(' ');
  return denial.test(said(match.start - 4, match.start)) || deniedAfter.test(said(match.end, match.end + 4));
}

const past = /^(?:was|were|used|yesterday|previously|formerly|had|before)$/;
const present = /^(?:now|today|currently|is|it's|i'm|im)$/;

/** What the words since the last value, and the two after it, tell of when it holds. */
function tenseOf(
  tokens: readonly Token[],
  matches: readonly Match<unknown>[],
  index: number,
): 'past' | 'present' | undefined {
  const [before, match, after] = [matches[index - 1], matches[index]!, matches[index + 1]];
  const lead = tokens.slice(Math.max(before?.end ?? 0, match.start - 5), match.start);
  const words = lead.map(({ word }) => word);
  // "Two, or was it three?"
  if (words.includes('or')) return undefined;
  const marked = words.findLast((word) => past.test(word) || present.test(word));
  if (marked !== undefined) return past.test(marked) ? 'past' : 'present';
  const next = tokens.slice(match.end, Math.min(after?.start ?? Infinity, match.end + 1))[0]?.word ?? '';
  if (/^(?:yesterday|before)$/.test(next)) return 'past';
  // "Six this year, four last year".
  const when = tokens.slice(match.end, match.end + 2).map(({ word }) => word);
  return /^last (?:year|month|week|time|visit|night|\w+day)$/.test(when.join(' ')) ? 'past' : undefined;
}

const limits = [
  'more than',
  'less than',
  'fewer than',
  'longer than',
  'at least',
  'at most',
  'upwards of',
  'up to',
  'over',
  'under',
  'above',
  'below',
].map((limit) => limit.split(' '));
const articles = /^(?:a|an|the|about|just|well|little|bit)$/;

/** Whether the value is only a limit of the one meant: "more than ten", "a bit over a hundred", "ten or more". */
export function isLimit(tokens: readonly Token[], match: Match<unknown>): boolean {
  let at = match.start;
  while (at > 0 && articles.test(tokens[at - 1]!.word)) at -= 1;
  const before = limits.some((limit) =>
    limit.every((word, index) => tokens[at - limit.length + index]?.word === word),
  );
  const after = tokens
    .slice(match.end, match.end + 2)
    .map(({ word }) => word)
    .join(' ');
  return before || /^(?:or (?:more|less|fewer|over|under)|plus|and up|something)\b/.test(after);
}

/** "Two or three", "two to three", "between two and three", "eight, nine, somewhere around there": undefined for one value. */
export function isRange(tokens: readonly Token[], [first, second]: readonly Match<unknown>[]): boolean {
  if (!first || !second) return false;
  const between = tokens.slice(first.end, second.start).map(({ word }) => word);
  const lead = tokens[first.start - 1]?.word;
  if (lead === 'between' && between[0] === 'and') return true;
  return between.length === 1 && /^(?:or|to|through|and)$/.test(between[0]!);
}

/** What leads on to the answer, after the way to it. */
const announcing =
  /\b(?:(?:i'd|i would|i'll|i will|let's|gonna|going to|i'm gonna|i want to|wanna|i have to|i've got to|i'd have to) (?:just )?(?:say|call it|go with|put|tell you)|call it|put (?:me )?down|settle on|go with|so|comes to|makes it|in the end|all in all|altogether|answer is|answer's|you want|long story short|but (?:now|today|lately|these days|right now|recently|this (?:week|month|year|time)|these (?:last |past )?(?:two |few |couple of )?(?:weeks|days|months)))(?: (?:about|around|that|it's|it was|it is|a|an|the|is|like|maybe|probably|just|yeah|yes|well|roughly|definitely|say))*$/;

/** Of several values the last, when it is said to be the answer: "… and it hurt worse on Monday, so I'd say a four". */
export function isAnnounced(tokens: readonly Token[], matches: readonly Match<unknown>[]): boolean {
  const [before, last] = matches.slice(-2);
  if (!before || !last) return false;
  const between = tokens.slice(before.end, last.start).map(({ word }) => word);
  return announcing.test(between.slice(-9).join(' ')) && !between.includes('or');
}
