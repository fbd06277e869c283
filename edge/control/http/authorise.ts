import type { KeyObject } from 'node:crypto';
import { type EdgeGrant, verifyEdgeGrant } from '@vestibule/call-token';
import { CodedError, isCodedError } from '@vestibule/core';

/** What a request wants to do; `sipCallId` where it is about one call. */
export type Wanted = { verb: EdgeGrant['verb']; sipCallId?: string };

export type AuthoriseErrorCode =
  | 'missing-grant'
  | 'malformed-token'
  | 'bad-signature'
  | 'expired-token'
  | 'other-zone'
  | 'other-verb'
  | 'other-call';

export interface Authority {
  zone: string;
  publicKey: KeyObject;
  /** Seconds since the epoch. */
  now: () => number;
}

/** The grant behind a request, when it allows just that. @throws CodedError `AuthoriseErrorCode` */
export function authorise(header: string | undefined, wanted: Wanted, authority: Authority): EdgeGrant {
  const [scheme, token] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined) throw refusal('missing-grant');
  const grant = read(token, authority);
  if (grant.zone !== authority.zone) throw refusal('other-zone');
  if (grant.verb !== wanted.verb) throw refusal('other-verb');
  if ('sipCallId' in grant && grant.sipCallId !== wanted.sipCallId) throw refusal('other-call');
  return grant;
}

function read(token: string, { publicKey, now }: Authority): EdgeGrant {
  try {
    return verifyEdgeGrant(token, publicKey, now());
  } catch (error) {
    throw isCodedError(error) ? refusal(error.code as AuthoriseErrorCode) : error;
  }
}

const refusal = (code: AuthoriseErrorCode) => new CodedError<AuthoriseErrorCode>(code, 'not granted');
