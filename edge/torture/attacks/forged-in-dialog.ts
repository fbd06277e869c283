import { CarrierCall } from '../../test/carrier-call.ts';
import { audioSdp, headerOf, SipPeer } from '../../test/sip-peer.ts';
import { until } from '../../test/until.ts';
import type { RawPeer } from '../raw-peer.ts';
import type { Target } from '../target/target.ts';
import { happens, onGround, sendRequest } from './ground.ts';

const methods = ['BYE', 'REFER', 'INVITE', 'INFO'] as const;

export interface ForgedFigures {
  sent: number;
  /** `method to whom`: came to LiveKit SIP, or to the carrier. */
  relayed: string[];
  bytesToStranger: number;
}

interface Dialog {
  callId: string;
  carrier: { uri: string; party: string };
  agent: { uri: string; party: string };
  /** Record-Route, as the caller got it; the callee's is the other way round. */
  routes: string[];
}

/** A stranger who knows all of a call that is up (Call-ID, tags, routes) writes in the name of each party, to each interface. */
export async function measureForgedInDialog(target: Target): Promise<ForgedFigures> {
  const peer = await SipPeer.open(target.addresses.carrier);
  const call = new CarrierCall(peer, { edge: target.addresses.edgePublic });
  target.inward.takes = (callId) => callId === call.callId;
  const answer = await call.invite().final();
  const dialog = dialogOf(call.callId, answer, peer);
  const already = target.inward.requests.length;
  const figures = await onGround(target, async ({ attacker }) => {
    const sent = forge(target, dialog, attacker);
    const relayed = () => [
      ...target.inward.requests
        .slice(already)
        .filter(isOurs(call.callId))
        .map(({ method }) => `${method} to LiveKit SIP`),
      ...peer.received
        .filter((text) => /^(BYE|REFER|INVITE|INFO) /.test(text))
        .map((text) => `${text.slice(0, text.indexOf(' '))} to the carrier`),
    ];
    await happens(() => relayed().length === sent);
    return { sent, relayed: [...new Set(relayed())], bytesToStranger: attacker.bytes };
  });
  call.inDialog('BYE', answer, 90);
  await until('the call has ended', () =>
    peer.received.some((text) => /^SIP\/2\.0 \d/.test(text) && /^CSeq: 90 BYE/m.test(text)),
  ).catch(() => undefined);
  peer.close();
  return figures;
}

const isOurs =
  (wanted: string) =>
  ({ callId, method }: { callId: string; method: string }) =>
    callId === wanted && (methods as readonly string[]).includes(method);

function dialogOf(callId: string, answer: string, carrier: SipPeer): Dialog {
  const routes = [...answer.matchAll(/^Record-Route: (.*)\r$/gm)].flatMap(([, value = '']) =>
    value.split(/,\s*/),
  );
  return {
    callId,
    carrier: { uri: `sip:carrier@${carrier.address}:${carrier.port}`, party: headerOf(answer, 'From') ?? '' },
    agent: {
      uri: /<(.*)>/.exec(headerOf(answer, 'Contact') ?? '')?.[1] ?? '',
      party: headerOf(answer, 'To') ?? '',
    },
    routes,
  };
}

function forge({ addresses, writesDecision }: Target, dialog: Dialog, attacker: RawPeer): number {
  const { callId, carrier, agent, routes } = dialog;
  const doors = writesDecision ? [addresses.edgePublic, addresses.edgePrivate] : [addresses.edgePublic];
  const roles = [
    { as: carrier, to: agent, routes: routes.toReversed() },
    { as: agent, to: carrier, routes },
  ];
  let sent = 0;
  for (const door of doors)
    for (const role of roles)
      for (const method of methods) {
        sendRequest(attacker, door, {
          method,
          callId,
          uri: role.to.uri,
          from: role.as.party,
          to: role.to.party,
          cseq: 50 + sent,
          headers: [
            ...role.routes.map((route) => `Route: ${route}`),
            'Refer-To: <sip:+19005550100@example.com>',
          ],
          body: method === 'INVITE' ? audioSdp(attacker.address, 30000) : '',
        });
        sent += 1;
      }
  return sent;
}
