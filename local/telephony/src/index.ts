export { DelayTrimmer } from './delay-trimmer.ts';
export { decodeG711, encodeG711, type G711Name, g711SampleRate, g711Silence } from './g711.ts';
export { JitterBuffer, type JitterBufferOptions } from './jitter-buffer.ts';
export { frameMs, frameSamples, Pacer } from './pacer.ts';
export { circularDistance, decodeRtp, encodeRtp, type RtpPacket } from './rtp-packet.ts';
export { type MediaFormat, RtpSession, type RtpSessionOptions } from './rtp-session.ts';
export {
  buildSdp,
  chooseFormat,
  g711Offer,
  parseSdp,
  type SdpDirection,
  sdpFormats,
  type SdpParts,
  type SessionDescription,
} from './sdp.ts';
export {
  type NameAddress,
  parseNameAddress,
  parseParameters,
  parseUri,
  parseVia,
  peerOf,
  type SipUri,
  tagOf,
} from './sip/address.ts';
export { ClientTransaction, type ResponseHandlers } from './sip/client-transaction.ts';
export { Dialog } from './sip/dialog.ts';
export {
  answerChallenge,
  type DigestCredentials,
  digestResponse,
  parseDigest,
  verifyDigest,
} from './sip/digest.ts';
export { SipEndpoint, type SipEndpointOptions } from './sip/endpoint.ts';
export {
  cseq,
  header,
  headerList,
  parseSip,
  serializeSip,
  type SipHeaders,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './sip/message.ts';
export {
  type CallEnd,
  type CallOutcome,
  OutgoingCall,
  type OutgoingCallOptions,
} from './sip/outgoing-call.ts';
export { makeResponse, type ResponseParts } from './sip/respond.ts';
export { ServerTransaction } from './sip/server-transaction.ts';
export { T1, T2, T4, timerC, Timers, transactionTimeout } from './sip/timers.ts';
export {
  decodeTelephoneEvent,
  encodeTelephoneEvent,
  isDigit,
  type TelephoneEvent,
  TelephoneEventReceiver,
  TelephoneEventSender,
} from './telephone-event.ts';
export {
  bindInRange,
  bindUdp,
  isPort,
  type Peer,
  type PortRange,
  sendUdp,
  type TelephonyErrorCode,
} from './udp.ts';
