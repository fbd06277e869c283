import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { type TestContext, test } from 'node:test';
import { type Logger, ManualClock } from '@vestibule/core';
import {
  buildSdp,
  encodeRtp,
  encodeTelephoneEvent,
  g711Offer,
  Pacer,
  parseSdp,
  SipEndpoint,
  type SipMessage,
  type SipRequest,
} from '@vestibule/local-telephony';
import { Authenticator } from './authenticator.ts';
import { type CallServices, InboundCall } from './call.ts';
import type { DispatchRule } from './directory.ts';
import { officialLimits } from './limits.ts';
import type { RoomLeg } from './room-leg.ts';

const address = '127.0.0.1';
const silent = { with: () => logger, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const logger = silent as unknown as Logger;

const rule = (sipDispatchRuleId: string, pin: string): DispatchRule => ({
  sipDispatchRuleId,
  trunkIds: [],
  inboundNumbers: [],
  numbers: [],
  target: { kind: 'direct', roomName: sipDispatchRuleId, pin },
  hidePhoneNumber: false,
  attributes: {},
  metadata: '',
  roomPreset: '',
  roomConfig: undefined,
});

function invite(contact: string): SipRequest {
  const sdp = buildSdp({ sessionId: 1, version: 1, audio: { address, port: 9 }, formats: g711Offer });
  const headers: [string, string][] = [
    ['From', `<sip:+15550100123@${address}>;tag=1`],
    ['To', `<sip:+15550100100@${address}>`],
    ['Call-ID', 'x'],
    ['CSeq', '1 INVITE'],
    ['Contact', contact],
    ['Content-Type', 'application/sdp'],
  ];
  return { kind: 'request', method: 'INVITE', uri: `sip:+15550100100@${address}`, headers, body: sdp };
}

/** A call by real sockets and a clock of its own; somebody answers in every room. */
async function call(t: TestContext, { rules = [rule('open', '')], contact = '<sip:a@h>' } = {}) {
  const clock = new ManualClock(0);
  const sent: { message: SipMessage; at: number }[] = [];
  const tap = (direction: string, message: SipMessage) => {
    if (direction === 'out') sent.push({ message, at: clock.monotonic() });
  };
  const endpoint = await SipEndpoint.open({ address, port: 0, clock, tap });
  const caller = await SipEndpoint.open({ address, port: 0, clock });
  const rtp = createSocket('udp4');
  const rooms: string[] = [];
  const ended = Promise.withResolvers<void>();
  const leg: RoomLeg = {
    hear: () => {},
    say: () => undefined,
    pressKey: () => {},
    setAttributes: async () => {},
    ids: async () => ({ participantId: '', roomId: '' }),
    attributes: () => ({}),
    leave: async () => {},
  };
  const services: CallServices = {
    endpoint,
    readDirectory: async () => ({ trunks: [], rules }),
    authenticator: new Authenticator(clock, officialLimits.challenge),
    joinRoom: async ({ room }, { onAudio }) => {
      rooms.push(room);
      onAudio();
      return leg;
    },
    pacer: new Pacer(clock),
    clock,
    logger,
    limits: officialLimits,
    rtp: { address, ports: { from: 0, to: 0 } },
    contact: `<sip:${address}>`,
    sendReport: async () => {},
    serveTransfers: () => () => {},
    randomName: () => 'AAAAAAAAAAAA',
    onEnd: ended.resolve,
  };
  const calls: InboundCall[] = [];
  endpoint.onRequest = (transaction) => {
    calls.push(new InboundCall(transaction, 'SCL_1', services));
    void calls[0]!.run();
  };
  const answered = Promise.withResolvers<number>();
  caller.onRequest = (transaction) => transaction.respond({ status: 200, reason: 'OK' });
  const request = invite(contact);
  caller.request(request, endpoint.local, {
    onFinal: ({ body, headers }) => {
      const to = headers.find(([name]) => name === 'To')!;
      const others = request.headers.filter(([name]) => ['From', 'Call-ID'].includes(name));
      const ack = {
        ...request,
        method: 'ACK',
        body: '',
        headers: [...others, to, ['CSeq', '1 ACK']],
      } as const;
      caller.sendAck(ack, endpoint.local);
      answered.resolve(parseSdp(body).audio.port);
    },
  });
  t.after(async () => {
    await calls[0]?.end('shutdown');
    for (const socket of [endpoint, caller, rtp]) socket.close();
  });
  const port = await answered.promise;
  const started = clock.monotonic();
  const send = (payloadType: number, timestamp: number, payload: Uint8Array) =>
    new Promise<void>((resolve) => {
      const packet = { payloadType, timestamp, payload, marker: false, sequence: 0, ssrc: 1 };
      rtp.send(encodeRtp(packet), port, address, () => setImmediate(resolve));
    });
  return {
    clock,
    rooms,
    ended: ended.promise,
    send,
    /** Sends audio every 20 ms of that time. */
    talk: async (ms: number) => {
      for (let at = 0; at < ms; at += 20) {
        await send(0, at * 8, new Uint8Array(160));
        await clock.advance(20);
      }
    },
    press: async (digits: string) => {
      for (const [index, digit] of [...digits].entries())
        await send(101, index * 8000, encodeTelephoneEvent({ digit, end: true, volume: 10, duration: 800 }));
    },
    /** Seconds from the answer to the BYE; undefined while the call is up. */
    hungUpAfter: () => {
      const bye = sent.find(({ message }) => message.kind === 'request' && message.method === 'BYE');
      return bye && (bye.at - started) / 1000;
    },
  };
}

const near = (actual: number | undefined, expected: number) =>
  assert.ok(actual !== undefined && Math.abs(actual - expected) <= 0.05, `after ${actual} s`);

test('a caller who falls silent is hung up on 15 s after the last packet (13a)', async (t) => {
  const { clock, talk, hungUpAfter } = await call(t);
  await talk(3000);
  await clock.advance(14_900);
  assert.equal(hungUpAfter(), undefined);
  await clock.advance(20_000);
  near(hungUpAfter(), 18);
});

test('one who never sends anything, 30 s after the answer (13b)', async (t) => {
  const { clock, hungUpAfter } = await call(t);
  await clock.advance(40_000);
  near(hungUpAfter(), 30);
});

test('one whose audio comes late and stops, 15 s after it stopped', async (t) => {
  const { clock, talk, hungUpAfter } = await call(t);
  await clock.advance(25_000);
  await talk(1000);
  await clock.advance(20_000);
  near(hungUpAfter(), 41);
});

test('# without a PIN opens no room that has one', async (t) => {
  const { clock, press, rooms, hungUpAfter } = await call(t, { rules: [rule('locked', '1234')] });
  await press('#');
  await clock.advance(3000);
  assert.deepEqual(rooms, []);
  near(hungUpAfter(), 2);
});

test('the right PIN opens its room', async (t) => {
  const { clock, press, rooms } = await call(t, { rules: [rule('open', ''), rule('locked', '1234')] });
  await press('1234#');
  await clock.advance(100);
  assert.deepEqual(rooms, ['locked']);
});

test('a Contact with a port that is none: the BYE goes to where the INVITE came from', async (t) => {
  const { clock, ended, hungUpAfter } = await call(t, { contact: '<sip:a@h:99999>' });
  await clock.advance(31_000);
  await ended;
  near(hungUpAfter(), 30);
});
