import { CarrierCall } from '../test/carrier-call.ts';
import { SipPeer } from '../test/sip-peer.ts';
import { until } from '../test/until.ts';
import type { Target } from './target/target.ts';

/** Calls that are up while something else goes on. */
export interface OpenCalls {
  /** Hangs up from the carrier's side: how many BYEs reached the listener and were answered. */
  end(): Promise<number>;
}

export async function openCalls(target: Target, count: number): Promise<OpenCalls> {
  const { addresses, inward } = target;
  const peer = await SipPeer.open(addresses.carrier);
  const calls = Array.from({ length: count }, () => new CarrierCall(peer, { edge: addresses.edgePublic }));
  inward.takes = (callId) => calls.some((call) => call.callId === callId);
  const up: { call: CarrierCall; answer: string }[] = [];
  for (const call of calls) up.push({ call, answer: await call.invite().final() });
  return {
    end: async () => {
      for (const { call, answer } of up) call.inDialog('BYE', answer, 2);
      const relayed = () =>
        up.filter(({ call }) =>
          inward.requests.some(({ method, callId }) => method === 'BYE' && callId === call.callId),
        );
      await until('all BYEs are relayed', () => relayed().length === count).catch(() => undefined);
      peer.close();
      return relayed().length;
    },
  };
}
