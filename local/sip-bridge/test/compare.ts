/** A SIP message without what differs from run to run: addresses, ports, tags, branches, nonces. */
export interface Comparable {
  start: string;
  headers: string[];
  body: string[];
}

export interface Names {
  service: string;
  caller: string;
  /** Of an outbound call, once it is known: the service's choice. */
  callId?: string;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export function comparable(text: string, { service, caller, callId }: Names): Comparable {
  const callerPort = caller.split(':')[1]!;
  const plain = text
    .replaceAll('\r\n', '\n')
    .replaceAll(new RegExp(`${service}(?!\\d)`, 'g'), '<service>')
    .replaceAll(new RegExp(`${caller}(?!\\d)`, 'g'), '<caller>')
    .replaceAll(new RegExp(`rport=${callerPort}(?!\\d)`, 'g'), 'rport=<caller port>')
    .replace(uuid, '<uuid>')
    .replace(/SCL_\w{12}/g, '<call>')
    .replaceAll(callId ?? '<call id>', '<call id>')
    // An offer's own numbers; an answer has the caller's.
    .replace(/^o=- (\d+) \1 /m, 'o=- <id> <id> ')
    .replace(/nonce="[^"]*"/g, 'nonce="<nonce>"')
    .replace(/m=audio \d+ /g, 'm=audio <port> ');
  const [head = '', body = ''] = plain.split('\n\n', 2);
  const [start = '', ...headers] = head.split('\n');
  const isRequest = !start.startsWith('SIP/2.0');
  // The order of header fields varied in the recordings too; a request's Via is the sender's own affair, and an ACK
  // needs no Contact.
  const own = start.startsWith('ACK ') ? /^(Via|Contact):/i : /^Via:/i;
  const kept = headers.filter((line) => !/^Content-Length:/i.test(line) && !(isRequest && own.test(line)));
  return { start, headers: kept.sort(), body: body.split('\n').filter((line) => line !== '') };
}

/** What ties a response to its request: branch and CSeq, which the caller chose. Requests of the service by method. */
export function transactionOf(text: string): string {
  if (!text.startsWith('SIP/2.0')) return `service ${text.split(' ')[0]}`;
  const branch = text.match(/branch=([^;\s]+)/)?.[1];
  return `${branch} ${text.match(/^CSeq: *(.*?)\r?$/m)?.[1]}`;
}

export function isRinging(text: string): boolean {
  return text.startsWith('SIP/2.0 180 ');
}
