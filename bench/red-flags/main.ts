import { parseArgs } from 'node:util';
import { redFlagsIn } from '@vestibule/questionnaire';
import { before, flagsBefore } from './before.ts';
import { earliness } from './early.ts';
import { library, libraryDefinition } from './library.ts';
import { type Label, readLabels, type Split } from './labels.ts';
import { errorsByKind, isWrong, judge, type Judged, rowOf, rowOfAll } from './score.ts';
import { earlyTable, kindTable, table } from './tables.ts';

const { values } = parseArgs({ options: { errors: { type: 'boolean', default: false } } });
const labels = readLabels();
const splits: readonly Split[] = ['development', 'held-out'];
const after = (said: string) => redFlagsIn(libraryDefinition, said).map(({ id }) => id);

for (const split of splits) {
  const lines = labels.filter((label) => label.split === split);
  const judged = judge(lines, after);
  print(`## ${split} (${lines.length} lines)`);
  print(table('After', [rowOfAll(judged), ...library.map((flag) => rowOf(flag, judged))]));
  print(table('Before', beforeRows(lines)));
  print(kindTable('Errors by kind', errorsByKind(judged)));
  if (values.errors && split === 'development') showErrors(judged);
}
print('## How early (development positives, word by word as partial transcripts)');
print(earlyTable(earliness(labels.filter(({ split }) => split === 'development'))));
print(`## Time\n\n${microseconds(labels).toFixed(0)} µs an utterance, ten flags, after the first`);

/** The old rules know three flags; `all` counts only lines about these, so that what nobody wrote is no miss. */
function beforeRows(lines: readonly Label[]) {
  const judged = judge(lines, before);
  const known = judged.filter(
    ({ flags }) => flags.length === 0 || flags.some((flag) => flagsBefore.includes(flag)),
  );
  return [
    rowOfAll(judged),
    { ...rowOfAll(known), flag: 'all it has rules for' },
    ...flagsBefore.map((flag) => rowOf(flag, judged)),
  ];
}

function microseconds(lines: readonly Label[]): number {
  const rounds = 5;
  const start = performance.now();
  for (let round = 0; round < rounds; round++) for (const { said } of lines) after(said);
  return ((performance.now() - start) * 1000) / (rounds * lines.length);
}

/** Development lines only. */
function showErrors(judged: readonly Judged[]): void {
  for (const { flags, kind, said, fired } of judged.filter(isWrong)) {
    print(`${flags.join(',') || 'none'}\t${kind}\t${fired.join(',') || '-'}\t${said}`);
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}
