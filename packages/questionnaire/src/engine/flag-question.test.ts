import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadQuestionnaire } from '../definition/load.ts';
import { definitionOf, shortForm } from '../testing/intake.ts';
import type { Input, IntakeEvent } from '../types.ts';
import { advance, startIntake } from './advance.ts';

const definition = definitionOf(
  `${shortForm(`
  - { id: reason, ask: What are you calling about?, required: true }
  - { id: pets, ask: Do you have pets?, type: boolean, required: true }
`)}
redFlags:
  - { use: chest-pain, confirm: Does your chest hurt right now? }
  - { use: breathing }
`,
);
const mention: Input = { kind: 'heard', words: 'a bit of pain in my chest' };

function after(...inputs: Input[]) {
  let { state, step } = startIntake(definition);
  const events: IntakeEvent[] = [];
  for (const input of inputs) {
    const next = advance(definition, state, input, { today: '2026-11-28' });
    ({ state, step } = next);
    events.push(...next.events);
  }
  return { state, step, fired: events.filter((event) => event.kind === 'redFlag') };
}

describe('a red flag with a question', () => {
  test('is asked about before it fires', () => {
    const { step, fired } = after(mention);
    assert.equal(step.kind === 'readBack' && step.prompt, 'Does your chest hurt right now?');
    assert.deepEqual(fired, []);
  });

  const raising: [name: string, input: Input][] = [
    ['yes', { kind: 'confirm', yes: true, words: 'yes it does' }],
    ['silence', { kind: 'unclear' }],
    ['no clear answer', { kind: 'heard', words: 'my chest has been aching all day' }],
    [
      'an answer to something else',
      { kind: 'answer', linkId: 'reason', value: 'a refill', words: 'a refill' },
    ],
  ];
  for (const [name, input] of raising) {
    test(`${name} raises it`, () => {
      const { fired, state } = after(mention, input);
      assert.deepEqual(
        fired.map(({ id, severity }) => [id, severity]),
        [['chest-pain', 'emergency']],
      );
      assert.deepEqual(state.flagged, ['chest-pain']);
    });
  }

  test('no leaves a concern, and the intake goes on', () => {
    const { step, fired } = after(mention, { kind: 'confirm', yes: false, words: 'no it does not' });
    assert.deepEqual(
      fired.map(({ id, severity, denied }) => [id, severity, denied]),
      [['chest-pain', 'concern', true]],
    );
    assert.equal(step.kind === 'ask' && step.linkId, 'reason');
  });

  test('cannot be talked away: said again after the no, it fires', () => {
    const no: Input = { kind: 'confirm', yes: false, words: 'no' };
    const { fired } = after(mention, no, { kind: 'heard', words: 'my chest hurts' });
    assert.deepEqual(
      fired.map(({ severity }) => severity),
      ['concern', 'emergency'],
    );
  });

  test('the same words reported once more are no second mention', () => {
    const { fired, step } = after(mention, {
      kind: 'answer',
      linkId: 'pets',
      value: true,
      words: 'a bit of pain in my chest',
    });
    assert.deepEqual(fired, []);
    assert.equal(step.kind === 'readBack' && step.flag, 'chest-pain');
  });

  test('a partial transcript asks nothing yet', () => {
    assert.equal(after({ ...mention, partial: true }).step.kind, 'ask');
  });
});

describe('a red flag that a model found', () => {
  const found = (id: string, words: string): Input => ({ kind: 'flag', id, words });
  const elephant = 'an elephant sits on me';

  test('is asked about where it has a question, and fires at once where it has none', () => {
    const asked = after(found('chest-pain', elephant));
    assert.equal(asked.step.kind === 'readBack' && asked.step.flag, 'chest-pain');
    assert.deepEqual(asked.fired, []);
    assert.deepEqual(
      after(found('breathing', 'I gasp')).fired.map(({ id }) => id),
      ['breathing'],
    );
  });

  test('where it is to ask, one of the library without a question is asked about as the library does', () => {
    const { step, fired } = after({ kind: 'flag', id: 'breathing', words: 'I am a fish on land', ask: true });
    assert.deepEqual(fired, []);
    assert.match(step.kind === 'readBack' ? step.prompt : '', /breath/);
  });

  test('in words that are asked about already is no second mention: the turn around them, a part of them, the no', () => {
    const no: Input = { kind: 'confirm', yes: false, words: 'no it does not' };
    for (const words of [
      'a bit of pain in my chest',
      'yes and a bit of pain in my chest',
      'pain in my chest',
    ])
      assert.deepEqual(after(mention, found('chest-pain', words)).fired, [], words);
    const denied = after(mention, no, found('chest-pain', 'no it does not'));
    assert.deepEqual(
      denied.fired.map(({ severity }) => severity),
      ['concern'],
    );
  });

  test('in other words is one, also after a no', () => {
    const no: Input = { kind: 'confirm', yes: false, words: 'no' };
    for (const before of [[mention], [mention, no]])
      assert.equal(after(...before, found('chest-pain', elephant)).fired.at(-1)?.severity, 'emergency');
  });
});

test('its question is asked in the caller’s language', () => {
  const spanish = loadQuestionnaire(
    `${shortForm('  - { id: reason, ask: Why?, required: true }')}
redFlags:
  - { id: pain, severity: urgent, script: A nurse is told., confirm: Does it hurt now?, phrases: [hurts], translations: { es: { script: Se lo digo a una enfermera., confirm: '¿Le duele ahora?' } } }
`,
    'es.yaml',
    { language: 'es' },
  ).definition!;
  const { state } = startIntake(spanish);
  const { step } = advance(
    spanish,
    state,
    { kind: 'flag', id: 'pain', words: 'me duele' },
    { today: '2026-11-28' },
  );
  assert.equal(step.kind === 'readBack' && step.prompt, '¿Le duele ahora?');
  assert.equal(spanish.redFlags[0]?.script, 'Se lo digo a una enfermera.');
});

test('without a question a phrase fires at once', () => {
  const { fired } = after({ kind: 'heard', words: "I can't breathe" });
  assert.deepEqual(
    fired.map(({ id }) => id),
    ['breathing'],
  );
});
