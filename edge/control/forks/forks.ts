import { type HostPort, networkContains } from '@vestibule/config';
import { isCodedError } from '@vestibule/core';
import { type Dictionary, textOf } from '../ng/bencode.ts';
import type { NgClient } from '../ng/ng-client.ts';
import { ForkError } from './errors.ts';
import { type CallReport, type Leg, legs, type QueriedCall, readQuery } from './report.ts';
import { audioSections, listeningAnswer } from './sdp.ts';

export interface ForkOptions {
  ng: Pick<NgClient, 'ask'>;
  /** The edge's address towards the app tier: forks are sent from it, and it tells the legs apart. */
  privateAddress: string;
  /** Networks (CIDR) that RTP may be sent to. */
  consumers: readonly string[];
}

export interface Forked {
  /** Names the subscription until it is ended, also after a restart of RTPEngine. */
  id: string;
  legs: Record<Leg, { from: HostPort; formats: { payloadType: number; encoding: string }[] }>;
}

/** So many subscriptions may a call have in its life: each takes four ports until the call ends, its own end or not. */
const mostSubscriptions = 8;

/** Copies of a call's media. All state is RTPEngine's, so that this process may be restarted at any time. */
export class Forks {
  readonly #options: ForkOptions;

  constructor(options: ForkOptions) {
    this.#options = options;
  }

  /** Sends a copy of what each party sends to a place of its own, as plain RTP. @throws ForkError */
  async subscribe(callId: string, places: Record<Leg, HostPort>): Promise<Forked> {
    this.#checkConsumers(places);
    const { tags, subscriptions, ended } = await this.#query(callId);
    if (tags.caller === undefined || tags.agent === undefined)
      throw new ForkError('unanswered-call', 'the call does not have two parties');
    if (subscriptions.length + ended >= mostSubscriptions)
      throw new ForkError('too-many-subscriptions', 'the call has had as many subscriptions as a call may');
    const offer = await this.#ask('subscribe request', {
      'call-id': callId,
      'from-tags': [tags.caller, tags.agent],
      interface: 'priv',
      'transport-protocol': 'RTP/AVP',
      ICE: 'remove',
    });
    const id = textOf(offer, 'to-tag');
    try {
      return await this.#answer(callId, id, offer, places, tags as Record<Leg, string>);
    } catch (error) {
      await this.#ask('unsubscribe', { 'call-id': callId, 'to-tag': id }).catch(() => {});
      throw error;
    }
  }

  /** @throws ForkError */
  async unsubscribe(callId: string, id: string): Promise<void> {
    // Asked first, as RTPEngine would take a party's own tag too.
    const { subscriptions } = await this.#query(callId);
    if (!subscriptions.some((one) => one.id === id))
      throw new ForkError('unknown-subscription', 'the call has no such subscription');
    await this.#ask('unsubscribe', { 'call-id': callId, 'to-tag': id });
  }

  /** @throws ForkError */
  async report(callId: string): Promise<CallReport> {
    const { legs, subscriptions } = await this.#query(callId);
    return { legs, subscriptions };
  }

  async #answer(
    callId: string,
    id: string,
    offer: Dictionary,
    places: Record<Leg, HostPort>,
    tags: Record<Leg, string>,
  ): Promise<Forked> {
    const order = legsInOrder(offer, tags);
    const sections = audioSections(textOf(offer, 'sdp'));
    if (sections.length === 0)
      throw new ForkError('restored-call', 'RTPEngine has restored this call without its SDP');
    if (sections.length !== order.length)
      throw new ForkError('rtpengine-refused', 'RTPEngine offers other media than both legs');
    const sdp = listeningAnswer(
      sections,
      order.map((leg) => places[leg]),
    );
    await this.#ask('subscribe answer', { 'call-id': callId, 'to-tag': id, sdp });
    const forked = order.map((leg, index) => {
      const { from, formats } = sections[index]!;
      return [leg, { from, formats }] as const;
    });
    return { id, legs: Object.fromEntries(forked) as Forked['legs'] };
  }

  #checkConsumers(places: Record<Leg, HostPort>): void {
    for (const leg of legs) {
      const { host } = places[leg];
      if (!this.#options.consumers.some((network) => networkContains(network, host)))
        throw new ForkError('consumer-refused', `rtp.${leg}.host: RTP is not sent to this address`);
    }
  }

  async #query(callId: string): Promise<QueriedCall> {
    return readQuery(await this.#ask('query', { 'call-id': callId }), this.#options.privateAddress);
  }

  async #ask(command: string, members: Dictionary): Promise<Dictionary> {
    try {
      return await this.#options.ng.ask(command, members);
    } catch (cause) {
      if (isCodedError(cause, 'ng-unknown-call'))
        throw new ForkError('unknown-call', 'RTPEngine does not know the call', { cause });
      if (isCodedError(cause, 'ng-timeout'))
        throw new ForkError('rtpengine-silent', 'RTPEngine does not answer', { cause });
      throw new ForkError('rtpengine-refused', (cause as Error).message, { cause });
    }
  }
}

/** Whose media each section of the offer is: RTPEngine says in which order it took the parties. */
function legsInOrder(offer: Dictionary, tags: Record<Leg, string>): Leg[] {
  const order = Array.isArray(offer['from-tags']) ? (offer['from-tags'] as unknown[]) : [];
  return order.flatMap((tag) => legs.filter((leg) => tags[leg] === tag));
}
