import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Of the stand-in's only role. */
export const credentials = { key: 'STANDINKEY', secret: 'stand-in/secret', token: 'stand-in-session' };

/** Whether a POST to `/` carries the signature (AWS Signature Version 4, in headers) and the session token of `credentials`. */
export function isSigned(
  { headers, method }: IncomingMessage,
  body: string,
  { key, secret, token }: { key: string; secret: string; token: string },
): boolean {
  const [, id, scope = '', names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (id !== key || headers['x-amz-security-token'] !== token || !names.includes('x-amz-security-token'))
    return false;
  const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, '/', '', signed.join(''), names, hash(body)].join('\n');
  const wanted = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n');
  const signing = scope.split('/').reduce<string | Buffer>((from, part) => hmac(from, part), `AWS4${secret}`);
  return signature === hmac(signing, wanted).toString('hex');
}
