import { shareWords } from '@vestibule/core';
import type { Early } from './early.ts';
import type { Row, Share } from './score.ts';

export function table(title: string, rows: readonly Row[]): string {
  return [
    `| ${title} | recall | false alarms | fires besides |`,
    '|---|---|---|---|',
    ...rows.map(
      ({ flag, recall, falseAlarms, besides }) =>
        `| ${flag} | ${shareWords(recall)} | ${shareWords(falseAlarms)} | ${besides.hits}/${besides.of} |`,
    ),
  ].join('\n');
}

export function kindTable(title: string, kinds: ReadonlyMap<string, Share>): string {
  return [
    `| ${title} | errors | lines |`,
    '|---|---|---|',
    ...[...kinds].map(([kind, { hits, of }]) => `| ${kind} | ${hits} | ${of} |`),
  ].join('\n');
}

export function earlyTable({ lines, rash }: Early): string {
  const waits = [...new Set(lines.map(({ wait }) => wait))].sort((a, b) => order(a) - order(b));
  return [
    '| words after the last needed one | lines |',
    '|---|---|',
    ...waits.map((wait) => `| ${wait} | ${lines.filter((line) => line.wait === wait).length} |`),
    '',
    `A partial fires on ${rash.hits} of ${rash.of} lines that must raise nothing.`,
  ].join('\n');
}

const order = (wait: number | 'final') => (wait === 'final' ? Infinity : wait);
