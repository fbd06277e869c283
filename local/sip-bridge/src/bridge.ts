import { randomInt, randomUUID } from 'node:crypto';
import { type Clock, type Logger, systemClock } from '@vestibule/core';
import {
  header,
  Pacer,
  type PortRange,
  type ResponseParts,
  type ServerTransaction,
  SipEndpoint,
  type SipEndpointOptions,
  tagOf,
} from '@vestibule/local-telephony';
import { otherAnswers } from './answers.ts';
import { Authenticator } from './authenticator.ts';
import { type CallServices, type Ending, InboundCall } from './call.ts';
import { liveKitDirectory } from './directory.ts';
import type { Dispatch } from './dispatch.ts';
import { type Limits, officialLimits } from './limits.ts';
import { LiveKitRoomLeg, type RoomLeg, type RoomLegEvents } from './room-leg.ts';
import { participantToken } from './token.ts';

export interface BridgeOptions {
  livekit: { url: string; apiKey: string; apiSecret: string };
  listen: { address: string; port: number };
  rtpPorts: PortRange;
  logger: Logger;
  clock?: Clock;
  limits?: Partial<Limits>;
  tap?: SipEndpointOptions['tap'];
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomName(): string {
  return Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');
}

/** The SIP side of LiveKit, inbound: takes INVITEs and carries each call into a room. */
export class SipBridge {
  readonly #options: BridgeOptions;
  readonly #endpoint: SipEndpoint;
  readonly #authenticator: Authenticator;
  readonly #pacer: Pacer;
  readonly #clock: Clock;
  readonly #limits: Limits;
  #calls = new Map<ServerTransaction, InboundCall>();
  /** Ids of calls that were challenged: the INVITE with the answer is the same call. */
  #ids = new Map<string, string>();
  #idle: (() => void)[] = [];

  private constructor(endpoint: SipEndpoint, options: BridgeOptions, clock: Clock) {
    this.#options = options;
    this.#endpoint = endpoint;
    this.#clock = clock;
    this.#limits = { ...officialLimits, ...options.limits };
    this.#authenticator = new Authenticator(clock, this.#limits.challenge);
    this.#pacer = new Pacer(clock);
    endpoint.onRequest = (transaction) => this.#onRequest(transaction);
  }

  /** @throws CodedError `address-in-use`. */
  static async start(options: BridgeOptions): Promise<SipBridge> {
    const clock = options.clock ?? systemClock;
    const endpoint = await SipEndpoint.open({
      ...options.listen,
      clock,
      ...(options.tap ? { tap: options.tap } : {}),
    });
    return new SipBridge(endpoint, options, clock);
  }

  /** Where it listens. */
  get local(): { address: string; port: number } {
    return this.#endpoint.local;
  }

  /** Calls that ring or are up. */
  get calls(): number {
    return this.#calls.size;
  }

  /** Resolves when no call is left. New ones are still taken meanwhile, as the official service does. */
  async drained(): Promise<void> {
    if (this.#calls.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Ends all calls and closes the socket. */
  async close(ending: Ending = 'shutdown'): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => call.end(ending)));
    this.#endpoint.close();
  }

  #onRequest(transaction: ServerTransaction): void {
    const { request, cancels } = transaction;
    const answer = (parts: ResponseParts) => transaction.respond({ ...parts, toTag: randomUUID() });
    if (request.method === 'INVITE') return this.#onInvite(transaction);
    if (request.method === 'CANCEL') {
      const call = cancels && this.#calls.get(cancels);
      // Unlike RFC 3261 §9.2 (481), the official service is silent about a CANCEL that it cannot place.
      if (!call) return transaction.terminate();
      answer(otherAnswers.ok());
      return call.cancel();
    }
    if (request.method === 'OPTIONS') return answer(otherAnswers.ok());
    if (request.method === 'BYE') return answer(otherAnswers.noCall());
    answer(request.method === 'NOTIFY' ? otherAnswers.badRequest() : otherAnswers.notAllowed());
  }

  #onInvite(invite: ServerTransaction): void {
    const { request } = invite;
    const key = `${header(request, 'call-id')} ${tagOf(header(request, 'from'))}`;
    const answersChallenge = header(request, 'Proxy-Authorization') !== undefined;
    const id = (answersChallenge ? this.#ids.get(key) : undefined) ?? `SCL_${randomName()}`;
    this.#ids.delete(key);
    const call = new InboundCall(invite, id, {
      ...this.#services(),
      onEnd: () => {
        this.#remember(key, id, invite);
        this.#remove(invite);
      },
    });
    this.#calls.set(invite, call);
    void call.run();
  }

  #remember(key: string, id: string, invite: ServerTransaction): void {
    if (invite.state !== 'completed') return;
    this.#ids.set(key, id);
    if (this.#ids.size > 1000) this.#ids.delete(this.#ids.keys().next().value!);
  }

  #remove(invite: ServerTransaction): void {
    this.#calls.delete(invite);
    if (this.#calls.size > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #services(): Omit<CallServices, 'onEnd'> {
    const { livekit, rtpPorts, logger } = this.#options;
    const { address, port } = this.#endpoint.local;
    const readDirectory = liveKitDirectory({
      ...livekit,
      clock: this.#clock,
      patienceMs: this.#limits.server,
    });
    return {
      endpoint: this.#endpoint,
      readDirectory,
      authenticator: this.#authenticator,
      joinRoom: (dispatch, events, call) => this.#joinRoom(dispatch, events, call),
      pacer: this.#pacer,
      clock: this.#clock,
      logger,
      limits: this.#limits,
      rtp: { address, ports: rtpPorts },
      contact: `<sip:${address}:${port};transport=udp>`,
      randomName,
    };
  }

  #joinRoom(
    dispatch: Dispatch,
    events: RoomLegEvents,
    call: { logger: Logger; signal: AbortSignal },
  ): Promise<RoomLeg> {
    const { livekit } = this.#options;
    return LiveKitRoomLeg.join({
      ...events,
      url: livekit.url,
      identity: dispatch.identity,
      token: () => participantToken(dispatch, livekit),
      clock: this.#clock,
      ...call,
    });
  }
}
