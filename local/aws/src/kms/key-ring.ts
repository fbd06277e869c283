import { createPrivateKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';

export const keySpecs = ['SYMMETRIC_DEFAULT', 'ECC_NIST_P256'] as const;
export type KeySpec = (typeof keySpecs)[number];
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY';

export interface KmsKey {
  /** A UUID. */
  readonly id: string;
  readonly spec: KeySpec;
  /** SYMMETRIC_DEFAULT: the 32 bytes of an AES-256 key. ECC_NIST_P256: the private key, PKCS #8 DER. */
  readonly material: Buffer;
  readonly description: string;
  readonly enabled: boolean;
  /** ms since the epoch */
  readonly createdAt: number;
}

export interface Alias {
  /** With its prefix: `alias/vestibule-record`. */
  readonly name: string;
  readonly keyId: string;
  /** ms since the epoch */
  readonly createdAt: number;
}

/** All keys and their names. Never altered: a change makes another ring. */
export interface KeyRing {
  readonly keys: readonly KmsKey[];
  readonly aliases: readonly Alias[];
}

export const emptyRing: KeyRing = { keys: [], aliases: [] };

/** The keys that a deployment of Vestibule has; here they exist from the start. */
const ownKeys: readonly { readonly alias: string; readonly spec: KeySpec; readonly description: string }[] = [
  {
    alias: 'alias/vestibule-record',
    spec: 'SYMMETRIC_DEFAULT',
    description: 'Encrypts the data keys of calls',
  },
  { alias: 'alias/vestibule-signer', spec: 'ECC_NIST_P256', description: 'Signs the roots of the record' },
];

/** `ring` with whichever of Vestibule's own keys it lacks; `ring` itself when it lacks none. */
export function withOwnKeys(ring: KeyRing, now: number): KeyRing {
  let grown = ring;
  for (const { alias, spec, description } of ownKeys) {
    if (ring.aliases.some(({ name }) => name === alias)) continue;
    const key = newKey(spec, description, now);
    grown = withAlias(withKey(grown, key), { name: alias, keyId: key.id, createdAt: now });
  }
  return grown;
}

export function newKey(spec: KeySpec, description: string, now: number): KmsKey {
  const material =
    spec === 'SYMMETRIC_DEFAULT'
      ? randomBytes(32)
      : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
          format: 'der',
          type: 'pkcs8',
        });
  return { id: randomUUID(), spec, material, description, enabled: true, createdAt: now };
}

/** True when the bytes are a key of their spec. */
export function isMaterial({ spec, material }: Pick<KmsKey, 'spec' | 'material'>): boolean {
  if (spec === 'SYMMETRIC_DEFAULT') return material.length === 32;
  try {
    const key = createPrivateKey({ key: material, format: 'der', type: 'pkcs8' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}

/** Adds a key, or takes the place of the one with its id. */
export function withKey(ring: KeyRing, key: KmsKey): KeyRing {
  return { ...ring, keys: [...ring.keys.filter(({ id }) => id !== key.id), key] };
}

export function withAlias(ring: KeyRing, alias: Alias): KeyRing {
  return { ...ring, aliases: [...ring.aliases, alias] };
}

export function usageOf({ spec }: Pick<KmsKey, 'spec'>): KeyUsage {
  return spec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : 'SIGN_VERIFY';
}
