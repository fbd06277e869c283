import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../../processes.ts';
import { example, file, run } from '../testing.ts';

describe('flags', () => {
  const flags = ['flags', example('post-discharge.yaml')];

  test('each line with what fires and what was held back', async () => {
    const said = 'my chest hurts\nno chest pain\nmy father had chest pain years ago\n\nhello\n';
    const { out } = await run(flags, said);
    assert.match(
      out,
      /my chest hurts\n {2}RED FLAG chest-pain \(emergency, hand-over\): “chest hurts”, by the phrase /,
    );
    assert.match(out, /no chest pain\n {2}held back: chest-pain, “chest pain”: denied/);
    assert.match(out, /ago\n {2}held back: chest-pain, “chest pain”: past/);
    assert.match(out, /hello\n {2}nothing\n$/);
  });

  test('a labelled table: recall and false alarms with intervals, and the lines that went wrong', async (t) => {
    const labelled = file(
      t,
      'labels.csv',
      'utterance,note,expected\n"well, ""I can\'t breathe""",x,breathing\nI feel odd,,chest-pain\nmy chest hurts,,none\nhello,,none\nx,,stroke\n',
    );
    const { out } = await run([...flags, labelled, '--errors']);
    assert.match(out, /^all +1\/2 0\.500 \(0\.095–0\.905\) +1\/2 0\.500/m);
    assert.match(out, /^breathing +1\/1 1\.000/m);
    assert.match(out, /1 line is left out: the questionnaire has no stroke/);
    assert.match(out, /labels\.csv:3 missed chest-pain: I feel odd/);
    assert.match(out, /labels\.csv:4 false alarm: my chest hurts\n {2}RED FLAG chest-pain/);
  });

  test('the labels of the package are read as they are', async () => {
    const labels = join(root, 'packages/questionnaire/labels/red-flags/chest-pain.tsv');
    assert.match((await run([...flags, labels])).out, /^chest-pain +\d+\/42 /m);
  });

  test('a table without the columns, with empty cells, or about other flags is told', async (t) => {
    const bad = (text: string) => run([...flags, file(t, 'l.tsv', text)]);
    await assert.rejects(bad('a\tb\n'), /:1 the header needs the columns flag and said; it has: a, b/);
    await assert.rejects(bad('flag\tsaid\n\tx\nnone\t\n'), /:2 flag: it is empty[\s\S]*:3 said: it is empty/);
    await assert.rejects(bad('flag\tsaid\n'), /no lines below its header/);
    await assert.rejects(bad('flag\tsaid\nstroke\tx\n'), /none of its lines is about a flag/);
    await assert.rejects(
      run(['flags', example('new-patient.yaml'), `${flags[1]}.no`]),
      /no (?:such file|red flags)/,
    );
  });
});
