import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import {
  GetPublicKeyCommand,
  SignCommand,
  VerifyCommand,
  type SignCommandInput,
  type VerifyCommandInput,
} from '@aws-sdk/client-kms';
import { sdkClients } from '../testing/clients.ts';
import { errorNameOf, startTestServer, type TestServer } from '../testing/server.ts';

const KeyId = 'alias/vestibule-signer';
const Message = Buffer.from('root of a tree');
const SigningAlgorithm = 'ECDSA_SHA_256';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.close());

async function sign(input: Partial<SignCommandInput> = {}) {
  using clients = sdkClients(server.port);
  return await clients.kms.send(new SignCommand({ KeyId, Message, SigningAlgorithm, ...input }));
}

async function verifyBy(input: Partial<VerifyCommandInput>) {
  using clients = sdkClients(server.port);
  const command = new VerifyCommand({ KeyId, Message, SigningAlgorithm, Signature: undefined, ...input });
  return await clients.kms.send(command);
}

test('a signature verifies with the public key, away from KMS', async () => {
  using clients = sdkClients(server.port);
  const { Signature = new Uint8Array(), KeyId: arn } = await sign();
  const answer = await clients.kms.send(new GetPublicKeyCommand({ KeyId }));
  assert.equal(answer.KeyId, arn);
  assert.equal(answer.KeySpec, 'ECC_NIST_P256');
  assert.equal(answer.KeyUsage, 'SIGN_VERIFY');
  assert.deepEqual(answer.SigningAlgorithms, [SigningAlgorithm]);
  const key = createPublicKey({ key: Buffer.from(answer.PublicKey ?? []), format: 'der', type: 'spki' });
  assert.ok(verify('sha256', Message, key, Signature));
});

test('Verify takes the signature, and no other message or signature', async () => {
  const { Signature = new Uint8Array() } = await sign();
  const answer = await verifyBy({ Signature });
  assert.equal(answer.SignatureValid, true);
  const cases: Partial<VerifyCommandInput>[] = [
    { Signature, Message: Buffer.from('other') },
    { Signature: Signature.with(-1, Signature.at(-1)! ^ 1) },
    { Signature: new Uint8Array(70) },
    { Signature: Uint8Array.of(0x30) },
  ];
  for (const wrong of cases) assert.equal(await errorNameOf(verifyBy(wrong)), 'KMSInvalidSignatureException');
});

describe('Sign refuses', () => {
  const cases: readonly (readonly [string, Partial<SignCommandInput>, string])[] = [
    ['a symmetric key', { KeyId: 'alias/vestibule-record' }, 'InvalidKeyUsageException'],
    ['an algorithm of other keys', { SigningAlgorithm: 'ECDSA_SHA_384' }, 'InvalidKeyUsageException'],
    ['an unknown key', { KeyId: 'alias/nobody' }, 'NotFoundException'],
    ['4,097 bytes', { Message: new Uint8Array(4097) }, 'ValidationException'],
    ['a digest, which is not there here', { MessageType: 'DIGEST' }, 'ValidationException'],
    ['a message type of other keys', { MessageType: 'EXTERNAL_MU' }, 'ValidationException'],
    ['no algorithm', { SigningAlgorithm: undefined }, 'ValidationException'],
  ];
  for (const [name, input, error] of cases) {
    test(name, async () => assert.equal(await errorNameOf(sign(input)), error));
  }
});

test('a symmetric key has no public one', async () => {
  using clients = sdkClients(server.port);
  const command = new GetPublicKeyCommand({ KeyId: 'alias/vestibule-record' });
  assert.equal(await errorNameOf(clients.kms.send(command)), 'UnsupportedOperationException');
});
