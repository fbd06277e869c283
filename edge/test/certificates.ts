import { execFile } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = (...args: string[]) => promisify(execFile)('/usr/bin/openssl', args);

export interface Issued {
  cert: string;
  key: string;
  certFile: string;
  keyFile: string;
}

/** An authority of one test, with certificates by OpenSSL, and a key pair for grants. */
export interface TestAuthority {
  ca: string;
  caFile: string;
  /** `usage`: what its extended key usage is, and nothing else. `address`: of a server. */
  issue(name: string, usage: 'serverAuth' | 'clientAuth', address?: string): Promise<Issued>;
  grants: { privateKey: KeyObject; publicKeyFile: string };
  remove(): Promise<void>;
}

export async function testAuthority(): Promise<TestAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-ca-'));
  const at = (name: string) => join(folder, name);
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await openssl(
    ...[
      'req',
      '-x509',
      ...ec,
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.pem'),
      '-days',
      '2',
      '-subj',
      '/CN=test CA',
    ],
    ...['-addext', 'basicConstraints=critical,CA:TRUE'],
  );
  const grants = generateKeyPairSync('ed25519');
  await writeFile(at('grants.pem'), grants.publicKey.export({ type: 'spki', format: 'pem' }));
  return {
    ca: await readFile(at('ca.pem'), 'utf8'),
    caFile: at('ca.pem'),
    grants: { privateKey: grants.privateKey, publicKeyFile: at('grants.pem') },
    issue: async (name, usage, address) => {
      const [keyFile, certFile, request] = [at(`${name}.key`), at(`${name}.pem`), at(`${name}.csr`)];
      const alternative = address === undefined ? '' : `subjectAltName=IP:${address}\n`;
      await writeFile(at(`${name}.ext`), `extendedKeyUsage=${usage}\n${alternative}`);
      await openssl('req', '-new', ...ec, '-keyout', keyFile, '-out', request, '-subj', `/CN=${name}`);
      await openssl(
        ...['x509', '-req', '-in', request, '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'],
        ...['-days', '2', '-extfile', at(`${name}.ext`), '-out', certFile],
      );
      const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
      return { cert, key, certFile, keyFile };
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
