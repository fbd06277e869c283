import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CarrierEvent } from '@vestibule/local-carrier';
import type { EntryKind, Entry } from '@vestibule/record';
import { display } from './display.ts';
import { clock, format, Screen } from './screen.ts';

function entry(kind: EntryKind, payload: unknown): Entry {
  const header = {
    version: 2,
    fence: 1,
    callId: 'c',
    seq: 0,
    at: '2026-01-01T00:00:00.000Z',
    kind,
    writer: 'w',
  } as const;
  return { header: { ...header, previous: '', commitment: '' }, hash: '', outer: '', inner: '', payload };
}

const shown = (kind: EntryKind, payload: unknown) =>
  display({ source: 'log', entry: entry(kind, payload), atMs: 1000 }).map(
    ({ who, text }) => `${who}: ${text}`,
  );

const carrier = (event: CarrierEvent) =>
  display({ source: 'carrier', event: { ...event, atMs: 0 } }).map(({ who, text }) => `${who}: ${text}`);

test('the log shows who speaks, tools, answers, red flags and the end', () => {
  const span = { startMs: 0, endMs: 1 };
  assert.deepEqual(shown('said', { piiText: 'Hello.', source: 'script' }), ['agent: Hello.']);
  assert.deepEqual(shown('final', { piiText: 'yes', confidence: 1, ...span }), ['heard: yes']);
  assert.deepEqual(shown('tool-call', { id: '1', name: 'record_answer', piiArguments: { a: 1 }, key: 'k' }), [
    'tool: record_answer {"a":1}',
  ]);
  assert.deepEqual(
    shown('answer', {
      piiInput: {},
      piiEvents: [
        { kind: 'answered', linkId: 'name', display: 'Ruth Miller', confirmed: false },
        { kind: 'invalid', linkId: 'birth-date', problem: 'in the future' },
        { kind: 'completed' },
      ],
    }),
    ['answer: name: Ruth Miller (to be confirmed)', 'answer: birth-date: not accepted, in the future'],
  );
  assert.deepEqual(
    shown('red-flag', { id: 'chest-pain', severity: 'high', action: 'hand over', lane: 'phrase' }),
    ['RED FLAG: chest-pain (high): hand over'],
  );
  assert.deepEqual(shown('end', { outcome: 'complete', by: 'agent', durationMs: 1 }), [
    'end: intake complete',
  ]);
  assert.deepEqual(shown('prompt', {}), []);
});

test('interim text is live, and a payload that was withheld shows nothing', () => {
  const [line] = display({
    source: 'log',
    entry: entry('partial', { piiText: 'my na', startMs: 0, endMs: 1 }),
    atMs: 0,
  });
  assert.equal(line?.live, true);
  assert.deepEqual(shown('tool-call', undefined), []);
});

test('the carrier shows the wire and the latency of a turn', () => {
  assert.deepEqual(carrier({ event: 'answer', codec: 'PCMU', keys: true }), ['carrier: answered, PCMU']);
  assert.deepEqual(carrier({ event: 'agent-speech-start', latencyMs: 812.4 }), [': 812 ms to the answer']);
  assert.deepEqual(carrier({ event: 'agent-speech-start' }), []);
  assert.deepEqual(carrier({ event: 'hangup', by: 'agent' }), ['carrier: hung up by the agent']);
});

test('lines keep to the width, with a hanging indent and no colour where there is none', () => {
  const line = {
    atMs: 62_340,
    who: 'agent',
    text: 'one two three four five six seven',
    colour: 'cyan',
  } as const;
  const lines = format(line, { columns: 42, colour: false });
  assert.deepEqual(lines, [' 1:02.3 agent     one two three four five', '                  six seven']);
  assert.equal(clock(0), '0:00.0');
});

test('interim text is overwritten on a terminal and left out of a file', () => {
  for (const [live, expected] of [
    [true, ' 0:00.0 hearing   my na\r\u001b[K 0:00.0 heard     my name\n'],
    [false, ' 0:00.0 heard     my name\n'],
  ] as const) {
    let written = '';
    const screen = new Screen({ columns: 80, colour: false, live, write: (text) => (written += text) });
    screen.show({ atMs: 0, who: 'hearing', text: 'my na', live: true });
    screen.show({ atMs: 0, who: 'heard', text: 'my name' });
    screen.end();
    assert.equal(written, expected);
  }
});
