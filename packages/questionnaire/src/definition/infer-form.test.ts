import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf } from '../testing/intake.ts';
import type { SpokenForm } from '../types.ts';
import { inferForm } from './infer-form.ts';

describe('what a string holds, told from its text and link', () => {
  const rows: [text: string, linkId: string, form: SpokenForm][] = [
    ['Phone', '1', 'phone'],
    ['Phone (home)', '1', 'phone'],
    ['Phone number', '1', 'phone'],
    ['What is the best callback number?', '1', 'phone'],
    ['Telephone:', '1', 'phone'],
    ['Mobile number', '1', 'phone'],
    ['How to reach you', 'phone', 'phone'],
    ['Reaching you', 'callbackNumber', 'phone'],
    ['Reaching you', 'callback-number', 'phone'],
    ['E-mail', '1', 'email'],
    ['Email address', '1', 'email'],
    ['Full name', '1', 'name'],
    ['Name', '1', 'name'],
    ['What is your first and last name?', '1', 'name'],
    ["Patient's name", '1', 'name'],
    ['What is your name?', '1', 'name'],
    ['Name of your emergency contact', '1', 'name'],
    ['Policy number', '1', 'code'],
    ['Do you know your policy number?', '1', 'code'],
    ['Member ID', '1', 'code'],
    ['Account number', '1', 'code'],
    ['ZIP code', '1', 'code'],
    ['Zip', '1', 'code'],
    ['Emergency contact phone number', '1', 'phone'],
    ['E-mail or phone number', '1', 'free'],
    ['Name of your pharmacy', '1', 'free'],
    ['Pharmacy name', '1', 'free'],
    ['What is it called?', 'name', 'free'],
    ['What happened?', '1', 'free'],
    ['Do you have a mobile phone?', '1', 'free'],
    ['What time is best to call on your phone at work', '1', 'free'],
    ['Street address', '1', 'free'],
  ];
  for (const [text, linkId, form] of rows) {
    test(`${text} (${linkId}): ${form}`, () => {
      assert.equal(inferForm('string', { linkId, text, prompt: text }), form);
    });
  }

  test('only of a string', () => {
    assert.equal(inferForm('text', { linkId: 'phone', text: 'Phone', prompt: '' }), 'free');
  });
});

describe('a plain FHIR questionnaire', () => {
  const plain = (item: object) =>
    definitionOf(
      JSON.stringify({
        resourceType: 'Questionnaire',
        url: 'https://other.example/q',
        version: '1',
        title: 'Plain',
        status: 'active',
        item: [{ linkId: '1', type: 'string', required: true, ...item }],
      }),
      'plain.json',
    );
  const said = 'five five five zero one zero zero one two three';
  const valueOf = (call: Conversation) => {
    const known = call.state.items['1'];
    return known?.status === 'answered' ? known.values[0] : call.step;
  };

  test('has digits stored for a phone number, whose length is that of the digits', () => {
    const call = new Conversation(plain({ text: 'Phone number', maxLength: 10 }));
    call.say(said);
    assert.equal(valueOf(call), '+15550100123');
  });

  test('has digits stored for a policy number, and counts these', () => {
    const call = new Conversation(plain({ text: 'Policy number', maxLength: 10 }));
    call.say(said);
    assert.equal(valueOf(call), '5550100123');
    const short = new Conversation(plain({ text: 'Policy number', maxLength: 9 }));
    short.say(said);
    assert.deepEqual(short.happened, ['invalid:1']);
  });

  test('follows what the voice profile says, whatever the text', () => {
    const url = 'https://vestibule.example/fhir/StructureDefinition/voice-form';
    const call = new Conversation(plain({ text: 'Phone', extension: [{ url, valueCode: 'free' }] }));
    call.say('by the door');
    assert.equal(valueOf(call), 'by the door');
  });
});
