import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { decodeBencode, encodeBencode, textOf } from './bencode.ts';

test('values are read as they were written', () => {
  for (const [value, text] of [
    ['', '0:'],
    ['spam', '4:spam'],
    [-3, 'i-3e'],
    [[], 'le'],
    [['a', 1, ['b']], 'l1:ai1el1:bee'],
    [{ command: 'ping', flags: ['x'] }, 'd7:command4:ping5:flagsl1:xee'],
    ['a\r\nü', '4:a\r\nü'],
  ] as const) {
    assert.equal(encodeBencode(value), text);
    assert.deepEqual(decodeBencode(text), value);
  }
});

test('what is cut off, followed by more, or nested without end is refused', () => {
  const whole = 'd4:listl1:ai1ee3:numi7ee';
  assert.doesNotThrow(() => decodeBencode(whole));
  for (let length = 0; length < whole.length; length++)
    assert.throws(
      () => decodeBencode(whole.slice(0, length)),
      (error) => isCodedError(error, 'malformed-bencode'),
    );
  for (const text of [`${whole}e`, 'i1', 'i-e', '-1:a', 'd1:a', 'di1ei2ee', '9:short', 'l'.repeat(100_000)])
    assert.throws(
      () => decodeBencode(text),
      (error) => isCodedError(error, 'malformed-bencode'),
      text.slice(0, 20),
    );
});

test('a member that is no string is read as an empty one', () => {
  assert.equal(textOf({ sdp: 'v=0' }, 'sdp'), 'v=0');
  assert.equal(textOf({ sdp: 1 }, 'sdp'), '');
  assert.equal(textOf({}, 'sdp'), '');
});
