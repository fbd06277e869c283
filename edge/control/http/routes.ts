import { CodedError } from '@vestibule/core';
import { z } from 'zod';
import type { Forks } from '../forks/forks.ts';
import type { Wanted } from './authorise.ts';

/** The parts of the edge that requests reach. */
export interface EdgeParts {
  forks: Pick<Forks, 'subscribe' | 'unsubscribe' | 'report'>;
  host: {
    status(): Promise<unknown>;
    drain(isDraining: boolean): Promise<void>;
  };
  /** In Prometheus' text format. */
  metrics(): Promise<{ type: string; text: string }>;
}

export type RequestErrorCode = 'unknown-route' | 'method-not-allowed' | 'invalid-request';

/** What a request comes down to, before anybody has decided whether it may be done. */
export interface Route {
  wanted: Wanted;
  /** `body`: parsed JSON. @returns status and body of the response. @throws CodedError */
  handle(parts: EdgeParts, body: unknown): Promise<{ status: number; body?: unknown }>;
}

const place = z.strictObject({ host: z.ipv4(), port: z.int().min(1024).max(65535) });
const subscribeBody = z.strictObject({ rtp: z.strictObject({ caller: place, agent: place }) });
const drainBody = z.strictObject({ draining: z.boolean() });

/** @throws CodedError `unknown-route`, `method-not-allowed` or `invalid-request` */
export function routeOf(method: string, target: string): Route {
  const segments = segmentsOf(target);
  const [first, sipCallId = '', third, id = ''] = segments;
  const path = [first, ...(segments.length > 1 ? ['*'] : []), third, ...(segments.length > 3 ? ['*'] : [])];
  const methods = table[path.filter((part) => part !== undefined).join('/')];
  if (methods === undefined || segments.length > 4) throw refusal('unknown-route', 'no such path');
  const make = methods[method];
  if (make === undefined) throw refusal('method-not-allowed', `only ${Object.keys(methods).join(', ')}`);
  return make(sipCallId, id);
}

type Make = (sipCallId: string, id: string) => Route;

const table: Record<string, Record<string, Make>> = {
  'calls/*': {
    GET: (sipCallId) => ({
      wanted: { verb: 'query', sipCallId },
      handle: async ({ forks }) => ({ status: 200, body: await forks.report(sipCallId) }),
    }),
  },
  'calls/*/subscriptions': {
    POST: (sipCallId) => ({
      wanted: { verb: 'subscribe', sipCallId },
      handle: async ({ forks }, body) => {
        const { rtp } = parse(subscribeBody, body);
        return { status: 201, body: await forks.subscribe(sipCallId, rtp) };
      },
    }),
  },
  'calls/*/subscriptions/*': {
    DELETE: (sipCallId, id) => ({
      wanted: { verb: 'unsubscribe', sipCallId },
      handle: async ({ forks }) => {
        await forks.unsubscribe(sipCallId, id);
        return { status: 204 };
      },
    }),
  },
  status: {
    GET: () => ({
      wanted: { verb: 'status' },
      handle: async ({ host }) => ({ status: 200, body: await host.status() }),
    }),
  },
  drain: {
    POST: () => ({
      wanted: { verb: 'drain' },
      handle: async ({ host }, body) => {
        await host.drain(parse(drainBody, body).draining);
        return { status: 204 };
      },
    }),
  },
};

/** The path's segments, each decoded: a Call-ID may hold any of `/`, `@` and `%`. */
function segmentsOf(target: string): string[] {
  const [path = ''] = target.split('?');
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    throw refusal('invalid-request', 'the path is not percent-encoded UTF-8');
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'body';
  throw refusal('invalid-request', `${where}: ${issue?.message ?? 'is not valid'}`);
}

const refusal = (code: RequestErrorCode, message: string) => new CodedError<RequestErrorCode>(code, message);
