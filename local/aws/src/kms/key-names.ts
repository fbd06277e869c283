import { account } from '../account.ts';
import { ServiceError } from '../server/service-error.ts';
import type { KeyRing, KmsKey } from './key-ring.ts';

const keyId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const arn = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):(\d{12}):(?:key\/([^/]+)|(alias\/.+))$/;

/** The ring is the same in every region; ARNs carry the one that the request was signed for. */
export function keyArn(region: string, id: string): string {
  return `arn:aws:kms:${region}:${account}:key/${id}`;
}

export function aliasArn(region: string, name: string): string {
  return `arn:aws:kms:${region}:${account}:${name}`;
}

/**
 * The key that `name` means: an id, an ARN, an alias name or an alias ARN.
 * @throws ServiceError `NotFoundException`, `AccessDeniedException` for another account's.
 */
export function findKey(ring: KeyRing, name: string, region: string): KmsKey {
  const [local, alias] = localName(name, region);
  if (alias) return keyOfAlias(ring, local, region);
  if (!keyId.test(local)) throw notFound(`Invalid keyId '${local}'`);
  const key = ring.keys.find(({ id }) => id === local);
  if (!key) throw notFound(`Key '${keyArn(region, local)}' does not exist`);
  return key;
}

/** What is left of a name without its ARN, and whether that is an alias. */
function localName(name: string, region: string): readonly [local: string, alias: boolean] {
  if (!name.startsWith('arn:')) return [name, name.startsWith('alias/')];
  const match = arn.exec(name);
  if (!match) throw notFound(`Invalid arn ${name}`);
  const [, where = '', whose = '', id, alias] = match;
  if (where !== region) throw notFound(`Invalid arn ${where}`);
  if (whose !== account) {
    throw new ServiceError('AccessDeniedException', 400, `${name} belongs to another account.`);
  }
  return alias === undefined ? [id ?? '', false] : [alias, true];
}

function keyOfAlias(ring: KeyRing, name: string, region: string): KmsKey {
  const alias = ring.aliases.find((known) => known.name === name);
  const key = ring.keys.find(({ id }) => id === alias?.keyId);
  if (!key) throw notFound(`Alias ${aliasArn(region, name)} is not found.`);
  return key;
}

function notFound(message: string): ServiceError {
  return new ServiceError('NotFoundException', 400, message);
}
