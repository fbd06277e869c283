import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasIntent, type Intent } from './intents.ts';

const examples: [heard: string, intents: Intent[]][] = [
  ['thank you for calling goodbye', ['goodbye']],
  ['i heard march third is that right', ['readBack']],
  ['five five five is that correct', ['readBack']],
  ['may we record this call', ['consent']],
  ['is it okay if this call is recorded', ['consent']],
  ['is there anything else', ['anythingElse']],
  ["sorry i didn't catch that", ['repeat']],
  ['sorry i did not understand that', ['repeat']],
  ['one moment please', ['wait']],
  ['what is your date of birth', []],
  ['if this is an emergency hang up and dial nine one one', []],
  ['say goodbye to waiting what is the main reason for your visit today please', []],
];

for (const [heard, wanted] of examples) {
  test(`"${heard}" means ${wanted.join(', ') || 'none of the intents'}`, () => {
    const all: Intent[] = ['goodbye', 'readBack', 'consent', 'anythingElse', 'repeat', 'wait'];
    assert.deepEqual(
      all.filter((intent) => hasIntent(intent, heard)),
      wanted,
    );
  });
}
