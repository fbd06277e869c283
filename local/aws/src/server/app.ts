import { describeError, isCodedError, type Clock, type Logger } from '@vestibule/core';
import { exceptionEvent } from '../event-stream/frames.ts';
import { verifyRequest, type Credentials, type Signed } from '../sigv4/verify.ts';
import { errorAnswer } from './error-answer.ts';
import type { Exchange } from './exchange.ts';
import { Cut, FaultGate, type FaultPlan } from './faults.ts';
import { internalFailure, ServiceError, type Service } from './service-error.ts';

/** A request whose signature has been checked, on its way to an operation. */
export interface Call {
  readonly exchange: Exchange;
  readonly gate: FaultGate;
  readonly signed: Signed;
  /** The whole body; empty for an event stream, which the operation reads itself. */
  readonly body: Buffer;
  /** What the path pattern captured, decoded. */
  readonly path: readonly string[];
}

export interface Operation {
  readonly service: Service;
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  /** How `X-Amz-Target` begins, where the path is the same for every service (the AWS JSON protocols). */
  readonly target?: string;
  /** Largest body in bytes, or `events` for a signed event stream. */
  readonly body: number | 'events';
  run(call: Call): Promise<void>;
}

/** Answers a path under `/_local/`, which no service has. Not signed: the port is a loopback one. */
export type Control = (exchange: Exchange) => Promise<void> | void;

export interface AppOptions {
  readonly operations: readonly Operation[];
  /** By path. */
  readonly controls: ReadonlyMap<string, Control>;
  readonly credentials: Credentials;
  readonly faults: FaultPlan;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Routes requests: health, the stand-in's own controls, and the services' operations. */
export function createApp(options: AppOptions): (exchange: Exchange) => void {
  return (exchange) => {
    route(exchange, options).catch((error: unknown) => {
      options.log.error('a request failed in an unforeseen way', describeError(error));
      exchange.reset();
    });
  };
}

async function route(exchange: Exchange, options: AppOptions): Promise<void> {
  if (exchange.path === '/healthz') return exchange.respond(200, { 'content-type': 'text/plain' }, 'ok\n');
  const control = options.controls.get(exchange.path);
  if (control) return control(exchange);
  for (const operation of options.operations) {
    const match = isFor(operation, exchange) ? operation.path.exec(exchange.path) : null;
    if (match) return serve(exchange, operation, match.slice(1), options);
  }
  exchange.respond(
    404,
    { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' },
    '{"message":"UnknownOperationException"}',
  );
}

function isFor({ method, target = '' }: Operation, exchange: Exchange): boolean {
  return method === exchange.method && (exchange.headers['x-amz-target'] ?? '').startsWith(target);
}

async function serve(
  exchange: Exchange,
  operation: Operation,
  captured: string[],
  options: AppOptions,
): Promise<void> {
  const { service } = operation;
  const fault = options.faults.take(service, exchange.headers['x-local-aws-fault']);
  const gate = new FaultGate(exchange, service, fault, options.clock);
  try {
    const body = operation.body === 'events' ? undefined : await exchange.body(operation.body);
    const signed = verifyRequest(exchange, service, options.credentials, options.clock.now(), body);
    await gate.pass(false);
    const path = captured.map(decodePath);
    await operation.run({ exchange, gate, signed, body: body ?? Buffer.alloc(0), path });
  } catch (error) {
    await fail(exchange, service, error, options.log);
  }
}

/** Before the response has begun an error is an HTTP answer; in an event stream an exception; in audio a reset. */
async function fail(exchange: Exchange, service: Service, thrown: unknown, log: Logger): Promise<void> {
  if (thrown instanceof Cut || exchange.signal.aborted || isCodedError(thrown, 'client-gone')) return;
  const error = serviceError(service, thrown, log);
  log.debug('answered with an error', { service, code: error.code });
  const { status, headers, document } = errorAnswer(service, error);
  if (!exchange.opened) return exchange.respond(status, headers, JSON.stringify(document));
  if (!exchange.streamsEvents) return exchange.reset();
  await exchange.send(exceptionEvent(memberName(service, error.code), document));
  exchange.end();
}

function serviceError(service: Service, thrown: unknown, log: Logger): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  if (isCodedError(thrown, 'bad-frame')) return badFrame(service);
  if (isCodedError(thrown, 'too-large')) {
    return new ServiceError('RequestEntityTooLargeException', 413, 'The request is too large.');
  }
  log.error('an operation failed', { service, ...describeError(thrown) });
  return internalFailure(service);
}

function badFrame(service: Service): ServiceError {
  const message =
    'Could not decode the audio stream that you provided. Check that the audio stream is valid and try your request again.';
  return service === 'transcribe'
    ? new ServiceError('BadRequestException', 400, message)
    : new ServiceError('ValidationException', 400, 'The event stream could not be decoded.', {
        reason: 'other',
      });
}

/** In a stream, Bedrock names exceptions by the member (`throttlingException`), the others by the type. */
function memberName(service: Service, code: string): string {
  return service === 'bedrock' ? code.charAt(0).toLowerCase() + code.slice(1) : code;
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
