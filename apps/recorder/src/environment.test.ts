import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvironment, readPem } from './environment.ts';

const whole = {
  VESTIBULE_LOG_URL: 'redis://127.0.0.1:6379',
  VESTIBULE_RECORDER_RTP: '127.0.0.1:42000-42399',
  VESTIBULE_RECORDER_CERTIFICATE: '/etc/cert.pem',
  VESTIBULE_RECORDER_KEY: '/etc/key.pem',
  VESTIBULE_RECORDER_AUTHORITIES_PEM: '-----BEGIN CERTIFICATE-----\nx',
  VESTIBULE_GRANT_KEY: '/etc/grant.pem',
};

test('a PEM text may be in a file or in the variable itself', async () => {
  const env = readEnvironment(whole);
  assert.equal(await readPem(env, 'VESTIBULE_RECORDER_AUTHORITIES'), '-----BEGIN CERTIFICATE-----\nx');
  assert.equal(env.VESTIBULE_RECORDER_KEY, '/etc/key.pem');
});

test('neither of the two, and both, are faults, told with all others', () => {
  const { VESTIBULE_GRANT_KEY: _, ...rest } = whole;
  const wrong = {
    ...rest,
    VESTIBULE_RECORDER_AUTHORITIES: '/etc/ca.pem',
    VESTIBULE_RECORDER_RTP: 'somewhere:1-2',
  };
  assert.throws(
    () => readEnvironment(wrong),
    ({ message }: Error) =>
      message.includes('VESTIBULE_RECORDER_RTP: must be an IPv4 address') &&
      message.includes('VESTIBULE_GRANT_KEY: set it to a file') &&
      message.includes('VESTIBULE_RECORDER_AUTHORITIES: set it to a file'),
  );
});
