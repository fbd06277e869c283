import { until } from './until.ts';

/** What a peer has received, whatever it came by. */
export class SipInbox {
  /** Everything received, in order. */
  readonly received: string[] = [];

  /** The first message, received already or still to come, whose start line matches and that belongs to `callId`. */
  async next(startLine: RegExp, callId: string, timeout?: number): Promise<string> {
    const find = () =>
      this.received.find((text) => startLine.test(text) && text.includes(`\r\nCall-ID: ${callId}\r\n`));
    await until(`${startLine.source} for ${callId}`, () => find() !== undefined, timeout);
    return find() ?? '';
  }

  /** Status codes received for a call, in order, without repetitions. */
  codes(callId: string): number[] {
    const codes = this.received
      .filter((text) => text.includes(`\r\nCall-ID: ${callId}\r\n`))
      .map((text) => Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1] ?? 0));
    return codes.filter((code, index) => code !== 0 && codes.indexOf(code) === index);
  }
}

/** Who speaks, as its own Via and Contact say. */
export interface SipSelf {
  readonly address: string;
  readonly port: number;
  /** UDP, unless it says otherwise. */
  readonly transport?: 'TLS';
}

/** A peer on any transport. */
export interface SipSpeaker extends SipInbox, SipSelf {
  send(text: string, address: string, port?: number): void;
}
