/** A message in parts that can be changed one by one. Text is Latin-1, one character per byte. */
export interface Draft {
  startLine: string;
  /** Whole lines, without their line ends. */
  headers: string[];
  body: string;
}

interface InviteOptions {
  callId: string;
  edge: string;
  /** Where the carrier's socket is. */
  source: string;
}

const number = '+15550100100';
const caller = '+15550199000';

function sdp(source: string, profile: string, extra: readonly string[] = []): string {
  return [
    ...[
      'v=0',
      `o=- 1764150000 1764150001 IN IP4 ${source}`,
      's=Twilio Media Gateway',
      `c=IN IP4 ${source}`,
      't=0 0',
    ],
    ...[`m=audio 18654 ${profile} 0 8 101`, ...extra, 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:8 PCMA/8000'],
    ...[
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-16',
      'a=ptime:20',
      'a=maxptime:20',
      'a=sendrecv',
      '',
    ],
  ].join('\r\n');
}

/** An INVITE as an elastic SIP trunk of Twilio's writes it, with what its gateways put before and after. */
function invite({ callId, edge, source }: InviteOptions, body: string): Draft {
  const gateway = '54.172.60.0';
  return {
    startLine: `INVITE sip:${number}@${edge}:5060 SIP/2.0`,
    headers: [
      `Record-Route: <sip:${source};lr;ftag=34029451_6772d868>`,
      `Via: SIP/2.0/UDP ${source};branch=z9hG4bK${callId.replace(/\W/g, '')}.0;rport`,
      `Via: SIP/2.0/UDP 172.18.15.35:5060;rport=5060;received=${gateway};branch=z9hG4bK7a1a3c`,
      `From: <sip:${caller}@caller.pstn.twilio.com:5060;pstn-params=908481808882>;tag=34029451_6772d868`,
      `To: <sip:${number}@${edge}:5060>`,
      'CSeq: 1 INVITE',
      'Max-Forwards: 66',
      `P-Asserted-Identity: <sip:${caller}@caller.pstn.twilio.com:5060>`,
      `Diversion: <sip:${number}@twilio.com>;reason=unconditional`,
      `Call-ID: ${callId}`,
      `Contact: <sip:${caller}@${source}:5060;transport=udp>`,
      'Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, SUBSCRIBE, INFO',
      'Supported: timer, path, replaces',
      'User-Agent: Twilio Gateway',
      'X-Twilio-AccountSid: AC00000000000000000000000000000000',
      'X-Twilio-CallSid: CA11111111111111111111111111111111',
      'X-Twilio-VerStat: TN-Validation-Passed-A',
      'Content-Type: application/sdp',
      `Content-Length: ${body.length}`,
    ],
    body,
  };
}

const key = 'inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj';

/** The shapes in which Twilio's INVITEs come. */
export function twilioInvites(options: InviteOptions): Draft[] {
  const plain = invite(options, sdp(options.source, 'RTP/AVP'));
  const secure = invite(
    options,
    sdp(options.source, 'RTP/SAVP', [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 ${key}`]),
  );
  const unattested = {
    ...plain,
    headers: plain.headers.filter((line) => !/^(X-Twilio-VerStat|Diversion|Record-Route)/.test(line)),
  };
  return [plain, secure, unattested];
}

export const draftBytes = ({ startLine, headers, body }: Draft): Buffer =>
  Buffer.from([startLine, ...headers, '', body].join('\r\n'), 'latin1');
