import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { CreateAliasCommand, DecryptCommand, EncryptCommand, GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { isCodedError } from '@vestibule/core';
import { sdkClients } from '../testing/clients.ts';
import { startTestServer } from '../testing/server.ts';
import { newKey, withKey } from './key-ring.ts';
import { KeyStore } from './key-store.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-'));
  file = join(folder, 'made', 'keys.json');
});

async function unusable(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(isCodedError(error, 'unusable-file'));
  return error.message;
}

test('ciphertexts, public keys and aliases outlive the process', async () => {
  const KeyId = 'alias/vestibule-record';
  const publicKey = async (port: number) => {
    using clients = sdkClients(port);
    return (await clients.kms.send(new GetPublicKeyCommand({ KeyId: 'alias/vestibule-signer' }))).PublicKey;
  };

  const first = await startTestServer({ kmsKeys: file });
  using before = sdkClients(first.port);
  const command = new EncryptCommand({ KeyId, Plaintext: Buffer.from('a secret') });
  const { CiphertextBlob, KeyId: TargetKeyId } = await before.kms.send(command);
  await before.kms.send(new CreateAliasCommand({ AliasName: 'alias/other', TargetKeyId }));
  const signer = await publicKey(first.port);
  await first.close();

  const second = await startTestServer({ kmsKeys: file });
  using after = sdkClients(second.port);
  const { Plaintext } = await after.kms.send(new DecryptCommand({ CiphertextBlob, KeyId: 'alias/other' }));
  assert.equal(Buffer.from(Plaintext ?? []).toString(), 'a secret');
  assert.deepEqual(await publicKey(second.port), signer);
  await second.close();
});

describe('the file of keys', () => {
  test('is for its owner alone, also after a change', async () => {
    const store = await KeyStore.open(file, 0);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    await chmod(file, 0o644);
    await store.change((ring) => withKey(ring, newKey('SYMMETRIC_DEFAULT', '', 0)));
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(join(folder, 'made')), ['keys.json']);
  });

  test('holds exactly the ring, and is not written again for nothing', async () => {
    const { ring } = await KeyStore.open(file, 1_700_000_000_123);
    const { mtimeMs } = await stat(file);
    assert.deepEqual((await KeyStore.open(file, 0)).ring, ring);
    assert.equal((await stat(file)).mtimeMs, mtimeMs);
  });

  test("gains Vestibule's own keys where it lacks them", async () => {
    await KeyStore.open(file, 0);
    const document = JSON.parse(await readFile(file, 'utf8')) as { aliases: { name: string }[] };
    document.aliases = document.aliases.filter(({ name }) => name === 'alias/vestibule-record');
    await writeFile(file, JSON.stringify(document));
    const { ring } = await KeyStore.open(file, 0);
    assert.deepEqual(
      ring.aliases.map(({ name }) => name),
      ['alias/vestibule-record', 'alias/vestibule-signer'],
    );
  });

  test('that is none is not replaced, and not repeated in the error', async () => {
    const { ring } = await KeyStore.open(file, 0);
    const whole = await readFile(file, 'utf8');
    const secret = ring.keys[0]?.material.toString('base64') ?? '';
    for (const text of [
      '',
      '{',
      '{"standIn":"local-aws"}',
      whole.replace(secret, secret.slice(4)),
      whole.slice(1),
    ]) {
      await writeFile(file, text);
      const message = await unusable(KeyStore.open(file, 0));
      assert.ok(message.startsWith(file));
      assert.ok(!message.includes(secret.slice(4)));
      assert.equal(await readFile(file, 'utf8'), text);
    }
  });

  test('that cannot be written stops the start', async () => {
    await writeFile(join(folder, 'file'), '');
    await unusable(KeyStore.open(join(folder, 'file', 'keys.json'), 0));
  });
});

describe('a change', () => {
  const add = (name: string) => (ring: KeyStore['ring']) =>
    withKey(ring, newKey('SYMMETRIC_DEFAULT', name, 0));
  const names = ({ ring }: KeyStore) => ring.keys.slice(2).map(({ description }) => description);

  test('made at the same time as others is not lost', async () => {
    const store = await KeyStore.open(file, 0);
    await Promise.all(['a', 'b', 'c'].map((name) => store.change(add(name))));
    assert.deepEqual(names(store), ['a', 'b', 'c']);
    assert.deepEqual(names(await KeyStore.open(file, 0)), ['a', 'b', 'c']);
  });

  test('that fails leaves the ring as it was, and does not stop the next', async () => {
    const store = await KeyStore.open(undefined, 0);
    const failed = store.change(() => {
      throw new Error('no');
    });
    await assert.rejects(failed, { message: 'no' });
    await store.change(add('a'));
    assert.deepEqual(names(store), ['a']);
  });
});
