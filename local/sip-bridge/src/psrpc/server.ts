import { createHash, randomInt } from 'node:crypto';
import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { Bus } from './bus.ts';
import { ClaimRequest, ClaimResponse, pack, Request, Response, unpack } from './envelope.ts';
import { PsrpcError } from './errors.ts';
import { clientChannels, type Method, methodChannels, randomName } from './names.ts';

/** Does what is asked, from a method's request to its response, both encoded. `signal`: the request has run out. */
export type Handler = (request: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>;

const lockSeconds = 5;
/** The official service says this whatever its load is. */
const affinity = 1;

const nanoseconds = (clock: Clock) => BigInt(Math.round(clock.now() * 1000)) * 1000n;

/**
 * The server's side of psrpc: of all that hear a request, the first to set its lock claims it, and does it once the
 * caller has agreed.
 */
export class PsrpcServer {
  readonly id = `SRV_${randomName()}`;
  readonly #bus: Bus;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #claims = new Map<string, (serverId: string) => void>();

  constructor(bus: Bus, clock: Clock, logger: Logger) {
    this.#bus = bus;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Serves a method from now on. Resolves with the function that ends it; what is being done goes on. */
  async register(method: Method, handler: Handler): Promise<() => Promise<void>> {
    const { request, claimed } = methodChannels(method);
    return this.#bus.subscribe([request, claimed], (channel, payload) => {
      if (channel === claimed) this.#onClaimed(payload);
      else
        void this.#serve(method, payload, handler).catch((error: unknown) =>
          this.#logger.warn('request not served', { method: method.method, ...describeError(error) }),
        );
    });
  }

  #onClaimed(payload: Uint8Array): void {
    const response = unpack(ClaimResponse, payload);
    if (response) this.#claims.get(response.requestId)?.(response.serverId);
  }

  async #serve(method: Method, payload: Uint8Array, handler: Handler): Promise<void> {
    const request = unpack(Request, payload);
    if (!request) return;
    const remainingMs = Number(request.expiry - nanoseconds(this.#clock)) / 1e6;
    if (remainingMs <= 0 || !(await this.#wins(payload))) return;
    const [deadline, done] = [new AbortController(), new AbortController()];
    void this.#clock.sleep(remainingMs, done.signal).then(() => {
      if (!done.signal.aborted) deadline.abort();
    });
    const { claim, response } = clientChannels(method.service, request.clientId);
    try {
      if (!(await this.#agreed(claim, request.requestId, deadline.signal))) return;
      const outcome = await this.#outcome(handler, request.rawRequest, deadline.signal);
      const { requestId } = request;
      const sentAt = nanoseconds(this.#clock);
      await this.#bus.publish(
        response,
        pack(new Response({ requestId, serverId: this.id, sentAt, ...outcome })),
      );
    } finally {
      done.abort();
    }
  }

  /** The lock's key is the digest of the very bytes that were published, so that all servers mean the same one. */
  #wins(payload: Uint8Array): Promise<boolean> {
    const key = createHash('sha256').update(payload).digest('base64');
    return this.#bus.lock(key, String(randomInt(2 ** 47)), lockSeconds);
  }

  async #agreed(channel: string, requestId: string, signal: AbortSignal): Promise<boolean> {
    const chosen = Promise.withResolvers<string | undefined>();
    this.#claims.set(requestId, chosen.resolve);
    signal.addEventListener('abort', () => chosen.resolve(undefined), { once: true });
    try {
      await this.#bus.publish(channel, pack(new ClaimRequest({ requestId, serverId: this.id, affinity })));
      return (await chosen.promise) === this.id;
    } finally {
      this.#claims.delete(requestId);
    }
  }

  async #outcome(handler: Handler, request: Uint8Array, signal: AbortSignal) {
    try {
      return { rawResponse: await handler(request, signal) };
    } catch (error) {
      if (error instanceof PsrpcError)
        return { error: error.message, code: error.code, errorDetails: [...error.details] };
      this.#logger.error('request failed', describeError(error));
      return { error: 'internal error', code: 'internal' };
    }
  }
}
