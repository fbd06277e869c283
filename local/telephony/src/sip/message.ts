/** Header fields in order; names as written. Repeated fields are repeated entries. */
export type SipHeaders = readonly (readonly [name: string, value: string])[];

export interface SipRequest {
  kind: 'request';
  method: string;
  uri: string;
  headers: SipHeaders;
  body: string;
}

export interface SipResponse {
  kind: 'response';
  status: number;
  reason: string;
  headers: SipHeaders;
  body: string;
}

export type SipMessage = SipRequest | SipResponse;

const compactForms: Record<string, string> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
};

function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  return compactForms[lower] ?? lower;
}

/** The first field of that name (any case, compact forms too), or undefined. */
export function header(message: { headers: SipHeaders }, name: string): string | undefined {
  const wanted = canonicalName(name);
  return message.headers.find(([other]) => canonicalName(other) === wanted)?.[1];
}

/** Every value of that name, comma-separated lists taken apart (only for fields that are lists: Via, Route, Contact …). */
export function headerList(message: { headers: SipHeaders }, name: string): string[] {
  const wanted = canonicalName(name);
  return message.headers
    .filter(([other]) => canonicalName(other) === wanted)
    .flatMap(([, value]) => splitList(value));
}

/** Splits at commas that stand neither in quotes nor in angle brackets. */
function splitList(value: string): string[] {
  const parts = value.match(/(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,"<])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/**
 * Reads a datagram. Undefined for what is no SIP message: bad start line, a field without colon, or a body shorter
 * than Content-Length says (RFC 3261 §18.3).
 */
export function parseSip(datagram: Uint8Array): SipMessage | undefined {
  const bytes = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [start = '', ...lines] = bytes
    .toString('utf8', 0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers: [string, string][] = [];
  for (const line of lines) {
    const field = line.match(/^([^\s:]+)[ \t]*:[ \t]*(.*?)[ \t]*$/s);
    if (!field) return undefined;
    headers.push([field[1]!, field[2]!]);
  }
  const rest = bytes.subarray(end + 4);
  const length = Number(header({ headers }, 'content-length') ?? rest.length);
  if (!(length <= rest.length)) return undefined;
  const body = rest.toString('utf8', 0, length);
  const response = start.match(/^SIP\/2\.0 (\d{3}) ?(.*)$/);
  if (response) return { kind: 'response', status: Number(response[1]), reason: response[2]!, headers, body };
  const request = start.match(/^([A-Z]+) (\S+) SIP\/2\.0$/);
  return request ? { kind: 'request', method: request[1]!, uri: request[2]!, headers, body } : undefined;
}

/** The bytes for the wire. Content-Length is added when the headers have none. */
export function serializeSip(message: SipMessage): Buffer {
  const start =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const length: [string, string] = ['Content-Length', String(Buffer.byteLength(message.body))];
  const known = header(message, 'content-length') !== undefined;
  const fields = [...message.headers, ...(known ? [] : [length])].map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${[start, ...fields].join('\r\n')}\r\n\r\n${message.body}`);
}

/** Sequence number and method of a CSeq field; number NaN when it is missing. */
export function cseq(message: { headers: SipHeaders }): { number: number; method: string } {
  const [number = '', method = ''] = (header(message, 'cseq') ?? '').split(/\s+/);
  return { number: number === '' ? NaN : Number(number), method };
}
