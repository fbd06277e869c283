import type { Config } from '@vestibule/config';
import type { EdgePaths } from './settings.ts';

/** What TLS and SRTP add to the script: nothing at all when the deployment has no certificate. */

const hasTls = ({ edge }: Config) => edge.public.tls !== undefined;

export const tlsSwitch = (config: Config): string => (hasTls(config) ? 'enable_tls=yes\n' : '');

/** The socket that carriers reach by TLS. */
export function tlsListener({ edge }: Config): string {
  const { address, advertise, tls } = edge.public;
  if (tls === undefined) return '';
  const seen = advertise === undefined ? '' : ` advertise ${advertise}:${tls.port}`;
  return `listen=tls:${address}:${tls.port}${seen}\n`;
}

/** Before all others: tls sets OpenSSL up for every process of Kamailio's. */
export const tlsModules = (config: Config): (readonly [string, string])[] =>
  hasTls(config)
    ? [
        ['tls', 'SIP over TLS; first, because it sets OpenSSL up for all'],
        ['sdpops', 'which RTP an SDP offers'],
      ]
    : [];

export const tlsParameters = (config: Config, { files }: EdgePaths): string =>
  hasTls(config) ? `modparam("tls", "config", "${files}/tls.cfg")\n\n` : '';

export const encryptionStep = (config: Config): string =>
  hasTls(config) ? `    route(ENCRYPTION);      # TLS and SRTP, where a carrier must use them\n` : '';

/**
 * SDES carries the keys in the SDP, so SRTP is worth what the signalling is: a carrier that must use SRTP must use TLS.
 * Requests inside a call are held to it too: a BYE with a forged source has no TLS connection.
 */
export function encryptionRoute(config: Config): string {
  if (!hasTls(config)) return '';
  return String.raw`
# What the carrier must use, inside a call too: whoever forges its address over UDP has no TLS connection from there.
route[ENCRYPTION] {
    if (!isflagset(FROM_CARRIER)) return;
    if ($sht(transport=>$avp(carrier)) == "tls" && $proto != "tls") {
        $var(code) = 403; $var(reason) = "TLS Required";
        route(REFUSE);
    }
    # Every stream: RTP/AVP and RTP/AVPF are RTP in clear.
    if ($sht(srtp=>$avp(carrier)) == "require" && has_body("application/sdp")
            && (!sdp_with_transport("RTP/SAVP") || sdp_with_transport_like("RTP/AVP"))) {
        $var(code) = 488; $var(reason) = "SRTP Required";
        route(REFUSE);
    }
}
`;
}
