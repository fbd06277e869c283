import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '@vestibule/config';
import type { Folders } from './folders.ts';

type Edge = Pick<Config['edge'], 'private' | 'control'>;

/** What the recorder shows to edge/control, and signs grants with. PEM files. */
export interface RecorderFiles {
  readonly certificate: string;
  readonly key: string;
  readonly authorities: string;
  readonly grantKey: string;
}

/**
 * An authority of this clone's own, with a certificate for edge/control of all zones and one for the recorder, and the key pair of grants: made
 * once, and again when an edge's address changes. edge/control's are put where vestibule.yaml names them.
 */
export function localCertificates(
  { state }: Pick<Folders, 'state'>,
  edges: readonly Edge[],
): RecorderFiles | undefined {
  const controlled = edges.filter(({ control }) => control !== undefined);
  if (controlled.length === 0) return undefined;
  const folder = join(state, 'control');
  const at = (name: string) => join(folder, name);
  const addresses = controlled.map((edge) => edge.private.address).join();
  if (!existsSync(at('address')) || readFileSync(at('address'), 'utf8') !== addresses)
    make(folder, addresses);
  for (const { control } of controlled) if (control) put(at, control);
  return {
    certificate: at('recorder.pem'),
    key: at('recorder.key'),
    authorities: at('ca.pem'),
    grantKey: at('grants.key'),
  };
}

function put(at: (name: string) => string, control: NonNullable<Edge['control']>): void {
  for (const [made, named] of [
    [at('edge.pem'), control.certificate],
    [at('edge.key'), control.key],
    [at('ca.pem'), control.authorities],
    [at('grants.pem'), control.grants],
  ] as const)
    if (made !== named) {
      mkdirSync(dirname(named), { recursive: true });
      copyFileSync(made, named);
    }
}

const newKey = (file: string) => [
  ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file],
];
const days = ['-days', '3650'];

function make(folder: string, addresses: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = (name: string) => join(folder, name);
  const authority = ['-subj', '/CN=Vestibule local', '-addext', 'basicConstraints=critical,CA:TRUE'];
  openssl('req', '-x509', ...newKey(at('ca.key')), ...days, '-out', at('ca.pem'), ...authority);
  const names = addresses
    .split(',')
    .map((address) => `IP:${address}`)
    .join();
  issue(folder, 'edge', `extendedKeyUsage=serverAuth\nsubjectAltName=${names}\n`);
  issue(folder, 'recorder', 'extendedKeyUsage=clientAuth\n');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(at('grants.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(at('grants.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  // Last: without it all is made again.
  writeFileSync(at('address'), addresses);
}

function issue(folder: string, name: string, extensions: string): void {
  const at = (ending: string) => join(folder, `${name}.${ending}`);
  const signer = ['-CA', join(folder, 'ca.pem'), '-CAkey', join(folder, 'ca.key'), '-CAcreateserial'];
  writeFileSync(at('ext'), extensions);
  openssl('req', '-new', ...newKey(at('key')), '-out', at('csr'), '-subj', `/CN=${name}`);
  openssl('x509', '-req', '-in', at('csr'), ...signer, ...days, '-extfile', at('ext'), '-out', at('pem'));
}

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
