import type { Call, Operation } from './app.ts';
import { jsonType } from './protocol.ts';
import { ServiceError, type Service } from './service-error.ts';

/** Takes the parsed body; what it returns is the response's document, nothing an empty body. */
export type JsonHandler = (input: unknown, call: Call) => Promise<object | undefined> | object | undefined;

/**
 * A service of the AWS JSON 1.1 protocol: every operation is a POST to `/`, named by `X-Amz-Target`.
 * @param target what stands before the dot of `X-Amz-Target`.
 * @param bodyLimit bytes.
 */
export function jsonService(
  service: Service,
  target: string,
  bodyLimit: number,
  handlers: ReadonlyMap<string, JsonHandler>,
): Operation {
  const prefix = `${target}.`;
  return {
    service,
    method: 'POST',
    path: /^\/$/,
    target: prefix,
    body: bodyLimit,
    run: async (call) => {
      const handler = handlers.get((call.exchange.headers['x-amz-target'] ?? '').slice(prefix.length));
      if (!handler) throw new ServiceError('UnknownOperationException', 400, '');
      const output = await handler(parseBody(call.body), call);
      const text = output === undefined ? '' : JSON.stringify(output);
      call.exchange.respond(200, { 'content-type': jsonType }, text);
    },
  };
}

/** A member that is null counts as not there, as in the services themselves. */
function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'), (_key, value: unknown) => value ?? undefined);
  } catch {
    throw new ServiceError('SerializationException', 400, 'The request body is no JSON.');
  }
}
