import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, type RedisServer, startRedis } from './redis-server.ts';

/** What the log store's user needs, and no more; the README has the same. */
export const logStoreRights =
  'resetchannels ~call:* ~{desk}:* ~{last-call:* -@all +ping +eval +evalsha +time +exists +get +set +incr +del +pexpire +xadd +xrange +zadd +zrem +zcard +zrangebyscore +bzpopmin +hset +hdel +hgetall';

const run = promisify(execFile);

/** A real redis-server that speaks nothing but TLS and knows one user, who has the log store's rights only. */
export async function startSecureRedis(): Promise<RedisServer & { anonymousUrl: string }> {
  const certificates = await mkdtemp(join(tmpdir(), 'vestibule-tls-'));
  const { ca, certificate, key } = await makeCertificates(certificates);
  const tlsPort = await freePort();
  const server = await startRedis({
    port: 0,
    config: () => [
      ...[`tls-port ${tlsPort}`, `tls-ca-cert-file ${ca}`, 'tls-auth-clients no'],
      ...[`tls-cert-file ${certificate}`, `tls-key-file ${key}`],
      ...['user default off', `user vestibule on >p@ss:word ${logStoreRights}`],
    ],
  });
  const host = `127.0.0.1:${tlsPort}?ca=${ca}`;
  return {
    ...server,
    port: tlsPort,
    url: `rediss://vestibule:${encodeURIComponent('p@ss:word')}@${host}`,
    anonymousUrl: `rediss://${host}`,
    stop: async () => {
      await server.stop();
      await rm(certificates, { recursive: true, force: true });
    },
  };
}

/** An authority, and a certificate for 127.0.0.1 that it signed, valid for a day. */
async function makeCertificates(folder: string) {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => run('openssl', args);
  const newKey = (name: string) => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    at(name),
  ];
  await openssl(
    'req',
    '-x509',
    ...newKey('ca.key'),
    '-out',
    at('ca.pem'),
    '-days',
    '1',
    '-subj',
    '/CN=tests',
  );
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  await openssl('req', '-new', ...newKey('redis.key'), '-out', at('redis.csr'), ...names);
  const signer = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-copy_extensions', 'copy'];
  await openssl('x509', '-req', '-in', at('redis.csr'), ...signer, '-days', '1', '-out', at('redis.pem'));
  return { ca: at('ca.pem'), certificate: at('redis.pem'), key: at('redis.key') };
}
