import type { SipHeaders } from '@vestibule/local-telephony';

/** Who calls whom, as Twilio knows it. */
export interface TwilioCall {
  /** E.164 of the caller and of the number on the trunk. */
  from: string;
  to: string;
  /** Caller ID name; the number's owner by CNAM, only where Twilio was told to look it up. */
  cnam?: string;
  /** X-Twilio-VerStat's value; `none` when the call came without a PASSporT, and then there is no header. */
  verstat: string;
  callSid: string;
  accountSid: string;
}

export interface TwilioInvite {
  uri: string;
  from: string;
  to: string;
  contactUser: string;
  callId: string;
  headers: SipHeaders;
}

/** An address of our own on the wire. */
interface Address {
  address: string;
  port: number;
}

/** The trunk's name in From, `{trunk}.pstn.twilio.com`. */
const trunk = 'vestibule';
/** The media server behind Twilio's edge proxy: seen in the second Via. Not routable, in Twilio's case neither. */
const gateway = '172.25.75.240';

/**
 * The INVITE of an origination call over an Elastic SIP Trunk. Twilio's edge proxy stands between us and its
 * gateway: so there are two Vias, Call-ID ends in @0.0.0.0, and Diversion names the dialled number. Where Twilio's
 * Contact is the gateway's private address and its proxy's Record-Route the way there, both are left out here: proxy
 * and gateway are one socket, and Contact is its address.
 */
export function twilioInvite(call: TwilioCall, target: Address, token: () => string): TwilioInvite {
  const uri = `sip:${call.to}@${target.address}:${target.port}`;
  const display = call.cnam === undefined ? '' : `"${call.cnam.replace(/["\\]/g, '')}" `;
  const instance = token();
  const headers: [string, string][] = [
    ['Via', `SIP/2.0/UDP ${gateway}:5060;rport=5060;branch=z9hG4bK${instance}_c3356d0b_588-${token()}`],
    ['P-Asserted-Identity', `<sip:${call.from}@${gateway}:5060>`],
    ['Diversion', `<sip:${call.to}@twilio.com>;reason=unconditional`],
    ['Allow', 'ACK,BYE,CANCEL,INVITE,OPTIONS,REFER,NOTIFY'],
    ['User-Agent', 'Twilio Gateway'],
    ['X-Twilio-AccountSid', call.accountSid],
    ['X-Twilio-CallSid', call.callSid],
  ];
  if (call.verstat !== 'none') headers.push(['X-Twilio-VerStat', call.verstat]);
  return {
    uri,
    from: `${display}<sip:${call.from}@${trunk}.pstn.twilio.com:5060>`,
    to: `<sip:${call.to}@${target.address}:${target.port}>`,
    contactUser: call.from,
    callId: `${token()}@0.0.0.0`,
    headers,
  };
}

/** CA… or AC… and 32 hexadecimal digits. */
export function twilioSid(prefix: 'CA' | 'AC', hex: string): string {
  return `${prefix}${hex.padEnd(32, '0').slice(0, 32)}`;
}

/** What Twilio puts on its BYE. */
export const byeHeaders: SipHeaders = [
  ['Reason', 'Q.850;cause=16;text="Normal call clearing"'],
  ['User-Agent', 'Twilio Gateway'],
];
