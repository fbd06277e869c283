import { randomBytes } from 'node:crypto';
import { type Clock, CodedError } from '@vestibule/core';
import {
  OutgoingCall,
  type PortRange,
  type ServerTransaction,
  SipEndpoint,
} from '@vestibule/local-telephony';
import type { Party } from './conversation.ts';
import type { Ears } from './ears.ts';
import type { EmitEvent, HangUp, TimedEvent } from './events.ts';
import { type Attempt, dial, type DialOutcome } from './failover.ts';
import { Line } from './line.ts';
import { Mouth, type MouthHooks } from './mouth.ts';
import { SdpAuthor } from './sdp-author.ts';
import { byeHeaders, twilioInvite, twilioSid } from './twilio.ts';
import type { Voice } from './voice.ts';

export interface Target {
  address: string;
  port: number;
}

export interface CallOptions {
  from: string;
  /** Dialled, E.164. */
  to: string;
  verstat: string;
  cnam?: string;
  targets: readonly Target[];
  /** Where we send from: SIP address and port (0 for any), RTP ports. */
  local: { address: string; port: number; rtp: PortRange };
  /** The call ends after this, whatever happens, ms from the INVITE. */
  limitMs: number;
  /** The caller gives up at this time, ms from the INVITE: before the answer by CANCEL, after it by BYE. */
  hangsUpAtMs?: number;
}

export interface CallParts {
  clock: Clock;
  random: () => number;
  voice: Voice;
  /** Absent when nobody listens: recordings only play. */
  ears?: Omit<Ears, 'finish'>;
  party: (mouth: Mouth, emit: EmitEvent, hangUp: () => void) => Party;
  onEvent: (event: TimedEvent) => void;
  /** What is sent while nothing is said, in place of silence. */
  background?: () => Int16Array | undefined;
  /** REFER and the like; without it they get 405. `request`: sends one in the same dialog. */
  onRequest?: (transaction: ServerTransaction, request: OutgoingCall['request']) => void;
  /** Aborted, the caller hangs up. */
  signal?: AbortSignal;
}

export interface CallResult {
  summary: Extract<TimedEvent, { event: 'summary' }>;
  /** Undefined when there was no audio. */
  wav?: Uint8Array;
  /** What the voice or the ears failed with, which ended the call. */
  failure?: unknown;
}

type Ending = { by: HangUp };

/**
 * Places one call and sees it through to its end. When the voice or the ears fail the caller hangs up, as for any other
 * end, and the result says so.
 * @throws CodedError `address-in-use`, `no-free-port`
 */
export async function placeCall(options: CallOptions, parts: CallParts): Promise<CallResult> {
  return new CarrierCall(options, parts).run();
}

class CarrierCall {
  readonly #options: CallOptions;
  readonly #parts: CallParts;
  readonly #mouth: Mouth;
  readonly #party: Party;
  readonly #emit: EmitEvent;
  readonly #over = Promise.withResolvers<Ending>();
  readonly #callSid = twilioSid('CA', randomBytes(16).toString('hex'));
  #line!: Line;
  #endpoint!: SipEndpoint;
  #call: OutgoingCall | undefined;
  #invitedAt = 0;
  #ringAt: number | undefined;
  #answeredAt: number | undefined;
  #sdp!: SdpAuthor;
  #endedBy: HangUp | undefined;
  #failure: { error: unknown } | undefined;

  constructor(options: CallOptions, parts: CallParts) {
    this.#options = options;
    this.#parts = parts;
    this.#emit = (event, rtpMs = this.#line.rtpMs) =>
      parts.onEvent({
        atMs: Math.round(parts.clock.monotonic() - this.#invitedAt),
        ...(rtpMs === undefined ? {} : { rtpMs }),
        ...event,
      });
    this.#mouth = new Mouth(parts.voice, this.#mouthHooks());
    this.#party = parts.party(this.#mouth, this.#emit, () => this.#over.resolve({ by: 'caller' }));
  }

  async run(): Promise<CallResult> {
    const { local } = this.#options;
    this.#endpoint = await openEndpoint(local.address, local.port, this.#parts.clock);
    const timers = new AbortController();
    try {
      this.#line = await this.#openLine();
      this.#sdp = new SdpAuthor({ address: local.address, port: this.#line.port });
      void this.#parts.ears?.failed.then((error) => this.#fail(error));
      if (this.#parts.ears) this.#parts.ears.onHeard = (segment) => this.#onHeard(segment);
      this.#invitedAt = this.#parts.clock.monotonic();
      this.#startTimers(timers.signal);
      return this.#result(await this.#wholeCall());
    } finally {
      timers.abort();
      (this.#line as Line | undefined)?.close();
      this.#endpoint.close();
    }
  }

  async #wholeCall(): Promise<CallResult['summary']['outcome']> {
    const dialled = dial(
      this.#options.targets,
      (target, index) => this.#place(target, index),
      this.#parts.clock,
    );
    const outcome = await Promise.race([dialled, this.#over.promise]);
    if ('by' in outcome) return this.#giveUp(dialled, outcome);
    if (outcome.kind === 'refused') {
      this.#emit({ event: 'refused', status: outcome.status, reason: outcome.reason });
      return 'refused';
    }
    if (outcome.kind === 'unanswered') {
      this.#emit({ event: 'unanswered' });
      return 'unanswered';
    }
    await this.#talk(outcome);
    return 'completed';
  }

  async #giveUp(dialled: Promise<DialOutcome>, { by }: Ending): Promise<'cancelled'> {
    this.#hungUp(by);
    this.#call?.cancel();
    await this.#within(1000, dialled);
    return 'cancelled';
  }

  #hungUp(by: HangUp): void {
    const { limitMs } = this.#options;
    this.#endedBy = by;
    this.#emit({ event: 'hangup', by, ...(by === 'limit' ? { limitMs } : {}) });
  }

  /** Nobody can go on with the call: the caller hangs up. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#over.resolve({ by: 'caller' });
  }

  async #talk(outcome: Extract<DialOutcome, { kind: 'answered' }>): Promise<void> {
    const { call } = outcome;
    this.#answeredAt = this.#parts.clock.monotonic();
    try {
      const { codec, keys } = this.#line.start(outcome.sdp);
      this.#emit({ event: 'answer', codec, keys });
    } catch (error) {
      this.#fail(error);
    }
    void call.ended.then(({ by }) => {
      if (by === 'remote') this.#over.resolve({ by: 'agent' });
    });
    const { by } = await this.#over.promise;
    this.#hungUp(by);
    if (by === 'agent') return;
    const bye = call.bye([...byeHeaders, ['X-Twilio-CallSid', this.#callSid]]);
    await this.#within(2000, bye);
  }

  #place(target: Target, index: number): Attempt {
    const { from, to, verstat, cnam } = this.#options;
    const invite = twilioInvite(
      { from, to, verstat, ...(cnam === undefined ? {} : { cnam }), callSid: this.#callSid, accountSid },
      target,
      () => randomBytes(16).toString('hex'),
    );
    const { onRequest } = this.#parts;
    const responded = Promise.withResolvers<void>();
    this.#emit({
      event: 'invite',
      target: invite.uri,
      from,
      to,
      callSid: this.#callSid,
      attempt: index + 1,
    });
    this.#call = new OutgoingCall(this.#endpoint, {
      ...invite,
      peer: target,
      sdp: this.#sdp.offer(),
      onProvisional: ({ status }) => {
        responded.resolve();
        if (status > 100) this.#onRing(status);
      },
      onOffer: (offer) => this.#onOffer(offer),
      ...(onRequest
        ? { onRequest: (transaction) => onRequest(transaction, (...all) => this.#call!.request(...all)) }
        : {}),
    });
    return { call: this.#call, responded: responded.promise };
  }

  #onRing(status: number): void {
    if (this.#ringAt !== undefined) return;
    this.#ringAt = this.#parts.clock.monotonic();
    this.#emit({ event: 'ring', status });
  }

  /** A re-INVITE moves the audio or holds it; one without SDP asks for our offer. */
  #onOffer(offer: string): string | undefined {
    try {
      if (offer === '') return this.#sdp.offer();
      const answer = this.#sdp.answer(offer);
      this.#emit({ event: 'hold', direction: this.#line.start(offer).direction });
      return answer;
    } catch {
      return undefined;
    }
  }

  #openLine(): Promise<Line> {
    const { clock, random, ears } = this.#parts;
    const { address, rtp } = this.#options.local;
    return Line.open(
      { address, ports: rtp, clock, random },
      {
        nextFrame: () => this.#mouth.nextFrame() ?? this.#parts.background?.(),
        onFrame: (samples, speaking) => {
          ears?.hear(samples);
          this.#party.step(speaking);
        },
        onDigit: (digits) => this.#emit({ event: 'dtmf', direction: 'received', digits }),
        onCallerSpeech: (kind, rtpMs) => this.#emit({ event: `caller-speech-${kind}` }, rtpMs),
        onAgentSpeech: (kind, rtpMs, latencyMs) =>
          this.#emit(
            kind === 'end'
              ? { event: 'agent-speech-end' }
              : { event: 'agent-speech-start', ...(latencyMs === undefined ? {} : { latencyMs }) },
            rtpMs,
          ),
      },
    );
  }

  #onHeard(segment: Parameters<Party['heard']>[0]): void {
    this.#emit({ event: 'heard', text: segment.text, final: segment.final });
    this.#party.heard(segment);
  }

  #mouthHooks(): MouthHooks {
    return {
      onSay: (text) => this.#emit({ event: 'says', text }),
      pressKeys: (digits) => {
        this.#emit({ event: 'dtmf', direction: 'sent', digits });
        this.#line.pressKeys(digits);
      },
      pressing: () => this.#line.pressing,
      hangUp: () => this.#over.resolve({ by: 'caller' }),
      onError: (error) => this.#fail(error),
    };
  }

  #startTimers(signal: AbortSignal): void {
    const { clock } = this.#parts;
    const { limitMs, hangsUpAtMs } = this.#options;
    const at = (ms: number, by: Ending['by']) =>
      void clock.sleep(ms, signal).then(() => this.#over.resolve({ by }));
    at(limitMs, 'limit');
    const hangUp = () => this.#over.resolve({ by: 'caller' });
    this.#parts.signal?.addEventListener('abort', hangUp, { signal });
    if (this.#parts.signal?.aborted) hangUp();
    if (hangsUpAtMs !== undefined) at(hangsUpAtMs, 'caller');
  }

  async #within(ms: number, promise: Promise<unknown>): Promise<void> {
    const stop = new AbortController();
    await Promise.race([promise, this.#parts.clock.sleep(ms, stop.signal)]);
    stop.abort();
  }

  #result(outcome: CallResult['summary']['outcome']): CallResult {
    const since = (at: number | undefined) =>
      at === undefined ? undefined : Math.round(at - this.#invitedAt);
    const times = {
      inviteToRingMs: since(this.#ringAt),
      inviteToAnswerMs: since(this.#answeredAt),
      inviteToAgentSpeechMs: since(this.#line.firstAgentSpeechAt),
    };
    const known = Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined));
    const atMs = Math.round(this.#parts.clock.monotonic() - this.#invitedAt);
    return {
      summary: {
        event: 'summary',
        atMs,
        outcome: this.#failure ? 'failed' : outcome,
        ...(this.#endedBy === undefined ? {} : { endedBy: this.#endedBy }),
        durationMs: this.#line.rtpMs ?? 0,
        ...known,
        ...this.#line.latencies,
        packets: this.#line.packets,
      },
      ...(this.#line.rtpMs === undefined ? {} : { wav: this.#line.recorder.wav() }),
      ...(this.#failure ? { failure: this.#failure.error } : {}),
    };
  }
}

/** The made-up account whose trunk this is. */
const accountSid = twilioSid('AC', '76657374696275' + '6c65');

/** The usual port when it is free: a second call at a time takes any other, as Twilio's come from several too. */
async function openEndpoint(address: string, port: number, clock: Clock): Promise<SipEndpoint> {
  try {
    return await SipEndpoint.open({ address, port, clock });
  } catch (error) {
    if (port === 0 || !(error instanceof CodedError)) throw error;
    return SipEndpoint.open({ address, port: 0, clock });
  }
}
