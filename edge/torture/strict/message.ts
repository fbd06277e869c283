/**
 * A strict reading of SIP (RFC 3261 section 25.1) that shares no code with what it judges: it says everything that is wrong with a message.
 * Text is Latin-1, one character per byte.
 */
export interface Header {
  /** Lower case, compact forms written out. */
  name: string;
  /** Unfolded, white space around it gone. */
  value: string;
  /** As it stood on the wire, without the last CRLF. */
  raw: string;
}

export interface Message {
  startLine: string;
  headers: Header[];
  body: string;
  /** What is wrong with its framing. */
  faults: string[];
}

const compact: Record<string, string> = {
  ...{ v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', c: 'content-type', l: 'content-length' },
  ...{ s: 'subject', k: 'supported', e: 'content-encoding', o: 'event', r: 'refer-to', u: 'allow-events' },
};

/** Without quoted strings, in which a backslash may carry control characters. */
const unquoted = (value: string) => value.replace(/"(?:[^"\\]|\\[^\r\n])*"/g, '""');

function utf8(value: string): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
    return true;
  } catch {
    return false;
  }
}

function readHeader(line: string, faults: string[]): Header {
  const [, written = '', value = ''] = /^([^:]*?)[ \t]*:([^]*)$/.exec(line) ?? [];
  if (!/^[-.!%*_+`'~A-Za-z0-9]+$/.test(written))
    faults.push(`no header: ${JSON.stringify(line.slice(0, 60))}`);
  const unfolded = value.replace(/\r\n[ \t]+/g, ' ');

  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(unquoted(unfolded))) faults.push(`a control character in ${written}`);
  if (!utf8(unfolded)) faults.push(`${written} is not UTF-8`);
  const name = written.toLowerCase();
  return { name: compact[name] ?? name, value: unfolded.trim(), raw: line };
}

export function readMessage(bytes: Buffer): Message {
  const text = bytes.toString('latin1');
  const faults: string[] = [];
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) faults.push('its headers have no end');
  const head = end < 0 ? text : text.slice(0, end);
  if (/(?<!\r)\n|\r(?!\n)/.test(head)) faults.push('a line that does not end in CRLF');
  const [startLine = '', ...lines] = head.split(/\r\n(?![ \t])/);
  return {
    startLine,
    headers: lines.map((line) => readHeader(line, faults)),
    body: end < 0 ? '' : text.slice(end + 4),
    faults,
  };
}

export const valuesOf = ({ headers }: Message, name: string): string[] =>
  headers.filter((header) => header.name === name).map(({ value }) => value);
