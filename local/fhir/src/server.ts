import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, type Server } from 'node:net';
import { serve } from '@hono/node-server';
import { type Logger, systemClock } from '@vestibule/core';
import { base, fhirApp } from './app.ts';
import type { Environment } from './environment.ts';
import { Store } from './store.ts';

export interface LocalFhir {
  /** The FHIR base, such as `http://127.0.0.1:4585/fhir`. */
  url: string;
  /** What it holds. */
  store: Store;
  stop(): Promise<void>;
}

/** @throws what listening throws, such as EADDRINUSE. */
export async function startLocalFhir(environment: Environment, logger: Logger): Promise<LocalFhir> {
  const store = new Store({ now: () => systemClock.now(), newId: randomUUID });
  const startedAt = new Date(systemClock.now()).toISOString();
  const app = fhirApp({ token: environment.token, store, logger, startedAt });
  const server = serve({ fetch: app.fetch, hostname: environment.host, port: environment.port });
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}${base}`,
    store,
    stop: async () => {
      const closed = once(server as Server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
