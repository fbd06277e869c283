import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cseq,
  Dialog,
  header,
  headerList,
  makeResponse,
  type SipRequest,
  verifyDigest,
  answerChallenge,
  digestResponse,
} from '../index.ts';

const invite: SipRequest = {
  kind: 'request',
  method: 'INVITE',
  uri: 'sip:+15550100100@127.0.0.1:5180',
  headers: [
    ['Record-Route', '<sip:127.0.0.11;lr;ftag=1>, <sip:127.0.0.10;lr>'],
    ['Via', 'SIP/2.0/UDP 127.0.0.11;branch=z9hG4bKp'],
    ['Via', 'SIP/2.0/UDP 127.0.0.20:5060;branch=z9hG4bKc;received=127.0.0.20'],
    ['From', '<sip:+15550100123@127.0.0.20>;tag=carrier'],
    ['To', '<sip:+15550100100@127.0.0.10>'],
    ['Call-ID', 'abc'],
    ['CSeq', '7 INVITE'],
    ['Contact', '<sip:+15550100123@127.0.0.20:5060>'],
  ],
  body: '',
};

test('a callee behind proxies sends its BYE along the recorded route, to the caller’s contact', () => {
  const dialog = Dialog.asCallee(invite, 'SCL_1', 2);
  const bye = dialog.request('BYE');
  assert.equal(bye.uri, 'sip:+15550100123@127.0.0.20:5060');
  assert.deepEqual(headerList(bye, 'Route'), ['<sip:127.0.0.11;lr;ftag=1>', '<sip:127.0.0.10;lr>']);
  assert.deepEqual(dialog.nextHop(), { address: '127.0.0.11', port: 5060 });
  assert.deepEqual(cseq(bye), { number: 2, method: 'BYE' });
  assert.equal(header(bye, 'From'), '<sip:+15550100100@127.0.0.10>;tag=SCL_1');
});

test('a caller reverses the route, and owns what comes back in the dialog', () => {
  const answer = makeResponse(
    invite,
    { address: '127.0.0.11', port: 5060 },
    {
      status: 200,
      reason: 'OK',
      toTag: 'SCL_1',
      headers: [['Contact', '<sip:127.0.0.1:5180;transport=udp>']],
    },
  );
  assert.equal(
    headerList(answer, 'Via')[0],
    'SIP/2.0/UDP 127.0.0.11;branch=z9hG4bKp;rport=5060;received=127.0.0.11',
  );
  const dialog = Dialog.asCaller(invite, answer);
  assert.equal(dialog.target, 'sip:127.0.0.1:5180;transport=udp');
  assert.deepEqual(dialog.nextHop(), { address: '127.0.0.10', port: 5060 });
  const bye = Dialog.asCallee(invite, 'SCL_1').request('BYE');
  assert.equal(dialog.owns(bye), true);
  assert.equal(dialog.owns({ ...bye, headers: [['Call-ID', 'other']] }), false);
});

test('old requests are not accepted, and a re-INVITE moves the target', () => {
  const dialog = Dialog.asCallee(invite, 'SCL_1');
  const moved = invite.headers.map(([name, value]): [string, string] => {
    if (name === 'Contact') return [name, '<sip:new@127.0.0.20:5999>'];
    return name === 'CSeq' ? [name, '8 INVITE'] : [name, value];
  });
  assert.equal(dialog.accept({ ...invite, headers: moved }), true);
  assert.equal(dialog.target, 'sip:new@127.0.0.20:5999');
  assert.equal(dialog.accept(invite), false);
});

test('a digest is answered and verified; another password, nonce or user is not taken', () => {
  const credentials = { username: 'bob', password: 'zanzibar' };
  const challenge = { realm: 'biloxi.com', nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093' };
  const request = { method: 'INVITE', uri: 'sip:bob@biloxi.com' };
  // With qop, the example of RFC 2617 §3.5.
  const offered =
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
  const mufasa = { username: 'Mufasa', password: 'Circle Of Life' };
  const get = { method: 'GET', uri: '/dir/index.html' };
  assert.match(
    answerChallenge(offered, mufasa, get, '0a4f113b') ?? '',
    /qop=auth, nc=00000001, response="6629fae49393a05397450978507c4ef1"$/,
  );
  // Without qop the response is that of RFC 2069.
  assert.equal(digestResponse(credentials, challenge, request), 'bf57e4e0d0bffc0fbaedce64d59add5e');
  const answer = answerChallenge(
    `Digest realm="${challenge.realm}", nonce="${challenge.nonce}", algorithm=MD5`,
    credentials,
    request,
  );
  assert.ok(answer);
  assert.equal(verifyDigest(answer, credentials, challenge, 'INVITE'), true);
  assert.equal(verifyDigest(answer, { ...credentials, password: 'x' }, challenge, 'INVITE'), false);
  assert.equal(verifyDigest(answer, credentials, { ...challenge, nonce: 'x' }, 'INVITE'), false);
  assert.equal(verifyDigest(answer, { ...credentials, username: 'x' }, challenge, 'INVITE'), false);
});
