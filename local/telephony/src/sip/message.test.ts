import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  header,
  headerList,
  parseNameAddress,
  parseSip,
  parseUri,
  parseVia,
  peerOf,
  serializeSip,
} from '../index.ts';

const text = [
  'INVITE sip:+15550100100@127.0.0.1 SIP/2.0',
  'v: SIP/2.0/UDP a:5060;branch=z9hG4bK1;rport , SIP/2.0/UDP b;branch=z9hG4bK2',
  'f: "Al, ice" <sip:+15550100123@example.org;x=1>;tag=7',
  'Subject: folded',
  '  over lines',
  'l: 4',
  '',
  'v=0\nleft over',
].join('\r\n');

test('compact names, lists, folding and Content-Length are read', () => {
  const message = parseSip(Buffer.from(text));
  assert.ok(message?.kind === 'request');
  assert.equal(message.method, 'INVITE');
  assert.equal(headerList(message, 'Via').length, 2);
  assert.equal(header(message, 'subject'), 'folded over lines');
  assert.equal(message.body, 'v=0\n');
});

test('what is no message is told by undefined', () => {
  for (const bad of [
    'hello',
    '\r\n\r\n',
    'INVITE sip:a SIP/2.0\r\nno colon\r\n\r\n',
    'SIP/2.0 20 OK\r\n\r\n',
  ])
    assert.equal(parseSip(Buffer.from(bad)), undefined, bad);
  assert.equal(parseSip(Buffer.from(text.replace('l: 4', 'l: 400'))), undefined);
});

test('a response with an empty reason survives', () => {
  const bytes = serializeSip({
    kind: 'response',
    status: 400,
    reason: '',
    headers: [['To', 'x']],
    body: 'ä',
  });
  assert.equal(bytes.toString(), 'SIP/2.0 400 \r\nTo: x\r\nContent-Length: 2\r\n\r\nä');
  const parsed = parseSip(bytes);
  assert.ok(parsed?.kind === 'response' && parsed.reason === '' && parsed.body === 'ä');
});

test('addresses come apart', () => {
  assert.deepEqual(parseNameAddress('"A \\"B\\"" <sip:u@h;lr>;tag=1').display, 'A "B"');
  assert.equal(parseNameAddress('sip:u@h;tag=2').parameters.get('tag'), '2');
  const uri = parseUri('sip:+1555@127.0.0.1:5080;transport=udp;lr');
  assert.deepEqual(
    [uri?.user, uri?.host, uri?.port, uri?.parameters.has('lr')],
    ['+1555', '127.0.0.1', 5080, true],
  );
  assert.equal(parseUri('tel:+1555')?.user, '+1555');
  assert.equal(parseUri('mailto:x@y'), undefined);
  assert.equal(parseVia('SIP/2.0/UDP 10.0.0.1:5061;branch=b')?.port, 5061);
});

test('an address with a port that is none is no address', () => {
  for (const port of [0, 65_536, 99_999]) {
    assert.equal(parseUri(`sip:u@h:${port}`), undefined);
    assert.equal(peerOf(`sip:u@h:${port}`), undefined);
    assert.equal(parseVia(`SIP/2.0/UDP h:${port};branch=b`), undefined);
  }
  assert.equal(parseUri('sip:u@h:65535')?.port, 65_535);
});
