import { once } from 'node:events';
import { type AddressInfo, type Server } from 'node:net';
import { serve } from '@hono/node-server';
import { type Logger, systemClock } from '@vestibule/core';
import { florizelApp } from './app.ts';
import type { Environment } from './environment.ts';
import { Store } from './store.ts';

export interface Florizel {
  /** Such as `http://127.0.0.1:4580`. */
  url: string;
  stop(): Promise<void>;
}

/** Port 0 takes a free one. @throws what listening throws, such as EADDRINUSE. */
export async function startFlorizel(environment: Environment, logger: Logger): Promise<Florizel> {
  const store = new Store(environment.data, systemClock);
  const app = florizelApp({ token: environment.token, store, clock: systemClock, logger });
  const server = serve({ fetch: app.fetch, hostname: environment.host, port: environment.port });
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}`,
    stop: async () => {
      const closed = once(server as Server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
