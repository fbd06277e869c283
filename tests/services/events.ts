import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface Webhook {
  url: string;
  /** The first notification that names this key; waits for it. */
  about(key: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Takes versitygw's notifications, as the local stack's runner does. */
export async function startWebhook(): Promise<Webhook> {
  const bodies: unknown[] = [];
  let wake = Promise.withResolvers<void>();
  const take = async (request: IncomingMessage) => {
    bodies.push(await json(request));
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const server = createServer((request, response) => {
    response.setHeader('connection', 'close');
    void take(request).finally(() => response.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    about: async (key) => {
      for (;;) {
        const found = bodies.find((body) => JSON.stringify(body).includes(`"key":"${key}"`));
        if (found !== undefined) return found;
        await wake.promise;
      }
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
