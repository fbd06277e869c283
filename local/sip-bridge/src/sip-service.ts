import { Empty } from '@bufbuild/protobuf';
import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { Bus } from './psrpc/bus.ts';
import { PsrpcClient } from './psrpc/client.ts';
import { PsrpcServer } from './psrpc/server.ts';
import type { SendReport } from './report.ts';
import type { SharedServices } from './services.ts';
import {
  CreateParticipantRequest,
  type CreateParticipantResponse,
  TransferParticipantRequest,
} from './sip-internal.ts';

/** The bridge on LiveKit's bus: serves SIPInternal, and tells IOInfo. */
export class SipService {
  readonly #server: PsrpcServer;
  readonly #ioInfo: PsrpcClient;
  readonly #logger: Logger;

  private constructor(server: PsrpcServer, ioInfo: PsrpcClient, logger: Logger) {
    this.#server = server;
    this.#ioInfo = ioInfo;
    this.#logger = logger;
  }

  static async open(bus: Bus, clock: Clock, logger: Logger): Promise<SipService> {
    const ioInfo = await PsrpcClient.open(bus, clock, 'IOInfo');
    return new SipService(new PsrpcServer(bus, clock, logger), ioInfo, logger);
  }

  /** Takes requests for outbound calls from now on. Resolves with the function that ends it. */
  serveCalls(
    place: (request: CreateParticipantRequest, signal: AbortSignal) => Promise<CreateParticipantResponse>,
  ): Promise<() => Promise<void>> {
    const method = { service: 'SIPInternal', method: 'CreateSIPParticipant' };
    return this.#server.register(method, async (raw, signal) =>
      (await place(CreateParticipantRequest.fromBinary(raw), signal)).toBinary(),
    );
  }

  serveTransfers: SharedServices['serveTransfers'] = (topic, transfer) => {
    const method = { service: 'SIPInternal', method: 'TransferSIPParticipant', topic };
    const registered = this.#server.register(method, async (raw, signal) => {
      await transfer(TransferParticipantRequest.fromBinary(raw), signal);
      return new Empty().toBinary();
    });
    const failed = (error: unknown) => this.#logger.warn('transfers not served', describeError(error));
    return () => void registered.then((end) => end()).catch(failed);
  };

  sendReport: SendReport = async (report) => {
    await this.#ioInfo.request('UpdateSIPCallState', report.toBinary());
  };
}
