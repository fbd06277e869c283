import { timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Clock, Logger } from '@vestibule/core';
import { describeError, isCodedError } from '@vestibule/core';
import { type Context, Hono } from 'hono';
import { FaultSource } from './faults.ts';
import { findPeople, people } from './people.ts';
import { parse, problem, type ProblemCode, Refusal } from './problem.ts';
import * as schemas from './schemas.ts';
import type { Created, Store } from './store.ts';

const openApi = readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8');

export interface Parts {
  token: string;
  store: Store;
  clock: Pick<Clock, 'sleep'>;
  logger: Logger;
}

/** The service without its socket. */
export function florizelApp({ token, store, clock, logger }: Parts): Hono {
  const app = new Hono();
  const faults = new FaultSource(clock);

  app.get('/healthz', (context) => context.json({ service: 'florizel (stand-in)', ready: true }));
  app.get('/openapi.yaml', (context) => context.body(openApi, 200, { 'content-type': 'application/yaml' }));
  app.use(async (context, next) => {
    if (!bears(context, token)) return problem(context, 'unauthorised');
    return next();
  });
  app.post('/_local/faults', async (context) => {
    faults.set(parse(schemas.faultSwitch, await body(context)));
    return context.body(null, 204);
  });
  app.use(faults.middleware);
  patients(app);
  cases(app, store);
  callBacks(app, store);
  app.notFound((context) => problem(context, 'not-found'));
  app.onError((error, context) => {
    if (error instanceof Refusal) return problem(context, error.code, error.faults);
    if (isCodedError<ProblemCode>(error, 'idempotency-conflict', 'erased'))
      return problem(context, error.code);
    logger.error('request failed', describeError(error));
    return problem(context, 'internal');
  });
  return app;
}

function patients(app: Hono): void {
  app.get('/patients', (context) =>
    context.json({ patients: findPeople(parse(schemas.patientQuery, context.req.query())) }),
  );
  app.get('/patients/:patientId', (context) => {
    const found = people.find((one) => one.patientId === context.req.param('patientId'));
    return found ? context.json(found) : problem(context, 'not-found');
  });
}

function cases(app: Hono, store: Store): void {
  app.get('/cases', (context) =>
    context.json({ cases: store.cases(parse(schemas.caseQuery, context.req.query())) }),
  );
  app.post('/cases', async (context) => {
    const key = keyOf(context);
    const asked = parse(schemas.newCase, await body(context));
    requireKnown(asked.patientId);
    return created(context, store.createCase(key, asked));
  });
  app.get('/cases/:caseId', (context) => {
    const found = store.case(context.req.param('caseId'));
    return found ? context.json(found) : problem(context, 'not-found');
  });
  app.patch('/cases/:caseId', async (context) => {
    const found = store.case(context.req.param('caseId'));
    if (!found) return problem(context, 'not-found');
    const change = parse(schemas.caseChange, await body(context));
    requireKnown(change.patientId);
    return context.json(store.updateCase(found, change));
  });
  app.delete('/cases/:id', (context) => erased(context, store, context.req.param('id')));
}

function callBacks(app: Hono, store: Store): void {
  app.get('/call-backs', (context) => {
    const { callId } = parse(schemas.callBackQuery, context.req.query());
    return context.json({ callBacks: store.callBacks(callId) });
  });
  app.post('/call-backs', async (context) => {
    const key = keyOf(context);
    return created(context, store.bookCallBack(key, parse(schemas.newCallBack, await body(context))));
  });
  app.delete('/call-backs/:id', (context) => erased(context, store, context.req.param('id')));
}

function erased(context: Context, store: Store, id: string): Response {
  return store.erase(id) ? context.body(null, 204) : problem(context, 'not-found');
}

function requireKnown(patientId: string | undefined): void {
  if (patientId !== undefined && !people.some((one) => one.patientId === patientId)) {
    throw new Refusal('unknown-patient');
  }
}

function created(context: Context, { value, replayed }: Created<object>): Response {
  if (replayed) context.header('Idempotency-Replayed', 'true');
  return context.json(value, 201);
}

function keyOf(context: Context): string {
  const key = schemas.idempotencyKey.safeParse(context.req.header('idempotency-key'));
  if (!key.success) throw new Refusal('idempotency-key-missing');
  return key.data;
}

async function body(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    throw new Refusal('not-json');
  }
}

function bears(context: Context, token: string): boolean {
  const given = Buffer.from(context.req.header('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
