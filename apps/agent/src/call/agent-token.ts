import { AccessToken } from 'livekit-server-sdk';

/** A token for one room, with which an agent may speak and listen there. */
export function agentToken(
  { key, secret }: { key: string; secret: string },
  room: string,
  identity: string,
): Promise<string> {
  const token = new AccessToken(key, secret, { identity, ttl: '6h' });
  token.kind = 'agent';
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, agent: true });
  return token.toJwt();
}
