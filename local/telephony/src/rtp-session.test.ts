import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { test } from 'node:test';
import { ManualClock } from '@vestibule/core';
import { encodeRtp, encodeTelephoneEvent, Pacer, RtpSession } from './index.ts';

const address = '127.0.0.1';
const format = { codec: 'PCMU', payloadType: 0, eventPayloadType: 101 } as const;

async function session(onDigit: (digit: string) => void = () => undefined) {
  const clock = new ManualClock(0);
  const media = await RtpSession.open({
    address,
    ports: { from: 0, to: 0 },
    pacer: new Pacer(clock),
    clock,
    onDigit,
  });
  return { clock, media };
}

test('a press whose packets have an SSRC of their own, between the audio’s, is told once', async () => {
  const digits: string[] = [];
  const { media } = await session((digit) => digits.push(digit));
  media.start({ address, port: 9 }, format);
  const socket = createSocket('udp4');
  const send = (payloadType: number, ssrc: number, timestamp: number, payload: Uint8Array) =>
    socket.send(
      encodeRtp({ payloadType, ssrc, timestamp, payload, marker: false, sequence: 0 }),
      media.port,
      address,
    );
  for (const [press, digit] of [...'55'].entries()) {
    for (let step = 0; step < 8; step++) {
      const payload = encodeTelephoneEvent({ digit, end: step > 5, volume: 10, duration: 160 * (step + 1) });
      send(101, 0xbbbb, press * 8000, payload);
      send(0, 0xaaaa, press * 8000 + step * 160, new Uint8Array(160));
    }
  }
  while (media.packetsReceived < 32) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(digits.join(''), '55');
  socket.close();
  media.close();
});

test('audio that nothing can be sent to is lost, and the session goes on', async () => {
  const { clock, media } = await session();
  media.start({ address, port: 70_000 }, format);
  await clock.advance(60);
  assert.equal(media.packetsSent, 3);
  media.close();
});
