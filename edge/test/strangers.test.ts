import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { CarrierCall } from './carrier-call.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { audioSdp, sipAnswer, SipPeer, sipRequest } from './sip-peer.ts';

/** What comes from anywhere else gets no byte, and what is forged in a known sender's name goes nowhere. */

const addresses = testAddresses();
let edge: EdgeHost;
let carrier: SipPeer;
let livekit: SipPeer;
let stranger: SipPeer;

before(async () => {
  edge = await startEdge(testConfig(addresses), { probe: 3600 });
  carrier = await SipPeer.open(addresses.carrier);
  livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
  stranger = await SipPeer.open(addresses.stranger);
});
after(async () => {
  for (const peer of [carrier, livekit, stranger]) peer.close();
  await edge.stop();
});

const uri = `sip:+15550100100@${addresses.edgePublic}`;

/** OPTIONS of a known sender, through each of the two workers that a socket has: what came before is done with. */
async function settled(peer: SipPeer, address: string): Promise<void> {
  for (let n = 0; n < 6; n++) {
    const { text, callId } = sipRequest(peer, { method: 'OPTIONS', uri });
    peer.send(text, address);
    await peer.next(/^SIP\/2\.0 200/, callId);
  }
}

const stunBinding = '\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl';

function attacks(from: SipPeer): [string, string][] {
  const request = (method: string, extra: object = {}) => sipRequest(from, { method, uri, ...extra }).text;
  const sdp = audioSdp(from.address, 30000);
  return [
    ...[
      'INVITE',
      'REGISTER',
      'OPTIONS',
      'MESSAGE',
      'SUBSCRIBE',
      'REFER',
      'BYE',
      'CANCEL',
      'ACK',
      'NONSENSE',
    ].map((method): [string, string] => [method, request(method)]),
    [
      'an INVITE with forged headers',
      request('INVITE', { body: sdp, headers: ['X-Twilio-VerStat: TN-Validation-Passed-A'] }),
    ],
    [
      'a forged BYE in a dialog',
      request('BYE', { to: `<${uri}>;tag=SCL_1`, headers: [`Route: <sip:${addresses.edgePrivate};lr>`] }),
    ],
    ['Max-Forwards 0', request('OPTIONS').replace('Max-Forwards: 68', 'Max-Forwards: 0')],
    ['a request without most headers', 'OPTIONS sip:x SIP/2.0\n\n'],
    ['a keep-alive', '\n\n\n\n'],
    ['STUN', stunBinding],
    ['HTTP', 'GET / HTTP/1.1\nHost: x\n\n'],
    ['garbage', '\xff\xfe\x00garbage'],
    ['an answer to nothing', sipAnswer(request('INVITE'), '200 OK')],
    [
      'an answer to be relayed by its second Via',
      sipAnswer(
        request('INVITE').replace(
          'Via:',
          `Via: SIP/2.0/UDP ${addresses.edgePublic}:5060;branch=z9hG4bKx\nVia:`,
        ),
        '200 OK',
      ),
    ],
  ];
}

test('strangers get silence, on either interface', async () => {
  for (const address of [addresses.edgePublic, addresses.edgePrivate]) {
    for (const [, text] of attacks(stranger)) stranger.send(text, address);
  }
  await settled(carrier, addresses.edgePublic);
  await settled(livekit, addresses.edgePrivate);
  assert.deepEqual(stranger.received, []);
  assert.ok(!livekit.received.some((message) => !message.startsWith('SIP/2.0 200')), 'something went inward');
});

test('a known address counts only on its own interface', async () => {
  const wrongCarrier = await SipPeer.open(addresses.carrier);
  const wrongLivekit = await SipPeer.open(addresses.livekit[0]);
  for (const [, text] of attacks(wrongCarrier)) wrongCarrier.send(text, addresses.edgePrivate);
  for (const [, text] of attacks(wrongLivekit)) wrongLivekit.send(text, addresses.edgePublic);
  for (const [, text] of attacks(wrongLivekit)) wrongLivekit.send(text, addresses.edgePrivate);
  await settled(carrier, addresses.edgePublic);
  await settled(livekit, addresses.edgePrivate);
  assert.deepEqual([...wrongCarrier.received, ...wrongLivekit.received], []);
  wrongCarrier.close();
  wrongLivekit.close();
});

test('over TCP a stranger’s connection is closed without a byte', async () => {
  for (const first of [
    '\r\n\r\n',
    sipRequest(stranger, { method: 'OPTIONS', uri }).text.replaceAll('\n', '\r\n'),
  ]) {
    const socket = connect({ host: addresses.edgePublic, port: 5060, localAddress: addresses.stranger });
    await once(socket, 'connect');
    let bytes = 0;
    socket.on('data', (data) => (bytes += data.length));
    socket.write(first);
    socket.write(sipRequest(stranger, { method: 'REGISTER', uri }).text.replaceAll('\n', '\r\n'));
    await once(socket, 'close', { signal: AbortSignal.timeout(5000) });
    assert.equal(bytes, 0);
  }
});

test('a flood from a stranger draws no reply, and the carrier’s calls go on', async () => {
  for (let n = 0; n < 1000; n++)
    stranger.send(sipRequest(stranger, { method: 'INVITE', uri }).text, addresses.edgePublic);
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic, number: '+15550100999' }).invite();
  assert.match(await call.final(), /^SIP\/2\.0 404/);
  await settled(carrier, addresses.edgePublic);
  assert.deepEqual(stranger.received, []);
});

test('in a call’s name nothing goes anywhere but between the carrier and LiveKit SIP', async () => {
  const forged = (peer: SipPeer, edgeAddress: string, headers: string[], target: string) =>
    sipRequest(peer, {
      method: 'BYE',
      uri: target,
      to: `<${uri}>;tag=SCL_1`,
      headers: [`Route: <sip:${edgeAddress};lr>`, ...headers],
    });
  const victim = `sip:x@${stranger.address}:${stranger.port}`;
  const cases: [SipPeer, string, string[], string][] = [
    [carrier, addresses.edgePublic, [], victim],
    [carrier, addresses.edgePublic, [`Route: <${victim};lr>`], `sip:${addresses.livekit[0]}:${livekitPort}`],
    [carrier, addresses.edgePublic, [], `sip:${addresses.livekit[0]}:6390`],
    [carrier, addresses.edgePublic, [], `sip:${addresses.carrier}:5060`],
    [carrier, addresses.edgePublic, [], 'sip:localhost:5180'],
    [livekit, addresses.edgePrivate, [], victim],
    [livekit, addresses.edgePrivate, [], `sip:${addresses.livekit[1]}:${livekitPort}`],
  ];
  for (const [peer, address, headers, target] of cases) {
    const { text, callId } = forged(peer, address, headers, target);
    peer.send(text, address);
    assert.match(await peer.next(/^SIP\/2\.0 [2-6]/, callId), /^SIP\/2\.0 403/, target);
  }
  const { text, callId } = sipRequest(carrier, { method: 'BYE', uri, to: `<${uri}>;tag=SCL_1` });
  carrier.send(text, addresses.edgePublic);
  assert.match(await carrier.next(/^SIP\/2\.0/, callId), /^SIP\/2\.0 481/);
  assert.deepEqual(stranger.received, []);
});

test('LiveKit SIP cannot call out yet: 403', async () => {
  const { text, callId } = sipRequest(livekit, {
    method: 'INVITE',
    uri: `sip:+15550177000@${addresses.carrier}`,
    body: audioSdp(livekit.address, 41000),
  });
  livekit.send(text, addresses.edgePrivate);
  assert.match(await livekit.next(/^SIP\/2\.0 [2-6]/, callId), /^SIP\/2\.0 403/);
});
