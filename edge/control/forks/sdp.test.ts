import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audioSections, listeningAnswer } from './sdp.ts';

const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');
const session = ['v=0', 'o=- 1 1 IN IP4 10.0.0.1', 's=x', 't=0 0'];

test('sections of an offer: where from, and formats with their encodings, static ones too', () => {
  const offer = lines(
    ...session,
    ...[
      'm=audio 10000 RTP/AVP 8 101',
      'c=IN IP4 10.0.0.1',
      'a=rtpmap:101 telephone-event/8000',
      'a=ptime:20',
    ],
    ...['m=video 10002 RTP/AVP 96', 'a=rtpmap:96 VP8/90000'],
    ...['m=audio 10004 RTP/AVP 0', 'c=IN IP4 10.0.0.2', 'a=rtpmap:0 PCMU/8000', 'a=fmtp:0 x'],
  );
  assert.deepEqual(audioSections(offer), [
    {
      from: { host: '10.0.0.1', port: 10000 },
      formats: [
        { payloadType: 8, encoding: 'PCMA/8000' },
        { payloadType: 101, encoding: 'telephone-event/8000' },
      ],
      formatLines: ['a=rtpmap:101 telephone-event/8000'],
    },
    {
      from: { host: '10.0.0.2', port: 10004 },
      formats: [{ payloadType: 0, encoding: 'PCMU/8000' }],
      formatLines: ['a=rtpmap:0 PCMU/8000', 'a=fmtp:0 x'],
    },
  ]);
  assert.deepEqual(audioSections(lines(...session)), []);
});

test('the address of a session holds for the sections that have none', () => {
  const [section] = audioSections(lines(...session, 'c=IN IP4 10.0.0.9', 'm=audio 1 RTP/AVP 0'));
  assert.equal(section?.from.host, '10.0.0.9');
});

test('an answer takes every format as offered, each section to its place, and sends nothing', () => {
  const offer = lines(
    ...session,
    ...[
      'm=audio 10000 RTP/AVP 0 101',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=sendonly',
    ],
    ...['m=audio 10002 RTP/AVP 8', 'a=rtpmap:8 PCMA/8000', 'a=sendonly'],
  );
  const places = [
    { host: '10.1.0.1', port: 4000 },
    { host: '10.1.0.2', port: 4002 },
  ];
  assert.equal(
    listeningAnswer(audioSections(offer), places),
    lines(
      ...['v=0', 'o=- 0 0 IN IP4 10.1.0.1', 's=-', 't=0 0'],
      ...['m=audio 4000 RTP/AVP 0 101', 'c=IN IP4 10.1.0.1', 'a=rtpmap:0 PCMU/8000'],
      ...['a=rtpmap:101 telephone-event/8000', 'a=recvonly'],
      ...['m=audio 4002 RTP/AVP 8', 'c=IN IP4 10.1.0.2', 'a=rtpmap:8 PCMA/8000', 'a=recvonly'],
    ),
  );
});
