import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { isCodedError, systemClock } from '@vestibule/core';
import { applyEdge } from '@vestibule/edge-config';
import { Authority } from './tls-certificates.ts';
import { SecureHost } from './secure-host.ts';
import { sipAnswer } from './sip-peer.ts';
import { tlsConnection } from './tls-peer.ts';

/** The edge's TLS socket: versions, suites, certificates. */

let host: SecureHost;
before(async () => {
  host = await SecureHost.start();
});
after(() => host.stop());

async function handshake(options: ConnectionOptions) {
  const { carrier } = host.addresses;
  const socket = await tlsConnection(carrier, host.authority.certificate, host.tls, options);
  const result = {
    version: socket.getProtocol(),
    cipher: socket.getCipher().name,
    serial: socket.getPeerCertificate().serialNumber,
  };
  socket.destroy();
  return result;
}

// Security level 0, or OpenSSL itself would not offer them, and the edge would have nothing to refuse.
for (const version of ['TLSv1', 'TLSv1.1'] as const) {
  test(`${version} is refused by the edge`, () =>
    assert.rejects(handshake({ minVersion: version, maxVersion: version, ciphers: 'ALL@SECLEVEL=0' }), {
      code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    }));
}

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`${version} is taken, with forward secrecy and AEAD`, async () => {
    const { cipher, ...rest } = await handshake({ minVersion: version, maxVersion: version });
    assert.equal(rest.version, version);
    assert.match(cipher, /^(ECDHE-.*(GCM|CHACHA20)|TLS_(AES|CHACHA20))/);
  });
}

for (const [what, ciphers] of [
  ['CBC', 'ECDHE-RSA-AES128-SHA256'],
  ['no forward secrecy', 'AES128-GCM-SHA256'],
] as const) {
  test(`TLS 1.2 with ${what} only is refused`, () =>
    assert.rejects(handshake({ maxVersion: 'TLSv1.2', ciphers }), { code: /ALERT_HANDSHAKE_FAILURE$/ }));
}

const reload = () =>
  applyEdge(host.edge.config, { paths: host.edge.paths, timers: host.timers, clock: systemClock });

test('reload under a live call: new connections get the new certificate, the call and its connection go on', async () => {
  const { addresses, livekit, carrier } = host;
  const { call, answer, outer, inner, edge, inside } = await host.secureCall();
  const old = await handshake({});
  await host.authority.issue('edge.test', addresses.edgePublic);
  assert.equal((await handshake({})).serial, old.serial, 'not before the reload');
  assert.deepEqual((await reload()).reloads, [['tls.reload']]);
  assert.notEqual((await handshake({})).serial, old.serial);

  await outer.reach(inner, 'caller goes on', edge);
  await inner.reach(outer, 'agent goes on', inside);
  call.inDialog('BYE', answer, 2);
  const bye = await livekit.next(/^BYE /, call.callId);
  livekit.send(sipAnswer(bye, '200 OK'), addresses.edgePrivate);
  await carrier.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 2 BYE/, call.callId);
  assert.equal(carrier.connection.destroyed, false);
});

test('reload with a file that is no certificate is refused, and the running one stays', async () => {
  const { certificate = '' } = host.edge.config.edge.public.tls ?? {};
  const old = await handshake({});
  const pem = await readFile(certificate);
  await writeFile(certificate, 'no certificate');
  await assert.rejects(
    reload(),
    (error) => isCodedError(error, 'refused') && error.message.includes(certificate),
  );
  await writeFile(certificate, pem);
  assert.equal((await handshake({})).serial, old.serial);
});

test('the edge does not send to a carrier whose certificate no authority of its own has signed', async () => {
  const other = await Authority.make(host.folder, 'other');
  const forged = await other.issue('forged.test', host.addresses.carrier);
  const carrier = await host.tlsPeer(host.addresses.carrier, { own: forged });
  const up = await host.secureCall(carrier);
  host.inDialog('BYE', up, 2);
  await host.livekit.next(/^SIP\/2\.0 [45]\d\d/, up.call.callId);
  assert.equal(
    carrier.received.some((text) => text.startsWith('BYE ')),
    false,
  );
});

test('a stranger’s request over TLS gets nothing but the end of its connection', async () => {
  const { stranger } = host.addresses;
  const socket = await tlsConnection(stranger, host.authority.certificate, host.tls);
  const received: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => received.push(bytes));
  socket.write(
    `OPTIONS sip:${host.addresses.edgePublic};transport=tls SIP/2.0\r\nVia: SIP/2.0/TLS ${stranger}:5061;branch=z9hG4bK1\r\n` +
      'Max-Forwards: 70\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n',
  );
  await once(socket, 'close', { signal: AbortSignal.timeout(8000) });
  assert.equal(Buffer.concat(received).length, 0);
});
