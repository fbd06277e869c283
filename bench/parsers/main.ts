/**
 * How often the answer parsers are right, per type, against both sets of labelled answers.
 *
 *   node bench/parsers/main.ts [--failures] [TYPE …]
 *
 * `--failures` also lists the development lines that are not right. Held-out lines are only ever counted.
 */
import { parseArgs } from 'node:util';
import { wilson } from '@vestibule/core';
import { judge, type Verdict } from './judge.ts';
import { labels, labelTypes, type Part, parts, type Set, sets } from './labels.ts';

const { values: options, positionals } = parseArgs({
  options: { failures: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const chosen = labelTypes().filter((type) => positionals.length === 0 || positionals.includes(type));

type Counts = Record<Verdict, number>;
const none = (): Counts => ({ right: 0, 'asked-again': 0, refused: 0, wrong: 0, undoubted: 0 });

function count(type: string, set: Set, part: Part): Counts {
  const counts = none();
  for (const label of labels(type, set, part)) counts[judge(type, label).verdict] += 1;
  return counts;
}

function cells(counts: Counts): string {
  const { right, refused, wrong, undoubted } = counts;
  const asked = counts['asked-again'];
  const all = right + asked + refused + wrong + undoubted;
  const [low, high] = wilson({ hits: right + asked, of: all });
  const share = ((right + asked) / all).toFixed(3);
  return `${all} | ${share} (${low.toFixed(3)}–${high.toFixed(3)}) | ${right} | ${asked} | ${refused} | ${wrong} | ${undoubted}`;
}

function add(into: Counts, more: Counts): void {
  for (const key of Object.keys(into) as Verdict[]) into[key] += more[key];
}

const columns = 'lines | accuracy | value right | asked again rightly | refused | in doubt | undoubted';

function table(part: Part): void {
  console.log(`\n${part}: the first set, then the second\n`);
  console.log(`| type | ${sets.map(() => columns).join(' | ')} |`);
  console.log(`| --- |${' --: |'.repeat(7 * sets.length)}`);
  const totals = sets.map(none);
  for (const type of chosen) {
    const found = sets.map((set) => count(type, set, part));
    found.forEach((counts, index) => add(totals[index]!, counts));
    console.log(`| ${type} | ${found.map(cells).join(' | ')} |`);
  }
  console.log(`| **all** | ${totals.map(cells).join(' | ')} |`);
}

function failures(set: Set): void {
  for (const type of chosen) {
    for (const label of labels(type, set, 'development')) {
      const { verdict, got } = judge(type, label);
      if (verdict === 'right' || verdict === 'asked-again') continue;
      console.log([set, type, verdict, label.known, label.value, got, label.said].join('\t'));
    }
  }
}

parts.forEach(table);
if (options.failures) sets.forEach(failures);
