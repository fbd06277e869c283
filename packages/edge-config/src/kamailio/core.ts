import { type EdgeSettings, sizing } from './settings.ts';
import { tlsListener, tlsSwitch } from './tls.ts';

/** Listeners and core parameters. */
export function coreSection({ config }: EdgeSettings): string {
  const { public: outer, private: inner } = config.edge;
  const advertise = outer.advertise === undefined ? '' : ` advertise ${outer.advertise}:${outer.sip}`;
  return String.raw`####### 1. Core

debug=1                     # NOTICE: one line per decision
log_stderror=yes            # the supervisor (systemd, the local stack) owns the log
log_name="edge"
children=${sizing(config).children}
tcp_children=1              # one, or concurrent TLS handshakes corrupt memory: 5.6's processes share OpenSSL 3's error state
auto_aliases=no             # "myself" is what listens below, nothing that DNS says
dns=no
rev_dns=no
mhomed=no                   # two interfaces, but the sending socket is always named

# Nothing here tells a stranger what answers, or that anything does.
server_signature=no
sip_warning=0
tcp_crlf_ping=no            # CRLFCRLF would be answered before any route runs

${tlsSwitch(config)}tcp_connection_lifetime=605  # idle; a BYE opens a new one
tcp_max_connections=512
max_while_loops=100

listen=udp:${outer.address}:${outer.sip}${advertise}   # carriers
listen=tcp:${outer.address}:${outer.sip}${advertise}
${tlsListener(config)}listen=udp:${inner.address}:${inner.sip}   # LiveKit SIP
`;
}
