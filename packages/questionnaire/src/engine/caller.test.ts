import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, shortForm } from '../testing/intake.ts';
import { responseOf } from '../testing/features/feature.ts';
import { describeForModel } from './describe.ts';

const items = `
  - id: who
    ask: Are you calling for yourself?
    type: boolean
    caller: patient
    required: true
  - id: relation
    ask: How are you related to the patient?
    type: text
    answeredBy: proxy
  - id: mood
    ask: How do you feel?
    type: text
    answeredBy: patient
    required: true
  - id: fever
    ask: Do you have a fever?
    askProxy: Does the patient have a fever?
    type: boolean
    required: true
    retry: [Your temperature. Is it high?]
  - { id: thanks, ask: May we write to you?, type: boolean, answeredBy: patient }
`;
const call = (more = items) => new Conversation(definitionOf(shortForm(more)));

describe('who is on the line', () => {
  test('the patient is asked what only patients may answer, and nothing about a proxy', () => {
    const conversation = call();
    conversation.say('yes');
    assert.deepEqual(conversation.happened, ['answered:who', 'caller']);
    assert.equal(conversation.at, 'ask mood');
  });

  test('a proxy is asked in words of their own, also when asked again', () => {
    const conversation = call();
    conversation.say('no');
    assert.equal(conversation.at, 'ask relation');
    conversation.say('I am her daughter');
    const first = conversation.step.kind === 'ask' && conversation.step.prompt;
    assert.equal(first, 'Does the patient have a fever?');
    const again = conversation.put({ kind: 'unclear' });
    assert.equal(
      again.kind === 'ask' && again.prompt,
      'Please answer yes or no. Does the patient have a fever?',
    );
  });

  test('what only the patient may answer is put off, and handed over at the end when it is required', () => {
    const conversation = call();
    for (const words of ['no', 'her son', 'no']) conversation.say(words);
    assert.deepEqual(conversation.step, { kind: 'handOver', reason: 'patient-only', linkId: 'mood' });
    assert.deepEqual(conversation.happened, ['answered:fever', 'handedOver:mood']);
    const answers = new Map(
      responseOf(conversation).item!.map(({ linkId, answer }) => [linkId, answer?.[0]]),
    );
    const proxy = {
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'not-asked' },
        { url: 'https://vestibule.example/fhir/StructureDefinition/voice-not-asked', valueCode: 'proxy' },
      ],
    };
    assert.deepEqual(answers.get('mood'), { _valueString: proxy });
    assert.deepEqual(answers.get('thanks'), { _valueBoolean: proxy });
  });

  test('once the patient comes to the telephone, it is asked', () => {
    const conversation = call();
    for (const words of ['no', 'her son', 'no']) conversation.say(words);
    conversation.put({ kind: 'caller', caller: 'patient' });
    assert.equal(conversation.at, 'ask mood');
    conversation.say('a little tired');
    conversation.say('yes');
    assert.equal(conversation.at, 'complete');
  });

  test('optional ones do not keep an intake from being complete', () => {
    const conversation = call(
      items.replace('answeredBy: patient\n    required: true', 'answeredBy: patient'),
    );
    for (const words of ['no', 'her son', 'no']) conversation.say(words);
    assert.equal(conversation.at, 'complete');
    const mood = responseOf(conversation).item!.find(({ linkId }) => linkId === 'mood');
    assert.match(JSON.stringify(mood), /not-asked.*proxy/);
  });

  test('an answer of a proxy to it is refused, with a reason that the model can act on', () => {
    const conversation = call();
    conversation.say('no');
    conversation.answer('mood', 'sad');
    assert.deepEqual(conversation.events, [
      { kind: 'invalid', linkId: 'mood', code: 'patient-only', problem: 'Only the patient can answer that.' },
    ]);
    assert.equal(conversation.at, 'ask relation');
    assert.match(describeForModel(conversation.definition, conversation.state), /not on the line.*:\n- mood/);
  });

  test('a question that may hide a red flag is not passed over because a proxy calls', () => {
    const conversation = call(`
  - id: hurt
    ask: Do you think of hurting yourself?
    type: boolean
    answeredBy: patient
    redFlag: { severity: emergency, script: A person will help you., is: yes }
`);
    assert.equal(conversation.put({ kind: 'caller', caller: 'proxy' }).kind, 'handOver');
  });

  test('an option says who is on the line, and a correction turns it round', () => {
    const conversation = call(`
  - id: who
    ask: Are you the patient, or a relative?
    options: [{ say: the patient, caller: patient }, { say: a relative, caller: proxy }]
  - { id: fever, ask: Do you have a fever?, askProxy: Does the patient have a fever?, type: boolean }
`);
    conversation.say('a relative');
    assert.match(conversation.step.kind === 'ask' ? conversation.step.prompt : '', /the patient have/);
    conversation.answer('who', 'the patient');
    assert.match(conversation.step.kind === 'ask' ? conversation.step.prompt : '', /^Do you/);
  });
});
