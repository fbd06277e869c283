import { randomBytes } from 'node:crypto';
import { DisconnectReason, SIPCallStatus } from '@livekit/protocol';
import { describeError, type Logger } from '@vestibule/core';
import {
  g711Offer,
  header,
  OutgoingCall,
  parseSdp,
  type ServerTransaction,
  type SipHeaders,
  type SipResponse,
  tagOf,
  Timers,
} from '@vestibule/local-telephony';
import { otherAnswers } from './answers.ts';
import { CallMedia } from './call-media.ts';
import { CallRoom } from './call-room.ts';
import { headerAttributes, mappedHeaders } from './dispatch.ts';
import { statusKept } from './endings.ts';
import {
  brokenEnd,
  noAnswer,
  type OutboundEnd,
  outboundInfo,
  plainEnd,
  refusedEnd,
} from './outbound-outcomes.ts';
import { type OutboundPlan, planCall } from './outbound-request.ts';
import { PsrpcError } from './psrpc/errors.ts';
import { CallReport } from './report.ts';
import { ringback } from './ringback.ts';
import type { SharedServices } from './services.ts';
import { type CreateParticipantRequest, CreateParticipantResponse } from './sip-internal.ts';
import { Transfers } from './transfer.ts';

/** Why a participant leaves, where the server may hear it from us. */
const toldReasons = [
  DisconnectReason.USER_REJECTED,
  DisconnectReason.USER_UNAVAILABLE,
  DisconnectReason.SIP_TRUNK_FAILURE,
];

/** One outbound call, from the request for it to its end. */
export class OutboundCall {
  readonly #request: CreateParticipantRequest;
  readonly #services: SharedServices;
  readonly #plan: OutboundPlan;
  readonly #logger: Logger;
  readonly #timers: Timers;
  readonly #report: CallReport;
  readonly #transfers: Transfers;
  readonly #room: CallRoom;
  readonly #origin: { sessionId: string; version: string };
  readonly #answered = Promise.withResolvers<void>();
  #phase: 'dialing' | 'answered' | 'ended' = 'dialing';
  #call: OutgoingCall | undefined;
  #media: CallMedia | undefined;
  #endTransfers: () => void = () => undefined;
  #endTone: () => void = () => undefined;

  /** @throws PsrpcError for a request that cannot be served. */
  constructor(request: CreateParticipantRequest, services: SharedServices) {
    this.#request = request;
    this.#services = services;
    this.#plan = planCall(request, services.endpoint.local.address);
    this.#logger = services.logger.with({ call: request.sipCallId });
    this.#room = new CallRoom(services, this.#logger);
    this.#timers = new Timers(services.clock);
    const sessionId = randomBytes(8).readBigUInt64BE().toString();
    this.#origin = { sessionId, version: sessionId };
    this.#report = new CallReport(outboundInfo(request, this.#plan, services.endpoint.local), {
      send: services.sendReport,
      ...services,
    });
    this.#transfers = new Transfers({
      ...services,
      callId: request.sipCallId,
      send: async (method, headers) => this.#call?.request(method, headers),
      mappedHeaders: () => this.#mappedHeaders(),
      report: this.#report,
      timers: this.#timers,
      onTransferred: () => void this.#end(plainEnd('transferred')),
    });
    this.#answered.promise.catch(() => undefined);
  }

  /**
   * Places the call. Resolves when the participant is in the room, or when the call is answered if that was asked for.
   * @throws PsrpcError when it is not, or cannot be. `signal`: nobody waits any longer.
   */
  async place(signal: AbortSignal): Promise<CreateParticipantResponse> {
    const { joined } = await this.#dial();
    const { waitUntilAnswered, sipCallId, participantIdentity } = this.#request;
    if (waitUntilAnswered) {
      signal.addEventListener('abort', () => {
        if (this.#phase === 'dialing') void this.#end(noAnswer('context deadline exceeded'));
      });
      await this.#answered.promise;
    } else await joined;
    const { participantId } = await this.#room.ids();
    if (this.#phase !== 'ended') this.#report.update({ callStatus: SIPCallStatus.SCS_PARTICIPANT_JOINED });
    await this.#report.sent();
    return new CreateParticipantResponse({ participantId, participantIdentity, sipCallId });
  }

  /** Ends the call with the process. */
  end(): Promise<void> {
    return this.#end(plainEnd('shutdown'));
  }

  /** INVITE and the way into the room at the same time: resolves once the INVITE is out, with a promise of the room. */
  async #dial(): Promise<{ joined: Promise<void> }> {
    const { endpoint, contact, limits } = this.#services;
    const { invite, ringingTimeoutMs = limits.ringing } = this.#plan;
    const media = await this.#openMedia();
    this.#endTransfers = this.#services.serveTransfers(this.#request.sipCallId, (transfer, signal) =>
      this.#transfers.run(transfer, signal),
    );
    this.#timers.set('ringing', ringingTimeoutMs, () => void this.#end(noAnswer()));
    this.#call = new OutgoingCall(endpoint, {
      ...invite,
      contact,
      fromTag: this.#request.sipCallId,
      callId: randomBytes(14).toString('hex'),
      cancelsAtOnce: true,
      sdp: media.sdp(this.#origin, g711Offer),
      onProvisional: ({ status }) => {
        if (status === 180 || status === 183) void this.#room.setStatus('ringing');
      },
      onOffer: (sdp) => {
        media.moved(sdp, this.#logger);
        return media.sdp(this.#origin);
      },
      onRequest: (transaction) => this.#onRequest(transaction),
    });
    const joined = this.#join();
    joined.catch(() => undefined);
    void this.#follow(this.#call);
    return { joined };
  }

  async #openMedia(): Promise<CallMedia> {
    try {
      const tone = () => this.#transfers.tone();
      return (this.#media = await CallMedia.open(this.#services, { room: () => this.#room.leg, tone }));
    } catch (error) {
      this.#logger.error('no audio', describeError(error));
      const failure = new PsrpcError('unavailable', 'no free RTP port');
      await this.#end(brokenEnd('unavailable', failure));
      throw failure;
    }
  }

  async #join(): Promise<void> {
    try {
      await this.#room.join(this.#plan.dispatch, {
        onAudio: () => undefined,
        onDigits: (digits) => this.#media?.session.sendDigits(digits),
        onRemoved: (reason) => void this.#end(this.#removed(reason)),
      });
    } catch (error) {
      this.#logger.warn('room not joined', describeError(error));
      const failure = new PsrpcError('unavailable', 'the room could not be joined');
      void this.#end(brokenEnd('unavailable', failure));
      throw failure;
    }
    if (this.#phase !== 'dialing' || !this.#request.playDialtone) return;
    const tone = ringback();
    this.#endTone = this.#services.pacer.add(() => this.#room.leg?.hear(tone()));
  }

  /** From the outcome of the INVITE to the end of the call. Never rejects. */
  async #follow(call: OutgoingCall): Promise<void> {
    const outcome = await call.outcome;
    if (this.#phase === 'ended') return;
    this.#report.note({ sipCallId: call.callId });
    if (outcome.kind === 'timeout') return this.#end(noAnswer());
    if (outcome.kind === 'refused') {
      const participantAttributes = { ...this.#request.participantAttributes, 'sip.callIDFull': call.callId };
      this.#report.note({ participantAttributes });
      return this.#end(refusedEnd(outcome, this.#plan.invite.credentials !== undefined));
    }
    try {
      this.#accepted(outcome.response);
    } catch (error) {
      this.#logger.info('answer refused', describeError(error));
      const failure = new PsrpcError('failed_precondition', 'common audio codec not found');
      return this.#end(brokenEnd('bad-offer', failure));
    }
    if ((await call.ended).by === 'local') return;
    this.#transfers.hungUp();
    await this.#end(plainEnd('hung-up'));
  }

  /** Answered: media runs, keys are pressed, the participant is active. Throws when the answer's SDP will not do. */
  #accepted(response: SipResponse): void {
    const { limits } = this.#services;
    this.#phase = 'answered';
    this.#timers.clear('ringing');
    this.#endTone();
    const media = this.#media!;
    const sdp = parseSdp(response.body);
    media.agree(sdp);
    this.#report.note({ audioCodec: media.codec });
    media.session.sendsAudio = this.#request.dtmf === '';
    media.start(sdp, this.#timers, () => {
      void this.#end({ ...plainEnd('media-timeout'), report: { error: 'media-timeout' } });
    });
    this.#timers.set(
      'too-long',
      this.#plan.maxCallDurationMs ?? limits.callDuration,
      () => void this.#end(plainEnd('too-long')),
    );
    void this.#activate(response);
  }

  async #activate(response: SipResponse): Promise<void> {
    await this.#room.joined();
    const before = { ...this.#room.attributes() };
    await this.#room.setAttributes({
      'sip.callIDFull': header(response, 'call-id') ?? '',
      'sip.callTag': tagOf(header(response, 'to')) ?? '',
      ...headerAttributes(response, this.#plan.mapping, ''),
    });
    if (this.#request.dtmf !== '') await this.#pressKeys(this.#request.dtmf);
    if (this.#phase === 'ended') return;
    const { roomId } = await this.#room.ids();
    this.#report.update({
      roomId,
      participantAttributes: before,
      callStatus: SIPCallStatus.SCS_ACTIVE,
      startedAtNs: this.#report.now(),
    });
    await this.#room.setStatus('active');
    this.#answered.resolve();
  }

  /** The keys asked for, before anything else is heard of us. */
  async #pressKeys(keys: string): Promise<void> {
    const media = this.#media!.session;
    await this.#room.setStatus('automation');
    media.sendDigits(keys);
    await new Promise<void>((resolve) => {
      const stop = this.#services.pacer.add(() => {
        if (media.sendingDigits && this.#phase !== 'ended') return;
        stop();
        resolve();
      });
    });
    media.sendsAudio = true;
  }

  #onRequest(transaction: ServerTransaction): void {
    if (transaction.request.method === 'NOTIFY') this.#transfers.notified(transaction);
    else transaction.respond(otherAnswers.notAllowed());
  }

  /** Before the answer the official service reports a removal as a callee who could not be reached. */
  #removed(reason: DisconnectReason): OutboundEnd {
    return plainEnd('removed', this.#phase === 'answered' ? reason : DisconnectReason.USER_UNAVAILABLE);
  }

  async #end(end: OutboundEnd): Promise<void> {
    const phase = this.#phase;
    if (phase === 'ended') return;
    this.#phase = 'ended';
    this.#logger.info('call ended', { ending: end.ending });
    this.#timers.clearAll();
    this.#endTone();
    this.#hangUp(end, phase);
    this.#media?.close();
    this.#report.update({ ...end.report, disconnectReason: end.reason });
    const { ending, reason } = end;
    await this.#room.leave(
      statusKept.includes(ending) ? undefined : 'hangup',
      toldReasons.includes(reason) ? reason : undefined,
    );
    const { SCS_DISCONNECTED: callStatus } = SIPCallStatus;
    this.#report.update({ callStatus, ...end.report, endedAtNs: this.#report.now() });
    if (phase === 'dialing' && this.#request.waitUntilAnswered) {
      const error = { callStatus: SIPCallStatus.SCS_ERROR, error: end.error.message };
      this.#report.update({ ...error, disconnectReason: DisconnectReason.UNKNOWN_REASON });
    }
    this.#endTransfers();
    await this.#report.sent();
    this.#answered.reject(end.error);
    this.#services.onEnd();
  }

  #hangUp({ ending }: OutboundEnd, phase: 'dialing' | 'answered'): void {
    this.#transfers.ended();
    if (ending === 'refused' || ending === 'hung-up') return;
    // An answer that will not do has been acknowledged, and so is ended by BYE.
    if (phase === 'dialing') this.#call?.cancel();
    else void this.#call?.bye([['User-Agent', 'LiveKit'], ...this.#mappedHeaders()]);
  }

  #mappedHeaders(): SipHeaders {
    return mappedHeaders(this.#plan.mapping, this.#room.attributes());
  }
}
