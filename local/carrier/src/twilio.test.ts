import assert from 'node:assert/strict';
import { test } from 'node:test';
import { twilioInvite, twilioSid } from './twilio.ts';

const call = {
  from: '+15550100123',
  to: '+15550100100',
  verstat: 'TN-Validation-Passed-A',
  callSid: twilioSid('CA', 'ab'),
  accountSid: twilioSid('AC', 'cd'),
};
const target = { address: '127.0.0.10', port: 5060 };
const invite = (change: Partial<typeof call & { cnam: string }> = {}) =>
  twilioInvite({ ...call, ...change }, target, () => 'feed');
const headersOf = (value: ReturnType<typeof invite>) => new Map(value.headers);

test('an INVITE names caller and dialled number where Twilio puts them', () => {
  const { uri, from, to, contactUser, headers, callId } = invite();
  assert.equal(uri, 'sip:+15550100100@127.0.0.10:5060');
  assert.equal(from, '<sip:+15550100123@vestibule.pstn.twilio.com:5060>');
  assert.equal(to, '<sip:+15550100100@127.0.0.10:5060>');
  assert.equal(contactUser, '+15550100123');
  assert.equal(callId, 'feed@0.0.0.0');
  const map = new Map(headers);
  assert.equal(map.get('Diversion'), '<sip:+15550100100@twilio.com>;reason=unconditional');
  assert.match(map.get('P-Asserted-Identity') ?? '', /^<sip:\+15550100123@/);
  assert.equal(map.get('User-Agent'), 'Twilio Gateway');
  assert.match(map.get('X-Twilio-CallSid') ?? '', /^CA[0-9a-f]{32}$/);
  assert.match(map.get('X-Twilio-AccountSid') ?? '', /^AC[0-9a-f]{32}$/);
});

test('the attestation goes out as told; a call without PASSporT has no such header', () => {
  assert.equal(headersOf(invite()).get('X-Twilio-VerStat'), 'TN-Validation-Passed-A');
  assert.equal(
    headersOf(invite({ verstat: 'TN-Validation-Failed' })).get('X-Twilio-VerStat'),
    'TN-Validation-Failed',
  );
  assert.equal(headersOf(invite({ verstat: 'none' })).has('X-Twilio-VerStat'), false);
});

test('a caller ID name is a display name, without quotes of its own', () => {
  assert.match(invite({ cnam: 'RUTH "R" A' }).from, /^"RUTH R A" </);
});
