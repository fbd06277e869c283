import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, Http2ServerResponse, type Http2ServerRequest } from 'node:http2';
import { CodedError } from '@vestibule/core';

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** Every response names the process as what it is. */
const standInHeader = { 'x-vestibule-stand-in': 'local-aws' };

/** One request and its response, the same over HTTP/1.1 and HTTP/2. */
export class Exchange {
  readonly requestId = randomUUID();
  readonly method: string;
  /** The path as it came, still percent-encoded, without the query. */
  readonly path: string;
  /** The query as it came, without the question mark. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborts when the client has gone or the response has been reset. */
  readonly signal: AbortSignal;
  readonly #request: Request;
  readonly #response: Response;
  #streamsEvents = false;

  constructor(request: Request, response: Response) {
    this.#request = request;
    this.#response = response;
    this.method = request.method ?? 'GET';
    const [path = '/', ...rest] = (request.url ?? '/').split('?');
    this.path = path;
    this.query = rest.join('?');
    this.headers = flatHeaders(request);
    const gone = new AbortController();
    this.signal = gone.signal;
    response.once('close', () => gone.abort());
    response.on('error', () => gone.abort());
    request.on('error', () => gone.abort());
  }

  get opened(): boolean {
    return this.#response.headersSent;
  }

  /** True once an event stream has been opened: errors then travel as exception events. */
  get streamsEvents(): boolean {
    return this.#streamsEvents;
  }

  /** A whole response at once. */
  respond(status: number, headers: Record<string, string>, body: string | Uint8Array = ''): void {
    if (this.opened || this.signal.aborted) return;
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    this.#writeHead(status, { ...headers, 'content-length': String(bytes.byteLength) });
    this.#response.end(bytes);
    // What the client still sends is of no interest; unread it would hold up an HTTP/1.1 connection.
    this.#request.resume();
  }

  /** Begins a streamed response; its headers go out at once. */
  open(status: number, headers: Record<string, string>): void {
    if (this.opened || this.signal.aborted) return;
    this.#writeHead(status, headers);
    this.#streamsEvents = headers['content-type'] === 'application/vnd.amazon.eventstream';
    (this.#response as ServerResponse).flushHeaders();
  }

  /** Sends a piece of the body and waits while the client is slow to read. */
  async send(bytes: Uint8Array): Promise<void> {
    if (this.signal.aborted) throw new CodedError('client-gone', 'the client has gone');
    const response = this.#response as ServerResponse;
    if (response.write(bytes)) return;
    await once(response, 'drain', { signal: this.signal }).catch(() => undefined);
  }

  end(): void {
    if (!this.signal.aborted) this.#response.end();
    this.#request.resume();
  }

  /** Cuts the response: RST_STREAM with INTERNAL_ERROR, or a closed connection. */
  reset(): void {
    if (this.#response instanceof Http2ServerResponse) {
      this.#response.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    } else {
      this.#response.socket?.resetAndDestroy();
    }
  }

  /**
   * The whole body.
   * @throws CodedError `too-large` beyond `limit` bytes, `client-gone` when it ends early.
   */
  async body(limit: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.chunks()) {
      size += chunk.byteLength;
      if (size > limit) throw new CodedError('too-large', 'the request body is too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /** The body as it arrives. Leaving early does not close the response. */
  async *chunks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.#request.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
    } catch (error) {
      throw new CodedError('client-gone', 'the request ended early', { cause: error });
    }
  }

  #writeHead(status: number, headers: Record<string, string>): void {
    (this.#response as ServerResponse).writeHead(status, {
      'x-amzn-requestid': this.requestId,
      ...standInHeader,
      ...headers,
    });
  }
}

/** One string per header; HTTP/2's `:authority` stands for `host`, as signatures expect it. */
function flatHeaders(request: Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined) continue;
    headers[name] = Array.isArray(value) ? value.join(',') : String(value);
  }
  headers['host'] ??= headers[':authority'] ?? '';
  return headers;
}
