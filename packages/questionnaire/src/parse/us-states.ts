import type { Match, Token } from './tokens.ts';

const table =
  'AL alabama|AK alaska|AZ arizona|AR arkansas|CA california,cal,cali|CO colorado|CT connecticut|DE delaware|DC district of columbia,d c,dc|FL florida|GA georgia|HI hawaii|ID idaho|IL illinois|IN indiana|IA iowa|KS kansas|KY kentucky|LA louisiana|ME maine|MD maryland|MA massachusetts,mass|MI michigan|MN minnesota|MS mississippi|MO missouri|MT montana|NE nebraska|NV nevada|NH new hampshire|NJ new jersey,jersey|NM new mexico|NY new york|NC north carolina|ND north dakota|OH ohio|OK oklahoma|OR oregon|PA pennsylvania,penn|RI rhode island|SC south carolina|SD south dakota|TN tennessee|TX texas|UT utah|VT vermont|VA virginia|WA washington,washington state|WV west virginia|WI wisconsin|WY wyoming|PR puerto rico';

const states = table
  .split('|')
  .flatMap((entry) => {
    const code = entry.slice(0, 2);
    const names = entry.slice(3).split(',');
    return [...names, code.toLowerCase().split('').join(' ')].map((name) => ({
      code,
      words: name.split(' '),
    }));
  })
  .sort((a, b) => b.words.length - a.words.length);
const codes = new Set(table.split('|').map((entry) => entry.slice(0, 2)));

/** A state by its name, or by its two letters ("n j", `NJ`); "in", "or" and "me" are words unless written large. */
export function stateAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const found = states.find(({ words }) => words.every((word, index) => tokens[at + index]?.word === word));
  if (found) return { value: found.code, start: at, end: at + found.words.length };
  const raw = tokens[at]?.raw ?? '';
  return codes.has(raw) ? { value: raw, start: at, end: at + 1 } : undefined;
}
