import type { PartialMessage } from '@bufbuild/protobuf';
import { DisconnectReason, type SIPCallInfo, SIPCallStatus } from '@livekit/protocol';

/** Why a call ends. */
export type Ending =
  | 'hung-up'
  | 'cancelled'
  | 'nobody-answered'
  | 'removed'
  | 'media-timeout'
  | 'too-long'
  | 'no-ack'
  | 'bad-offer'
  | 'unavailable'
  | 'wrong-pin'
  | 'refused'
  | 'transferred'
  | 'shutdown';

/** The official service leaves `sip.callStatus` as it was in these. */
export const statusKept: readonly Ending[] = ['removed', 'nobody-answered', 'refused'];

/** How LiveKit Server is told of the end of an inbound call. `removedFor`: why the room put it out. */
export function reportedEnd(
  ending: Ending,
  answered: boolean,
  removedFor: DisconnectReason | undefined,
): PartialMessage<SIPCallInfo> {
  const disconnectReason = removedFor ?? DisconnectReason.CLIENT_INITIATED;
  const error = errors[ending];
  if (ending === 'media-timeout') return { callStatus: SIPCallStatus.SCS_DISCONNECTED, error: ending };
  if (error !== undefined) return { callStatus: SIPCallStatus.SCS_ERROR, error };
  if (ending === 'removed' && !answered)
    return {
      callStatus: SIPCallStatus.SCS_ERROR,
      disconnectReason: DisconnectReason.CLIENT_INITIATED,
      error: 'room closed',
    };
  return { callStatus: SIPCallStatus.SCS_DISCONNECTED, disconnectReason };
}

/** In the official service's words where those were seen. */
const errors: Partial<Record<Ending, string>> = {
  'nobody-answered': 'room subscription timed out',
  'bad-offer': 'common audio codec not found',
  'wrong-pin': 'wrong pin',
  'no-ack': 'no ACK',
  unavailable: 'LiveKit Server does not answer',
};
