import { randomBytes } from 'node:crypto';
import type { Clock } from '@vestibule/core';
import { Dialog, type PortRange, type ServerTransaction, type SipEndpoint } from '@vestibule/local-telephony';
import { Line } from '../line.ts';
import { Mouth } from '../mouth.ts';
import { SdpAuthor } from '../sdp-author.ts';
import type { Voice } from '../voice.ts';
import { ScriptedParty } from './scripted-party.ts';
import type { StaffBehaviour } from './staff-phones.ts';

export interface StaffCallOptions {
  endpoint: SipEndpoint;
  invite: ServerTransaction;
  behaviour: StaffBehaviour;
  /** Dialled, E.164. */
  number: string;
  /** The number shown. */
  from: string;
  address: string;
  rtp: PortRange;
  clock: Clock;
  voice: Voice;
}

/** Wall-clock ms of what happened. */
export type StaffTimes = Partial<Record<'ringing' | 'answered' | 'ended', number>>;

/** One call to a telephone of staff: rings, is answered or not, and records what is heard. */
export class StaffCall {
  readonly number: string;
  readonly from: string;
  readonly invite: ServerTransaction;
  readonly at: StaffTimes = {};
  /** Keys pressed and words said, with their wall-clock times. */
  readonly did: { what: string; atMs: number }[] = [];
  readonly ended: Promise<void>;
  readonly #options: StaffCallOptions;
  readonly #over = Promise.withResolvers<void>();
  readonly #mouth: Mouth;
  readonly #party: ScriptedParty;
  #line: Line | undefined;
  #dialog: Dialog | undefined;

  constructor(options: StaffCallOptions) {
    this.#options = options;
    this.number = options.number;
    this.from = options.from;
    this.invite = options.invite;
    this.ended = this.#over.promise;
    this.#mouth = new Mouth(options.voice, {
      onSay: (what) => this.#note(what),
      pressKeys: (digits) => {
        this.#note(digits);
        this.#line?.pressKeys(digits);
      },
      pressing: () => this.#line?.pressing ?? false,
      hangUp: () => this.hangUp(),
      onError: () => this.hangUp(),
    });
    const { behaviour } = options;
    this.#party = new ScriptedParty(behaviour.does === 'answers' ? behaviour.turns : [], this.#mouth);
  }

  /** Two channels: what staff said, and what they heard. Undefined when it was not answered. */
  get wav(): Uint8Array | undefined {
    return this.#line?.recorder.wav();
  }

  async run(): Promise<void> {
    const { behaviour, clock, invite } = this.#options;
    invite.respond({ status: 100, reason: 'Trying' });
    if (behaviour.does !== 'refuses' || behaviour.ringMs !== undefined) {
      invite.respond({ status: 180, reason: 'Ringing', toTag: this.#tag });
      this.at.ringing = clock.now();
    }
    if (behaviour.does === 'rings') return;
    await clock.sleep(behaviour.ringMs ?? 0);
    if (this.at.ended !== undefined) return;
    if (behaviour.does === 'answers') return this.#answer();
    const { status, reason } = behaviour;
    invite.respond({ status, reason, toTag: this.#tag });
    this.close();
  }

  close(): void {
    if (this.at.ended !== undefined) return;
    this.at.ended = this.#options.clock.now();
    this.#line?.close();
    this.#over.resolve();
  }

  /** Says goodbye by BYE. Before the answer it only closes. */
  hangUp(): void {
    const { endpoint } = this.#options;
    const peer = this.#dialog?.nextHop();
    if (this.#dialog && peer && this.at.ended === undefined)
      endpoint.request(this.#dialog.request('BYE'), peer, {
        onFinal: () => undefined,
        onTimeout: () => undefined,
      });
    this.close();
  }

  async #answer(): Promise<void> {
    const { address, clock, endpoint, invite } = this.#options;
    const line = (this.#line = await this.#openLine());
    const { request } = invite;
    const dialog = (this.#dialog = Dialog.asCallee(request, this.#tag));
    const remove = endpoint.addDialog(dialog, (transaction) => {
      transaction.respond({ status: 200, reason: 'OK' });
      if (transaction.request.method === 'BYE') this.close();
    });
    void this.ended.then(remove);
    const body = new SdpAuthor({ address, port: line.port }).answer(request.body);
    invite.respond({
      status: 200,
      reason: 'OK',
      toTag: this.#tag,
      headers: [
        ['Contact', `<sip:${this.number}@${address}:${endpoint.local.port}>`],
        ['Content-Type', 'application/sdp'],
      ],
      body,
    });
    this.at.answered = clock.now();
    line.start(request.body);
  }

  #openLine(): Promise<Line> {
    const { address, behaviour, clock, rtp } = this.#options;
    const background = behaviour.does === 'answers' ? behaviour.background : undefined;
    return Line.open(
      { address, ports: rtp, clock, random: Math.random },
      {
        nextFrame: () => this.#mouth.nextFrame() ?? background?.(),
        onFrame: (_, speaking) => this.#party.step(speaking),
        onDigit: () => undefined,
        onCallerSpeech: () => undefined,
        onAgentSpeech: () => undefined,
      },
    );
  }

  #note(what: string): void {
    this.did.push({ what, atMs: this.#options.clock.now() });
  }

  readonly #tag = randomBytes(4).toString('hex');
}
