import type { PartialMessage } from '@bufbuild/protobuf';
import { ProviderType, SIPCallDirection, type SIPCallInfo, SIPTransport } from '@livekit/protocol';
import { header, parseNameAddress, parseUri, type ServerTransaction } from '@vestibule/local-telephony';
import type { DispatchRule, InboundTrunk } from './directory.ts';
import { type Dispatch, partiesOf } from './dispatch.ts';
import { CallReport } from './report.ts';
import type { SharedServices } from './services.ts';

/** What LiveKit Server is told of an inbound call, as the official service says it. */
export function inboundReport(
  { request, source }: ServerTransaction,
  callId: string,
  { sendReport: send, clock, logger }: Pick<SharedServices, 'sendReport' | 'clock' | 'logger'>,
): CallReport {
  const { caller, callerHost, dialled } = partiesOf(request, source.address);
  const [from, to] = ['from', 'to'].map((name) =>
    parseUri(parseNameAddress(header(request, name) ?? '').uri),
  );
  const transport = SIPTransport.SIP_TRANSPORT_UDP;
  return new CallReport(
    {
      callId,
      fromUri: { user: caller, host: callerHost, port: from?.port ?? 5060, transport },
      // The official service says 5060 whatever the port.
      toUri: { user: dialled, host: to?.host ?? '', port: 5060, transport },
      callDirection: SIPCallDirection.SCD_INBOUND,
      sipCallId: header(request, 'call-id') ?? '',
    },
    { send, clock, logger },
  );
}

export function trunkReport(trunk: InboundTrunk | undefined): PartialMessage<SIPCallInfo> {
  if (!trunk) return {};
  const { sipTrunkId: id, name } = trunk;
  return { trunkId: id, providerInfo: { id, name, type: ProviderType.EXTERNAL } };
}

/** With a PIN still to be keyed, or without a rule, there is nothing but the Call-ID to tell. */
export function ruleReport(
  rule: DispatchRule | undefined,
  dispatch: Dispatch | undefined,
  sipCallId: string,
): PartialMessage<SIPCallInfo> {
  const mediaEncryption = 'SIP_MEDIA_ENCRYPT_DISABLE';
  if (!rule || !dispatch) return { participantAttributes: { 'sip.callIDFull': sipCallId }, mediaEncryption };
  const { 'sip.callStatus': _status, 'sip.callTag': _tag, ...participantAttributes } = dispatch.attributes;
  return {
    dispatchRuleId: rule.sipDispatchRuleId,
    roomName: dispatch.room,
    participantIdentity: dispatch.identity,
    participantAttributes,
    mediaEncryption,
  };
}
