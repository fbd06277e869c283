import { SIPStatus, SIPTransferInfo, SIPTransferStatus } from '@livekit/protocol';
import {
  type ServerTransaction,
  type SipHeaders,
  type SipResponse,
  type Timers,
} from '@vestibule/local-telephony';
import { allow, otherAnswers } from './answers.ts';
import { oneLine } from './dispatch.ts';
import type { Limits } from './limits.ts';
import { PsrpcError } from './psrpc/errors.ts';
import type { CallReport } from './report.ts';
import { ringback } from './ringback.ts';
import type { TransferParticipantRequest } from './sip-internal.ts';
import { refusalError } from './sip-status.ts';

/** What a transfer needs of its call. */
export interface TransferServices {
  callId: string;
  /** Sends a request in the call's dialog: the final response, or undefined after a time-out. */
  send: (method: string, headers: SipHeaders) => Promise<SipResponse | undefined>;
  /** Attributes that become headers, as they are now. */
  mappedHeaders: () => SipHeaders;
  contact: string;
  report: CallReport;
  limits: Limits;
  timers: Timers;
  randomName: () => string;
  /** A second after the other side has reported success. */
  onTransferred: () => void;
}

interface Running {
  accepted: boolean;
  outcome: PromiseWithResolvers<void>;
  tone: (() => Int16Array) | undefined;
}

/** The transfers of one call: REFER in its dialog, then NOTIFYs until a final one. */
export class Transfers {
  readonly #services: TransferServices;
  #running: Running | undefined;
  #any = false;

  constructor(services: TransferServices) {
    this.#services = services;
  }

  /**
   * Resolves when the other side says that it has been transferred, or hangs up having accepted that.
   * @throws PsrpcError with what it answered; `canceled` when `signal` ends it.
   */
  async run(request: TransferParticipantRequest, signal: AbortSignal): Promise<void> {
    if (this.#running) throw new PsrpcError('failed_precondition', 'the call is being transferred already');
    const { report, callId, randomName, timers, limits } = this.#services;
    const running: Running = {
      accepted: false,
      outcome: Promise.withResolvers(),
      tone: request.playDialtone ? ringback() : undefined,
    };
    this.#running = running;
    this.#any = true;
    const info = new SIPTransferInfo({
      transferId: `STR_${randomName()}`,
      callId,
      transferTo: request.transferTo,
      transferInitiatedAtNs: report.now(),
    });
    report.transfer(info);
    signal.addEventListener('abort', () => {
      running.outcome.reject(new PsrpcError('canceled', 'context deadline exceeded'));
    });
    void this.#refer(request, running);
    try {
      await running.outcome.promise;
      report.transfer(completed(info, report, { transferStatus: SIPTransferStatus.STS_TRANSFER_SUCCESSFUL }));
      timers.set('transferred', limits.afterTransfer, this.#services.onTransferred);
    } catch (error) {
      // Of a REFER that nobody answered the official service reports no end.
      if (running.accepted || !signal.aborted) report.transfer(completed(info, report, failure(error)));
      throw error;
    } finally {
      this.#running = undefined;
    }
  }

  /** Answers a NOTIFY in the dialog and takes note of what it says. */
  notified(transaction: ServerTransaction): void {
    if (!this.#any) return transaction.respond(otherAnswers.badRequest());
    transaction.respond(otherAnswers.notified());
    const fragment = /^SIP\/2\.0 (\d{3}) ?(.*)/.exec(transaction.request.body);
    const status = Number(fragment?.[1] ?? 100);
    if (status < 200) return;
    if (status < 300) return this.#running?.outcome.resolve();
    const reason = fragment?.[2] ?? '';
    this.#running?.outcome.reject(refusalError('call transfer failed: ', { status, reason }));
  }

  /** The other side has hung up: having accepted a transfer, it has gone where it was sent. */
  hungUp(): void {
    if (this.#running?.accepted) this.#running.outcome.resolve();
    else this.ended();
  }

  /** The call is over. */
  ended(): void {
    this.#running?.outcome.reject(new PsrpcError('canceled', 'the call has ended'));
  }

  /** What the one who is being transferred hears, or undefined. */
  tone(): Int16Array | undefined {
    return this.#running?.tone?.();
  }

  async #refer({ transferTo, headers }: TransferParticipantRequest, running: Running): Promise<void> {
    const response = await this.#services.send('REFER', [
      ['Contact', this.#services.contact],
      ['Refer-To', oneLine(transferTo)],
      allow,
      ...Object.entries(headers).map(([name, value]) => [name, oneLine(value)] as const),
      ...this.#services.mappedHeaders(),
    ]);
    if (!response) running.outcome.reject(new PsrpcError('deadline_exceeded', 'no answer to REFER'));
    else if (response.status >= 300) running.outcome.reject(refusalError('', response));
    else running.accepted = true;
  }
}

function completed(
  info: SIPTransferInfo,
  report: CallReport,
  end: Partial<Pick<SIPTransferInfo, 'transferStatus' | 'error' | 'transferStatusCode'>>,
): SIPTransferInfo {
  return new SIPTransferInfo({ ...info, ...end, transferCompletedAtNs: report.now() });
}

function failure(error: unknown): Parameters<typeof completed>[2] {
  const transferStatus = SIPTransferStatus.STS_TRANSFER_FAILED;
  if (!(error instanceof PsrpcError)) return { transferStatus };
  if (error.code === 'canceled') return { transferStatus, error: 'refer canceled' };
  const status = new SIPStatus();
  const refused = error.details[0]?.unpackTo(status) === true;
  return { transferStatus, error: error.message, ...(refused ? { transferStatusCode: status } : {}) };
}
