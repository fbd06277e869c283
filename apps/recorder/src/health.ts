import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { RecorderMetrics } from './metrics.ts';

export interface Health {
  recordings: number;
  draining: boolean;
}

/** `GET /healthz` for whoever keeps the process running, `GET /metrics` for Prometheus, and nothing else. */
export async function startHealth(
  listen: { host: string; port: number },
  status: () => Health,
  metrics: Pick<RecorderMetrics, 'exposition'>,
): Promise<Server> {
  const answers: Record<string, () => Promise<{ type: string; text: string }>> = {
    '/healthz': async () => ({ type: 'application/json', text: JSON.stringify(status()) }),
    '/metrics': () => metrics.exposition(),
  };
  const server = createServer((request, response) => {
    const answer = request.method === 'GET' ? answers[request.url ?? ''] : undefined;
    if (answer === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    answer().then(
      ({ type, text }) => response.writeHead(200, { 'content-type': type }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(listen.port, listen.host);
  await once(server, 'listening');
  return server;
}
