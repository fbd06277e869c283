import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionOf, shortForm } from '../testing/intake.ts';
import { explainRedFlags } from './explain.ts';

const definition = definitionOf(
  shortForm('  - { id: reason, ask: Why do you call? }', 'redFlags: [{ use: chest-pain }, { use: stroke }]'),
);

const rows: [said: string, fired: string[], statuses: string[]][] = [
  ['my chest hurts', ['chest-pain'], ['chest-pain affirmed']],
  ['no chest pain at all', [], ['chest-pain negated']],
  ['my father had a stroke ten years ago', [], ['stroke historical']],
  ['no chest pain, but my face is drooping', ['stroke'], ['chest-pain negated', 'stroke affirmed']],
  ['I would like an appointment', [], []],
];
for (const [said, fired, statuses] of rows) {
  test(`"${said}"`, () => {
    const heard = explainRedFlags(definition, said);
    assert.deepEqual(
      heard.fired.map(({ id }) => id),
      fired,
    );
    assert.deepEqual(
      heard.mentions.map(({ flag, status }) => `${flag} ${status}`),
      statuses,
    );
  });
}

test('a mention tells the words and the phrase that heard them', () => {
  const [mention] = explainRedFlags(definition, 'Well, my CHEST hurts.').mentions;
  assert.match(mention!.words, /chest hurts/);
  assert.notEqual(mention!.phrase, '');
});
