/**
 * How often the answer parsers are right, per type, against the labelled answers.
 *
 *   node bench/parsers/main.ts [--failures [TYPE]]
 *
 * `--failures` also lists the development lines that are not right. Held-out lines are only ever counted.
 */
import { parseArgs } from 'node:util';
import { judge, type Verdict } from './judge.ts';
import { labels, labelTypes, type Split } from './labels.ts';

const { values: options, positionals } = parseArgs({
  options: { failures: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const chosen = labelTypes().filter((type) => positionals.length === 0 || positionals.includes(type));

type Counts = Record<Verdict, number>;
const none = (): Counts => ({ right: 0, 'asked-again': 0, refused: 0, wrong: 0, undoubted: 0 });

function count(type: string, split: Split): Counts {
  const counts = none();
  for (const label of labels(type, split)) counts[judge(type, label).verdict] += 1;
  return counts;
}

function row(name: string, counts: Counts): string {
  const { right, refused, wrong, undoubted } = counts;
  const all = right + counts['asked-again'] + refused + wrong + undoubted;
  const share = ((right + counts['asked-again']) / all).toFixed(3);
  return `${name} | ${all} | ${share} | ${right} | ${counts['asked-again']} | ${refused} | ${wrong} | ${undoubted}`;
}

function add(into: Counts, more: Counts): void {
  for (const key of Object.keys(into) as Verdict[]) into[key] += more[key];
}

for (const split of ['development', 'held-out'] as const) {
  console.log(`\n${split}\n`);
  console.log(
    '| type | lines | accuracy | value right | asked again rightly | asked again though clear | wrong, in doubt | wrong, undoubted |',
  );
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: |');
  const total = none();
  for (const type of chosen) {
    const counts = count(type, split);
    add(total, counts);
    console.log(`| ${row(type, counts)} |`);
  }
  console.log(`| ${row('**all**', total)} |`);
}

if (options.failures) {
  for (const type of chosen) {
    for (const label of labels(type, 'development')) {
      const { verdict, got } = judge(type, label);
      if (verdict === 'right' || verdict === 'asked-again') continue;
      console.log([type, verdict, label.known, label.value, got, label.said].join('\t'));
    }
  }
}
