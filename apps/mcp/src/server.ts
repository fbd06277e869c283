import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { dirname, resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { openSearchClient } from '@vestibule/opensearch';
import type { Config } from '@vestibule/config';
import { describeError, type Logger, systemClock } from '@vestibule/core';
import type { Environment } from './environment.ts';
import { mcpApp } from './http.ts';
import { bedrockEmbedder } from './knowledge/embedding.ts';
import { KnowledgeSource } from './knowledge/tool.ts';
import { NearestPassages } from './knowledge/vectors.ts';
import { type BackendOptions, BackendSource } from './openapi/source.ts';
import { QuestionnaireCatalogue } from './questionnaires.ts';
import { Dispatcher } from './tools/dispatch.ts';

export interface RunningMcp {
  /** Such as `http://127.0.0.1:4590/mcp`. */
  url: string;
  stop(): Promise<void>;
}

/** Listens at once; tools of the backend appear when it has given its OpenAPI file. Port 0 takes a free one. */
export async function startMcp(
  environment: Environment,
  config: Pick<Config, 'tools' | 'questionnaires'>,
  logger: Logger,
): Promise<RunningMcp> {
  const stopping = new AbortController();
  const { allow, timeouts, openapi, embeddings } = config.tools;
  const openSearch = openSearchClient(environment.openSearchUrl, { requestTimeout: 5_000, maxRetries: 0 });
  const meaning = embeddings !== undefined && {
    nearest: new NearestPassages(openSearch, bedrockEmbedder(embeddings)),
    onLost: (error: unknown) => logger.warn('searched by words alone', describeError(error)),
  };
  const knowledge = new KnowledgeSource(openSearch, allow, timeouts, meaning || undefined);
  const remote = allow.filter((name) => !knowledge.names.includes(name));
  const backend = new BackendSource(
    { allow: remote, timeouts, openApi: openApiOf(openapi, environment.config) },
    { url: environment.backendUrl, token: environment.backendToken, fetch: globalThis.fetch },
  );
  const loading = backend
    .load(systemClock, logger, stopping.signal)
    .then(() => {
      // The file is the deployment's own, not a caller's.
      for (const { path, message } of backend.faults())
        logger.error('tool left out', { place: path, why: message });
    })
    .catch((error: unknown) => {
      logger.error("the backend's OpenAPI file cannot be used; its tools stay away", describeError(error));
    });
  const app = mcpApp({
    secret: environment.secret,
    dispatcher: new Dispatcher([knowledge, backend], environment.secret, systemClock, logger),
    catalogue: new QuestionnaireCatalogue(resolve(dirname(environment.config), config.questionnaires)),
    ready: () => backend.awaited().length === 0,
    clock: systemClock,
    logger,
  });
  const server = serve({
    fetch: app.fetch,
    hostname: environment.host,
    port: environment.port,
    // A client that sends a letter at a time holds a connection no longer than this.
    serverOptions: { headersTimeout: 3_000, requestTimeout: 5_000, connectionsCheckingInterval: 500 },
  });
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}/mcp`,
    stop: async () => {
      stopping.abort();
      const closed = once(server as Server, 'close');
      server.close();
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      await Promise.all([closed, loading, openSearch.close()]);
    },
  };
}

/** What begins with a slash is on the backend; anything else is a file beside vestibule.yaml. */
export const openApiOf = (openapi: string, config: string): BackendOptions['openApi'] =>
  openapi.startsWith('/') ? openapi : { file: resolve(dirname(config), openapi) };
