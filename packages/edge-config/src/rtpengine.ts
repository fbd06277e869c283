import type { Config } from '@vestibule/config';
import { storeOf } from './store.ts';

/**
 * How many calls so many ports suffice for: of each interface a call takes two, and of the private one a copy takes four more. Without
 * recording as many again are left free as calls take.
 */
export const mediaSessions = (ports: number, isRecorded: boolean): number =>
  Math.floor(ports / (isRecorded ? 6 : 4));

/** rtpengine.conf for RTPEngine 10.5, userspace forwarding. */
export function rtpengineConfig({ edge, recording }: Config): string {
  const { public: outer, private: inner } = edge;
  const advertised = outer.advertise === undefined ? '' : `!${outer.advertise}`;
  return `# RTPEngine 10.5 of zone ${edge.zone}. Rendered from vestibule.yaml: change it there, not here.
[rtpengine]

# No kernel module: the daemon forwards packets itself.
table = -1
interface = pub/${outer.address}${advertised};priv/${inner.address}
port-min = ${outer.rtp.from}
port-max = ${outer.rtp.to}

# NG is unauthenticated UDP: private address only.
listen-ng = ${inner.address}:${inner.control}

# With strict-source (set per call by Kamailio), the only setting that neither leaks RTP to whoever sends first nor
# lets a third party's RTP in.
endpoint-learning = off

# Calls survive a kill -9 and restart; without the store new calls still work.
redis = ${redisLocation(edge)}
no-redis-required = true
redis-expires = 14400

# The store is asked while the carrier waits: a slow or dead one is left alone for 10 s.
redis-connect-timeout = 200
redis-cmd-timeout = 200
redis-allowed-errors = 2
redis-disable-time = 10

# What the ports suffice for: of each interface a call takes two, and of the private one a copy takes four more. How many calls are wanted is
# for Kamailio to say.
max-sessions = ${mediaSessions(outer.rtp.to - outer.rtp.from + 1, recording !== undefined)}

# LiveKit SIP hangs up 15 s after the last packet; this is for calls that nobody ends.
timeout = 60
silent-timeout = 3600
delete-delay = 0
tos = 184

foreground = true
log-stderr = true
log-level = 5
`;
}

/** As RTPEngine writes it: `[PASSWORD@]HOST:PORT/DB`. */
function redisLocation(edge: Config['edge']): string {
  const { password, host, port, database } = storeOf(edge);
  return `${password === '' ? '' : `${password}@`}${host}:${port}/${database}`;
}
