import type { Config } from '@vestibule/config';
import { jsonLogger, systemClock } from '@vestibule/core';
import { type RunningControl, startControl } from '../control/start.ts';
import { type Issued, type TestAuthority, testAuthority } from './certificates.ts';
import { type Addresses, type EdgeHost, livekitPort, startEdge } from './edge-host.ts';
import { SipPeer } from './sip-peer.ts';

export interface ControlledEdgeOptions {
  addresses: Addresses;
  config: Config;
  /** Name of the client of edge/control, as its certificate has it. */
  client: string;
  /** Where copies of RTP may go. */
  consumer: string;
  /** The edge shows its certificate to carriers too. */
  isTls?: boolean;
  /** What edge/control logs. */
  onLine?: (line: string) => void;
}

/** An edge host with edge/control on it, somebody who may ask it, and a peer on either side. */
export interface ControlledEdge {
  authority: TestAuthority;
  client: Issued;
  config: Config;
  edge: EdgeHost;
  control: RunningControl;
  carrier: SipPeer;
  livekit: SipPeer;
  /** Kamailio and RTPEngine alone. */
  stopEdge(): Promise<void>;
  stop(): Promise<void>;
}

/** What was started ends when something after it fails to. */
export async function startControlledEdge(options: ControlledEdgeOptions): Promise<ControlledEdge> {
  const { addresses, onLine = () => {} } = options;
  await using started = new AsyncDisposableStack();
  const authority = started.adopt(await testAuthority(), (one) => one.remove());
  const server = await authority.issue('edge', 'serverAuth', addresses.edgePrivate);
  const client = await authority.issue(options.client, 'clientAuth');
  const config = controlled(options, authority, server);
  const edge = await startEdge(config, { probe: 3600 });
  let stopped: Promise<void> | undefined;
  const stopEdge = () => (stopped ??= edge.stop());
  started.defer(stopEdge);
  const logger = jsonLogger('edge-control', { write: onLine });
  const control = started.adopt(
    await startControl({ config, paths: edge.paths, clock: systemClock, logger }),
    (one) => one.stop(),
  );
  const carrier = started.adopt(await SipPeer.open(addresses.carrier), (peer) => peer.close());
  const livekit = started.adopt(await SipPeer.open(addresses.livekit[0], livekitPort), (peer) =>
    peer.close(),
  );
  const all = started.move();
  return {
    ...{ authority, client, config, edge, control, carrier, livekit, stopEdge },
    stop: () => all.disposeAsync(),
  };
}

function controlled(
  { config: { edge, ...others }, consumer, isTls = false }: ControlledEdgeOptions,
  { caFile: authorities, grants }: TestAuthority,
  { certFile: certificate, keyFile: key }: Issued,
): Config {
  const shown = { certificate, key, authorities };
  return {
    ...others,
    edge: {
      ...edge,
      public: { ...edge.public, ...(isTls ? { tls: { port: 5061, ...shown } } : {}) },
      control: { port: 8443, ...shown, grants: grants.publicKeyFile, consumers: [`${consumer}/32`] },
    },
  };
}
