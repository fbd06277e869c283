import { spellingAt } from './letters.ts';
import { distance, resembles } from './likeness.ts';
import { findAll, type Token } from './tokens.ts';

/** "Barre, that's B A R R E": what is spelled takes the place of the word just before, and says nothing else. */
export function respelled(tokens: readonly Token[]): Token[] {
  const rows = findAll(tokens, spellingAt).filter(({ value }) => value.length > 2);
  const drop = new Set<number>();
  const mended = [...tokens];
  for (const { start, end, value } of rows) {
    const about = [1, 2, 3]
      .map((back) => start - back)
      .filter((at) => at >= 0 && tokens[at]!.word.length > 2 && resembles(tokens[at]!.word, value))
      .sort((a, b) => distance(tokens[a]!.word, value) - distance(tokens[b]!.word, value))[0];
    if (about === undefined) continue;
    const raw = value.charAt(0).toUpperCase() + value.slice(1);
    mended[about] = { ...tokens[about]!, word: value, raw };
    for (let at = start; at < end + exampleAt(tokens, end); at++) drop.add(at);
    for (let at = start - 1; at > about && /^(?:that's|that|is|spelled)$/.test(tokens[at]!.word); at--)
      drop.add(at);
  }
  return mended.filter((_, at) => !drop.has(at));
}

/** How many words follow that only tell what is spelled: "the bird", "like the fruit". */
function exampleAt(tokens: readonly Token[], at: number): number {
  const said = tokens
    .slice(at, at + 4)
    .map(({ word }) => word)
    .join(' ');
  const example = /^(?:(?:like|as in) (?:the |a )?\w+|the (?!zip|city|state)\w+)/.exec(said)?.[0];
  return example === undefined ? 0 : example.split(' ').length;
}
