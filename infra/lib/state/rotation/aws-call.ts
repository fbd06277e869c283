import { SignatureV4 } from '@smithy/signature-v4';
import { CodedError } from '@vestibule/core';
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

export interface AwsRequest {
  /** As in its endpoint's name: `secretsmanager`. */
  endpoint: string;
  /** As in a signature, where it differs. */
  service?: string;
  headers: Record<string, string>;
  body: string;
}

/** Sends a signed POST. @returns the answer's body. @throws CodedError `aws-refused` */
export type AwsCall = (request: AwsRequest) => Promise<string>;

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

const timeoutMs = 10_000;

/** Calls of AWS's APIs in a region: the few that rotation makes need no SDK of three services. */
export function awsCalls(
  region: string,
  credentials: Credentials,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): AwsCall {
  return async ({ endpoint, service = endpoint, headers, body }) => {
    const hostname = `${endpoint}.${region}.amazonaws.com`;
    const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
    const signed = await signer.sign({
      ...{ method: 'POST', protocol: 'https:', hostname, path: '/', query: {} },
      headers: { host: hostname, ...headers },
      body,
    });
    const answer = await fetch(`https://${hostname}/`, {
      ...{ method: 'POST', headers: signed.headers, body },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    if (!answer.ok) throw refusal(endpoint, answer.status, text);
    return text;
  };
}

/** Of the answer the code alone: its message may repeat what was sent. */
function refusal(endpoint: string, status: number, text: string): CodedError<'aws-refused'> {
  const code = /<Code>(\w+)<\/Code>|"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/.exec(text);
  return new CodedError('aws-refused', `${endpoint}: ${status} ${code?.[1] ?? code?.[2] ?? ''}`.trim());
}

/** What the signer takes for a hash. */
class Sha256 {
  #hash: Hash | Hmac;
  readonly #secret: string | Uint8Array | undefined;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined || typeof secret === 'string' ? secret : bytesOf(secret);
    this.#hash = this.#begin();
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}

const bytesOf = (data: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
