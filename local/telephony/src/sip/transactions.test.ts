import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@vestibule/core';
import {
  ClientTransaction,
  ServerTransaction,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../index.ts';

const peer = { address: '127.0.0.1', port: 5999 };

function request(method: string): SipRequest {
  const headers: [string, string][] = [
    ['Via', 'SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bK1;rport'],
    ['From', '<sip:a@b>;tag=1'],
    ['To', '<sip:c@d>'],
    ['Call-ID', 'x'],
    ['CSeq', `1 ${method}`],
  ];
  return { kind: 'request', method, uri: 'sip:c@d', headers, body: '' };
}

const response = (status: number): SipResponse => ({
  kind: 'response',
  status,
  reason: '',
  headers: [['To', '<sip:c@d>;tag=9']],
  body: '',
});

function wire(clock: ManualClock) {
  const sent: [number, string][] = [];
  let terminated = 0;
  const hooks = {
    send: (message: SipMessage) =>
      void sent.push([
        clock.monotonic(),
        message.kind === 'request' ? message.method : String(message.status),
      ]),
    onAccepted: () => undefined,
    onTerminated: () => void terminated++,
  };
  return { sent, hooks, terminated: () => terminated };
}

test('an INVITE without answer is sent again at 0.5, 1.5, 3.5 … s and given up after 32 s', async () => {
  const clock = new ManualClock(0);
  const { sent, hooks } = wire(clock);
  let timeouts = 0;
  new ClientTransaction(request('INVITE'), peer, clock, { onTimeout: () => timeouts++ }, hooks);
  await clock.advance(40_000);
  assert.deepEqual(
    sent.map(([at]) => at),
    [0, 500, 1500, 3500, 7500, 15_500, 31_500],
  );
  assert.equal(timeouts, 1);
});

test('another request is sent again at up to 4 s, and a provisional answer slows it down', async () => {
  const clock = new ManualClock(0);
  const { sent, hooks } = wire(clock);
  const transaction = new ClientTransaction(request('BYE'), peer, clock, {}, hooks);
  await clock.advance(1600);
  transaction.received(response(100));
  await clock.advance(8000);
  assert.deepEqual(
    sent.map(([at]) => at),
    [0, 500, 1500, 5600, 9600],
  );
  transaction.received(response(200));
  await clock.advance(10_000);
  assert.equal(sent.length, 5);
});

test('a refusal is acknowledged each time it comes, and told once', async () => {
  const clock = new ManualClock(0);
  const { sent, hooks, terminated } = wire(clock);
  let finals = 0;
  const transaction = new ClientTransaction(
    request('INVITE'),
    peer,
    clock,
    { onFinal: () => finals++ },
    hooks,
  );
  transaction.received(response(486));
  transaction.received(response(486));
  assert.deepEqual(
    sent.map(([, what]) => what),
    ['INVITE', 'ACK', 'ACK'],
  );
  assert.equal(finals, 1);
  await clock.advance(32_000);
  assert.equal(terminated(), 1);
});

test('a 200 to an INVITE is repeated until its ACK (RFC 3261 §13.3.1.4), then the retransmitted INVITE is absorbed', async () => {
  const clock = new ManualClock(0);
  const { sent, hooks } = wire(clock);
  const transaction = new ServerTransaction(request('INVITE'), peer, clock, hooks);
  let acks = 0;
  transaction.onAck = () => acks++;
  transaction.respond({ status: 180, reason: 'Ringing' });
  transaction.retransmitted();
  transaction.respond({ status: 200, reason: 'OK' });
  await clock.advance(8000);
  assert.deepEqual(sent, [
    [0, '180'],
    [0, '180'],
    [0, '200'],
    [500, '200'],
    [1500, '200'],
    [3500, '200'],
    [7500, '200'],
  ]);
  transaction.acknowledged(request('ACK'));
  transaction.acknowledged(request('ACK'));
  transaction.retransmitted();
  await clock.advance(20_000);
  assert.deepEqual([sent.length, acks], [7, 1]);
});

test('a 200 that is never acknowledged is reported after 32 s', async () => {
  const clock = new ManualClock(0);
  const { hooks, terminated } = wire(clock);
  const transaction = new ServerTransaction(request('INVITE'), peer, clock, hooks);
  let reported = 0;
  transaction.onNoAck = () => reported++;
  transaction.respond({ status: 200, reason: 'OK' });
  await clock.advance(33_000);
  assert.deepEqual([reported, terminated()], [1, 1]);
});

test('a refusal of an INVITE is repeated until its ACK, and nothing follows it', async () => {
  const clock = new ManualClock(0);
  const { sent, hooks } = wire(clock);
  const transaction = new ServerTransaction(request('INVITE'), peer, clock, hooks);
  transaction.respond({ status: 486, reason: 'Rejected' });
  transaction.respond({ status: 200, reason: 'OK' });
  await clock.advance(600);
  transaction.acknowledged(request('ACK'));
  await clock.advance(20_000);
  assert.deepEqual(sent, [
    [0, '486'],
    [500, '486'],
  ]);
});

test('an INVITE about which nothing more is said is forgotten 180 s after its last provisional response', async () => {
  const clock = new ManualClock(0);
  const { sent, hooks, terminated } = wire(clock);
  const transaction = new ServerTransaction(request('INVITE'), peer, clock, hooks);
  await clock.advance(100_000);
  transaction.respond({ status: 180, reason: 'Ringing' });
  await clock.advance(179_999);
  assert.equal(terminated(), 0);
  await clock.advance(1);
  assert.deepEqual([terminated(), sent.length], [1, 1]);
});

test('a call that was answered is not forgotten for want of another word', async () => {
  const clock = new ManualClock(0);
  const { hooks } = wire(clock);
  const transaction = new ServerTransaction(request('INVITE'), peer, clock, hooks);
  await clock.advance(170_000);
  transaction.respond({ status: 200, reason: 'OK' });
  transaction.acknowledged(request('ACK'));
  await clock.advance(20_000);
  assert.equal(transaction.state, 'accepted');
});
