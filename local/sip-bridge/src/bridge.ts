import { randomUUID } from 'node:crypto';
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
import { RoomServiceClient } from 'livekit-server-sdk';
import { otherAnswers } from './answers.ts';
import { Authenticator } from './authenticator.ts';
import { type CallServices, InboundCall } from './call.ts';
import { liveKitDirectory } from './directory.ts';
import type { Dispatch } from './dispatch.ts';
import { type Limits, officialLimits } from './limits.ts';
import { OutboundCall } from './outbound-call.ts';
import { type Bus, openRedisBus } from './psrpc/bus.ts';
import { PsrpcError } from './psrpc/errors.ts';
import { randomName } from './psrpc/names.ts';
import { LiveKitRoomLeg, type RoomLeg, type RoomLegEvents } from './room-leg.ts';
import type { CreateParticipantRequest, CreateParticipantResponse } from './sip-internal.ts';
import { SipService } from './sip-service.ts';
import { participantToken } from './token.ts';

export interface BridgeOptions {
  livekit: { url: string; apiKey: string; apiSecret: string };
  listen: { address: string; port: number };
  rtpPorts: PortRange;
  /** URL of LiveKit Server's Redis. */
  redis: string;
  /** With as many calls, requests for outbound ones are refused; inbound ones are taken all the same. */
  maxCalls: number;
  logger: Logger;
  clock?: Clock;
  limits?: Partial<Limits>;
  tap?: SipEndpointOptions['tap'];
}

/** The SIP side of LiveKit: takes INVITEs, places calls that LiveKit Server asks for, and carries each into a room. */
export class SipBridge {
  readonly #options: BridgeOptions;
  readonly #endpoint: SipEndpoint;
  readonly #authenticator: Authenticator;
  readonly #pacer: Pacer;
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #rooms: RoomServiceClient;
  readonly #bus: Bus;
  readonly #service: SipService;
  #calls = new Map<ServerTransaction, InboundCall>();
  #outbound = new Set<OutboundCall>();
  /** Ids of calls that were challenged: the INVITE with the answer is the same call. */
  #ids = new Map<string, string>();
  #idle: (() => void)[] = [];

  private constructor(
    endpoint: SipEndpoint,
    options: BridgeOptions,
    { clock, bus, service }: { clock: Clock; bus: Bus; service: SipService },
  ) {
    const { url, apiKey, apiSecret } = options.livekit;
    this.#rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret);
    this.#bus = bus;
    this.#service = service;
    this.#options = options;
    this.#endpoint = endpoint;
    this.#clock = clock;
    this.#limits = { ...officialLimits, ...options.limits };
    this.#authenticator = new Authenticator(clock, this.#limits.challenge);
    this.#pacer = new Pacer(clock);
    endpoint.onRequest = (transaction) => this.#onRequest(transaction);
  }

  /** @throws CodedError `address-in-use` or `redis-unavailable`. */
  static async start(options: BridgeOptions): Promise<SipBridge> {
    const clock = options.clock ?? systemClock;
    const bus = await openRedisBus(options.redis, options.logger);
    try {
      return await SipBridge.#listen(options, bus, clock);
    } catch (error) {
      bus.close();
      throw error;
    }
  }

  static async #listen(options: BridgeOptions, bus: Bus, clock: Clock): Promise<SipBridge> {
    const service = await SipService.open(bus, clock, options.logger);
    const endpoint = await SipEndpoint.open({
      ...options.listen,
      clock,
      ...(options.tap ? { tap: options.tap } : {}),
    });
    const bridge = new SipBridge(endpoint, options, { clock, bus, service });
    await service.serveCalls((request, signal) => bridge.#place(request, signal));
    return bridge;
  }

  /** Where it listens. */
  get local(): { address: string; port: number } {
    return this.#endpoint.local;
  }

  /** Calls that ring or are up. */
  get calls(): number {
    return this.#calls.size + this.#outbound.size;
  }

  /** Resolves when no call is left. New ones are still taken meanwhile, as the official service does. */
  async drained(): Promise<void> {
    if (this.calls > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Ends all calls and closes the socket. */
  async close(): Promise<void> {
    const inbound = [...this.#calls.values()].map((call) => call.end('shutdown'));
    await Promise.all([...inbound, ...[...this.#outbound].map((call) => call.end())]);
    this.#endpoint.close();
    this.#bus.close();
  }

  async #place(request: CreateParticipantRequest, signal: AbortSignal): Promise<CreateParticipantResponse> {
    // In the words of the official service, whose measure is the CPU.
    if (this.calls >= this.#options.maxCalls) throw new PsrpcError('unavailable', 'cpu exhausted');
    const call = new OutboundCall(request, {
      ...this.#services(),
      onEnd: () => {
        this.#outbound.delete(call);
        this.#idled();
      },
    });
    this.#outbound.add(call);
    return call.place(signal);
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
    this.#idled();
  }

  #idled(): void {
    if (this.calls > 0) return;
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
      serveTransfers: this.#service.serveTransfers,
      sendReport: this.#service.sendReport,
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
      isSeen: async () => {
        const participants = await this.#rooms.listParticipants(dispatch.room);
        return participants.some(
          ({ identity, tracks }) => identity === dispatch.identity && tracks.length > 0,
        );
      },
      clock: this.#clock,
      ...call,
    });
  }
}
