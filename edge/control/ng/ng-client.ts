import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { CodedError } from '@vestibule/core';
import { type Bencoded, decodeBencode, type Dictionary, encodeBencode, textOf } from './bencode.ts';

/**
 * `ng-refused`: RTPEngine answered with an error, which is the message. `ng-unknown-call`: it does not know the call.
 * `ng-timeout`: no answer to any of the tries.
 */
export type NgErrorCode = 'ng-refused' | 'ng-unknown-call' | 'ng-timeout';

export class NgError extends CodedError<NgErrorCode> {}

export interface NgOptions {
  /** RTPEngine's NG port. */
  address: string;
  port: number;
  /** Where to send from: the packet filter lets nothing but the private address reach NG. */
  from?: string;
  /** How long each try waits for its answer, ms. */
  tryMs?: number;
  /** The first one included. */
  tries?: number;
}

interface Waiting {
  resolve: (answer: Dictionary) => void;
  reject: (error: NgError) => void;
}

/**
 * RTPEngine's NG protocol over UDP: a cookie, a space, a bencoded dictionary; the answer has the same cookie. A request without an answer
 * is sent again with its cookie, so that RTPEngine repeats its answer instead of doing the same twice.
 */
export class NgClient {
  readonly #socket: Socket;
  readonly #waiting = new Map<string, Waiting>();
  readonly #tryMs: number;
  readonly #tries: number;

  private constructor(socket: Socket, { tryMs = 250, tries = 4 }: NgOptions) {
    this.#socket = socket;
    this.#tryMs = tryMs;
    this.#tries = tries;
    socket.on('message', (packet) => this.#answered(packet));
    // ICMP says that nothing listens. RTPEngine may be about to start again, so all who wait go on trying.
    socket.on('error', () => {});
  }

  static async open(options: NgOptions): Promise<NgClient> {
    const socket = createSocket('udp4');
    socket.bind(0, options.from);
    await once(socket, 'listening');
    socket.connect(options.port, options.address);
    await once(socket, 'connect');
    return new NgClient(socket, options);
  }

  /** @returns the members of an answer whose result is not an error. @throws NgError */
  async ask(command: string, members: Dictionary = {}): Promise<Dictionary> {
    const cookie = randomUUID();
    const packet = Buffer.from(`${cookie} ${encodeBencode({ command, ...members })}`, 'latin1');
    const { promise, resolve, reject } = Promise.withResolvers<Dictionary>();
    this.#waiting.set(cookie, { resolve, reject });
    let tries = 0;
    const send = () => {
      if (tries === this.#tries) return reject(timedOut(command));
      tries += 1;
      this.#socket.send(packet, () => {});
    };
    send();
    const timer = setInterval(send, this.#tryMs);
    try {
      return await promise;
    } finally {
      clearInterval(timer);
      this.#waiting.delete(cookie);
    }
  }

  close(): void {
    for (const { reject } of this.#waiting.values()) reject(timedOut('what was asked'));
    this.#socket.close();
  }

  #answered(packet: Buffer): void {
    const text = packet.toString('latin1');
    const space = text.indexOf(' ');
    const waiting = this.#waiting.get(text.slice(0, space));
    if (waiting === undefined) return;
    try {
      waiting.resolve(resultOf(decodeBencode(text.slice(space + 1))));
    } catch (error) {
      const reason = error instanceof NgError ? error : new NgError('ng-refused', 'an answer that is none');
      waiting.reject(reason);
    }
  }
}

/** RTPEngine's words for a call, or a party of it, that it does not have. */
const unknownCall = /unknown call-?id|call-?id not found/i;

function resultOf(answer: Bencoded): Dictionary {
  if (typeof answer !== 'object' || Array.isArray(answer))
    throw new NgError('ng-refused', 'an answer that is no dictionary');
  const { result, ...members } = answer as Dictionary;
  if (result !== 'error') return members;
  const reason = textOf(members, 'error-reason');
  throw new NgError(unknownCall.test(reason) ? 'ng-unknown-call' : 'ng-refused', reason);
}

const timedOut = (command: string) => new NgError('ng-timeout', `RTPEngine did not answer: ${command}`);
