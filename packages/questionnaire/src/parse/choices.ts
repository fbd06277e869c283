import type { AnswerOption } from '../types.ts';
import { carriers, light, negations, ownWords, stem, wordingAt, wordingsOf } from './option-words.ts';
import { findAll, type Match, type Token, tokenize, unusedWords, wordSet } from './tokens.ts';

const joining = wordSet('and or plus also both too');
const all =
  /^(?:(?:it's|yes|probably|i'd say) )*(?:all|all of (?:them|those|these|the above|it)|everything|every one|every one of them)(?: of them)?(?: please)?$/;
const both = /^(?:(?:it's|yes|probably|i'd say) )*both(?: of (?:them|those|these))?(?: please)?$/;
const none =
  /^(?:no )?(?:none|none of (?:them|those|these|the above|that|it)|neither(?: of (?:them|those|these))?|not any of (?:them|those|these)|nothing|no|nope)(?: at all| really| please)?$/;
/** Options that stand for no choice: they are not among "all of them". */
const noChoice = /^(?:none|neither|no|nothing|not|other|unknown|don't know|prefer not)\b/i;

/**
 * Every option that the words name, where several may be chosen: "milk and eggs", "rear and side damage" (of "rear
 * damage" and "side damage"), "both", "all of them". Empty when one is denied.
 */
export function parseChoices(words: string, options: readonly AnswerOption[]): AnswerOption[] {
  const tokens = tokenize(words);
  const wordings = wordingsOf(options);
  const matches = findAll(tokens, (every, at) => wordingAt(every, at, wordings));
  if (unusedWords(tokens, matches, carriers).some((word) => negations.has(word))) return [];
  if (matches.length === 0) {
    const said = joined(tokens);
    const choices = options.filter((option) => !noChoice.test(option.display));
    if (all.test(said) || (both.test(said) && choices.length === 2)) return choices;
  }
  const named = [...matches, ...partsBetween(tokens, matches, options)];
  return [...new Set(named.sort((a, b) => a.start - b.start).map((match) => match.value))];
}

/** "None of those", where no option says so itself. */
export function isNone(words: string, options: readonly AnswerOption[]): boolean {
  const tokens = tokenize(words);
  const wordings = wordingsOf(options);
  return none.test(joined(tokens)) && !tokens.some((_, at) => wordingAt(tokens, at, wordings));
}

function joined(tokens: readonly Token[]): string {
  return tokens.map((token) => token.word).join(' ');
}

/** Options of which only a part is said between the "and"s: all words of a stretch, or else each, must tell it. */
function partsBetween(
  tokens: readonly Token[],
  matches: readonly Match<AnswerOption>[],
  options: readonly AnswerOption[],
): Match<AnswerOption>[] {
  const stretches: { words: string[]; start: number }[] = [{ words: [], start: 0 }];
  for (const [at, token] of tokens.entries()) {
    const taken = matches.some(({ start, end }) => at >= start && at < end);
    if (taken || joining.has(token.word)) stretches.push({ words: [], start: at + 1 });
    else if (unusedWords([token], [], carriers).length > 0 && !light.has(token.word))
      stretches.at(-1)!.words.push(stem(token.word));
  }
  return stretches.flatMap(({ words, start }) => {
    const whole = onlyOne(options, words);
    const each = whole ? [whole] : words.map((word) => onlyOne(options, [word]));
    return each.every((option) => option !== undefined)
      ? each.map((value) => ({ value, start, end: start }))
      : [];
  });
}

function onlyOne(options: readonly AnswerOption[], words: readonly string[]): AnswerOption | undefined {
  if (words.length === 0) return undefined;
  const holding = options.filter((option) => words.every((word) => ownWords(option).has(word)));
  return holding.length === 1 ? holding[0] : undefined;
}
