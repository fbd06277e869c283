import { daysInMonth, isoDay, plus, weekday } from './calendar.ts';
import type { Match, Token } from './tokens.ts';

export interface MonthDay {
  month: number;
  day: number;
}

export type Rule = (year: number) => MonthDay;

const fixed =
  (month: number, day: number): Rule =>
  () => ({ month, day });
/** The nth (0 for the last) day of the week in a month; 0 is Sunday. */
export const nthWeekday =
  (month: number, index: number, count: number): Rule =>
  (year) => {
    const first = weekday(isoDay({ year, month, day: 1 }));
    const day = 1 + ((index - first + 7) % 7);
    const weeks = count > 0 ? count - 1 : Math.floor((daysInMonth(year, month) - day) / 7);
    return { month, day: day + 7 * weeks };
  };
const shifted =
  (rule: Rule, days: number): Rule =>
  (year) => {
    const [, month = 1, day = 1] = plus(isoDay({ year, ...rule(year) }), days, 'day')
      .split('-')
      .map(Number);
    return { month, day };
  };

/** Gregorian Easter (Meeus, Jones, Butcher). */
function easter(year: number): MonthDay {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  return { month, day: (h + l - 7 * m + 33 * month + 19) % 32 };
}

const thanksgiving = nthWeekday(11, 4, 4);
const rules: readonly (readonly [names: string, rule: Rule])[] = [
  ["new year's eve|new years eve", fixed(12, 31)],
  ["new year's day|new years day|new year's|new years", fixed(1, 1)],
  ['martin luther king day|mlk day|m l k day', nthWeekday(1, 1, 3)],
  ['epiphany|three kings day', fixed(1, 6)],
  ['groundhog day|candlemas', fixed(2, 2)],
  ["valentine's day|valentines day|valentine's|valentines", fixed(2, 14)],
  ['leap day', fixed(2, 29)],
  ['mardi gras|fat tuesday', shifted(easter, -47)],
  ['ash wednesday', shifted(easter, -46)],
  ['palm sunday', shifted(easter, -7)],
  ["presidents day|president's day|presidents' day", nthWeekday(2, 1, 3)],
  ["saint patrick's day|st patrick's day|saint patricks day|st patricks day", fixed(3, 17)],
  ["april fool's day|april fools day|april fool's|april fools", fixed(4, 1)],
  ['good friday', shifted(easter, -2)],
  ['easter sunday|easter', easter],
  ['easter monday', shifted(easter, 1)],
  ['tax day', fixed(4, 15)],
  ['may day', fixed(5, 1)],
  ['cinco de mayo', fixed(5, 5)],
  ["mother's day|mothers day", nthWeekday(5, 0, 2)],
  ['memorial day', nthWeekday(5, 1, 0)],
  ['flag day', fixed(6, 14)],
  ["father's day|fathers day", nthWeekday(6, 0, 3)],
  ['juneteenth', fixed(6, 19)],
  ['independence day|july the fourth', fixed(7, 4)],
  ['labor day|labour day', nthWeekday(9, 1, 1)],
  ["columbus day|indigenous peoples day|indigenous people's day", nthWeekday(10, 1, 2)],
  ['halloween', fixed(10, 31)],
  ["all saints day|all saints' day", fixed(11, 1)],
  ['guy fawkes|guy fawkes night|bonfire night', fixed(11, 5)],
  ["veterans day|veteran's day|armistice day", fixed(11, 11)],
  ['thanksgiving day|thanksgiving', thanksgiving],
  ['black friday', shifted(thanksgiving, 1)],
  ['pearl harbor day', fixed(12, 7)],
  ['christmas eve|xmas eve', fixed(12, 24)],
  ['christmas day|christmas|xmas', fixed(12, 25)],
  ['boxing day', fixed(12, 26)],
];

const byName = new Map(
  rules.flatMap(([names, rule]) => names.split('|').map((name) => [name, rule] as const)),
);
const names = [...byName.keys()]
  .map((name) => ({ name, words: name.split(' ') }))
  .sort((a, b) => b.words.length - a.words.length);

/** A day that the United States know by a name; one that moves needs its year. */
export function holidayAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const found = names.find(({ words }) => words.every((word, index) => tokens[at + index]?.word === word));
  return found && { value: found.name, start: at, end: at + found.words.length };
}

export function holidayIn(name: string, year: number): MonthDay | undefined {
  return byName.get(name)?.(year);
}
