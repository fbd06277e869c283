/**
 * What the meaning lane learns from and is chosen by, a JSON object a line: node bench/red-flags/train/meaning/rows.ts > rows.jsonl
 */
import { readLabels } from '../../labels.ts';
import { readAll } from '../rows.ts';
import { expand } from '../templates.ts';

interface Row {
  from: 'lines' | 'answers' | 'heard' | 'plain' | 'first' | 'second';
  flags: readonly string[];
  said: string;
  /** What was heard as these words. */
  of?: string;
}

const labelled: Row[] = [
  ...readAll('lines/').map(([flags = '', , said = '']): Row => ({
    from: 'lines',
    flags: flags === 'none' ? [] : flags.split(','),
    said,
  })),
  ...readLabels().flatMap(({ set, split, flags, said }): Row[] =>
    set === 'third' || split === 'held-out' ? [] : [{ from: set, flags, said }],
  ),
];
const flagsOf = new Map(labelled.map(({ said, flags }) => [said, flags]));
const heard = readAll('meaning/').flatMap(([said = '', text = '']): Row[] => {
  const flags = flagsOf.get(said);
  return flags === undefined ? [] : [{ from: 'heard', flags, said: text, of: said }];
});
const answers = readAll('../../../packages/questionnaire/labels/answers/').map((line): Row => ({
  from: 'answers',
  flags: [],
  said: line.at(-1)!,
}));

const plain = expand().flatMap(({ flags, said }): Row[] =>
  flags.length === 0 ? [{ from: 'plain', flags, said }] : [],
);

for (const row of [...labelled, ...heard, ...answers, ...plain])
  process.stdout.write(`${JSON.stringify(row)}\n`);
