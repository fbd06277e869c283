import type { Clock } from '@vestibule/core';
import { header, type ResponseParts, type SipRequest, tagOf, verifyDigest } from '@vestibule/local-telephony';
import { inviteAnswers } from './answers.ts';
import type { InboundTrunk } from './directory.ts';

const defaultRealm = 'LiveKit';

/**
 * Digest for trunks with a password, as the official service does it: 407 without qop, then the INVITE again; a
 * wrong password is 401 without a challenge, after which everything starts over.
 */
export class Authenticator {
  readonly #clock: Clock;
  readonly #validMs: number;
  #nonces = new Map<string, { nonce: string; at: number }>();

  constructor(clock: Clock, validMs: number) {
    this.#clock = clock;
    this.#validMs = validMs;
  }

  /** The refusal to send, or undefined when the call may go on. */
  check(invite: SipRequest, trunk: InboundTrunk | undefined): ResponseParts | undefined {
    if (!trunk || trunk.password === '') return undefined;
    const key = `${header(invite, 'call-id')} ${tagOf(header(invite, 'from'))}`;
    const given = header(invite, 'Proxy-Authorization');
    const issued = this.#take(key);
    const realm = trunk.realm === '' ? defaultRealm : trunk.realm;
    if (given === undefined || issued === undefined) return this.#challenge(key, realm, invite);
    const challenge = { realm, nonce: issued };
    return verifyDigest(given, trunk, challenge, invite.method) ? undefined : inviteAnswers.unauthorized();
  }

  #challenge(key: string, realm: string, invite: SipRequest): ResponseParts {
    const nonce = `${Math.floor(this.#clock.now() * 1000)}-${header(invite, 'call-id')}`;
    this.#nonces.set(key, { nonce, at: this.#clock.monotonic() });
    return inviteAnswers.challenge(`Digest realm="${realm}", nonce="${nonce}", algorithm=MD5`);
  }

  #take(key: string): string | undefined {
    const oldest = this.#clock.monotonic() - this.#validMs;
    for (const [other, { at }] of this.#nonces) if (at < oldest) this.#nonces.delete(other);
    const found = this.#nonces.get(key);
    this.#nonces.delete(key);
    return found?.nonce;
  }
}
