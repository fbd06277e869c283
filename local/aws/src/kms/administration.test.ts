import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  ListAliasesCommand,
  ListKeysCommand,
  paginateListAliases,
  type CreateKeyCommandInput,
} from '@aws-sdk/client-kms';
import { ManualClock } from '@vestibule/core';
import { sdkClients } from '../testing/clients.ts';
import { errorNameOf, startTestServer, type TestServer } from '../testing/server.ts';

const now = Math.floor(Date.now() / 1000) * 1000;
let server: TestServer;
before(async () => {
  server = await startTestServer({ clock: new ManualClock(now) });
});
after(() => server.close());

async function createKey(input: CreateKeyCommandInput = {}) {
  using clients = sdkClients(server.port);
  return (await clients.kms.send(new CreateKeyCommand(input))).KeyMetadata;
}

async function createAlias(AliasName: string, TargetKeyId: string) {
  using clients = sdkClients(server.port);
  return await clients.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId }));
}

test("Vestibule's two keys exist from the start", async () => {
  using clients = sdkClients(server.port);
  const { Aliases = [], Truncated } = await clients.kms.send(new ListAliasesCommand());
  assert.equal(Truncated, false);
  assert.deepEqual(
    Aliases.map(({ AliasArn }) => AliasArn),
    ['record', 'signer'].map((name) => `arn:aws:kms:us-east-1:000000000000:alias/vestibule-${name}`),
  );
  const described = Aliases.map(async ({ TargetKeyId: KeyId }) => {
    const { KeyMetadata } = await clients.kms.send(new DescribeKeyCommand({ KeyId }));
    return [KeyMetadata?.KeySpec, KeyMetadata?.KeyUsage, KeyMetadata?.KeyState];
  });
  assert.deepEqual(await Promise.all(described), [
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'Enabled'],
    ['ECC_NIST_P256', 'SIGN_VERIFY', 'Enabled'],
  ]);
});

describe('a key made here', () => {
  test('is described as AWS describes one', async () => {
    const metadata = await createKey({ Description: 'for a test' });
    const { Arn, KeyId, ...rest } = metadata ?? {};
    assert.equal(Arn, `arn:aws:kms:us-east-1:000000000000:key/${KeyId}`);
    assert.deepEqual(rest, {
      AWSAccountId: '000000000000',
      CreationDate: new Date(now),
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      Description: 'for a test',
      Enabled: true,
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
    });
  });

  test('may be one for signatures', async () => {
    const metadata = await createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    assert.deepEqual(metadata?.SigningAlgorithms, ['ECDSA_SHA_256']);
  });

  for (const [name, input, error] of [
    [
      'a spec that is not here',
      { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
      'UnsupportedOperationException',
    ],
    ['a signing key without a usage', { KeySpec: 'ECC_NIST_P256' }, 'ValidationException'],
    ['a usage its spec does not have', { KeyUsage: 'SIGN_VERIFY' }, 'ValidationException'],
  ] as const) {
    test(`is not ${name}`, async () => assert.equal(await errorNameOf(createKey(input)), error));
  }
});

describe('an alias', () => {
  test('names its key from then on, and is listed, a page at a time', async () => {
    using clients = sdkClients(server.port);
    const { KeyId = '' } = (await createKey()) ?? {};
    for (const name of ['alias/b', 'alias/a', 'alias/c']) await createAlias(name, KeyId);
    const { KeyMetadata } = await clients.kms.send(new DescribeKeyCommand({ KeyId: 'alias/a' }));
    assert.equal(KeyMetadata?.KeyId, KeyId);
    const pages = await Array.fromAsync(
      paginateListAliases({ client: clients.kms, pageSize: 2 }, { KeyId }),
      ({ Aliases = [] }) => Aliases.map(({ AliasName }) => AliasName),
    );
    assert.deepEqual(pages, [['alias/a', 'alias/b'], ['alias/c']]);
  });

  for (const [name, error] of [
    ['alias/vestibule-record', 'AlreadyExistsException'],
    ['vestibule', 'InvalidAliasNameException'],
    ['alias/aws/s3', 'NotAuthorizedException'],
    ['alias/a b', 'ValidationException'],
  ] as const) {
    test(`cannot be ${name}`, async () => {
      const { KeyId = '' } = (await createKey()) ?? {};
      assert.equal(await errorNameOf(createAlias(name, KeyId)), error);
    });
  }

  test('names a key that is there, and no other alias', async () => {
    const nobody = '01234567-89ab-cdef-0123-456789abcdef';
    assert.equal(await errorNameOf(createAlias('alias/new', nobody)), 'NotFoundException');
    assert.equal(
      await errorNameOf(createAlias('alias/new', 'alias/vestibule-record')),
      'ValidationException',
    );
  });

  test('cannot be used to disable its key', async () => {
    using clients = sdkClients(server.port);
    const command = new DisableKeyCommand({ KeyId: 'alias/vestibule-record' });
    assert.equal(await errorNameOf(clients.kms.send(command)), 'InvalidArnException');
  });
});

test('operations that are not here are unknown', async () => {
  using clients = sdkClients(server.port);
  assert.equal(await errorNameOf(clients.kms.send(new ListKeysCommand())), 'UnknownOperationException');
});
