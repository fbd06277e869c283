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
  /** Of an outbound call. */
  callIds?: { recorded: string; actual: string } | undefined;
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
  if (today.callIds) text = text.replaceAll(today.callIds.recorded, today.callIds.actual);
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

/** The peer's recorded answer to a request of the service, with the Via, tags and CSeq of the one that came. */
export function responseTo(request: string, recorded: string): string {
  const came = new Map(
    request
      .split('\r\n\r\n')[0]!
      .split('\r\n')
      .filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line))
      .map((line) => [line.split(':')[0]!.toLowerCase(), line]),
  );
  const tag = /^To:.*(;tag=[^;\n]*)/m.exec(recorded)?.[1] ?? '';
  return recorded
    .split('\n')
    .map((line) => {
      const name = line.split(':')[0]!.toLowerCase();
      const mine = came.get(name);
      return mine === undefined || name !== 'to' || /;tag=/.test(mine) ? (mine ?? line) : mine + tag;
    })
    .join('\n');
}

/** A request of the service whose digest has been checked: what differs from run to run is replaced by the verdict. */
export function withDigestVerdict(text: string, trunk: Record<string, unknown> | undefined): string {
  const authorization = /^Proxy-Authorization: .*$/m.exec(text)?.[0];
  if (authorization === undefined) return text;
  const field = (name: string) => new RegExp(`${name}="?([^",\\s]*)`).exec(authorization)?.[1] ?? '';
  const md5 = (part: string) => createHash('md5').update(part).digest('hex');
  const secret = md5(`${String(trunk?.auth_username)}:${field('realm')}:${String(trunk?.auth_password)}`);
  const once = ['nonce', 'nc', 'cnonce', 'qop'].map((name) => field(`[ ,]${name}`)).join(':');
  const right = md5(`${secret}:${once}:${md5(`INVITE:${field('uri')}`)}`);
  return text
    .replace(/response="[^"]*"/, field('response') === right ? 'response="<right>"' : 'response="<wrong>"')
    .replace(/cnonce="[^"]+"/, 'cnonce="<cnonce>"');
}
