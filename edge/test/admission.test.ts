import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '@vestibule/core';
import { setDrain } from '@vestibule/edge-config';
import { CarrierCall, type CallOptions } from './carrier-call.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { audioSdp, headerOf, sipAnswer, SipPeer, sipRequest } from './sip-peer.ts';

/** Which of the carrier's requests are admitted, how the others are refused, and what goes inward of the rest. */

const addresses = testAddresses();
let edge: EdgeHost;
let carrier: SipPeer;
let livekit: SipPeer;

before(async () => {
  const extra = `
callers: { allow: ["+15550199000", "+15550199001"], deny: ["+15550199066"] }
rates: { perSource: 500/s, perNumber: 500/s, perCaller: 30/60s, concurrent: 40 }`;
  edge = await startEdge(
    testConfig(addresses, extra),
    { probe: 3600 },
    { VESTIBULE_LOG_KEY: 'k'.repeat(64) },
  );
  carrier = await SipPeer.open(addresses.carrier);
  livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
});
after(async () => {
  carrier.close();
  livekit.close();
  await edge.stop();
});

const call = (options: Omit<CallOptions, 'edge'> = {}) =>
  new CarrierCall(carrier, { edge: addresses.edgePublic, ...options }).invite();

/** Runs a call that the edge itself must refuse: nothing of it reaches LiveKit SIP. */
async function refused(options: Omit<CallOptions, 'edge'>): Promise<string> {
  const attempt = call(options);
  const answer = await attempt.final();
  assert.ok(!livekit.received.some((message) => message.includes(attempt.callId)), 'it went inward');
  return answer;
}

/** Runs a call that must go inward, and returns the INVITE as LiveKit SIP got it. */
async function admitted(options: Omit<CallOptions, 'edge'>): Promise<string> {
  const attempt = call(options);
  const invite = await livekit.next(/^INVITE /, attempt.callId);
  livekit.send(sipAnswer(invite, '486 Busy Here'), addresses.edgePrivate);
  assert.match(await attempt.final(), /^SIP\/2\.0 486/);
  return invite;
}

const refusals: [string, Omit<CallOptions, 'edge'>, string][] = [
  ['an unknown number', { number: '+15550100999' }, '404 Not Found'],
  ['a user that is no number', { number: 'admin' }, '404 Not Found'],
  [
    'a multipart body',
    {
      contentType: 'multipart/mixed;boundary=b',
      body: `--b\nContent-Type: application/sdp\n\n${audioSdp(addresses.carrier, 30000)}\n--b--\n`,
    },
    '415 Unsupported Media Type',
  ],
  [
    'a multipart body, in capitals',
    { contentType: 'MULTIPART/Related', body: 'x' },
    '415 Unsupported Media Type',
  ],
  [
    'a multipart body, by the short header',
    { headers: ['c: multipart/mixed;boundary=b'], body: '' },
    '415 Unsupported Media Type',
  ],
  ['a second Content-Type', { headers: ['c: multipart/mixed'] }, '415 Unsupported Media Type'],
  ['no SDP', { body: '' }, '488 SDP Offer Required'],
  [
    'an SDP that leads RTP to a stranger',
    { body: audioSdp(addresses.stranger, 30000) },
    '488 Not The Media Network',
  ],
  [
    'more media sections than RTPEngine can account for',
    { body: audioSdp(addresses.carrier, 30000) + 'm=audio 30002 RTP/AVP 0\r\n'.repeat(4) },
    '488 Too Many Media Sections',
  ],
  ['another body than SDP', { contentType: 'application/json', body: '{}' }, '488 SDP Offer Required'],
  ['a caller on the deny list', { caller: '+15550199066' }, '603 Decline'],
  ['no attestation where it is asked for', { number: '+15550100101' }, '603 Caller Not Attested'],
  [
    'attestation B where A is asked for',
    { number: '+15550100101', headers: ['X-Twilio-VerStat: TN-Validation-Passed-B'] },
    '603 Caller Not Attested',
  ],
];

for (const [what, options, status] of refusals) {
  test(`refused: ${what}`, async () => {
    const answer = await refused(options);
    assert.match(answer, new RegExp(`^SIP/2\\.0 ${status}\\r\\n`));
    assert.equal(headerOf(answer, 'Server'), undefined);
    assert.equal(headerOf(answer, 'Warning'), undefined);
  });
}

const outOfDialog: [string, string][] = [
  ['REGISTER', '405'],
  ['MESSAGE', '405'],
  ['SUBSCRIBE', '405'],
  ['PUBLISH', '405'],
  ['REFER', '405'],
  ['BYE', '481'],
  ['INFO', '481'],
  ['NOTIFY', '481'],
  ['UPDATE', '481'],
  ['CANCEL', '481'],
  ['OPTIONS', '200'],
];

for (const [method, status] of outOfDialog) {
  test(`${method} outside a call is answered ${status}`, async () => {
    const uri = `sip:+15550100100@${addresses.edgePublic}`;
    const { text, callId } = sipRequest(carrier, { method, uri });
    carrier.send(text, addresses.edgePublic);
    const answer = await carrier.next(/^SIP\/2\.0 [2-6]/, callId);
    assert.equal(answer.slice(8, 11), status);
    assert.equal(headerOf(answer, 'Server'), undefined);
  });
}

const attestations: [
  string,
  readonly string[],
  { caller?: string; attestation: string; verified: string },
][] = [
  ['none', [], { attestation: 'none', verified: 'no' }],
  ['No-TN-Validation', ['No-TN-Validation'], { attestation: 'none', verified: 'no' }],
  ['A, listed', ['TN-Validation-Passed-A'], { attestation: 'A', verified: 'yes' }],
  ['A, not listed', ['TN-Validation-Passed-A'], { caller: '+15550199002', attestation: 'A', verified: 'no' }],
  ['A diverted, listed', ['TN-Validation-Passed-A-Diverted'], { attestation: 'A', verified: 'no' }],
  ['A passed through, listed', ['TN-Validation-Passed-A-Passthrough'], { attestation: 'A', verified: 'no' }],
  ['B', ['TN-Validation-Passed-B'], { attestation: 'B', verified: 'no' }],
  ['C', ['TN-Validation-Passed-C'], { attestation: 'C', verified: 'no' }],
  ['failed A', ['TN-Validation-Failed-A'], { attestation: 'failed', verified: 'no' }],
  ['failed', ['TN-Validation-Failed'], { attestation: 'failed', verified: 'no' }],
  ['an unknown word', ['TN-Validation-Passed-AA'], { attestation: 'none', verified: 'no' }],
  [
    'said twice',
    ['TN-Validation-Passed-A', 'TN-Validation-Passed-A'],
    { attestation: 'none', verified: 'no' },
  ],
];

for (const [what, values, { caller, attestation, verified }] of attestations) {
  test(`attestation: ${what}`, async () => {
    const invite = await admitted({
      caller: caller ?? '+15550199001',
      headers: values.map((value) => `X-Twilio-VerStat: ${value}`),
    });
    assert.equal(headerOf(invite, 'X-Vestibule-Attestation'), attestation);
    assert.equal(headerOf(invite, 'X-Vestibule-Verified'), verified);
  });
}

test('attestation A passes where it is asked for, and each decision has an id of its own', async () => {
  const headers = ['X-Twilio-VerStat: TN-Validation-Passed-A'];
  const ids = [
    headerOf(await admitted({ number: '+15550100101', headers }), 'X-Vestibule-Decision'),
    headerOf(await admitted({ number: '+15550100101', headers }), 'X-Vestibule-Decision'),
  ];
  assert.notEqual(ids[0], ids[1]);
  const log = await edge.log();
  assert.ok(log.includes(`"decision":"${ids[0]}"`));
  const hashes = [...log.matchAll(/"event":"admitted".*"caller":"([0-9a-f]*)"/g)].map(([, hash]) => hash);
  assert.match(hashes.at(-1) ?? '', /^[0-9a-f]{16}$/);
  assert.equal(hashes.at(-1), hashes.at(-2), 'one caller, one hash');
  assert.doesNotMatch(log, /\+15550199/, 'a caller’s number is in the log');
});

test('a preloaded Route is not followed', async () => {
  const invite = await admitted({ headers: [`Route: <sip:${addresses.stranger}:5060;lr>`] });
  assert.equal(headerOf(invite, 'Route'), undefined);
});

test('drained, the edge answers 503 to new calls and OPTIONS; undrained, it takes them again', async () => {
  await setDrain(edge.paths, true, systemClock);
  assert.match(await refused({}), /^SIP\/2\.0 503 /);
  await setDrain(edge.paths, false, systemClock);
  await admitted({});
});

test('an insistent caller gets 486, and others are still admitted', async () => {
  const caller = '+15550199077';
  const codes: string[] = [];
  for (let n = 0; n < 32; n++) {
    const attempt = call({ caller, number: '+15550100101' });
    codes.push((await attempt.final()).slice(8, 11));
  }
  assert.deepEqual([...new Set(codes.slice(0, 30))], ['603'], 'within the rate the number’s own rule speaks');
  assert.deepEqual(codes.slice(30), ['486', '486']);
  await admitted({ caller: '+15550199078' });
});
