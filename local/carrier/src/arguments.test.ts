import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { parseArguments } from './arguments.ts';

test('a persona is enough; the rest has defaults of one machine', () => {
  assert.deepEqual(parseArguments(['call', '--persona', 'p.yaml']), {
    persona: 'p.yaml',
    wavs: [],
    targets: [{ address: '127.0.0.10', port: 5060 }],
    number: '+15550100100',
    local: { address: '127.0.0.20', port: 5060, rtp: { from: 30000, to: 30999 } },
    out: '.local/calls',
  });
});

test('recordings may follow --wav without repeating it', () => {
  const parsed = parseArguments(['call', '--wav', 'a.wav', 'b.wav', '--limit', '20']);
  assert.ok(parsed !== 'help');
  assert.deepEqual([parsed.wavs, parsed.limitMs], [['a.wav', 'b.wav'], 20_000]);
});

test('a target with a user dials that number; two targets are two to fail over', () => {
  const parsed = parseArguments(
    'call --persona p --to sip:+15550100199@10.0.0.1:5080 --to sip:10.0.0.2'.split(' '),
  );
  assert.ok(parsed !== 'help');
  assert.equal(parsed.number, '+15550100199');
  assert.deepEqual(parsed.targets, [
    { address: '10.0.0.1', port: 5080 },
    { address: '10.0.0.2', port: 5060 },
  ]);
});

const wrong: [line: string, message: RegExp][] = [
  ['', /say what to do/],
  ['dance', /no "dance"/],
  ['call', /--persona FILE or --wav/],
  ['call --persona p extra', /"extra"/],
  ['call --persona p --to http://x', /--to/],
  ['call --persona p --number 123', /--number/],
  ['call --persona p --limit soon', /--limit/],
  ['call --persona p --rtp 9-1', /--rtp/],
  ['call --persona p --local here', /--local/],
  ['call --persona p --colour red', /--colour/],
];
for (const [line, message] of wrong) {
  test(`"${line}" is refused in one line`, () => {
    assert.throws(
      () => parseArguments(line === '' ? [] : line.split(' ')),
      (error) => isCodedError(error, 'usage') && message.test(error.message) && !error.message.includes('\n'),
    );
  });
}

test('help is help', () => assert.equal(parseArguments(['--help']), 'help'));
