import type { Clock } from '@vestibule/core';
import type { Bus } from './bus.ts';
import { ClaimRequest, ClaimResponse, pack, Request, Response, unpack } from './envelope.ts';
import { PsrpcError, type PsrpcErrorCode } from './errors.ts';
import { clientChannels, methodChannels, randomName } from './names.ts';

/** LiveKit's services give IOInfo this long. */
const timeoutMs = 3000;

interface Waiting {
  method: string;
  resolve: (response: Uint8Array) => void;
  reject: (error: PsrpcError) => void;
}

/** The client's side of psrpc, for one service: takes the first claim, and waits for the response. */
export class PsrpcClient {
  readonly id = `CLI_${randomName()}`;
  readonly #bus: Bus;
  readonly #clock: Clock;
  readonly #service: string;
  readonly #waiting = new Map<string, Waiting>();

  private constructor(bus: Bus, clock: Clock, service: string) {
    this.#bus = bus;
    this.#clock = clock;
    this.#service = service;
  }

  static async open(bus: Bus, clock: Clock, service: string): Promise<PsrpcClient> {
    const client = new PsrpcClient(bus, clock, service);
    const { claim, response } = clientChannels(service, client.id);
    await bus.subscribe([response, claim], (channel, payload) =>
      channel === claim ? client.#onClaim(payload) : client.#onResponse(payload),
    );
    return client;
  }

  /** @throws PsrpcError: the server's, or `unavailable` when none has answered in three seconds. */
  async request(method: string, rawRequest: Uint8Array): Promise<Uint8Array> {
    const requestId = `REQ_${randomName()}`;
    const sentAt = BigInt(Math.round(this.#clock.now() * 1000)) * 1000n;
    const expiry = sentAt + BigInt(timeoutMs) * 1_000_000n;
    const request = new Request({ requestId, clientId: this.id, sentAt, expiry, rawRequest });
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    this.#waiting.set(requestId, { method, resolve, reject });
    const done = new AbortController();
    void this.#clock.sleep(timeoutMs, done.signal).then(() => {
      reject(new PsrpcError('unavailable', 'no response from servers'));
    });
    try {
      const { request: channel } = methodChannels({ service: this.#service, method });
      await Promise.all([this.#bus.publish(channel, pack(request)), promise]);
      return await promise;
    } finally {
      done.abort();
      this.#waiting.delete(requestId);
    }
  }

  #onClaim(payload: Uint8Array): void {
    const claim = unpack(ClaimRequest, payload);
    const waiting = claim && this.#waiting.get(claim.requestId);
    if (!claim || !waiting) return;
    const { claimed } = methodChannels({ service: this.#service, method: waiting.method });
    const { requestId, serverId } = claim;
    this.#bus
      .publish(claimed, pack(new ClaimResponse({ requestId, serverId })))
      .catch(() => waiting.reject(new PsrpcError('unavailable', 'Redis is down')));
  }

  #onResponse(payload: Uint8Array): void {
    const response = unpack(Response, payload);
    const waiting = response && this.#waiting.get(response.requestId);
    if (!waiting) return;
    if (response.error === '') waiting.resolve(response.rawResponse);
    else waiting.reject(new PsrpcError(response.code as PsrpcErrorCode, response.error));
  }
}
