import { createServer, type Server } from 'node:http';
import { once } from 'node:events';

/** `GET /healthz` for whoever keeps the process running, and nothing else. */
export async function startHealth(
  listen: { host: string; port: number },
  status: () => { recordings: number; draining: boolean },
): Promise<Server> {
  const server = createServer((request, response) => {
    const isKnown = request.method === 'GET' && request.url === '/healthz';
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    response.end(isKnown ? JSON.stringify(status()) : '{}');
  });
  server.listen(listen.port, listen.host);
  await once(server, 'listening');
  return server;
}
