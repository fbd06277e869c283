import { createHash, randomBytes } from 'node:crypto';
import { parseParameters } from './address.ts';

export interface DigestCredentials {
  username: string;
  password: string;
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** The parameters of a `Digest …` header value, or undefined for another scheme. */
export function parseDigest(value: string): Map<string, string> | undefined {
  const rest = value.match(/^\s*Digest\s+(.*)$/is)?.[1];
  if (rest === undefined) return undefined;
  const fields = rest.match(/[^\s,=]+\s*=\s*(?:"(?:\\.|[^"])*"|[^,]*)/g) ?? [];
  const parameters = parseParameters(fields.map((field) => `;${field}`).join(''));
  return new Map([...parameters].map(([name, text]) => [name, text.replace(/^"|"$/g, '')]));
}

/** RFC 2617 response without qop (the official service offers none to callers); MD5 is what SIP carriers speak. */
export function digestResponse(
  { username, password }: DigestCredentials,
  challenge: { realm: string; nonce: string },
  request: { method: string; uri: string },
): string {
  const ha1 = md5(`${username}:${challenge.realm}:${password}`);
  return md5(`${ha1}:${challenge.nonce}:${md5(`${request.method}:${request.uri}`)}`);
}

/**
 * Value of Authorization or Proxy-Authorization that answers a challenge, or undefined for one that is not Digest. With
 * qop=auth where it is offered; `cnonce` is then ours.
 */
export function answerChallenge(
  challenge: string,
  credentials: DigestCredentials,
  request: { method: string; uri: string },
  cnonce = randomBytes(8).toString('hex'),
): string | undefined {
  const parameters = parseDigest(challenge);
  const [realm, nonce] = [parameters?.get('realm'), parameters?.get('nonce')];
  if (realm === undefined || nonce === undefined) return undefined;
  const offered =
    parameters
      ?.get('qop')
      ?.split(/\s*,\s*/)
      .includes('auth') === true;
  const once = offered ? `${nonce}:00000001:${cnonce}:auth` : nonce;
  const response = digestResponse(credentials, { realm, nonce: once }, request);
  const fields = [
    `username="${credentials.username}", realm="${realm}", nonce="${nonce}", uri="${request.uri}", algorithm=MD5`,
    ...(offered ? [`cnonce="${cnonce}", qop=auth, nc=00000001`] : []),
    `response="${response}"`,
  ];
  return `Digest ${fields.join(', ')}`;
}

/** Whether an Authorization value proves the password for this challenge and request. */
export function verifyDigest(
  authorization: string,
  credentials: DigestCredentials,
  challenge: { realm: string; nonce: string },
  method: string,
): boolean {
  const given = parseDigest(authorization);
  const uri = given?.get('uri');
  if (given?.get('username') !== credentials.username || uri === undefined) return false;
  if (given.get('nonce') !== challenge.nonce) return false;
  return given.get('response') === digestResponse(credentials, challenge, { method, uri });
}
