import { isIPv4 } from 'node:net';
import type { Config } from '@vestibule/config';

type Edge = Config['edge'];

export const tunnelFile = 'stunnel.conf';

/** Where RTPEngine finds the store when it is reached by TLS. */
const tunnel = { host: '127.0.0.1', port: '6390' };

/** True when the store is `rediss:`: RTPEngine 10.5 has no TLS, so stunnel speaks it. */
export const isTunnelled = ({ private: { store } }: Edge): boolean => store.startsWith('rediss:');

/** The store as RTPEngine and its guard reach it. `password` is '' when vestibule.yaml has none. */
export function storeOf(edge: Edge): { host: string; port: string; password: string; database: string } {
  const { password, pathname } = new URL(edge.private.store);
  return {
    ...(isTunnelled(edge) ? tunnel : addressOf(edge)),
    password: decodeURIComponent(password),
    database: pathname.slice(1) || '0',
  };
}

function addressOf({ private: { store } }: Edge): { host: string; port: string } {
  const { hostname, port } = new URL(store);
  return { host: hostname, port: port || '6379' };
}

/**
 * stunnel.conf for stunnel 5.68. The name is looked up for each connection, so that a fail-over is followed, and the certificate must be that name's.
 * Authorities are those that the machine trusts.
 */
export function tunnelConfig(edge: Edge): string {
  const { host, port } = addressOf(edge);
  const { authorities } = edge.private;
  const trusted = authorities === undefined ? 'CApath = /etc/ssl/certs' : `CAfile = ${authorities}`;
  const name = isIPv4(host) ? `checkIP = ${host}` : `checkHost = ${host}\nsni = ${host}`;
  return `; TLS to the store of zone ${edge.zone}. Rendered from vestibule.yaml: change it there, not here.
foreground = yes
pid =
syslog = no
debug = warning
socket = r:TCP_NODELAY=1
socket = l:TCP_NODELAY=1

[store]
client = yes
accept = ${tunnel.host}:${tunnel.port}
connect = ${host}:${port}
delay = yes
retry = no
TIMEOUTconnect = 2
${trusted}
verifyChain = yes
${name}
sslVersionMin = TLSv1.2
`;
}
