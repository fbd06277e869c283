import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  type DecryptCommandInput,
  type GenerateDataKeyCommandInput,
} from '@aws-sdk/client-kms';
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
} from '@aws-sdk/client-kms';
import { sdkClients, type Http } from '../testing/clients.ts';
import { errorNameOf, startTestServer, type TestServer } from '../testing/server.ts';

const KeyId = 'alias/vestibule-record';
const EncryptionContext = { call: 'call_1', purpose: 'payload' };
const Plaintext = Buffer.from('a secret');

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.close());

async function dataKey(input: Partial<GenerateDataKeyCommandInput> = {}, http: Http = 'http/1.1') {
  using clients = sdkClients(server.port, http);
  return await clients.kms.send(new GenerateDataKeyCommand({ KeyId, EncryptionContext, ...input }));
}

async function decrypt(input: Partial<DecryptCommandInput>, http: Http = 'http/1.1') {
  using clients = sdkClients(server.port, http);
  return await clients.kms.send(
    new DecryptCommand({ CiphertextBlob: undefined, EncryptionContext, ...input }),
  );
}

async function encrypt(key = KeyId) {
  using clients = sdkClients(server.port, 'http/1.1');
  return await clients.kms.send(new EncryptCommand({ KeyId: key, Plaintext, EncryptionContext }));
}

for (const http of ['h2c', 'http/1.1'] satisfies Http[]) {
  test(`a data key comes back from its ciphertext over ${http}`, async () => {
    const made = await dataKey({ KeySpec: 'AES_256' }, http);
    assert.equal(made.Plaintext?.length, 32);
    assert.match(made.KeyId ?? '', /^arn:aws:kms:us-east-1:000000000000:key\/[0-9a-f-]{36}$/);
    const { CiphertextBlob } = made;
    const opened = await decrypt({ CiphertextBlob }, http);
    assert.deepEqual(opened.Plaintext, made.Plaintext);
    assert.equal(opened.KeyId, made.KeyId);
    assert.equal(opened.EncryptionAlgorithm, 'SYMMETRIC_DEFAULT');
  });
}

describe('data keys', () => {
  test('are as long as asked, and never the same', async () => {
    assert.equal((await dataKey({ KeySpec: 'AES_128' })).Plaintext?.length, 16);
    const [first, second] = [await dataKey({ NumberOfBytes: 64 }), await dataKey({ NumberOfBytes: 64 })];
    assert.equal(first.Plaintext?.length, 64);
    assert.notDeepEqual(first.Plaintext, second.Plaintext);
  });

  test('can be had without their plaintext', async () => {
    using clients = sdkClients(server.port);
    const made = await clients.kms.send(
      new GenerateDataKeyWithoutPlaintextCommand({ KeyId, EncryptionContext, KeySpec: 'AES_256' }),
    );
    assert.ok(!('Plaintext' in made));
    assert.equal((await decrypt({ CiphertextBlob: made.CiphertextBlob })).Plaintext?.length, 32);
  });

  for (const [name, input] of [
    ['neither spec nor size', {}],
    ['both', { KeySpec: 'AES_256', NumberOfBytes: 32 }],
    ['none of its bytes', { NumberOfBytes: 0 }],
    ['1,025 bytes', { NumberOfBytes: 1025 }],
    ['an unknown spec', { KeySpec: 'AES_512' as 'AES_256' }],
  ] as const) {
    test(`of ${name} are refused`, async () =>
      assert.equal(await errorNameOf(dataKey(input)), 'ValidationException'));
  }
});

describe('the encryption context', () => {
  test('may be listed in any order', async () => {
    const { CiphertextBlob } = await encrypt();
    const opened = await decrypt({
      CiphertextBlob,
      EncryptionContext: { purpose: 'payload', call: 'call_1' },
    });
    assert.deepEqual(Buffer.from(opened.Plaintext ?? []), Plaintext);
  });

  for (const [name, context] of [
    ['another value', { ...EncryptionContext, call: 'call_2' }],
    ['a pair too few', { call: 'call_1' }],
    ['a pair too many', { ...EncryptionContext, more: '' }],
    ['none', undefined],
  ] as const) {
    test(`with ${name} opens nothing`, async () => {
      const { CiphertextBlob } = await encrypt();
      const opened = decrypt({ CiphertextBlob, EncryptionContext: context });
      assert.equal(await errorNameOf(opened), 'InvalidCiphertextException');
    });
  }
});

describe('Decrypt', () => {
  test('takes the key by alias, ARN, id and alias ARN', async () => {
    using clients = sdkClients(server.port);
    const { CiphertextBlob } = await encrypt();
    const { KeyMetadata } = await clients.kms.send(new DescribeKeyCommand({ KeyId }));
    const names = [
      KeyId,
      KeyMetadata?.Arn,
      KeyMetadata?.KeyId,
      `arn:aws:kms:us-east-1:000000000000:${KeyId}`,
    ];
    for (const name of names) await decrypt({ CiphertextBlob, KeyId: name });
  });

  test('refuses a key that is another', async () => {
    using clients = sdkClients(server.port);
    const { KeyMetadata } = await clients.kms.send(new CreateKeyCommand());
    const { CiphertextBlob } = await encrypt();
    const opened = decrypt({ CiphertextBlob, KeyId: KeyMetadata?.KeyId });
    assert.equal(await errorNameOf(opened), 'IncorrectKeyException');
  });

  test('refuses a ciphertext of which any byte was changed', async () => {
    const { CiphertextBlob = new Uint8Array() } = await encrypt();
    const [inMagic, inKeyId, inIv, inTag, inText] = [2, 10, 25, 40, CiphertextBlob.length - 1];
    const changed = (at: number) =>
      decrypt({ CiphertextBlob: CiphertextBlob.with(at, CiphertextBlob[at]! ^ 1) });
    for (const at of [inMagic, inIv, inTag, inText])
      assert.equal(await errorNameOf(changed(at)), 'InvalidCiphertextException');
    assert.equal(await errorNameOf(changed(inKeyId)), 'AccessDeniedException');
  });

  test('refuses what is no ciphertext', async () => {
    for (const size of [1, 40, 6144]) {
      const opened = decrypt({ CiphertextBlob: new Uint8Array(size) });
      assert.equal(await errorNameOf(opened), 'InvalidCiphertextException');
    }
    for (const size of [0, 6145]) {
      const opened = decrypt({ CiphertextBlob: new Uint8Array(size) });
      assert.equal(await errorNameOf(opened), 'ValidationException');
    }
  });
});

describe('keys that cannot encrypt', () => {
  const id = '01234567-89ab-cdef-0123-456789abcdef';
  for (const [key, error] of [
    ['alias/nobody', 'NotFoundException'],
    ['vestibule-record', 'NotFoundException'],
    [id, 'NotFoundException'],
    [`arn:aws:kms:us-east-1:000000000000:key/${id}`, 'NotFoundException'],
    [`arn:aws:kms:eu-west-1:000000000000:${KeyId}`, 'NotFoundException'],
    [`arn:aws:kms:us-east-1:123456789012:${KeyId}`, 'AccessDeniedException'],
    ['alias/vestibule-signer', 'InvalidKeyUsageException'],
    ['', 'ValidationException'],
  ] as const) {
    test(`${JSON.stringify(key)}: ${error}`, async () =>
      assert.equal(await errorNameOf(encrypt(key)), error));
  }

  test('a disabled one, until it is enabled again', async () => {
    using clients = sdkClients(server.port);
    const { KeyMetadata } = await clients.kms.send(new CreateKeyCommand());
    const { KeyId: made = '' } = KeyMetadata ?? {};
    const { CiphertextBlob } = await encrypt(made);
    await clients.kms.send(new DisableKeyCommand({ KeyId: made }));
    assert.equal(await errorNameOf(encrypt(made)), 'DisabledException');
    assert.equal(await errorNameOf(decrypt({ CiphertextBlob })), 'DisabledException');
    await clients.kms.send(new EnableKeyCommand({ KeyId: made }));
    assert.ok(await decrypt({ CiphertextBlob }));
  });

  test('an algorithm that a symmetric key does not have', async () => {
    using clients = sdkClients(server.port);
    const command = new EncryptCommand({ KeyId, Plaintext, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' });
    assert.equal(await errorNameOf(clients.kms.send(command)), 'InvalidKeyUsageException');
  });

  test('4,097 bytes', async () => {
    using clients = sdkClients(server.port);
    const command = new EncryptCommand({ KeyId, Plaintext: new Uint8Array(4097) });
    await assert.rejects(clients.kms.send(command), {
      name: 'ValidationException',
      message:
        "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less " +
        'than or equal to 4096',
    });
  });
});

describe('KMS fails on demand', () => {
  for (const [kind, error] of [
    ['throttle', 'ThrottlingException'],
    ['error', 'KMSInternalException'],
    ['unavailable', 'ServiceUnavailableException'],
  ] as const) {
    test(kind, async () => {
      await server.plan({ service: 'kms', kind });
      assert.equal(await errorNameOf(encrypt()), error);
      await encrypt();
    });
  }

  test('and logs none of it', () => assert.deepEqual(server.logged, []));
});
