import type { Clock } from '@vestibule/core';
import {
  header,
  parseNameAddress,
  parseUri,
  type PortRange,
  type ServerTransaction,
  SipEndpoint,
} from '@vestibule/local-telephony';
import type { Voice } from '../voice.ts';
import type { ScriptedTurn } from './scripted-party.ts';
import { StaffCall } from './staff-call.ts';

/** What happens at a number when it is called. */
export type StaffBehaviour =
  | { does: 'refuses'; status: number; reason: string; ringMs?: number }
  /** Rings until the other side gives up. */
  | { does: 'rings' }
  | { does: 'answers'; ringMs?: number; turns: readonly ScriptedTurn[]; background?: () => Int16Array };

export interface StaffPhonesOptions {
  address: string;
  port: number;
  rtp: PortRange;
  clock: Clock;
  voice: Voice;
  /** By number, E.164. */
  people: Readonly<Record<string, StaffBehaviour>>;
}

/** The carrier's other side, where staff sit at their telephones: takes the edge's outbound calls. */
export class StaffPhones {
  readonly calls: StaffCall[] = [];
  readonly #endpoint: SipEndpoint;
  readonly #options: StaffPhonesOptions;
  /** By number; may be changed between calls. */
  readonly people: Record<string, StaffBehaviour>;

  private constructor(endpoint: SipEndpoint, options: StaffPhonesOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.people = { ...options.people };
    endpoint.onRequest = (transaction) => this.#onRequest(transaction);
  }

  /** @throws CodedError `address-in-use`. */
  static async open(options: StaffPhonesOptions): Promise<StaffPhones> {
    const { address, port, clock } = options;
    return new StaffPhones(await SipEndpoint.open({ address, port, clock }), options);
  }

  close(): void {
    for (const call of this.calls) call.close();
    this.#endpoint.close();
  }

  #onRequest(transaction: ServerTransaction): void {
    const { request } = transaction;
    switch (request.method) {
      case 'INVITE':
        return this.#ring(transaction);
      case 'CANCEL':
        transaction.respond({ status: 200, reason: 'OK' });
        transaction.cancels?.respond({ status: 487, reason: 'Request Terminated', toTag: 'staff' });
        return this.calls.find(({ invite }) => invite === transaction.cancels)?.close();
      case 'OPTIONS':
        return transaction.respond({ status: 200, reason: 'OK' });
      default:
        return transaction.respond({ status: 481, reason: 'Call/Transaction Does Not Exist' });
    }
  }

  #ring(invite: ServerTransaction): void {
    const number = parseUri(invite.request.uri)?.user ?? '';
    const behaviour = this.people[number];
    if (!behaviour) return invite.respond({ status: 404, reason: 'Not Found', toTag: 'staff' });
    const from = parseUri(parseNameAddress(header(invite.request, 'from') ?? '').uri)?.user ?? '';
    const call = new StaffCall({
      ...this.#options,
      endpoint: this.#endpoint,
      invite,
      behaviour,
      number,
      from,
    });
    this.calls.push(call);
    void call.run();
  }
}
