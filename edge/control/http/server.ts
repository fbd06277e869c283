import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import type { TLSSocket } from 'node:tls';
import { type Clock, CodedError, describeError, isCodedError, type Logger } from '@vestibule/core';
import { type Authority, authorise } from './authorise.ts';
import { type EdgeParts, routeOf } from './routes.ts';
import { statusOf } from './status.ts';

export interface Credentials {
  /** All PEM. */
  cert: string | Buffer;
  key: string | Buffer;
  /** Who must have signed a client's certificate. */
  ca: string | Buffer;
}

export interface ControlOptions {
  parts: EdgeParts;
  authority: Omit<Authority, 'now'>;
  credentials: Credentials;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  logger: Logger;
}

/** A request's body is a few hundred bytes. */
const largestBody = 8192;

/** HTTPS that only clients with a certificate of the app tier's authority can speak to; each request shows a grant for just what it wants. */
export function controlServer(options: ControlOptions): Server {
  const { credentials } = options;
  const tls = { ...credentials, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' } as const;
  const server = createServer(tls, (request, response) => void answer(options, request, response));
  server.requestTimeout = 5000;
  server.headersTimeout = 5000;
  server.maxConnections = 256;
  server.on('tlsClientError', (error) =>
    options.logger.warn('client refused', { code: (error as NodeJS.ErrnoException).code }),
  );
  return server;
}

/** @returns its port. */
export async function listen(server: Server, address: string, port: number): Promise<number> {
  server.listen(port, address);
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

async function answer(
  options: ControlOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { clock, logger } = options;
  const beganAt = clock.monotonic();
  const facts: Record<string, unknown> = { client: clientName(request) };
  if (request.method === 'GET' && request.url === '/metrics') return metrics(options, response);
  let result: { status: number; body?: unknown };
  try {
    result = await handle(options, request, facts);
  } catch (error) {
    const { code, message } = isCodedError(error)
      ? error
      : new CodedError('internal', 'this request could not be answered');
    result = { status: statusOf(code), body: { error: code, message } };
    facts['code'] = code;
  }
  const { status, body } = result;
  const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
  logger[level]('request', { ...facts, status, ms: Math.round(clock.monotonic() - beganAt) });
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, 'cache-control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** Whoever has a certificate may read them: they are about no call. */
async function metrics({ parts, logger }: ControlOptions, response: ServerResponse): Promise<void> {
  try {
    const { type, text } = await parts.metrics();
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
  } catch (error) {
    logger.error('metrics not served', describeError(error));
    response.writeHead(500).end();
  }
}

/** `facts` are for the log, and hold nothing of a caller's: the edge's decision names the call there. */
async function handle(
  { parts, authority, clock }: ControlOptions,
  request: IncomingMessage,
  facts: Record<string, unknown>,
): Promise<{ status: number; body?: unknown }> {
  const route = routeOf(request.method ?? '', request.url ?? '');
  facts['verb'] = route.wanted.verb;
  const now = () => Math.floor(clock.now() / 1000);
  const grant = authorise(request.headers.authorization, route.wanted, { ...authority, now });
  if ('decision' in grant) facts['decision'] = grant.decision;
  return route.handle(parts, await jsonBody(request));
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > largestBody) throw new CodedError('invalid-request', `body: more than ${largestBody} bytes`);
    chunks.push(chunk as Buffer);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new CodedError('invalid-request', 'body: is not JSON');
  }
}

function clientName({ socket }: IncomingMessage): string {
  const { CN } = (socket as TLSSocket).getPeerCertificate().subject;
  return [CN].flat()[0] ?? '';
}
