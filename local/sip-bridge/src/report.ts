import type { PartialMessage } from '@bufbuild/protobuf';
import { SIPCallInfo, type SIPTransferInfo } from '@livekit/protocol';
import { type Clock, describeError, type Logger } from '@vestibule/core';
import { UpdateCallStateRequest } from './sip-internal.ts';

/** Tells LiveKit Server. Rejects when it does not answer. */
export type SendReport = (report: UpdateCallStateRequest) => Promise<void>;

/** What LiveKit Server is told of one call (IOInfo.UpdateSIPCallState): each change once, in order, never in the call's way. */
export class CallReport {
  readonly #send: SendReport;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #info: SIPCallInfo;
  #sent: Promise<void> = Promise.resolve();

  constructor(
    info: PartialMessage<SIPCallInfo>,
    { send, clock, logger }: { send: SendReport; clock: Clock; logger: Logger },
  ) {
    this.#send = send;
    this.#clock = clock;
    this.#logger = logger;
    this.#info = new SIPCallInfo({ ...info, createdAtNs: this.now() });
  }

  /** ns since the epoch */
  now(): bigint {
    return BigInt(Math.round(this.#clock.now() * 1000)) * 1000n;
  }

  /** Takes note of what goes along with the next report. */
  note(changes: PartialMessage<SIPCallInfo>): void {
    this.#info = new SIPCallInfo({ ...this.#info, ...changes });
  }

  update(changes: PartialMessage<SIPCallInfo>): void {
    this.note(changes);
    this.#report(new UpdateCallStateRequest({ callInfo: this.#info }));
  }

  transfer(transferInfo: SIPTransferInfo): void {
    this.#report(new UpdateCallStateRequest({ transferInfo }));
  }

  /** Resolves when all is told, or given up. Never rejects. */
  sent(): Promise<void> {
    return this.#sent;
  }

  #report(report: UpdateCallStateRequest): void {
    this.#sent = this.#sent.then(async () => {
      try {
        await this.#send(report);
      } catch (error) {
        this.#logger.warn('call state not reported', describeError(error));
      }
    });
  }
}
