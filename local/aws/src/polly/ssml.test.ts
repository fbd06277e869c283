import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSsml, splitSentences } from './ssml.ts';

const texts = (ssml: string) => parseSsml(ssml).map((part) => (part.kind === 'text' ? part.text : part.ms));

test('sentences end at their marks, not at titles', () => {
  assert.deepEqual(splitSentences('Dr. Smith is in. Is he? "Yes."  Good'), [
    'Dr. Smith is in.',
    'Is he?',
    '"Yes."',
    'Good',
  ]);
});

test('SSML becomes sentences and silences', () => {
  assert.deepEqual(texts('<speak>Hi.<break/>You &amp; me<break time="1.5s"/><p>One.</p>Two.</speak>'), [
    'Hi.',
    300,
    'You & me',
    1500,
    'One.',
    500,
    'Two.',
  ]);
  assert.deepEqual(
    texts(
      '<speak><say-as interpret-as="characters">A1</say-as> <sub alias="World Wide Web">WWW</sub></speak>',
    ),
    ['A 1 World Wide Web'],
  );
});

for (const bad of [
  'Hello',
  '<speak>',
  '<speak><p></speak>',
  '<speak>a < b</speak>',
  '<speak>&nope;</speak>',
  '<speak/><speak/>',
  '<speak><break time="soon"/></speak>',
]) {
  test(`refuses ${bad}`, () => assert.throws(() => parseSsml(bad), { code: 'InvalidSsmlException' }));
}
