import { type Clock, describeError, type Logger } from '@vestibule/core';
import {
  buildSdp,
  chooseFormat,
  Dialog,
  isDigit,
  type MediaFormat,
  type Pacer,
  parseSdp,
  type PortRange,
  type ResponseParts,
  RtpSession,
  sdpFormats,
  type ServerTransaction,
  type SessionDescription,
  type SipEndpoint,
  Timers,
} from '@vestibule/local-telephony';
import { inviteAnswers, otherAnswers } from './answers.ts';
import type { Authenticator } from './authenticator.ts';
import type { DispatchRule, InboundTrunk, ReadDirectory } from './directory.ts';
import { type Dispatch, dispatchCall, mappedHeaders, partiesOf } from './dispatch.ts';
import type { Limits } from './limits.ts';
import { matchRule, matchTrunk } from './matching.ts';
import { PinEntry } from './pin-entry.ts';
import type { RoomLeg, RoomLegEvents } from './room-leg.ts';

/** What a call needs of the process it runs in. */
export interface CallServices {
  endpoint: SipEndpoint;
  readDirectory: ReadDirectory;
  authenticator: Authenticator;
  joinRoom: (
    dispatch: Dispatch,
    events: RoomLegEvents,
    call: { logger: Logger; signal: AbortSignal },
  ) => Promise<RoomLeg>;
  pacer: Pacer;
  clock: Clock;
  logger: Logger;
  limits: Limits;
  rtp: { address: string; ports: PortRange };
  contact: string;
  /** Twelve random characters of [A-Za-z0-9]. */
  randomName: () => string;
  onEnd: () => void;
}

type Phase = 'arriving' | 'ringing' | 'answered' | 'refused' | 'ended';

/** Why a call ends, and what the caller and the room are told. */
export type Ending =
  | 'caller-hung-up'
  | 'cancelled'
  | 'nobody-answered'
  | 'removed'
  | 'media-timeout'
  | 'too-long'
  | 'no-ack'
  | 'bad-offer'
  | 'unavailable'
  | 'wrong-pin'
  | 'shutdown';

/** The official service leaves `sip.callStatus` as it was in these. */
const statusKept: Ending[] = ['removed', 'nobody-answered'];

/** One inbound call, from its INVITE to its end. */
export class InboundCall {
  readonly id: string;
  readonly invite: ServerTransaction;
  readonly #services: CallServices;
  readonly #timers: Timers;
  readonly #logger: Logger;
  readonly #arrivedAt: number;
  readonly #dialog: Dialog;
  #phase: Phase = 'arriving';
  #trunk: InboundTrunk | undefined;
  #offer: SessionDescription | undefined;
  #format: MediaFormat | undefined;
  #media: RtpSession | undefined;
  #leg: RoomLeg | undefined;
  #pin: PinEntry | undefined;
  #answer = '';
  #answeredAt = 0;
  #cancelled = false;
  #ending: Ending = 'cancelled';
  readonly #stop = new AbortController();
  #joining: Promise<void> | undefined;
  #heard = Promise.withResolvers<void>();
  #removeDialog: () => void = () => undefined;

  constructor(invite: ServerTransaction, id: string, services: CallServices) {
    this.id = id;
    this.invite = invite;
    this.#services = services;
    this.#timers = new Timers(services.clock);
    this.#logger = services.logger.with({ call: id });
    this.#arrivedAt = services.clock.monotonic();
    // The service's own requests begin at CSeq 2.
    this.#dialog = Dialog.asCallee(invite.request, id, 2);
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
    this.#ending = ending;
    this.#logger.info('call ended', {
      ending,
      ms: Math.round(this.#services.clock.monotonic() - this.#arrivedAt),
    });
    this.#timers.clearAll();
    this.#heard.resolve();
    this.#stop.abort();
    if (phase === 'answered') this.#hangUp(ending);
    else this.#respond(this.#refusal(ending));
    this.#media?.close();
    this.#removeDialog();
    if (this.#leg) await this.#leaveRoom();
    // A room that is still being joined is left by #join.
    else await this.#joining?.catch(() => undefined);
    this.#services.onEnd();
  }

  async #admit(): Promise<void> {
    const { request, source } = this.invite;
    const parties = partiesOf(request, source.address);
    const { trunks, rules } = await this.#services.readDirectory();
    if (this.#over()) return;
    this.#trunk = matchTrunk(trunks, parties);
    const challenge = this.#services.authenticator.check(request, this.#trunk);
    if (challenge) return this.#refuse(challenge);
    this.#ring();
    const rule = matchRule(rules, this.#trunk, parties);
    if (!rule) return this.#cancelled ? this.end('cancelled') : this.#drop();
    if (!(await this.#takeOffer()) || this.#over()) return;
    this.#timers.set('too-long', this.#trunk?.maxCallDurationMs ?? this.#services.limits.callDuration, () => {
      void this.end('too-long');
    });
    if (rule.target.pin === '') return this.#answerByRoom(rule);
    return this.#askForPin(rules);
  }

  /** Joins the room, rings until somebody publishes audio, answers. */
  async #answerByRoom(rule: DispatchRule): Promise<void> {
    const { limits } = this.#services;
    this.#timers.set(
      'ringing',
      this.#trunk?.ringingTimeoutMs ?? limits.ringing,
      () => void this.end('nobody-answered'),
    );
    this.#joining = this.#join(rule, 'ringing');
    if (this.#cancelled) void this.end('cancelled');
    await this.#joining;
    await this.#heard.promise;
    if (this.#over()) return;
    this.#accept();
    await this.#leg?.setStatus('active');
  }

  /** A rule with PIN answers first, and opens no room before the PIN is right. */
  async #askForPin(rules: readonly DispatchRule[]): Promise<void> {
    this.#pin = new PinEntry();
    this.#accept();
    const keyed = await this.#pin.entered;
    if (this.#over()) return;
    const { request, source } = this.invite;
    const rule = matchRule(rules, this.#trunk, partiesOf(request, source.address), keyed);
    if (rule) return (this.#joining = this.#join(rule, 'active'));
    this.#timers.set('wrong-pin', this.#services.limits.wrongPin, () => void this.end('wrong-pin'));
  }

  async #join(rule: DispatchRule, status: string): Promise<void> {
    const { request, source } = this.invite;
    const parties = partiesOf(request, source.address);
    const call = { invite: request, parties, callId: this.id, localTag: this.#dialog.localTag, status };
    const dispatch = dispatchCall(call, rule, this.#trunk, this.#services.randomName);
    const leg = await this.#services.joinRoom(
      dispatch,
      {
        onAudio: () => this.#heard.resolve(),
        onDigits: (digits) => this.#media?.sendDigits(digits),
        onRemoved: () => void this.end('removed'),
      },
      { logger: this.#logger, signal: this.#stop.signal },
    );
    this.#leg = leg;
    this.#pin = undefined;
    if (this.#over()) await this.#leaveRoom();
  }

  async #leaveRoom(): Promise<void> {
    if (!statusKept.includes(this.#ending)) await this.#leg?.setStatus('hangup');
    await this.#leg?.leave();
  }

  /** Reads the offer and opens the RTP port; answers 400 to one that cannot be taken. */
  async #takeOffer(): Promise<boolean> {
    const { rtp, pacer, clock } = this.#services;
    try {
      this.#offer = parseSdp(this.invite.request.body);
      this.#format = chooseFormat(this.#offer, ['PCMU', 'PCMA']);
    } catch (error) {
      this.#logger.info('offer refused', describeError(error));
      await this.end('bad-offer');
      return false;
    }
    this.#media = await RtpSession.open({
      ...rtp,
      pacer,
      clock,
      nextFrame: () => this.#pin?.prompt() ?? this.#leg?.say(),
      onFrame: (samples) => this.#leg?.hear(samples),
      onDigit: (digit) => this.#onKey(digit),
    });
    if (this.#over()) this.#media.close();
    return true;
  }

  #onKey(digit: string): void {
    if (this.#pin) this.#pin.press(digit);
    else if (isDigit(digit)) this.#leg?.pressKey(digit);
  }

  #ring(): void {
    this.#phase = 'ringing';
    this.#respond(inviteAnswers.ringing());
    const { ringEvery } = this.#services.limits;
    this.#timers.repeat('ring', ringEvery, ringEvery, () => this.#respond(inviteAnswers.ringing()));
  }

  #accept(): void {
    const { contact, clock } = this.#services;
    const [offer, format, media] = [this.#offer!, this.#format!, this.#media!];
    this.#phase = 'answered';
    this.#timers.clear('ring');
    this.#timers.clear('ringing');
    this.#answeredAt = clock.monotonic();
    this.#answer = buildSdp({
      sessionId: offer.sessionId,
      version: answerVersion(offer.sessionId),
      name: 'LiveKit',
      audio: { address: this.#services.rtp.address, port: media.port },
      formats: sdpFormats(format),
    });
    const headers = [
      ...Object.entries(this.#trunk?.headers ?? {}),
      ...mappedHeaders(this.#trunk, this.#leg?.attributes() ?? {}),
    ];
    this.invite.onNoAck = () => void this.end('no-ack');
    this.#respond(inviteAnswers.answered(contact, this.#answer, headers));
    this.#removeDialog = this.#services.endpoint.addDialog(this.#dialog, (transaction) =>
      this.#inDialog(transaction),
    );
    media.start(offer.audio, format);
    this.#checkMedia();
  }

  #checkMedia(): void {
    const { limits, clock } = this.#services;
    const last = this.#media?.lastReceivedAt;
    const due = last === undefined ? this.#answeredAt + limits.firstMedia : last + limits.media;
    const wait = due - clock.monotonic();
    if (wait <= 0) return void this.end('media-timeout');
    // The first packet brings the end nearer, so that the longer first limit is not slept through.
    this.#timers.set('media', Math.min(wait, limits.media), () => this.#checkMedia());
  }

  #inDialog(transaction: ServerTransaction): void {
    const { method, body } = transaction.request;
    if (method === 'BYE') {
      transaction.respond(otherAnswers.ok());
      void this.end('caller-hung-up');
    } else if (method === 'INVITE') this.#offeredAgain(transaction, body);
    else transaction.respond(method === 'OPTIONS' ? otherAnswers.ok() : otherAnswers.notAllowed());
  }

  /** Hold and codec changes are ignored; only a new place for the audio counts. */
  #offeredAgain(transaction: ServerTransaction, sdp: string): void {
    transaction.respond(inviteAnswers.answeredAgain(this.#services.contact, this.#answer));
    try {
      if (sdp !== '') this.#media?.start(parseSdp(sdp).audio, this.#format!);
    } catch (error) {
      this.#logger.info('new offer not understood', describeError(error));
    }
  }

  /** Without rule or trunk the official service says nothing more; whoever called gives up by its own timer. */
  #drop(): void {
    this.#logger.info('call dropped');
    this.#forget();
  }

  #refuse(challenge: ResponseParts): void {
    this.#respond(challenge);
    this.#forget();
  }

  #forget(): void {
    this.#phase = 'refused';
    this.#timers.clearAll();
    this.#services.onEnd();
  }

  #hangUp(ending: Ending): void {
    if (ending === 'caller-hung-up') return;
    const headers = mappedHeaders(this.#trunk, this.#leg?.attributes() ?? {});
    const peer = this.#dialog.nextHop() ?? this.invite.source;
    this.#services.endpoint.request(this.#dialog.request('BYE', headers), peer, {});
  }

  #refusal(ending: Ending): ResponseParts {
    const { contact } = this.#services;
    if (ending === 'cancelled') return inviteAnswers.cancelled();
    if (ending === 'bad-offer') return inviteAnswers.badOffer(contact);
    if (ending === 'unavailable' || ending === 'shutdown') return inviteAnswers.unavailable(contact);
    return inviteAnswers.rejected();
  }

  #respond(parts: ResponseParts): void {
    this.invite.respond({ ...parts, toTag: this.id });
  }

  #over(): boolean {
    return this.#phase === 'ended' || this.#phase === 'refused';
  }
}

/** The official service's o= version: the caller's session id plus 2. */
function answerVersion(sessionId: string): string {
  return /^\d+$/.test(sessionId) ? String(BigInt(sessionId) + 2n) : '2';
}
