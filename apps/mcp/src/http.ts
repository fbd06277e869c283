import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { type CallClaims, verifyCallToken } from '@vestibule/call-token';
import { type Clock, describeError, isCodedError, type Logger } from '@vestibule/core';
import { type Context, Hono } from 'hono';
import { mcpServerFor } from './protocol.ts';
import type { QuestionnaireCatalogue } from './questionnaires.ts';
import type { Dispatcher } from './tools/dispatch.ts';

export interface Parts {
  secret: string;
  dispatcher: Dispatcher;
  catalogue: QuestionnaireCatalogue;
  /** True when every source of tools has what it needs. */
  ready: () => boolean;
  clock: Pick<Clock, 'now'>;
  logger: Logger;
}

/** An intake's arguments are a few hundred bytes. */
const largestRequestBytes = 64 * 1024;

/**
 * Streamable HTTP without sessions: each POST carries a token that names its call, gets a protocol server of its own and one
 * JSON answer, so that any server behind a load balancer can take any request.
 */
export function mcpApp(parts: Parts): Hono {
  const app = new Hono();
  // Alive, though the backend may be away: what must not be ended for that asks here.
  app.get('/livez', (context) => context.json({ alive: true }));
  app.get('/healthz', (context) =>
    parts.ready() ? context.json({ ready: true }) : context.json({ ready: false }, 503),
  );
  app.all('/mcp', async (context) => {
    // A browser page must not reach this server by DNS rebinding; none of its clients is a page.
    if (context.req.header('origin') !== undefined) return refuse(context, 403, 'forbidden-origin');
    const claims = authenticate(context, parts);
    if (typeof claims === 'string') return refuse(context, 401, claims);
    return answer(context.req.raw, claims, parts);
  });
  app.onError((error, context) => {
    parts.logger.error('request failed', describeError(error));
    return refuse(context, 500, 'internal');
  });
  return app;
}

async function answer(request: Request, claims: CallClaims, parts: Parts): Promise<Response> {
  // Without sessions there is nothing to stream (GET) and nothing to end (DELETE): the specification's 405.
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
  const parsedBody = await readBody(request);
  if (parsedBody === undefined) return rpcError(413, -32000, 'request-too-large');
  // MCP has no batches any more (2025-06-18), and a small one can ask for a hundred calls at once.
  if (Array.isArray(parsedBody)) return rpcError(400, -32600, 'no-batches');
  const mcp = mcpServerFor(claims, parts.dispatcher, parts.catalogue);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await mcp.connect(transport);
  try {
    return await transport.handleRequest(request, { parsedBody });
  } finally {
    await mcp.close();
  }
}

/** The message; null when it is no JSON, which the transport refuses; undefined when it is too large. */
async function readBody({ body }: Request): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > largestRequestBytes) return undefined;
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

const rpcError = (status: number, code: number, message: string) =>
  Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status });

/** The claims, or the code of what is wrong with the token. */
function authenticate(context: Context, { secret, clock }: Parts): CallClaims | string {
  const [scheme, token] = (context.req.header('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined) return 'missing-token';
  try {
    return verifyCallToken(token, secret, Math.floor(clock.now() / 1000));
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
}

function refuse(context: Context, status: 401 | 403 | 500, code: string): Response {
  if (status === 401)
    context.header('WWW-Authenticate', `Bearer error="invalid_token", error_description="${code}"`);
  return context.json({ jsonrpc: '2.0', id: null, error: { code: -32000, message: code } }, status);
}
