import { type KeyObject, sign, verify } from 'node:crypto';
import { CodedError, parseJson } from '@vestibule/core';
import { z } from 'zod';
import type { CallTokenErrorCode } from './call-token.ts';

/** What can be done with one call's media at the edge. */
export const callVerbs = ['subscribe', 'unsubscribe', 'query'] as const;
/** What can be done with an edge as a whole. */
export const edgeVerbs = ['status', 'drain'] as const;
export type CallVerb = (typeof callVerbs)[number];
export type EdgeVerb = (typeof edgeVerbs)[number];

/** The right to one verb at one zone's edge, on one call where the verb is a call's. */
export type EdgeGrant = {
  zone: string;
  /** Seconds since the epoch; refused from this second on, and when it is further off than `longestGrantSeconds`. */
  exp: number;
} & (
  | {
      verb: CallVerb;
      /** The SIP Call-ID, which is RTPEngine's name of the call too. */
      sipCallId: string;
      /** The edge's id for having admitted the call, for the edge's log. */
      decision: string;
    }
  | { verb: EdgeVerb }
);

/** A grant is made for the request that it is shown with. */
export const longestGrantSeconds = 60;

// RFC 7519 with EdDSA (RFC 8037), and nothing else: the header is compared as a constant.
const header = Buffer.from('{"alg":"EdDSA","typ":"JWT"}').toString('base64url');
const audience = 'vestibule-edge-control';
const maximumLength = 4096;

const common = { aud: z.literal(audience), zone: z.string().min(1).max(64), exp: z.int().positive() };
const payloadSchema = z.discriminatedUnion('verb', [
  z.strictObject({
    ...common,
    verb: z.enum(callVerbs),
    sub: z.string().min(1).max(256),
    decision: z.string().min(1).max(64),
  }),
  z.strictObject({ ...common, verb: z.enum(edgeVerbs) }),
]);

/** A bearer token for edge/control: an edge host holds the public key alone, so that who takes one over can make none. */
export function mintEdgeGrant(grant: EdgeGrant, privateKey: KeyObject): string {
  const { verb, zone, exp } = grant;
  const of = 'sipCallId' in grant ? { sub: grant.sipCallId, decision: grant.decision } : {};
  const payload = JSON.stringify({ aud: audience, verb, zone, exp, ...of });
  const signed = `${header}.${Buffer.from(payload).toString('base64url')}`;
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}

/**
 * @param now seconds since the epoch.
 * @throws CodedError `malformed-token`, `bad-signature` or `expired-token`, the last one also for what would be good for too long.
 */
export function verifyEdgeGrant(token: string, publicKey: KeyObject, now: number): EdgeGrant {
  const [head, body, signature, ...more] = token.length <= maximumLength ? token.split('.') : [];
  if (head !== header || body === undefined || signature === undefined || more.length > 0)
    throw refusal('malformed-token', 'not a grant');
  if (!verify(null, Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url')))
    throw refusal('bad-signature', 'the grant was not signed with this key');
  const grant = parsePayload(body);
  if (now >= grant.exp) throw refusal('expired-token', 'the grant has expired');
  if (grant.exp > now + longestGrantSeconds) throw refusal('expired-token', 'the grant is good for too long');
  return grant;
}

function parsePayload(body: string): EdgeGrant {
  const parsed = payloadSchema.safeParse(jsonOf(body));
  if (!parsed.success) throw refusal('malformed-token', 'the claims are not those of a grant');
  const { zone, exp } = parsed.data;
  if (!('sub' in parsed.data)) return { verb: parsed.data.verb, zone, exp };
  const { verb, sub: sipCallId, decision } = parsed.data;
  return { verb, zone, exp, sipCallId, decision };
}

const jsonOf = (body: string) => parseJson(Buffer.from(body, 'base64url').toString('utf8'));

const refusal = (code: CallTokenErrorCode, message: string) =>
  new CodedError<CallTokenErrorCode>(code, message);
