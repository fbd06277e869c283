import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { promisify } from 'node:util';
import { canonicalJson, type Clock, systemClock } from '@vestibule/core';
import type { Certificate, WorkerKeyStatement } from './statements.ts';

/** Signs the keys of workers; its public key is the trust anchor. In production KMS, asked once per worker key. */
export interface Authority {
  /** @throws RecordError `key-unavailable` */
  sign(message: Uint8Array): Promise<Buffer>;
}

/** What a worker signs its roots with: an Ed25519 key that never leaves the process, and the authority's word for it. */
export interface Signer {
  readonly certificate: Certificate;
  sign(statement: unknown): string;
}

/** A certificate outlives the longest call (four hours) and a day's drain. */
const validMs = 48 * 3_600_000;
/** Clocks of two machines may differ by this much. */
const skewMs = 5 * 60_000;

/** Makes a worker's key and has it certified. @throws RecordError `key-unavailable` */
export async function createSigner(
  authority: Authority,
  { tenant, worker }: { tenant: string; worker: string },
  clock: Clock = systemClock,
): Promise<Signer> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('ed25519');
  const statement: WorkerKeyStatement = {
    type: 'vestibule/worker-key/1',
    tenant,
    worker,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    notBefore: new Date(clock.now() - skewMs).toISOString(),
    notAfter: new Date(clock.now() + validMs).toISOString(),
  };
  const signature = (await authority.sign(Buffer.from(canonicalJson(statement)))).toString('base64');
  return {
    certificate: { statement, signature },
    sign: (signed) => sign(null, Buffer.from(canonicalJson(signed)), privateKey).toString('base64'),
  };
}

export type SignatureFault =
  | 'the certificate is not the trust anchor’s'
  | 'the key was not valid at the time'
  | 'the signature is not the key’s';

/**
 * What is wrong with a signed statement, if anything. `anchor`: ECDSA (P-256) or Ed25519, as PEM's public key.
 */
export function signatureFault(
  signed: { statement: { at: string; tenant: string }; signature: string; certificate: Certificate },
  anchor: KeyObject,
): SignatureFault | undefined {
  const { statement: key, signature } = signed.certificate;
  if (!holds(key, signature, anchor) || key.tenant !== signed.statement.tenant)
    return 'the certificate is not the trust anchor’s';
  const { at } = signed.statement;
  if (Date.parse(at) < Date.parse(key.notBefore) || Date.parse(at) > Date.parse(key.notAfter))
    return 'the key was not valid at the time';
  const publicKey = keyOf(key.publicKey);
  if (!publicKey || !holds(signed.statement, signed.signature, publicKey))
    return 'the signature is not the key’s';
  return undefined;
}

function holds(statement: unknown, signature: string, key: KeyObject): boolean {
  const message = Buffer.from(canonicalJson(statement));
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return verify(digest, message, key, Buffer.from(signature, 'base64'));
}

function keyOf(spki: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki, 'base64'), type: 'spki', format: 'der' });
  } catch {
    return undefined;
  }
}

/** An authority with a key of its own, for tests and synthetic examples. */
export function localAuthority(privateKeyPem: string): Authority {
  const key = createPrivateKey(privateKeyPem);
  return {
    sign: async (message) => sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', message, key),
  };
}
