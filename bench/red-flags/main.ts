import { parseArgs } from 'node:util';
import { redFlagsIn } from '@vestibule/questionnaire';
import { earliness } from './early.ts';
import { library, libraryDefinition } from './library.ts';
import { labelSets, readLabels, type Split } from './labels.ts';
import { errorsByKind, isWrong, judge, type Judged, rowOf, rowOfAll } from './score.ts';
import { earlyTable, kindTable, table } from './tables.ts';
import { cpuMicroseconds } from './time.ts';

const { values } = parseArgs({ options: { errors: { type: 'boolean', default: false } } });
const labels = readLabels();
const splits: readonly Split[] = ['held-out', 'development'];
const detect = (said: string) => redFlagsIn(libraryDefinition, said).map(({ id }) => id);
const byPhrase = (said: string) =>
  redFlagsIn(libraryDefinition, said).flatMap(({ id, by }) => (by === 'likeness' ? [] : [id]));

for (const split of splits) {
  for (const set of labelSets) {
    const lines = labels.filter((label) => label.split === split && label.set === set);
    const judged = judge(lines, detect);
    const phrases = { ...rowOfAll(judge(lines, byPhrase)), flag: 'phrases alone (at once)' };
    print(`## ${split}, ${set} set (${lines.length} lines)`);
    print(table('', [rowOfAll(judged), phrases, ...library.map((flag) => rowOf(flag, judged))]));
    print(kindTable('Errors by kind', errorsByKind(judged)));
    if (values.errors && split === 'development') showErrors(judged);
  }
}
print('## How early (development positives, word by word as partial transcripts)');
print(earlyTable(earliness(labels.filter(({ split }) => split === 'development'))));
print(`## Time\n\n${cpuMicroseconds()}`);

/** Development lines only. */
function showErrors(judged: readonly Judged[]): void {
  for (const { flags, kind, said, fired } of judged.filter(isWrong)) {
    print(`${flags.join(',') || 'none'}\t${kind}\t${fired.join(',') || '-'}\t${said}`);
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}
