import { AccessToken } from 'livekit-server-sdk';
import type { Dispatch } from './dispatch.ts';

/** The token of a SIP participant: kind `sip`, may publish, subscribe and change its own attributes. */
export async function participantToken(
  dispatch: Dispatch,
  { apiKey, apiSecret }: { apiKey: string; apiSecret: string },
): Promise<string> {
  const { room, identity, name, metadata, attributes, roomPreset, roomConfig } = dispatch;
  const token = new AccessToken(apiKey, apiSecret, { identity, name, metadata, attributes, ttl: '24h' });
  token.kind = 'sip';
  if (roomPreset !== '') token.roomPreset = roomPreset;
  if (roomConfig) token.roomConfig = roomConfig;
  token.addGrant({
    roomJoin: true,
    room,
    canPublish: true,
    canSubscribe: true,
    canPublishData: true,
    canUpdateOwnMetadata: true,
  });
  return token.toJwt();
}
