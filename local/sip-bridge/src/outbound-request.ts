import { isIPv4 } from 'node:net';
import { SIPMediaEncryption, SIPTransport } from '@livekit/protocol';
import { isPort, type OutgoingCallOptions } from '@vestibule/local-telephony';
import { allow } from './answers.ts';
import { headerModes, type InboundTrunk, milliseconds } from './directory.ts';
import { type Dispatch, oneLine } from './dispatch.ts';
import { PsrpcError } from './psrpc/errors.ts';
import type { CreateParticipantRequest } from './sip-internal.ts';

/** A requested call in the terms of SIP and of the room. */
export interface OutboundPlan {
  invite: Pick<OutgoingCallOptions, 'uri' | 'from' | 'peer' | 'headers' | 'credentials'>;
  dispatch: Dispatch;
  /** How headers of the answer become attributes, and attributes headers of REFER and BYE. */
  mapping: Pick<InboundTrunk, 'includeHeaders' | 'headersToAttributes' | 'attributesToHeaders'>;
  ringingTimeoutMs: number | undefined;
  maxCallDurationMs: number | undefined;
}

/** @throws PsrpcError `invalid_argument`, or `unimplemented` for what the bridge cannot do. */
export function planCall(request: CreateParticipantRequest, ownAddress: string): OutboundPlan {
  assertPossible(request);
  const { number, callTo, username, password } = request;
  const host = request.hostname === '' ? ownAddress : request.hostname;
  // LiveKit Server takes a display name only as it may stand between quotes.
  const display = oneLine(request.displayName ?? number);
  const named = display === '' ? '' : `"${display}" `;
  return {
    invite: {
      uri: `sip:${callTo}@${request.address};transport=udp`,
      from: `${named}<sip:${number}@${host};transport=udp>`,
      peer: peerAt(request.address),
      headers: [
        allow,
        ...Object.entries(request.headers).map(([name, value]) => [name, oneLine(value)] as const),
      ],
      ...(username === '' ? {} : { credentials: { username, password } }),
    },
    dispatch: {
      room: request.roomName,
      identity: request.participantIdentity,
      name: request.participantName,
      metadata: request.participantMetadata,
      attributes: { ...request.participantAttributes, 'sip.callStatus': 'dialing' },
      roomPreset: '',
      roomConfig: undefined,
    },
    mapping: {
      includeHeaders: headerModes[request.includeHeaders] ?? 'none',
      headersToAttributes: request.headersToAttributes,
      attributesToHeaders: request.attributesToHeaders,
    },
    ringingTimeoutMs: milliseconds(request.ringingTimeout),
    maxCallDurationMs: milliseconds(request.maxCallDuration),
  };
}

/** No names are looked up: the stack has addresses, and Kamailio behind them. */
function peerAt(address: string): OutboundPlan['invite']['peer'] {
  const [host = '', port = '5060', ...rest] = address.split(':');
  if (!isIPv4(host) || !isPort(Number(port)) || rest.length > 0)
    throw new PsrpcError('invalid_argument', 'the SIP bridge calls IPv4 addresses only, as address:port');
  return { address: host, port: Number(port) };
}

function assertPossible(request: CreateParticipantRequest): void {
  const refused = [
    [request.callTo === '' || /[\s@<>"]/.test(request.callTo), 'such a number'],
    [/[\s@<>"]/.test(request.number + request.hostname), 'such a caller'],
  ] as const;
  const missing = [
    [request.transport > SIPTransport.SIP_TRANSPORT_UDP, 'TCP or TLS'],
    [request.media?.encryption === SIPMediaEncryption.SIP_MEDIA_ENCRYPT_REQUIRE, 'SRTP'],
    [
      request.sipRequestUri.length + request.sipFromHeader.length + request.sipToHeader.length > 0,
      'request URIs, From and To of your own',
    ],
  ] as const;
  for (const [is, what] of refused)
    if (is) throw new PsrpcError('invalid_argument', `the SIP bridge cannot call ${what}`);
  for (const [is, what] of missing)
    if (is) throw new PsrpcError('unimplemented', `the SIP bridge does not speak ${what}`);
}
