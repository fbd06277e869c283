import { createHash } from 'node:crypto';
import type { Names } from './compare.ts';

export interface Today {
  recorded: Names;
  actual: Names;
  /** Recorded To tags and the ones that took their place. */
  ids: ReadonlyMap<string, string>;
  rtpPorts: { recorded: number; actual: number };
  /** Of the last challenge. */
  nonce: string | undefined;
  trunk: Record<string, unknown> | undefined;
}

/** A recorded message of the caller with today's addresses, tags, RTP port, digest and Content-Length. */
export function rewritten(sip: string, today: Today): string {
  const { recorded, actual, ids, rtpPorts } = today;
  const addresses = new Map([
    [recorded.service, actual.service],
    [recorded.caller, actual.caller],
  ]);
  // Whole addresses, in one pass: today's may begin with, or be, a recorded one.
  let text = sip
    .replace(/\d+\.\d+\.\d+\.\d+:\d+/g, (address) => addresses.get(address) ?? address)
    .replace(/tag=(SCL_\w+)/g, (_whole, id: string) => `tag=${ids.get(id) ?? id}`);
  // Port 0 is meant as it stands.
  if (rtpPorts.recorded > 0)
    text = text.replaceAll(`m=audio ${rtpPorts.recorded} `, `m=audio ${rtpPorts.actual} `);
  text = authorized(text, sip, today);
  const [head = '', ...rest] = text.split('\n\n');
  const body = rest.length === 0 ? '' : `${rest.join('\n\n')}\n`.replaceAll('\n', '\r\n');
  const lines = head.replace(/^Content-Length: .*$/m, `Content-Length: ${Buffer.byteLength(body)}`);
  return `${lines.replaceAll('\n', '\r\n')}\r\n\r\n${body}`;
}

/** A digest over today's nonce and URI, right or wrong as the recorded one was. */
function authorized(text: string, recorded: string, { trunk, nonce = '' }: Today): string {
  if (!text.includes('Proxy-Authorization')) return text;
  const md5 = (part: string) => createHash('md5').update(part).digest('hex');
  const secret = md5(`${String(trunk?.auth_username)}:LiveKit:${String(trunk?.auth_password)}`);
  const response = (message: string, challenge: string) =>
    md5(`${secret}:${challenge}:${md5(`INVITE:${message.match(/uri="([^"]*)"/)?.[1]}`)}`);
  const right = recorded.includes(response(recorded, recorded.match(/nonce="([^"]*)"/)?.[1] ?? ''));
  return text
    .replace(/nonce="[^"]*"/, `nonce="${nonce}"`)
    .replace(/response="[^"]*"/, `response="${right ? response(text, nonce) : 'f'.repeat(32)}"`);
}

/** The caller's recorded answer to a request of the service, with the Via, tags and CSeq of the one that came. */
export function responseTo(request: string, recorded: string): string {
  const kept = request
    .split('\r\n\r\n')[0]!
    .split('\r\n')
    .filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
  return [recorded.split('\n')[0]!, ...kept, 'Content-Length: 0', '', ''].join('\r\n');
}
