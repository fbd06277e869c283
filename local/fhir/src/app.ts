import { timingSafeEqual } from 'node:crypto';
import type { Logger } from '@vestibule/core';
import { describeError } from '@vestibule/core';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { capabilityStatement } from './capability.ts';
import { FaultSource } from './faults.ts';
import { operationOutcome, Refusal, refusal } from './outcome.ts';
import { assertIntegrity } from './references.ts';
import { isResourceType, type Resource, type ResourceType } from './schema/resources.ts';
import { matcherOf } from './search.ts';
import type { Store } from './store.ts';
import { transact, versionOf } from './transaction.ts';

export interface Parts {
  token: string;
  store: Store;
  logger: Logger;
  /** When it started, ISO 8601: the date of its CapabilityStatement. */
  startedAt: string;
}

/** Where the FHIR base stands. */
export const base = '/fhir';

/** The server without its socket. */
export function fhirApp({ token, store, logger, startedAt }: Parts): Hono {
  const app = new Hono();
  const faults = new FaultSource();
  app.use(async (context, next) => {
    await next();
    context.header('x-vestibule-stand-in', 'local-fhir');
  });
  app.get('/healthz', (context) => context.json({ service: 'local-fhir (stand-in)', ready: true }));
  app.get(`${base}/metadata`, (context) => fhir(context, 200, capabilityStatement(startedAt)));
  app.use(async (context, next) => {
    if (!bears(context, token)) throw refusal(401, 'login', 'a bearer token is needed');
    return next();
  });
  app.post('/_local/faults', async (context) => {
    faults.set(await context.req.json());
    return context.body(null, 204);
  });
  app.use(faults.middleware);
  app.post(base, async (context) => fhir(context, 200, transact(store, await bodyOf(context))));
  app.get(`${base}/:type`, (context) => fhir(context, 200, searchset(context, store)));
  app.get(`${base}/:type/:id`, (context) => {
    const found = store.read(typeOf(context), context.req.param('id'));
    context.header('etag', versionOf(found).etag);
    context.header('last-modified', new Date(versionOf(found).lastModified).toUTCString());
    return fhir(context, 200, found);
  });
  app.delete(`${base}/:type/:id`, (context) => {
    const draft = store.draft();
    draft.delete(typeOf(context), context.req.param('id'));
    assertIntegrity(draft);
    store.become(draft);
    return context.body(null, 204);
  });
  app.notFound(() => {
    throw refusal(404, 'not-supported', 'no such interaction');
  });
  app.onError((error, context) => {
    if (error instanceof Refusal) return fhir(context, error.status, operationOutcome(error.issues));
    logger.error('request failed', describeError(error));
    return fhir(context, 500, operationOutcome([{ code: 'exception', diagnostics: 'something went wrong' }]));
  });
  return app;
}

function searchset(context: Context, store: Store): object {
  const { search, origin } = new URL(context.req.url);
  const found = store.find(typeOf(context), matcherOf(search.slice(1)));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    ...(found.length > 0 && { entry: found.map((resource) => matchOf(resource, origin)) }),
  };
}

const matchOf = (resource: Resource, origin: string) => ({
  fullUrl: `${origin}${base}/${resource.resourceType}/${resource.id}`,
  resource,
  search: { mode: 'match' },
});

function typeOf(context: Context): ResourceType {
  const type = context.req.param('type');
  if (!isResourceType(type)) throw refusal(404, 'not-supported', 'this server keeps no such type');
  return type;
}

async function bodyOf(context: Context): Promise<unknown> {
  const type = context.req.header('content-type')?.split(';')[0]?.trim();
  if (type !== 'application/fhir+json' && type !== 'application/json') {
    throw refusal(415, 'not-supported', 'the body is not application/fhir+json');
  }
  try {
    return await context.req.json();
  } catch {
    throw refusal(400, 'structure', 'the body is not JSON');
  }
}

function fhir(context: Context, status: number, body: object): Response {
  const headers = { 'content-type': 'application/fhir+json; charset=utf-8' };
  return context.body(JSON.stringify(body), status as ContentfulStatusCode, headers);
}

function bears(context: Context, token: string): boolean {
  const given = Buffer.from(context.req.header('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
