import { account } from '../account.ts';
import { readMembers, validation } from '../server/members.ts';
import { ServiceError } from '../server/service-error.ts';
import { aliasArn, findKey, keyArn } from './key-names.ts';
import { keySpecs, newKey, usageOf, withAlias, withKey, type KeyRing, type KmsKey } from './key-ring.ts';
import { createAliasRequest, createKeyRequest, keyRequest, listAliasesRequest } from './requests.ts';
import { algorithmOf, type Keys } from './usable-key.ts';

/** Keys and aliases themselves: what is there, and the ring as a change leaves it. All throw ServiceError. */

export function describeKey({ ring, region }: Keys, input: unknown): object {
  const { KeyId: name } = readMembers(keyRequest, input);
  return { KeyMetadata: keyMetadata(findKey(ring, name, region), region) };
}

export function keyMetadata(key: KmsKey, region: string): object {
  const algorithms = key.spec === 'SYMMETRIC_DEFAULT' ? 'EncryptionAlgorithms' : 'SigningAlgorithms';
  return {
    AWSAccountId: account,
    Arn: keyArn(region, key.id),
    CreationDate: seconds(key.createdAt),
    CustomerMasterKeySpec: key.spec,
    Description: key.description,
    Enabled: key.enabled,
    KeyId: key.id,
    KeyManager: 'CUSTOMER',
    KeySpec: key.spec,
    KeyState: key.enabled ? 'Enabled' : 'Disabled',
    KeyUsage: usageOf(key),
    MultiRegion: false,
    Origin: 'AWS_KMS',
    [algorithms]: [algorithmOf(key.spec)],
  };
}

/** A marker is the last name of the page before. */
export function listAliases({ ring, region }: Keys, input: unknown): object {
  const { KeyId: name, Limit: limit, Marker: after = '' } = readMembers(listAliasesRequest, input);
  const only = name === undefined ? undefined : findKey(ring, name, region).id;
  const aliases = ring.aliases
    .filter((alias) => (only === undefined || alias.keyId === only) && alias.name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = aliases.slice(0, limit);
  const truncated = aliases.length > limit;
  return {
    Aliases: page.map((alias) => ({
      AliasArn: aliasArn(region, alias.name),
      AliasName: alias.name,
      CreationDate: seconds(alias.createdAt),
      LastUpdatedDate: seconds(alias.createdAt),
      TargetKeyId: alias.keyId,
    })),
    Truncated: truncated,
    ...(truncated ? { NextMarker: page.at(-1)?.name } : {}),
  };
}

export function createKey(input: unknown, now: number): KmsKey {
  const request = readMembers(createKeyRequest, input);
  const asked = request.KeySpec ?? request.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  const spec = keySpecs.find((known) => known === asked);
  if (spec === undefined) {
    throw new ServiceError('UnsupportedOperationException', 400, `local-aws has no keys of spec ${asked}.`);
  }
  if (request.KeyUsage === undefined && spec !== 'SYMMETRIC_DEFAULT') {
    throw validation(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  }
  if ((request.KeyUsage ?? 'ENCRYPT_DECRYPT') !== usageOf({ spec })) {
    throw validation(`KeyUsage ${request.KeyUsage} is not compatible with KeySpec ${spec}`);
  }
  return newKey(spec, request.Description, now);
}

export function createAlias({ ring, region }: Keys, input: unknown, now: number): KeyRing {
  const { AliasName: name, TargetKeyId: target } = readMembers(createAliasRequest, input);
  if (!/^alias\/.+/.test(name)) {
    throw new ServiceError('InvalidAliasNameException', 400, 'Alias must start with the prefix "alias/".');
  }
  if (name.startsWith('alias/aws/')) {
    throw new ServiceError('NotAuthorizedException', 400, 'The prefix "alias/aws/" belongs to AWS.');
  }
  if (ring.aliases.some((alias) => alias.name === name)) {
    const message = `An alias with the name ${aliasArn(region, name)} already exists`;
    throw new ServiceError('AlreadyExistsException', 400, message);
  }
  if (target.includes('alias/')) throw validation('Aliases must refer to keys. Not aliases');
  return withAlias(ring, { name, keyId: findKey(ring, target, region).id, createdAt: now });
}

export function setEnabled({ ring, region }: Keys, input: unknown, enabled: boolean): KeyRing {
  const { KeyId: name } = readMembers(keyRequest, input);
  if (name.includes('alias/'))
    throw new ServiceError('InvalidArnException', 400, 'Aliases cannot be used here.');
  const key = findKey(ring, name, region);
  return withKey(ring, { ...key, enabled });
}

/** Times are seconds on the wire. */
function seconds(ms: number): number {
  return ms / 1000;
}
