import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { buildSdp, parseSdp, type SdpDirection } from '@vestibule/local-telephony';
import { SdpAuthor } from './sdp-author.ts';

const audio = { address: '127.0.0.20', port: 30_000 };
const offerOf = (direction: SdpDirection, formats = [{ payloadType: 8, encoding: 'PCMA' }]) =>
  buildSdp({ sessionId: 7, version: 3, audio: { address: '127.0.0.1', port: 9 }, formats, direction });

test('an answer mirrors the direction of the offer', () => {
  for (const [offered, answered] of [
    ['sendrecv', 'sendrecv'],
    ['sendonly', 'recvonly'],
    ['recvonly', 'sendonly'],
    ['inactive', 'inactive'],
  ] as const) {
    assert.equal(parseSdp(new SdpAuthor(audio).answer(offerOf(offered))).direction, answered);
  }
});

test('an answer holds the formats in common, numbered and ordered as in the offer', () => {
  const formats = [
    { payloadType: 18, encoding: 'G729' },
    { payloadType: 96, encoding: 'telephone-event' },
    { payloadType: 8, encoding: 'PCMA' },
  ];
  const answer = new SdpAuthor(audio).answer(offerOf('sendrecv', formats));
  assert.match(answer, /m=audio 30000 RTP\/AVP 96 8\r\n/);
  assert.match(answer, /a=rtpmap:96 telephone-event\/8000\r\n/);
  assert.throws(
    () => new SdpAuthor(audio).answer(offerOf('sendrecv', formats.slice(0, 1))),
    (error) => isCodedError(error, 'no-common-codec'),
  );
});

test('the version grows only when the description changes, the session stays the same', () => {
  const author = new SdpAuthor(audio);
  const made = [author.offer(), author.offer(), author.answer(offerOf('sendonly')), author.offer()];
  assert.deepEqual(
    made.map((sdp) => parseSdp(sdp).version),
    ['1', '1', '2', '3'],
  );
  assert.equal(new Set(made.map((sdp) => parseSdp(sdp).sessionId)).size, 1);
});
