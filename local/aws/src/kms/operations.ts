import type { Clock } from '@vestibule/core';
import type { Operation } from '../server/app.ts';
import { jsonService, type JsonHandler } from '../server/aws-json.ts';
import {
  createAlias,
  createKey,
  describeKey,
  keyMetadata,
  listAliases,
  setEnabled,
} from './administration.ts';
import { decrypt, encrypt, generateDataKey, generateDataKeyWithoutPlaintext } from './encryption.ts';
import { withKey, type KeyRing } from './key-ring.ts';
import type { KeyStore } from './key-store.ts';
import { getPublicKey, sign, verify } from './signing.ts';
import type { Keys } from './usable-key.ts';

/** Bytes: the largest blobs and an encryption context, in base64 and JSON, with room to spare. */
const bodyLimit = 100_000;

export interface KmsOptions {
  readonly store: KeyStore;
  readonly clock: Clock;
}

/** AWS Key Management Service, as much of it as there is here. */
export function kmsOperations({ store, clock }: KmsOptions): Operation[] {
  const reads =
    (answer: (keys: Keys, input: unknown) => object): JsonHandler =>
    (input, { signed }) =>
      answer({ ring: store.ring, region: signed.scope.region }, input);
  const alters =
    (next: (keys: Keys, input: unknown) => KeyRing): JsonHandler =>
    async (input, { signed }) => {
      await store.change((ring) => next({ ring, region: signed.scope.region }, input));
      return undefined;
    };
  const createsKey: JsonHandler = async (input, { signed }) => {
    const key = createKey(input, clock.now());
    await store.change((ring) => withKey(ring, key));
    return { KeyMetadata: keyMetadata(key, signed.scope.region) };
  };
  const handlers = new Map<string, JsonHandler>([
    ['GenerateDataKey', reads(generateDataKey)],
    ['GenerateDataKeyWithoutPlaintext', reads(generateDataKeyWithoutPlaintext)],
    ['Encrypt', reads(encrypt)],
    ['Decrypt', reads(decrypt)],
    ['Sign', reads(sign)],
    ['Verify', reads(verify)],
    ['GetPublicKey', reads(getPublicKey)],
    ['DescribeKey', reads(describeKey)],
    ['ListAliases', reads(listAliases)],
    ['CreateKey', createsKey],
    ['CreateAlias', alters((keys, input) => createAlias(keys, input, clock.now()))],
    ['EnableKey', alters((keys, input) => setEnabled(keys, input, true))],
    ['DisableKey', alters((keys, input) => setEnabled(keys, input, false))],
  ]);
  return [jsonService('kms', 'TrentService', bodyLimit, handlers)];
}
