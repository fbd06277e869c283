import { createHmac, timingSafeEqual } from 'node:crypto';
import { CodedError } from '@vestibule/core';
import { z } from 'zod';

/** What the bearer of a token may do: the tools named, for one call, until `exp`. */
export interface CallClaims {
  callId: string;
  /** True when the caller's number was attested and the agent has checked who speaks: needed to read looked-up data. */
  verified: boolean;
  /** Names of the MCP tools that this call's questionnaire allows. */
  tools: readonly string[];
  /** Whose call it is, as `callerMark` gives it: what is looked up must be that person's. Absent: nobody's. */
  caller?: string | undefined;
  /** Seconds since the epoch (RFC 7519, 4.1.4). A token is refused from this second on. */
  exp: number;
}

export type CallTokenErrorCode = 'malformed-token' | 'bad-signature' | 'expired-token' | 'weak-secret';

// RFC 7519 with HS256, and nothing else: the header is compared as a constant, so no other algorithm can be asked for.
const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
const audience = 'vestibule-mcp';
/** RFC 7518, 3.2: an HS256 key has at least the hash's 256 bits. */
const minimumSecretBytes = 32;
const maximumTokenLength = 4096;

const payloadSchema = z.object({
  aud: z.literal(audience),
  sub: z.string().min(1).max(128),
  verified: z.boolean(),
  tools: z.array(z.string().min(1).max(64)).max(64),
  caller: z.string().max(64).optional(),
  exp: z.int().positive(),
});

/**
 * A caller's number as a token may hold it: keyed, since a plain hash of so few numbers is no secret, and different for each call.
 * @param number E.164.
 */
export function callerMark(callId: string, number: string, secret: string): string {
  // No token's signed text holds a zero byte, so no mark is a signature.
  return sign(`caller\0${callId}\0${number}`, secret).toString('base64url');
}

/**
 * A bearer token for the MCP server, scoped to one call. A JWT (HS256), so foreign clients can carry and read it.
 * Not encrypted: it holds no caller data and must hold none.
 * @throws CodedError `weak-secret` when the secret has fewer than 32 bytes.
 */
export function mintCallToken(claims: CallClaims, secret: string): string {
  const { callId, verified, tools, caller, exp } = claims;
  const payload = JSON.stringify({ aud: audience, sub: callId, verified, tools, caller, exp });
  const signed = `${header}.${Buffer.from(payload).toString('base64url')}`;
  return `${signed}.${sign(signed, secret).toString('base64url')}`;
}

/**
 * @param now seconds since the epoch.
 * @throws CodedError `malformed-token`, `bad-signature`, `expired-token` or `weak-secret`.
 */
export function verifyCallToken(token: string, secret: string, now: number): CallClaims {
  const parts = token.length <= maximumTokenLength ? token.split('.') : [];
  const [head, body, signature] = parts;
  if (parts.length !== 3 || head !== header || body === undefined || signature === undefined) {
    throw new CodedError<CallTokenErrorCode>('malformed-token', 'not a call token');
  }
  const given = Buffer.from(signature, 'base64url');
  const expected = sign(`${head}.${body}`, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new CodedError<CallTokenErrorCode>('bad-signature', 'the token was not signed with this key');
  }
  const { sub, verified, tools, caller, exp } = parsePayload(body);
  if (now >= exp) throw new CodedError<CallTokenErrorCode>('expired-token', 'the token has expired');
  return { callId: sub, verified, tools, ...(caller !== undefined && { caller }), exp };
}

function parsePayload(body: string): z.infer<typeof payloadSchema> {
  try {
    return payloadSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new CodedError<CallTokenErrorCode>('malformed-token', 'the claims are not those of a call token', {
      cause,
    });
  }
}

function sign(text: string, secret: string): Buffer {
  if (Buffer.byteLength(secret) < minimumSecretBytes) {
    throw new CodedError<CallTokenErrorCode>('weak-secret', 'the key of call tokens needs at least 32 bytes');
  }
  return createHmac('sha256', secret).update(text).digest();
}
