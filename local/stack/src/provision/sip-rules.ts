import { SIPHeaderOptions } from '@livekit/protocol';
import { SipClient } from 'livekit-server-sdk';
import type { Context } from '../parts/context.ts';
import { address, ports } from '../ports.ts';

const trunkName = 'vestibule-edge';
const roomPrefix = 'call-';

/**
 * The inbound trunk and the dispatch rule that LiveKit SIP (or the bridge) asks LiveKit Server for: the numbers of
 * vestibule.yaml, only from the edges' inner addresses, a room of its own for each call. Made afresh each time, so that a
 * changed file takes effect.
 */
export async function provisionSip(
  context: Context,
  numbers: readonly string[],
  edgeAddresses: readonly string[],
): Promise<void> {
  const { livekitKey, livekitSecret } = context.secrets;
  const client = new SipClient(`http://${address(ports.livekit)}`, livekitKey, livekitSecret);
  await removeEarlier(client);
  const trunk = await client.createSipInboundTrunk(trunkName, [...numbers], {
    allowedAddresses: [...edgeAddresses],
    includeHeaders: SIPHeaderOptions.SIP_X_HEADERS,
  });
  await client.createSipDispatchRule(
    { type: 'individual', roomPrefix },
    { name: trunkName, trunkIds: [trunk.sipTrunkId] },
  );
}

async function removeEarlier(client: SipClient): Promise<void> {
  const [rules, trunks] = await Promise.all([client.listSipDispatchRule(), client.listSipInboundTrunk()]);
  await Promise.all(rules.map((rule) => client.deleteSipDispatchRule(rule.sipDispatchRuleId)));
  await Promise.all(trunks.map((trunk) => client.deleteSipTrunk(trunk.sipTrunkId)));
}
