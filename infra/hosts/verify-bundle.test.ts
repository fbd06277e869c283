import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { sign } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, describe, test } from 'node:test';
import { makeBundle } from '@vestibule/bundle';
import { keys } from './testing/edge-deployment.ts';

/** `verify-bundle.sh`, against bundles that Debian's tar has torn open and packed again. */

const script = new URL('edge/verify-bundle.sh', import.meta.url).pathname;
const { privateKey, publicKey } = keys();
const files = [
  { path: 'vestibule.yaml', bytes: Buffer.from('version: 1\n') },
  { path: 'edge/use1-az1/kamailio.cfg', bytes: Buffer.from('#!KAMAILIO\n') },
];

interface Workshop {
  /** The bundle's files. */
  content: string;
  /** Packs `content`. */
  pack: (...names: string[]) => void;
  verify: () => { status: number | null; stderr: string };
  target: string;
}

async function workshop(t: TestContext, signed = true): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-verify-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [bundle, key, content, target] = ['b.tgz', 'key.pem', 'content', 'target'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const { bytes } = await makeBundle({
    tenant: 'lakeside',
    version: 7,
    files,
    ...(signed ? { sign: async (message: Uint8Array) => sign('sha256', message, privateKey) } : {}),
  });
  writeFileSync(bundle, bytes);
  writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }));
  mkdirSync(content);
  execFileSync('tar', ['-xzf', bundle, '-C', content]);
  return {
    content,
    target,
    pack: (...names) =>
      void execFileSync('tar', [
        '--hard-dereference',
        '-czPf',
        bundle,
        '-C',
        content,
        ...(names.length > 0 ? names : readdirSync(content)),
      ]),
    verify: () => {
      const { status, stderr } = spawnSync(script, [bundle, key, target], { encoding: 'utf8' });
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.startsWith('.bundle')),
        [],
      );
      return { status, stderr };
    },
  };
}

test('what was signed is unpacked', async (t) => {
  const { verify, target } = await workshop(t);
  assert.deepEqual(verify(), { status: 0, stderr: '' });
  assert.equal(readFileSync(join(target, 'edge/use1-az1/kamailio.cfg'), 'utf8'), '#!KAMAILIO\n');
});

describe('refused in one line, and nothing is left', () => {
  const all = ['manifest', 'manifest.sig', 'vestibule.yaml', 'edge/use1-az1/kamailio.cfg'];
  const cases: [string, (shop: Workshop) => void, string][] = [
    [
      'an altered file',
      ({ content, pack }) => {
        writeFileSync(join(content, 'vestibule.yaml'), 'version: 2\n');
        pack(...all);
      },
      'not what was signed: vestibule.yaml',
    ],
    [
      'missing files',
      ({ pack }) => pack(...all.slice(0, 2)),
      'missing: edge/use1-az1/kamailio.cfg vestibule.yaml',
    ],
    [
      'an extra file',
      ({ content, pack }) => {
        writeFileSync(join(content, 'extra'), '');
        pack(...all, 'extra');
      },
      'not signed: extra',
    ],
    [
      'a file that is there twice',
      ({ pack }) => pack(...all, 'vestibule.yaml'),
      'not signed: vestibule.yaml',
    ],
    [
      'a file outside',
      ({ content, pack }) => {
        writeFileSync(join(content, '../outside'), '');
        pack(...all, '../outside');
      },
      'not signed: ../outside',
    ],
    [
      'a link',
      ({ content, pack }) => {
        symlinkSync('/etc', join(content, 'link'));
        pack(...all, 'link');
      },
      'it holds other things than files',
    ],
    ['a folder', ({ pack }) => pack(...all, 'edge'), 'it holds other things than files'],
    [
      'another manifest',
      ({ content, pack }) => {
        writeFileSync(
          join(content, 'manifest'),
          readFileSync(join(content, 'manifest'), 'utf8').replace('version 7', 'version 8'),
        );
        pack(...all);
      },
      'its signature is not of this key',
    ],
    [
      'no signature',
      ({ pack }) => pack(...all.filter((name) => name !== 'manifest.sig')),
      'it has no manifest.sig',
    ],
    [
      'a manifest that is there twice',
      ({ pack }) => pack('manifest', ...all),
      'its signature is not of this key',
    ],
    [
      'more than fits',
      ({ content, pack }) => {
        writeFileSync(join(content, 'zeros'), Buffer.alloc(70 << 20));
        pack(...all, 'zeros');
      },
      'it has more than 67108864 bytes',
    ],
  ];
  for (const [name, tear, words] of cases)
    test(name, async (t) => {
      const shop = await workshop(t);
      tear(shop);
      assert.deepEqual(shop.verify(), { status: 1, stderr: `bundle refused: ${words}\n` });
      assert.ok(!existsSync(shop.target));
    });
  test('one that was never signed', async (t) => {
    const shop = await workshop(t, false);
    assert.deepEqual(shop.verify(), { status: 1, stderr: 'bundle refused: it has no manifest.sig\n' });
  });
});
