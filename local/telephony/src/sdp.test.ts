import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { buildSdp, chooseFormat, g711Offer, parseSdp, sdpFormats } from './index.ts';

const offer = (media: string, attributes: string[] = []) =>
  [
    'v=0',
    'o=caller 1000 1 IN IP4 192.0.2.1',
    's=-',
    'c=IN IP4 192.0.2.1',
    't=0 0',
    media,
    ...attributes,
    '',
  ].join('\r\n');

test('what is built is read again', () => {
  const audio = { address: '192.0.2.7', port: 30_000 };
  const parsed = parseSdp(
    buildSdp({ sessionId: 5, version: 6, audio, formats: g711Offer, direction: 'sendonly' }),
  );
  assert.deepEqual(
    [parsed.audio, parsed.sessionId, parsed.version, parsed.direction],
    [audio, '5', '6', 'sendonly'],
  );
  assert.deepEqual(
    parsed.formats.map(({ payloadType, encoding }) => [payloadType, encoding]),
    [
      [0, 'PCMU'],
      [8, 'PCMA'],
      [101, 'TELEPHONE-EVENT'],
    ],
  );
});

test('static payload types need no rtpmap, and the section’s own address counts', () => {
  const parsed = parseSdp(offer('m=audio 4000 RTP/AVP 0 8', ['c=IN IP4 192.0.2.9']));
  assert.equal(parsed.audio.address, '192.0.2.9');
  assert.deepEqual(chooseFormat(parsed, ['PCMU', 'PCMA']), { codec: 'PCMU', payloadType: 0 });
});

test('the preference decides, not the order of the offer; only telephone-event/8000 counts', () => {
  const parsed = parseSdp(
    offer('m=audio 4000 RTP/AVP 8 0 100 96', [
      'a=rtpmap:100 telephone-event/16000',
      'a=rtpmap:96 telephone-event/8000',
    ]),
  );
  const format = chooseFormat(parsed, ['PCMU', 'PCMA']);
  assert.deepEqual(format, { codec: 'PCMU', payloadType: 0, eventPayloadType: 96 });
  assert.deepEqual(sdpFormats(format), [
    { payloadType: 0, encoding: 'PCMU' },
    { payloadType: 96, encoding: 'telephone-event' },
  ]);
});

test('offers that cannot be taken are told apart', () => {
  for (const bad of [
    '',
    'hello',
    'v=0\r\nhello',
    offer('m=video 4000 RTP/AVP 96'),
    'v=0\r\no=x\r\n',
    offer('m=audio 70000 RTP/AVP 0'),
  ])
    assert.throws(
      () => parseSdp(bad),
      (error) => isCodedError(error, 'malformed-sdp'),
    );
  for (const none of ['m=audio 4000 RTP/AVP 18', 'm=audio 0 RTP/AVP 0'])
    assert.throws(
      () => chooseFormat(parseSdp(offer(none)), ['PCMU']),
      (error) => isCodedError(error, 'no-common-codec'),
    );
});
