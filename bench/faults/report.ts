import { percentile } from '@vestibule/local-carrier';
import { type FaultName, faultNames } from './faults.ts';
import type { Result } from './judge.ts';

const heads = [
  'fault',
  'calls struck',
  'claimed P50, ms',
  'max, ms',
  'joined P50, ms',
  'max, ms',
  'heard again P50, ms',
  'max, ms',
  'complete',
  'answers lost',
  'asked twice',
  'effects repeated',
  'records verified',
];

/** The table over all results, as Markdown. */
export function report(results: readonly Result[]): string {
  const rows = faultNames
    .map((fault) =>
      rowOf(
        fault,
        results.filter((one) => one.fault === fault),
      ),
    )
    .filter((row) => row !== undefined);
  return [`| ${heads.join(' | ')} |`, `| ${heads.map(() => '---').join(' | ')} |`, ...rows, ''].join('\n');
}

function rowOf(fault: FaultName, results: readonly Result[]): string | undefined {
  if (results.length === 0) return undefined;
  const heard = results.flatMap(({ heardAgainMs }) => heardAgainMs ?? []);
  const claimed = results.flatMap(({ claimedMs }) => claimedMs ?? []);
  const joined = results.flatMap(({ joinedMs }) => joinedMs ?? []);
  const all = results.length;
  const sum = (of: (result: Result) => readonly string[]) =>
    results.reduce((n, one) => n + of(one).length, 0);
  const cells = [
    fault,
    all,
    percentile(claimed, 50),
    max(claimed),
    percentile(joined, 50),
    max(joined),
    percentile(heard, 50),
    heard.length === all ? max(heard) : `${max(heard) ?? '–'}; ${all - heard.length} never`,
    `${results.filter(({ outcome }) => outcome === 'complete').length}/${all}`,
    sum(({ lost }) => lost),
    sum(({ askedTwice }) => askedTwice),
    sum(({ repeated }) => repeated),
    `${results.filter(({ isVerified }) => isVerified).length}/${all}`,
  ];
  return `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`;
}

const max = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : undefined);
