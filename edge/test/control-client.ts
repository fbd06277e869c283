import { request } from 'node:https';
import type { KeyObject } from 'node:crypto';
import { type EdgeGrant, mintEdgeGrant } from '@vestibule/call-token';

export interface Response {
  status: number;
  body: unknown;
}

export interface ClientOptions {
  url: string;
  ca: string;
  /** Of the client; without it, none is shown. */
  cert?: string;
  key?: string;
}

/** Raw requests to edge/control, so that tests also send what no client would. `grant`: the bearer token. */
export function ask(
  { url, ...tls }: ClientOptions,
  method: string,
  path: string,
  { grant, body }: { grant?: string; body?: unknown } = {},
): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const headers = grant === undefined ? {} : { authorization: `Bearer ${grant}` };
  const sent = request(`${url}${path}`, { ...tls, method, headers, agent: false }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const isJson = response.headers['content-type'] === 'application/json';
      const body: unknown = text === '' ? undefined : isJson ? JSON.parse(text) : text;
      resolve({ status: response.statusCode ?? 0, body });
    });
  });
  sent.on('error', reject);
  sent.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  return promise;
}

type Verb = EdgeGrant['verb'];

/** Grants as the app tier mints them; `changes` makes others of them. */
export function granting(privateKey: KeyObject, zone: string) {
  return (verb: Verb, sipCallId?: string, changes: Partial<EdgeGrant> = {}): string => {
    const exp = Math.floor(Date.now() / 1000) + 30;
    const of = sipCallId === undefined ? {} : { sipCallId, decision: `decision-of-${sipCallId.slice(0, 8)}` };
    return mintEdgeGrant({ verb, zone, exp, ...of, ...changes } as EdgeGrant, privateKey);
  };
}
