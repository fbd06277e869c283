import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { SecureHost } from './secure-host.ts';
import { tlsConnection } from './tls-peer.ts';

/** Kamailio 5.6's processes share OpenSSL 3's error state: handshakes at one time must not be in several of them. */

let host: SecureHost;
before(async () => {
  host = await SecureHost.start();
});
after(() => host.stop());

/** Refused ones matter most: they leave errors behind. */
const kinds: readonly ConnectionOptions[] = [
  {},
  { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' },
  { maxVersion: 'TLSv1.2' },
  { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' },
];

async function handshake(options: ConnectionOptions): Promise<'taken' | 'refused'> {
  try {
    const { carrier } = host.addresses;
    (await tlsConnection(carrier, host.authority.certificate, host.tls, options)).destroy();
    return 'taken';
  } catch (error) {
    assert.match(String((error as { code?: unknown }).code), /ALERT_(PROTOCOL_VERSION|HANDSHAKE_FAILURE)$/);
    return 'refused';
  }
}

test('2,400 handshakes, 80 at a time, half of them refused: no memory is corrupted, and a call goes on', async () => {
  const { outer, inner, edge, inside } = await host.secureCall();
  const results: string[] = [];
  for (let round = 0; round < 30; round++) {
    results.push(...(await Promise.all(Array.from({ length: 80 }, (_, n) => handshake(kinds[n % 4] ?? {})))));
  }
  assert.equal(results.filter((result) => result === 'taken').length, 1200);
  assert.doesNotMatch(await host.edge.log(), /CRITICAL|ALERT|BUG/);
  await outer.reach(inner, 'caller goes on', edge);
  await inner.reach(outer, 'agent goes on', inside);
});
