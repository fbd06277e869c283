import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadQuestionnaire } from '../definition/load.ts';
import { definitionOf, shortForm } from '../testing/intake.ts';
import { redFlagsIn } from './match.ts';

const item = '  - { id: a, ask: A? }';

describe('a red flag of the library, by name', () => {
  test('brings its phrases, severity, action and script', () => {
    const definition = definitionOf(shortForm(item, 'redFlags: [{ use: self-harm }]'));
    const [fired] = redFlagsIn(definition, 'I want to kill myself');
    assert.equal(fired?.id, 'self-harm');
    assert.equal(fired.severity, 'emergency');
    assert.equal(fired.action, 'hand-over');
    assert.match(fired.script, /nine eight eight/);
  });

  test('what the questionnaire says goes before it', () => {
    const definition = definitionOf(
      shortForm(
        item,
        'redFlags: [{ use: stroke, id: mine, severity: concern, action: say, script: Our words., phrases: [wobbly] }]',
      ),
    );
    const expected = { id: 'mine', severity: 'concern', action: 'say', script: 'Our words.' };
    for (const said of ['her face is drooping', 'I feel wobbly']) {
      const [{ phrase: _, ...fired } = { phrase: '' }] = redFlagsIn(definition, said);
      assert.deepEqual(fired, expected);
    }
  });

  test('on an item it has the item and its answer', () => {
    const definition = definitionOf(
      shortForm('  - { id: chest, ask: Chest pain?, type: boolean, redFlag: { use: chest-pain } }'),
    );
    const [flag] = definition.redFlags;
    assert.equal(flag?.linkId, 'chest');
    assert.equal(flag.library, 'chest-pain');
    assert.equal(flag.when.length, 1);
  });

  test('a name the library does not have is a fault', () => {
    const { faults } = loadQuestionnaire(shortForm(item, 'redFlags: [{ use: hiccups }]'), 'test.yaml');
    assert.match(JSON.stringify(faults), /redFlags/);
  });

  test('without it, severity and script are needed', () => {
    const { faults } = loadQuestionnaire(shortForm(item, 'redFlags: [{ id: r, phrases: [x] }]'), 'test.yaml');
    assert.match(JSON.stringify(faults), /needs severity and script/);
  });
});
