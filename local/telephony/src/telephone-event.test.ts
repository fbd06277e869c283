import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeTelephoneEvent, TelephoneEventReceiver, TelephoneEventSender } from './index.ts';

const hex = (payload: Uint8Array) => Buffer.from(payload).toString('hex');
const press = (timestamp: number, digit: string, ends: boolean[], ssrc = 1) =>
  ends.map((end, i) => ({
    ssrc,
    timestamp,
    payload: encodeTelephoneEvent({ digit, end, volume: 10, duration: 160 * (i + 1) }),
  }));

test('a press is told once, however many of its packets arrive', () => {
  const receiver = new TelephoneEventReceiver();
  const packets = [
    ...press(1000, '1', [false, false, true, true, true]),
    ...press(3000, '#', [false]),
    ...press(5000, 'A', [true, true, true]),
    ...press(7000, '7', [false, true]),
    ...press(9000, '7', [false, true]),
  ];
  assert.deepEqual(
    packets.map((packet) => receiver.push(packet)).filter((digit) => digit !== undefined),
    ['1', '#', 'A', '7', '7'],
  );
});

test('stragglers of the press before, other events and short payloads are nothing', () => {
  const receiver = new TelephoneEventReceiver();
  receiver.push(press(3000, '2', [false])[0]!);
  assert.equal(receiver.push(press(1000, '1', [true])[0]!), undefined);
  assert.equal(receiver.push({ ssrc: 1, timestamp: 5000, payload: Uint8Array.of(16, 0, 0, 0) }), undefined);
  assert.equal(receiver.push({ ssrc: 1, timestamp: 6000, payload: Uint8Array.of(1, 2) }), undefined);
});

test('another source’s timestamps begin anew', () => {
  const receiver = new TelephoneEventReceiver();
  const packets = [...press(9000, '1', [false, true]), ...press(500, '2', [false, true, true], 2)];
  assert.deepEqual(
    packets.map((packet) => receiver.push(packet)),
    ['1', undefined, '2', undefined, undefined],
  );
});

test('a press is sent as the official service sends it: 12 updates, the end three times, 300 ms between two', () => {
  const sender = new TelephoneEventSender();
  sender.enqueue('3x4');
  const steps = Array.from({ length: 29 }, () => sender.step());
  assert.deepEqual(
    steps.slice(0, 13).map((packets) => packets.map(({ payload }) => hex(payload))),
    [
      ...['00a0', '0140', '01e0', '0280', '0320', '03c0', '0460', '0500', '05a0', '0640', '06e0', '0780'].map(
        (duration) => [`030a${duration}`],
      ),
      ['038a0820', '038a0820', '038a0820'],
    ],
  );
  assert.deepEqual(
    steps.slice(0, 13).map(([first]) => [first?.marker, first?.age]),
    Array.from({ length: 13 }, (_, age) => [age === 0, age]),
  );
  assert.deepEqual(
    steps.slice(13, 27).map((packets) => packets.length),
    Array.from({ length: 14 }, () => 0),
  );
  assert.equal(hex(steps[27]![0]!.payload), '040a00a0');
  assert.equal(sender.idle, false);
});
