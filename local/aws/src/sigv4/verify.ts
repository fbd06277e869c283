import { timingSafeEqual } from 'node:crypto';
import { ServiceError } from '../server/service-error.ts';
import { canonicalRequest, requestSignature, sha256Hex, signingKey, type Scope } from './signature.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a verified request leaves for the frames that follow it. */
export interface Signed {
  readonly signature: string;
  readonly scope: Scope;
  readonly key: Buffer;
}

const pattern =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;
const maximumSkewMs = 5 * 60_000;
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

/**
 * Checks the Authorization header of a request.
 * @param body the whole body, or undefined for an event stream, whose frames carry signatures of their own.
 * @throws ServiceError in the shape of the AWS front end (403).
 */
export function verifyRequest(
  request: SignedRequest,
  service: string,
  credentials: Credentials,
  now: number,
  body: Uint8Array | undefined,
): Signed {
  const authorization = request.headers['authorization'];
  if (authorization === undefined)
    throw refuse('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const match = pattern.exec(authorization.trim());
  if (!match) {
    throw refuse(
      'IncompleteSignatureException',
      'Authorization header requires Credential, SignedHeaders and Signature.',
      400,
    );
  }
  const [, accessKeyId = '', date = '', region = '', scoped = '', names = '', signature = ''] = match;
  if (accessKeyId !== credentials.accessKeyId) {
    throw refuse('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (scoped !== service) throw invalid(`Credential should be scoped to correct service: '${service}'.`);
  const signedAt = checkDate(request.headers['x-amz-date'], date, now);
  const signedHeaders = names.split(';');
  // Over HTTP/2 the JavaScript SDK signs `:authority` in place of `host`.
  if (!signedHeaders.includes('host') && !signedHeaders.includes(':authority'))
    throw invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  const scope: Scope = { date, region, service };
  const key = signingKey(credentials.secretAccessKey, scope);
  const hashes = payloadHashes(request.headers['x-amz-content-sha256'], body);
  const matches = hashes.some((payloadHash) => {
    const canonical = canonicalRequest({ ...request, signedHeaders, payloadHash });
    return sameHex(requestSignature(key, signedAt, scope, canonical), signature);
  });
  if (!matches) throw invalid(mismatch);
  return { signature, scope, key };
}

export function sameHex(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

const eventStream = 'STREAMING-AWS4-HMAC-SHA256-EVENTS';

/** What the signer may have put for the payload; the older Python client signs an event stream as an empty body. */
function payloadHashes(declared: string | undefined, body: Uint8Array | undefined): string[] {
  if (body === undefined) return declared === undefined ? [eventStream, sha256Hex('')] : [declared];
  if (declared === 'UNSIGNED-PAYLOAD') return [declared];
  const actual = sha256Hex(body);
  if (declared !== undefined && declared !== actual) throw invalid(mismatch);
  return [actual];
}

function checkDate(text: string | undefined, date: string, now: number): string {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!match || text === undefined) throw invalid("Date in header must be in ISO-8601 'basic format'.");
  if (!text.startsWith(date))
    throw invalid(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.',
    );
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  if (now - at > maximumSkewMs)
    throw invalid(`Signature expired: ${text} is now earlier than the allowed 5 min.`);
  if (at - now > maximumSkewMs)
    throw invalid(`Signature not yet current: ${text} is still later than the allowed 5 min.`);
  return text;
}

function invalid(message: string): ServiceError {
  return refuse('InvalidSignatureException', message);
}

function refuse(code: string, message: string, status = 403): ServiceError {
  return new ServiceError(code, status, message);
}
