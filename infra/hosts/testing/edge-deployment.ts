import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject, sign as signWith } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBundle, deploymentFiles } from '@vestibule/bundle';
import { parseConfig } from '@vestibule/config';
import type { EdgeChroot } from './edge-chroot.ts';

const repository = new URL('../../../', import.meta.url).pathname;

/** The golden deployment, with what this machine has no use for left out. */
const golden = readFileSync(join(repository, 'packages/edge-config/golden/vestibule.yaml'), 'utf8')
  .replaceAll(/^ {2}control: &control\n( {4}.*\n)+/gm, '')
  .replaceAll(/^ {4}control: \*control\n/gm, '')
  .replace('questionnaires: questionnaires', 'questionnaires: examples/questionnaires')
  .replace('questionnaire: refill', 'questionnaire: phq-2')
  // Debian's 140 authorities cost Kamailio ten seconds and more at its start: it reads them once a process.
  .replaceAll('/key.pem }', '/key.pem, authorities: /etc/vestibule/tls/fullchain.pem }');

export const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A signed bundle of the golden deployment, after `edit`. */
export async function bundleOf(
  version: number,
  key: KeyObject,
  edit = (yaml: string) => yaml,
  tenant = 'lakeside',
): Promise<Buffer> {
  const text = edit(golden);
  const file = join(repository, 'vestibule.yaml');
  const { config } = parseConfig(text, file);
  const files = (await deploymentFiles(config!, file)).map((each) =>
    each.path === 'vestibule.yaml' ? { path: each.path, bytes: Buffer.from(text) } : each,
  );
  const sign = async (message: Uint8Array) => signWith('sha256', message, key);
  return (await makeBundle({ tenant, version, files, sign })).bytes;
}

/** Puts an object where the parameter says, by its own digest unless another is given. */
export function publish(
  host: EdgeChroot,
  bytes: Uint8Array,
  sha256 = createHash('sha256').update(bytes).digest('hex'),
): void {
  host.write('stand-in/objects/v1', bytes);
  host.write(
    'stand-in/parameter',
    JSON.stringify({ bucket: 'bundles', key: 'bundle.tgz', versionId: 'v1', sha256 }),
  );
}

/** What the user data and the Secrets Manager give a host of zone `use1-az1`. */
export function provision(host: EdgeChroot, publicKey: KeyObject): void {
  host.write('stand-in/public.pem', publicKey.export({ type: 'spki', format: 'pem' }));
  const variables = {
    ...{ VESTIBULE_REGION: 'us-east-1', VESTIBULE_TENANT: 'lakeside', VESTIBULE_ZONE: 'use1-az1' },
    ...{ VESTIBULE_BUNDLE_PARAMETER: '/vestibule/bundle', VESTIBULE_BUNDLE_KEY: 'alias/bundles' },
    ...{
      VESTIBULE_SECRET: 'secret',
      VESTIBULE_STORE_SECRET: 'store-token',
      VESTIBULE_GROUP: 'edge-0',
      VESTIBULE_LOG_GROUP: 'edge',
      VESTIBULE_DRAIN_SECONDS: '30',
    },
  };
  host.write(
    'etc/vestibule/host.env',
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  host.write('stand-in/store-token.json', JSON.stringify({ password: 'of-the-store' }));
  host.write(
    'stand-in/secret.json',
    JSON.stringify({ ...certificate(), 'edge.env': 'VESTIBULE_LOG_KEY=00\n' }),
  );
}

function certificate(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-certificate-'));
  try {
    const at = (name: string) => join(folder, name);
    const subject = [
      '-subj',
      '/CN=edge',
      '-days',
      '30',
      '-keyout',
      at('key.pem'),
      '-out',
      at('fullchain.pem'),
    ];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject],
      { stdio: 'ignore' },
    );
    return Object.fromEntries(
      ['key.pem', 'fullchain.pem'].map((name) => [`tls/${name}`, readFileSync(at(name), 'utf8')]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
