import assert from 'node:assert/strict';
import { X509Certificate, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { localCertificates } from './certificates.ts';
import { temporaryFolder } from './testing/parts.ts';

const edgeOf = (folder: string, address: string) => ({
  private: { address, sip: 5060, control: 2223, store: 'redis://127.0.0.1:1' },
  control: {
    port: 8443,
    certificate: join(folder, 'edge/cert.pem'),
    key: join(folder, 'edge/key.pem'),
    authorities: join(folder, 'edge/ca.pem'),
    grants: join(folder, 'edge/grants.pem'),
    consumers: ['127.0.0.30/32'],
  },
});

test('certificates are made once, where vestibule.yaml names them, and anew for another address', (t) => {
  const state = temporaryFolder(t);
  const edge = edgeOf(state, '127.0.0.11');
  const { control } = edge;
  const recorder = localCertificates({ state }, [edge])!;
  const shown = () => new X509Certificate(readFileSync(control.certificate));
  const first = shown();
  const authority = new X509Certificate(readFileSync(control.authorities));
  const client = new X509Certificate(readFileSync(recorder.certificate));
  assert.equal(first.checkIP('127.0.0.11'), '127.0.0.11');
  assert.ok(first.verify(authority.publicKey) && client.verify(authority.publicKey));
  assert.deepEqual([first.keyUsage, client.keyUsage], [['1.3.6.1.5.5.7.3.1'], ['1.3.6.1.5.5.7.3.2']]);
  const signature = sign(null, Buffer.from('x'), createPrivateKey(readFileSync(recorder.grantKey)));
  assert.ok(verify(null, Buffer.from('x'), createPublicKey(readFileSync(control.grants)), signature));
  assert.equal(statSync(recorder.grantKey).mode & 0o077, 0);

  localCertificates({ state }, [edge]);
  assert.equal(shown().serialNumber, first.serialNumber);
  localCertificates({ state }, [edgeOf(state, '127.0.0.12')]);
  assert.equal(shown().checkIP('127.0.0.12'), '127.0.0.12');
});

test('a deployment without edge.control gets none', (t) => {
  assert.equal(
    localCertificates({ state: temporaryFolder(t) }, [{ private: edgeOf('', '127.0.0.11').private }]),
    undefined,
  );
});
