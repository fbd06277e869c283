import { percentile } from '@vestibule/local-carrier';
import type { RunResult } from './run.ts';

/** The table over all runs, as Markdown. */
export function report(results: readonly RunResult[]): string {
  const faults = [...new Set(results.map(({ fault }) => fault))];
  return [
    '| fault | runs | heard again P50, ms | max, ms | claimed P50, ms | max, ms | complete | answers lost | effects repeated |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...faults.map((fault) =>
      row(
        fault,
        results.filter((one) => one.fault === fault),
      ),
    ),
    '',
  ].join('\n');
}

function row(fault: string, results: readonly RunResult[]): string {
  const heard = results.flatMap(({ heardAgainMs }) => heardAgainMs ?? []);
  const claimed = results.flatMap(({ claimedMs }) => claimedMs ?? []);
  const cells = [
    fault,
    results.length,
    percentile(heard, 50),
    heard.length === results.length ? Math.max(...heard) : 'never',
    percentile(claimed, 50),
    claimed.length > 0 ? Math.max(...claimed) : undefined,
    `${results.filter(({ outcome }) => outcome === 'complete').length}/${results.length}`,
    results.reduce((sum, { lost }) => sum + lost.length, 0),
    results.reduce((sum, { repeated }) => sum + repeated.length, 0),
  ];
  return `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`;
}
