import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { isCodedError } from '@vestibule/core';
import { root } from '../../processes.ts';
import { makeProgram } from '../../program.ts';
import { kmsSigner } from './signer.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

async function run(...args: string[]): Promise<string> {
  let written = '';
  const program = makeProgram({ write: (text) => (written += text) }, () => undefined);
  await program.parseAsync(['bundle', ...args], { from: 'user' });
  return written;
}

/** The golden deployment with its questionnaires, and a pair of keys. */
function folder(t: TestContext): (name: string) => string {
  const made = mkdtempSync(join(tmpdir(), 'vestibule-bundle-'));
  t.after(() => rmSync(made, { recursive: true }));
  cpSync(join(root, 'packages/edge-config/golden/vestibule.yaml'), join(made, 'vestibule.yaml'));
  cpSync(join(root, 'examples/questionnaires'), join(made, 'questionnaires'), { recursive: true });
  const golden = readFileSync(join(made, 'vestibule.yaml'), 'utf8');
  writeFileSync(
    join(made, 'vestibule.yaml'),
    golden.replaceAll('questionnaire: refill', 'questionnaire: phq-2'),
  );
  writeFileSync(join(made, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(made, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  return (name) => join(made, name);
}

test('made, and verified with the public key', async (t) => {
  const at = folder(t);
  const made = await run(
    'make',
    at('vestibule.yaml'),
    '--out',
    at('b.tgz'),
    '--sign-with',
    at('key.pem'),
    '--version',
    '7',
  );
  assert.match(made, /b\.tgz: version 7, \d+ files, signed with .*key\.pem\n$/);
  const verified = await run('verify', at('b.tgz'), '--key', at('public.pem'));
  assert.match(verified, /what was signed\. lakeside, version 7, \d+ files\n/);
  assert.match(verified, / {2}edge\/use1-az2\/kamailio\.cfg\n/);
});

test('without a key: the same bytes each time, and the word that no host takes it', async (t) => {
  const at = folder(t);
  for (const name of ['one', 'other'])
    assert.match(
      await run('make', at('vestibule.yaml'), '--out', at(name), '--version', '7'),
      /not signed: no host takes it/,
    );
  assert.ok(readFileSync(at('one')).equals(readFileSync(at('other'))));
  await assert.rejects(run('verify', at('one'), '--key', at('public.pem')), (error) =>
    isCodedError(error, 'bad-signature'),
  );
});

test('says what is wrong: file, key, version', async (t) => {
  const at = folder(t);
  const refused = (args: string[], code: string, message: RegExp) =>
    assert.rejects(run(...args), (error) => isCodedError(error, code) && message.test(error.message));
  const out = ['--out', at('b.tgz')];
  await refused(['make', at('none.yaml'), ...out], 'bad-file', /none\.yaml: no such file/);
  await refused(
    ['make', at('vestibule.yaml'), ...out, '--sign-with', at('public.pem')],
    'bad-file',
    /curve P-256/,
  );
  await refused(['make', at('vestibule.yaml'), ...out, '--version', '1.5'], 'bad-argument', /--version 1\.5/);
  await refused(['verify', at('vestibule.yaml'), '--key', at('public.pem')], 'malformed', /no gzip/);
  await refused(['verify', at('vestibule.yaml'), '--key', at('vestibule.yaml')], 'bad-file', /no public key/);
});

test('KMS gets the digest, and by which algorithm', async () => {
  const asked: SignCommand[] = [];
  const client = {
    send: async (command: SignCommand) => {
      asked.push(command);
      return { Signature: sign(null, Buffer.from('stand-in'), generateKeyPairSync('ed25519').privateKey) };
    },
  } as unknown as KMSClient;
  await kmsSigner(client, 'alias/bundles')(Buffer.from('manifest'));
  assert.deepEqual(
    asked.map(({ input }) => input),
    [
      {
        KeyId: 'alias/bundles',
        Message: createHash('sha256').update('manifest').digest(),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      },
    ],
  );
});
