import type { networkInterfaces } from 'node:os';
import { StackError } from '../errors.ts';

/**
 * libwebrtc, in agent and SIP bridge, gathers no ICE candidate from a loopback interface: without another one a call would
 * ring and then be refused. `make doctor` says the same.
 * @throws StackError `no-interface`
 */
export function assertInterface(interfaces: ReturnType<typeof networkInterfaces>): void {
  const usable = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .some(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address));
  if (usable) return;
  throw new StackError(
    'no-interface',
    'There is no network interface besides loopback. WebRTC needs one with an address, reachable or not: ip link add v0 type veth peer name v1 && ip addr add 192.0.2.9/24 dev v0 && ip link set v0 up && ip link set v1 up',
  );
}
