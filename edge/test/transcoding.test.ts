import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, test, type TestContext } from 'node:test';
import { ok } from './answer.ts';
import { CarrierCall } from './carrier-call.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { rtpTarget, SipPeer } from './sip-peer.ts';
import { until } from './until.ts';

/** A carrier that speaks GSM alone, LiveKit SIP that speaks PCMU alone: tones go both ways, encoded and decoded by sox. */

const addresses = testAddresses();
const [inside] = addresses.livekit;
let edge: EdgeHost;
let carrier: SipPeer;
let livekit: SipPeer;

before(async () => {
  const carriers = [
    `{ name: old, kind: twilio, signalling: [${addresses.carrier}/32], media: [${addresses.carrier}/32], transcode: [GSM, G729] }`,
    `{ name: plain, kind: twilio, signalling: [${addresses.otherCarrier}/32], media: [${addresses.otherCarrier}/32] }`,
  ];
  const tls = '{ certificate: /etc/none.pem, key: /etc/none.pem }';
  const config = testConfig(addresses, '', { tls, carriers });
  edge = await startEdge(
    { ...config, edge: { ...config.edge, public: { ...config.edge.public, tls: undefined } } },
    { probe: 3600 },
  );
  carrier = await SipPeer.open(addresses.carrier);
  livekit = await SipPeer.open(inside, livekitPort);
});
after(async () => {
  carrier.close();
  livekit.close();
  await edge.stop();
});

/** An offer or answer of one codec; `format` is its static payload type (RFC 3551). */
const sdp = (address: string, port: number, format: number, codec: string) =>
  `v=0\r\no=- 1 1 IN IP4 ${address}\r\ns=-\r\nc=IN IP4 ${address}\r\nt=0 0\r\nm=audio ${port} RTP/AVP ${format}\r\na=rtpmap:${format} ${codec}/8000\r\n`;

/** Runs sox on bytes. */
async function sox(input: Buffer, args: string[]): Promise<Buffer> {
  const child = execFile('sox', args, { encoding: 'buffer', maxBuffer: 1 << 24 });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin?.end(input);
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 0, `sox ${args.join(' ')}`);
  return Buffer.concat(chunks);
}

const linear = ['-t', 'raw', '-r', '8000', '-e', 'signed', '-b', '16', '-c', '1', '-'];
const formats = {
  GSM: { type: 3, bytes: 33, file: ['-t', 'gsm', '-r', '8000', '-'] },
  PCMU: { type: 0, bytes: 160, file: ['-t', 'raw', '-r', '8000', '-e', 'mu-law', '-c', '1', '-'] },
};
type Codec = keyof typeof formats;

/** One second of a tone. */
const tone = (hertz: number): Buffer => {
  const samples = Int16Array.from(
    { length: 8000 },
    (_, i) => 8000 * Math.sin((2 * Math.PI * hertz * i) / 8000),
  );
  return Buffer.from(samples.buffer);
};

/** The share of the samples' power that is at a frequency (Goertzel), 0 to 1. */
function shareAt(samples: Int16Array, hertz: number): number {
  let [re, im, power] = [0, 0, 0];
  samples.forEach((sample, i) => {
    re += sample * Math.cos((2 * Math.PI * hertz * i) / 8000);
    im += sample * Math.sin((2 * Math.PI * hertz * i) / 8000);
    power += sample * sample;
  });
  return power === 0 ? 0 : (2 * (re * re + im * im)) / (samples.length * power);
}

/** A party that sends and keeps one codec's RTP. */
async function party(t: TestContext, address: string, codec: Codec) {
  const socket: Socket = createSocket('udp4').bind(0, address);
  await once(socket, 'listening');
  t.after(() => socket.close());
  const heard: Buffer[] = [];
  const types = new Set<number>();
  socket.on('message', (packet) => {
    types.add(packet.readUInt8(1) & 0x7f);
    heard.push(packet.subarray(12));
  });
  const { type, bytes, file } = formats[codec];
  return {
    port: socket.address().port,
    types,
    heard,
    /** One packet each 20 ms. */
    async play(hertz: number, target: { address: string; port: number }): Promise<void> {
      const encoded = await sox(tone(hertz), [...linear, ...file]);
      for (let n = 0; (n + 1) * bytes <= encoded.length; n += 1) {
        const packet = Buffer.alloc(12 + bytes);
        packet.writeUInt8(0x80, 0);
        packet.writeUInt8(type, 1);
        packet.writeUInt16BE(n + 1, 2);
        packet.writeUInt32BE(n * 160, 4);
        packet.writeUInt32BE(0x5eed0000 + type, 8);
        encoded.copy(packet, 12, n * bytes, (n + 1) * bytes);
        socket.send(packet, target.port, target.address);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async share(hertz: number): Promise<number> {
      const decoded = await sox(Buffer.concat(heard), [...file, ...linear]);
      return shareAt(new Int16Array(decoded.buffer, decoded.byteOffset, decoded.length >> 1), hertz);
    },
  };
}

test('GSM outside, PCMU inside: each side hears the other’s tone in its own codec', async (t) => {
  const outer = await party(t, addresses.carrier, 'GSM');
  const inner = await party(t, inside, 'PCMU');
  const body = sdp(addresses.carrier, outer.port, 3, 'GSM');
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic, body }).invite();
  const invite = await livekit.next(/^INVITE /, call.callId);
  assert.match(invite, /^m=audio \d+ RTP\/AVP 0\r$/m);
  livekit.send(ok(invite, livekit, inner.port), addresses.edgePrivate);
  const answer = await call.final();
  assert.match(answer, /^m=audio \d+ RTP\/AVP 3\r$/m);

  await Promise.all([outer.play(440, rtpTarget(answer)), inner.play(1000, rtpTarget(invite))]);
  await until('both have heard most of a second', () => outer.heard.length >= 40 && inner.heard.length >= 40);
  assert.deepEqual([[...outer.types], [...inner.types]], [[3], [0]]);
  const [atCarrier, atLiveKit] = [await outer.share(1000), await inner.share(440)];
  t.diagnostic(
    `power at the other's tone: carrier ${atCarrier.toFixed(2)}, LiveKit SIP ${atLiveKit.toFixed(2)}`,
  );
  assert.ok(atCarrier > 0.8 && atLiveKit > 0.8);
});

test('an offer that has PCMU as well is passed on as PCMU: nothing is transcoded', async () => {
  const body =
    sdp(addresses.carrier, 30000, 3, 'GSM').replace('RTP/AVP 3', 'RTP/AVP 3 0') + 'a=rtpmap:0 PCMU/8000\r\n';
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic, body }).invite();
  const invite = await livekit.next(/^INVITE /, call.callId);
  assert.match(invite, /^m=audio \d+ RTP\/AVP 0\r$/m);
  livekit.send(ok(invite, livekit, 41000), addresses.edgePrivate);
  assert.match(await call.final(), /^m=audio \d+ RTP\/AVP 0\r$/m);
});

test('another carrier’s offer goes inward as it is', async (t) => {
  const other = await SipPeer.open(addresses.otherCarrier);
  t.after(() => other.close());
  const body = sdp(addresses.otherCarrier, 30000, 3, 'GSM');
  const call = new CarrierCall(other, { edge: addresses.edgePublic, body }).invite();
  const invite = await livekit.next(/^INVITE /, call.callId);
  assert.match(invite, /^m=audio \d+ RTP\/AVP 3\r$/m);
  livekit.send(ok(invite, livekit, 41000), addresses.edgePrivate);
  await call.final();
});
