import type { Peer } from '../udp.ts';
import { parseVia, tagOf } from './address.ts';
import { header, headerList, type SipHeaders, type SipRequest, type SipResponse } from './message.ts';

export interface ResponseParts {
  status: number;
  reason: string;
  /** Goes on To when the request has no To tag yet. */
  toTag?: string;
  headers?: SipHeaders;
  body?: string;
}

/** A response as RFC 3261 §8.2.6 builds it, with received and rport on the top Via (RFC 3581). */
export function makeResponse(request: SipRequest, source: Peer, parts: ResponseParts): SipResponse {
  const to = header(request, 'to') ?? '';
  const tag = parts.toTag !== undefined && tagOf(to) === undefined ? `;tag=${parts.toTag}` : '';
  const [top = '', ...vias] = headerList(request, 'via');
  const body = parts.body ?? '';
  const callId = header(request, 'call-id');
  const routes = parts.status > 100 && parts.status < 300 ? headerList(request, 'record-route') : [];
  return {
    kind: 'response',
    status: parts.status,
    reason: parts.reason,
    headers: [
      ['Via', markedVia(top, source)],
      ...vias.map((via) => ['Via', via] as const),
      ...routes.map((route) => ['Record-Route', route] as const),
      ['From', header(request, 'from') ?? ''],
      ['To', `${to}${tag}`],
      ...(callId === undefined ? [] : [['Call-ID', callId] as const]),
      ['CSeq', header(request, 'cseq') ?? ''],
      ['Content-Length', String(Buffer.byteLength(body))],
      ...(parts.headers ?? []),
    ],
    body,
  };
}

function markedVia(via: string, source: Peer): string {
  const plain = via.replace(/;\s*(rport|received)\s*(=[^;]*)?/gi, '');
  return `${plain};rport=${source.port};received=${source.address}`;
}

/** Where the response goes: the source with rport (RFC 3581 §4), else the sent-by port (RFC 3261 §18.2.2). */
export function responsePeer(request: SipRequest, source: Peer): Peer {
  const via = parseVia(headerList(request, 'via')[0] ?? '');
  if (!via || via.parameters.has('rport')) return source;
  return { address: source.address, port: via.port ?? 5060 };
}
