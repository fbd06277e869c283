import { type DisconnectReason, SIPCallStatus } from '@livekit/protocol';
import { describeError, type Logger } from '@vestibule/core';
import {
  Dialog,
  parseSdp,
  type ResponseParts,
  type ServerTransaction,
  type SessionDescription,
  type SipHeaders,
  type SipResponse,
  Timers,
} from '@vestibule/local-telephony';
import { inviteAnswers, otherAnswers, refusalFor } from './answers.ts';
import type { Authenticator } from './authenticator.ts';
import { answerOrigin, CallMedia } from './call-media.ts';
import { CallRoom } from './call-room.ts';
import type { DispatchRule, InboundTrunk, ReadDirectory } from './directory.ts';
import { type Dispatch, dispatchCall, mappedHeaders, partiesOf } from './dispatch.ts';
import { type Ending, reportedEnd, statusKept } from './endings.ts';
import { inboundReport, ruleReport, trunkReport } from './inbound-report.ts';
import { matchRule, matchTrunk } from './matching.ts';
import { PinEntry } from './pin-entry.ts';
import type { CallReport } from './report.ts';
import { requestIn } from './request-in.ts';
import type { SharedServices } from './services.ts';
import { Transfers } from './transfer.ts';

export interface CallServices extends SharedServices {
  readDirectory: ReadDirectory;
  authenticator: Authenticator;
}

type Phase = 'arriving' | 'ringing' | 'answered' | 'refused' | 'ended';

/** One inbound call, from its INVITE to its end. */
export class InboundCall {
  readonly id: string;
  readonly invite: ServerTransaction;
  readonly #services: CallServices;
  readonly #timers: Timers;
  readonly #logger: Logger;
  readonly #arrivedAt: number;
  readonly #dialog: Dialog;
  readonly #report: CallReport;
  readonly #transfers: Transfers;
  #phase: Phase = 'arriving';
  #trunk: InboundTrunk | undefined;
  #offer: SessionDescription | undefined;
  #media: CallMedia | undefined;
  #pin: PinEntry | undefined;
  #answer = '';
  #cancelled = false;
  readonly #room: CallRoom;
  #heard = Promise.withResolvers<void>();
  #removeDialog: () => void = () => undefined;
  #removedFor: DisconnectReason | undefined;
  #endTransfers: () => void = () => undefined;

  constructor(invite: ServerTransaction, id: string, services: CallServices) {
    this.id = id;
    this.invite = invite;
    this.#services = services;
    this.#timers = new Timers(services.clock);
    this.#logger = services.logger.with({ call: id });
    this.#arrivedAt = services.clock.monotonic();
    this.#room = new CallRoom(services, this.#logger);
    // The service's own requests begin at CSeq 2.
    this.#dialog = Dialog.asCallee(invite.request, id, 2);
    this.#report = inboundReport(invite, id, services);
    this.#transfers = new Transfers({
      ...services,
      callId: id,
      send: (method, headers) => this.#request(method, headers),
      mappedHeaders: () => this.#mappedHeaders(),
      report: this.#report,
      timers: this.#timers,
      onTransferred: () => void this.end('transferred'),
    });
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Takes the call through to its answer. Never rejects. */
  async run(): Promise<void> {
    try {
      this.#respond(inviteAnswers.processing());
      await this.#admit();
    } catch (error) {
      this.#logger.warn('call refused', describeError(error));
      await this.end('unavailable');
    }
  }

  /**
   * The caller cancelled. One that is quicker than the look-up of trunk and rule still gets its 180, and the room is
   * opened and left again, as the official service does.
   */
  cancel(): void {
    if (this.#phase === 'arriving') this.#cancelled = true;
    if (this.#phase === 'ringing') void this.end('cancelled');
  }

  /** Ends the call, once. Resolves when the room is left. */
  async end(ending: Ending): Promise<void> {
    const phase = this.#phase;
    if (phase === 'ended' || phase === 'refused') return;
    this.#phase = 'ended';
    this.#logger.info('call ended', {
      ending,
      ms: Math.round(this.#services.clock.monotonic() - this.#arrivedAt),
    });
    this.#timers.clearAll();
    this.#heard.resolve();
    if (phase === 'answered') this.#hangUp(ending);
    else this.#respond(refusalFor(ending, this.#services.contact));
    this.#media?.close();
    this.#removeDialog();
    await this.#room.leave(statusKept.includes(ending) ? undefined : 'hangup');
    this.#report.update({
      ...reportedEnd(ending, phase === 'answered', this.#removedFor),
      endedAtNs: this.#report.now(),
    });
    this.#endTransfers();
    await this.#report.sent();
    this.#services.onEnd();
  }

  async #admit(): Promise<void> {
    const { request, source } = this.invite;
    const parties = partiesOf(request, source.address);
    const { trunks, rules } = await this.#services.readDirectory();
    if (this.#over()) return;
    this.#trunk = matchTrunk(trunks, parties);
    this.#report.update(trunkReport(this.#trunk));
    const challenge = this.#services.authenticator.check(request, this.#trunk);
    if (challenge) return this.#refuse(challenge);
    this.#ring();
    const rule = matchRule(rules, this.#trunk, parties);
    const dispatch = rule && rule.target.pin === '' ? this.#dispatch(rule, 'ringing') : undefined;
    this.#report.update(ruleReport(rule, dispatch, this.#dialog.callId));
    if (!rule) return this.#cancelled ? this.end('cancelled') : this.#drop();
    this.#endTransfers = this.#services.serveTransfers(this.id, (transfer, signal) =>
      this.#transfers.run(transfer, signal),
    );
    if (!(await this.#takeOffer()) || this.#over()) return;
    this.#timers.set('too-long', this.#trunk?.maxCallDurationMs ?? this.#services.limits.callDuration, () => {
      void this.end('too-long');
    });
    return dispatch ? this.#answerByRoom(dispatch) : this.#askForPin(rules);
  }

  /** Joins the room, rings until somebody publishes audio, answers. */
  async #answerByRoom(dispatch: Dispatch): Promise<void> {
    const { limits } = this.#services;
    this.#timers.set(
      'ringing',
      this.#trunk?.ringingTimeoutMs ?? limits.ringing,
      () => void this.end('nobody-answered'),
    );
    const joined = this.#join(dispatch);
    if (this.#cancelled) void this.end('cancelled');
    await joined;
    await this.#heard.promise;
    if (this.#over()) return;
    this.#accept();
    await this.#reportActive();
    await this.#room.setStatus('active');
  }

  /** A rule with PIN answers first, and opens no room before the PIN is right. */
  async #askForPin(rules: readonly DispatchRule[]): Promise<void> {
    this.#pin = new PinEntry();
    this.#accept();
    const keyed = await this.#pin.entered;
    if (this.#over()) return;
    const { request, source } = this.invite;
    const rule = matchRule(rules, this.#trunk, partiesOf(request, source.address), keyed);
    if (rule) {
      await this.#join(this.#dispatch(rule, 'active'));
      return this.#over() ? undefined : this.#reportActive();
    }
    this.#timers.set('wrong-pin', this.#services.limits.wrongPin, () => void this.end('wrong-pin'));
  }

  #dispatch(rule: DispatchRule, status: string): Dispatch {
    const { request, source } = this.invite;
    const parties = partiesOf(request, source.address);
    const call = { invite: request, parties, callId: this.id, localTag: this.#dialog.localTag, status };
    return dispatchCall(call, rule, this.#trunk, this.#services.randomName);
  }

  async #join(dispatch: Dispatch): Promise<void> {
    await this.#room.join(dispatch, {
      onAudio: () => this.#heard.resolve(),
      onDigits: (digits) => this.#media?.session.sendDigits(digits),
      onRemoved: (reason) => {
        this.#removedFor = reason;
        void this.end('removed');
      },
    });
    this.#pin = undefined;
  }

  /** Reads the offer and opens the RTP port; answers 400 to one that cannot be taken. */
  async #takeOffer(): Promise<boolean> {
    const media = await CallMedia.open(this.#services, {
      room: () => this.#room.leg,
      tone: () => this.#pin?.prompt() ?? this.#transfers.tone(),
      onKey: (digit) => this.#onKey(digit),
    });
    this.#media = media;
    try {
      this.#offer = parseSdp(this.invite.request.body);
      media.agree(this.#offer);
      this.#report.note({ audioCodec: media.codec });
    } catch (error) {
      this.#logger.info('offer refused', describeError(error));
      await this.end('bad-offer');
      return false;
    }
    if (this.#over()) media.close();
    return true;
  }

  #onKey(digit: string): void {
    if (this.#pin) this.#pin.press(digit);
    else this.#room.leg?.pressKey(digit);
  }

  #ring(): void {
    this.#phase = 'ringing';
    this.#respond(inviteAnswers.ringing());
    const { ringEvery } = this.#services.limits;
    this.#timers.repeat('ring', ringEvery, ringEvery, () => this.#respond(inviteAnswers.ringing()));
  }

  #accept(): void {
    const { contact } = this.#services;
    const [offer, media] = [this.#offer!, this.#media!];
    this.#phase = 'answered';
    this.#timers.clear('ring');
    this.#timers.clear('ringing');
    this.#answer = media.sdp(answerOrigin(offer));
    const headers = [...Object.entries(this.#trunk?.headers ?? {}), ...this.#mappedHeaders()];
    this.invite.onNoAck = () => void this.end('no-ack');
    this.#respond(inviteAnswers.answered(contact, this.#answer, headers));
    this.#removeDialog = this.#services.endpoint.addDialog(this.#dialog, (transaction) =>
      this.#inDialog(transaction),
    );
    media.start(offer, this.#timers, () => void this.end('media-timeout'));
  }

  #inDialog(transaction: ServerTransaction): void {
    const { method, body } = transaction.request;
    if (method === 'BYE') {
      transaction.respond(otherAnswers.ok());
      this.#transfers.hungUp();
      void this.end('hung-up');
    } else if (method === 'NOTIFY') this.#transfers.notified(transaction);
    else if (method === 'INVITE') this.#offeredAgain(transaction, body);
    else transaction.respond(method === 'OPTIONS' ? otherAnswers.ok() : otherAnswers.notAllowed());
  }

  #offeredAgain(transaction: ServerTransaction, sdp: string): void {
    transaction.respond(inviteAnswers.answeredAgain(this.#services.contact, this.#answer));
    this.#media?.moved(sdp, this.#logger);
  }

  /** Without rule or trunk the official service says nothing more; whoever called gives up by its own timer. */
  #drop(): void {
    this.#logger.info('call dropped');
    this.#forget('call was not authorized by trunk configuration');
  }

  #refuse(challenge: ResponseParts): void {
    this.#respond(challenge);
    this.#forget(challenge.status === 401 ? 'invalid credentials were provided' : undefined);
  }

  #forget(error: string | undefined): void {
    this.#phase = 'refused';
    this.#timers.clearAll();
    if (error !== undefined)
      this.#report.update({
        callStatus: SIPCallStatus.SCS_ERROR,
        error,
        endedAtNs: this.#report.now(),
      });
    this.#services.onEnd();
  }

  #hangUp(ending: Ending): void {
    this.#transfers.ended();
    if (ending !== 'hung-up') void this.#request('BYE', this.#mappedHeaders());
  }

  #request(method: string, headers: SipHeaders): Promise<SipResponse | undefined> {
    return requestIn(this.#dialog, this.#services.endpoint, this.invite.source, [method, headers]);
  }

  #mappedHeaders(): SipHeaders {
    return mappedHeaders(this.#trunk, this.#room.attributes());
  }

  async #reportActive(): Promise<void> {
    const { roomId } = await this.#room.ids();
    this.#report.update({
      roomId,
      participantAttributes: this.#room.attributes(),
      callStatus: SIPCallStatus.SCS_ACTIVE,
      startedAtNs: this.#report.now(),
    });
  }

  #respond(parts: ResponseParts): void {
    this.invite.respond({ ...parts, toTag: this.id });
  }

  #over(): boolean {
    return this.#phase === 'ended' || this.#phase === 'refused';
  }
}
