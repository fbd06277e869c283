/** Cuts a byte stream into SIP messages by Content-Length (RFC 3261 section 18.3); CRLFs between them are keep-alives. */
export class SipStream {
  #rest = '';

  push(bytes: Buffer): string[] {
    this.#rest += bytes.toString('latin1');
    const messages: string[] = [];
    for (let message = this.#take(); message !== undefined; message = this.#take()) messages.push(message);
    return messages;
  }

  #take(): string | undefined {
    this.#rest = this.#rest.replace(/^(\r\n)+/, '');
    const head = this.#rest.indexOf('\r\n\r\n');
    if (head < 0) return undefined;
    const length = Number(/^Content-Length:\s*(\d+)/im.exec(this.#rest.slice(0, head))?.[1] ?? 0);
    const end = head + 4 + length;
    if (this.#rest.length < end) return undefined;
    const message = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end);
    return message;
  }
}
