import type { ResponseParts, SipHeaders } from '@vestibule/local-telephony';
import type { Ending } from './endings.ts';

/** The official service's responses, down to their reason phrases. */
export const allow = [
  'Allow',
  'INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE',
] as const;

/** To an INVITE. `contact` is the bridge's own address. */
export const inviteAnswers = {
  processing: (): ResponseParts => ({ status: 100, reason: 'Processing', headers: [allow] }),
  ringing: (): ResponseParts => ({ status: 180, reason: 'Ringing', headers: [allow] }),
  answered: (contact: string, sdp: string, headers: SipHeaders): ResponseParts => ({
    status: 200,
    reason: 'OK',
    headers: [['Contact', contact], ['Content-Type', 'application/sdp'], ...headers],
    body: sdp,
  }),
  answeredAgain: (contact: string, sdp: string): ResponseParts => ({
    status: 200,
    reason: 'OK',
    headers: [['Content-Type', 'application/sdp'], allow, ['Contact', contact]],
    body: sdp,
  }),
  badOffer: (contact: string): ResponseParts => refusal(400, '', contact),
  rejected: (): ResponseParts => ({ status: 486, reason: 'Rejected' }),
  unavailable: (contact: string): ResponseParts => refusal(503, 'Try again later', contact),
  cancelled: (): ResponseParts => ({ status: 487, reason: 'Request Terminated' }),
  challenge: (value: string): ResponseParts => ({
    status: 407,
    reason: 'Unauthorized',
    headers: [['Proxy-Authenticate', value]],
  }),
  unauthorized: (): ResponseParts => ({ status: 401, reason: 'Unauthorized' }),
};

/** To anything else. */
export const otherAnswers = {
  ok: (): ResponseParts => ({ status: 200, reason: 'OK' }),
  notAllowed: (): ResponseParts => ({ status: 405, reason: 'Method Not Allowed' }),
  /** To a NOTIFY about a transfer. */
  notified: (): ResponseParts => ({ status: 200, reason: 'success' }),
  badRequest: (): ResponseParts => ({ status: 400, reason: '' }),
  noCall: (): ResponseParts => ({ status: 481, reason: 'Call does not exist' }),
};

/** To an INVITE whose call ends before its answer. */
export function refusalFor(ending: Ending, contact: string): ResponseParts {
  if (ending === 'cancelled') return inviteAnswers.cancelled();
  if (ending === 'bad-offer') return inviteAnswers.badOffer(contact);
  if (ending === 'unavailable' || ending === 'shutdown') return inviteAnswers.unavailable(contact);
  return inviteAnswers.rejected();
}

function refusal(status: number, reason: string, contact: string): ResponseParts {
  return { status, reason, headers: [allow, ['Contact', contact]] };
}
