import { createHash, randomBytes } from 'node:crypto';
import { CodedError } from '@vestibule/core';
import type { CallTokenErrorCode } from './call-token.ts';

/** The header in which LiveKit SIP carries a grant to the edge, on an INVITE or a REFER. */
export const transferHeader = 'X-Vestibule-Transfer';

/** The same of a call-back. */
export const callBackHeader = 'X-Vestibule-Call-Back';

/** The right to one call to one number, for the sake of one caller. */
export interface TransferGrant {
  /** E.164. */
  destination: string;
  /** E.164, the number shown; undefined for a REFER, where the carrier shows its own. */
  callerId?: string;
  /** The edge's decision id of the call that is transferred. */
  decision: string;
  /** Seconds since the epoch. The edge refuses it from then on, when it is more than 60 s off, and the second time. */
  exp: number;
}

/**
 * A grant that Kamailio verifies in its native script, which has SHA-256 but no HMAC: H(key H(key message)), which, like
 * HMAC, cannot be lengthened.
 * @throws CodedError `weak-secret` when the secret is not 64 hexadecimal digits.
 */
export const mintTransferGrant = (grant: TransferGrant, secret: string): string => mint([], grant, secret);

/** The right to call one caller back; `decision`: the edge's of the call in which they agreed. No grant for a transfer is one, nor the other way round. */
export const mintCallBackGrant = (grant: TransferGrant & { callerId: string }, secret: string): string =>
  mint(['call-back'], grant, secret);

function mint(
  kind: readonly string[],
  { destination, callerId = 'refer', decision, exp }: TransferGrant,
  secret: string,
): string {
  if (!/^[0-9a-f]{64}$/.test(secret))
    throw new CodedError<CallTokenErrorCode>('weak-secret', 'the key of transfers is 64 hexadecimal digits');
  const nonce = randomBytes(12).toString('hex');
  const message = [...kind, destination, callerId, decision, exp, nonce].join('|');
  return [decision, exp, nonce, hash(secret + hash(secret + message))].join('.');
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
