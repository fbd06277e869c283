import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, shortForm } from '../testing/intake.ts';
import { startIntake } from './advance.ts';
import { identified } from './identity.ts';

const items = `
  - { id: name, ask: What is your name?, form: name, identifier: true, readBack: always, required: true }
  - { id: born, ask: When were you born?, type: date, identifier: true, readBack: always, required: true }
  - { id: number, ask: What is your telephone number?, form: phone, identifier: true }
  - id: street
    ask: Where do you live?
    type: string
    readBack: always
    initial: { expression: '%patient.address.first().text' }
`;
const definition = definitionOf(shortForm(items, 'identify: 2\nlaunchContext: [patient]'));
const patient = {
  resourceType: 'Patient',
  name: [{ given: ['Mary-Ann', 'Louise'], family: "O'Neíl" }],
  birthDate: '1985-03-03',
  telecom: [{ system: 'phone', value: '+1 (555) 010-0123' }],
  address: [{ text: '12 Main Street' }],
};
const context = { patient };

function told(...words: string[]): Conversation {
  const call = new Conversation(definition);
  for (const one of words) {
    call.say(one);
    if (call.step.kind === 'readBack') call.say('yes');
  }
  return call;
}

describe('two identifiers before anything that was looked up', () => {
  test('the context is refused until two are confirmed, and nothing of it stands', () => {
    const call = told("Mary Ann O'Neil");
    call.put({ kind: 'context', context });
    assert.deepEqual(call.events, [
      {
        kind: 'contextRefused',
        code: 'not-identified',
        problem: '2 identifiers have to be confirmed first; 1 so far.',
      },
    ]);
    assert.ok(!JSON.stringify(call.state).includes('Main Street'));
    assert.equal(call.at, 'ask born');
  });

  test('an answer that is still to be read back counts for nothing', () => {
    const call = told("Mary Ann O'Neil");
    call.say('March third, 1985');
    assert.equal(call.at, 'readBack born');
    call.put({ kind: 'context', context });
    assert.deepEqual(call.happened, ['contextRefused']);
  });

  test('once they match, it is taken: its values are there, to be read back', () => {
    const call = told("Mary Ann O'Neil", 'March third, 1985');
    assert.deepEqual(identified(definition, call.state, patient), {
      ok: true,
      needed: 2,
      confirmed: ['name', 'born'],
      matching: ['name', 'born'],
    });
    call.put({ kind: 'context', context });
    assert.equal(call.step.kind === 'readBack' && call.step.value, '12 Main Street');
  });

  test('with another date of birth it stays shut, whatever else matches, and does not say what differs', () => {
    const call = told(
      "Mary Ann O'Neil",
      'March fourth, 1985',
      'five five five, zero one zero, zero one two three',
    );
    const { ok, matching } = identified(definition, call.state, patient);
    assert.equal(ok, false);
    assert.deepEqual(matching, ['name', 'number']);
    call.put({ kind: 'context', context });
    const [event] = call.events;
    assert.equal(
      event?.kind === 'contextRefused' && event.problem,
      'The confirmed identifiers do not match it; 2 have to.',
    );
  });

  test('when an identifier is corrected to another one, what was looked up goes again', () => {
    const call = told("Mary Ann O'Neil", 'March third, 1985');
    call.put({ kind: 'context', context });
    call.answer('born', 'April third, 1985');
    assert.ok(call.happened.includes('dropped:street') && call.happened.includes('contextRefused'));
    assert.equal(call.state.context, undefined);
    assert.ok(!JSON.stringify([call.state, call.step]).includes('Main Street'));
  });

  test('what the caller confirmed themself stays', () => {
    const call = told("Mary Ann O'Neil", 'March third, 1985');
    call.put({ kind: 'context', context });
    call.say('yes');
    call.answer('born', 'April third, 1985');
    assert.equal(call.state.items['street']?.status, 'answered');
  });

  test('given at the start, it is not taken, and that is told', () => {
    const { state, events } = startIntake(definition, { context });
    assert.equal(state.context, undefined);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['contextRefused'],
    );
  });

  test('a questionnaire that does not ask for it takes it at once', () => {
    const open = new Conversation(definitionOf(shortForm(items, 'launchContext: [patient]')), { context });
    assert.equal(open.step.kind === 'readBack' && open.step.value, '12 Main Street');
  });

  const names: [said: string, matches: boolean][] = [
    ["mary-ann o'neil", true],
    ['Mary Ann Louise ONeíl', true],
    ['Louise O Neil', false],
    ["Ann O'Neil", true],
    ["John O'Neil", false],
    ["O'Neil", false],
    ['Mary Ann Smith', false],
  ];
  for (const [said, matches] of names) {
    test(`${said}: ${matches ? 'the same name' : 'another name'}`, () => {
      const state = { ...startIntake(definition).state };
      state.items = { name: { status: 'answered', values: [said], display: said, confirmed: true } };
      assert.deepEqual(identified(definition, state, patient).matching, matches ? ['name'] : []);
    });
  }

  test('first and last name, asked for one by one, are one identifier', () => {
    const two = definitionOf(
      shortForm(`
  - { id: first, ask: First name?, form: name, identifier: true }
  - { id: last, ask: Last name?, form: name, identifier: true }
`),
    );
    const { state } = startIntake(two);
    const named = (name: string) => ({
      status: 'answered' as const,
      values: [name],
      display: name,
      confirmed: true,
    });
    const known = { ...state, items: { first: named('Mary'), last: named("O'Neil") } };
    const { ok, matching } = identified(two, known, patient);
    assert.deepEqual([ok, matching], [false, ['first', 'last']]);
  });
});
