import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (params: Record<string, unknown>, response: ServerResponse) => unknown;

/**
 * An MCP server that answers as it is told to, with no SDK in it: what a foreign server may be. A handler gives a result, or
 * `undefined` when it has written (or never ends) the response by itself.
 */
export async function oddServer(methods: Record<string, Handler>) {
  const seen: { method: string; params: Record<string, unknown>; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (request.method !== 'POST') return void response.writeHead(405).end();
      const { id, method, params = {} } = JSON.parse(Buffer.concat(pieces).toString()) as Message;
      seen.push({ method, params, headers: request.headers });
      if (id === undefined) return void response.writeHead(202).end();
      const result = (methods[method] ?? standard[method] ?? (() => ({})))(params, response);
      if (result === undefined) return;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    seen,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Message {
  id?: number;
  method: string;
  params?: Record<string, unknown>;
}

const standard: Record<string, Handler> = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'odd', version: '1' },
  }),
};
