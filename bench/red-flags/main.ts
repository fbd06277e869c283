import { parseArgs } from 'node:util';
import { earliness } from './early.ts';
import { type Lanes, listenIn } from './lanes.ts';
import { library } from './library.ts';
import { labelSets, readLabels, type Split } from './labels.ts';
import { errorsByKind, isWrong, type Judged, rowOf, rowOfAll } from './score.ts';
import { earlyTable, kindTable, table } from './tables.ts';
import { cpuMicroseconds, meaningMilliseconds } from './time.ts';

const { values } = parseArgs({ options: { errors: { type: 'boolean', default: false } } });
const labels = readLabels();
const splits: readonly Split[] = ['held-out', 'development'];

for (const split of splits) {
  for (const set of labelSets) {
    const lines = labels.filter((label) => label.split === split && label.set === set);
    if (lines.length === 0) continue;
    const heard = await listenIn(lines);
    const by = (lane: keyof Lanes) => heard.map((line) => ({ ...line, fired: line[lane] }));
    const lane = (name: keyof Lanes, flag: string) => ({ ...rowOfAll(by(name)), flag });
    const judged = by('all');
    const lanes = [
      lane('phrases', 'phrases alone (at once)'),
      lane('withoutMeaning', 'phrases and likeness (no encoder)'),
      lane('meaning', 'meaning alone'),
    ];
    print(`## ${split}, ${set} set (${lines.length} lines)`);
    print(table('', [rowOfAll(judged), ...lanes, ...library.map((flag) => rowOf(flag, judged))]));
    print(kindTable('Errors by kind', errorsByKind(judged)));
    if (values.errors && split === 'development') showErrors(judged);
  }
}
print('## How early (development positives, word by word as partial transcripts)');
print(earlyTable(earliness(labels.filter(({ split }) => split === 'development'))));
print(`## Time\n\n${cpuMicroseconds()}\n\n${await meaningMilliseconds()}`);

/** Development lines only. */
function showErrors(judged: readonly Judged[]): void {
  for (const { flags, kind, said, fired } of judged.filter(isWrong)) {
    print(`${flags.join(',') || 'none'}\t${kind}\t${fired.join(',') || '-'}\t${said}`);
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}
