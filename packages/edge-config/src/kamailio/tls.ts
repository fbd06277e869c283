import type { Config } from '@vestibule/config';
import type { EdgePaths } from './settings.ts';
import { srtpRoutes } from './srtp.ts';

/** SIP over TLS: the socket and the module where the deployment has a certificate, and what a carrier must use. */

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
export const tlsModules = (config: Config): (readonly [string, string])[] => [
  ...(hasTls(config) ? [['tls', 'SIP over TLS; first, because it sets OpenSSL up for all'] as const] : []),
  ['sdpops', 'which RTP an SDP offers'],
];

export const tlsParameters = (config: Config, { files }: EdgePaths): string =>
  hasTls(config) ? `modparam("tls", "config", "${files}/tls.cfg")\n\n` : '';

export const encryptionStep = (_config: Config): string =>
  `    route(ENCRYPTION);      # TLS and SRTP, where a carrier must use them\n`;

/**
 * SDES carries the keys in the SDP, so SRTP is worth what the signalling is: a carrier that must use SRTP must use TLS.
 * Requests inside a call are held to it too: a BYE with a forged source has no TLS connection.
 */
export const encryptionRoute = (_config: Config): string => String.raw`
# What the carrier must use, inside a call too: whoever forges its address over UDP has no TLS connection from there.
route[ENCRYPTION] {
    if (!isflagset(FROM_CARRIER)) return;
    if ($sht(transport=>$avp(carrier)) == "tls" && $proto != "tls") {
        $var(code) = 403; $var(reason) = "TLS Required";
        route(REFUSE);
    }
    route(OFFERED_SRTP);
}
${srtpRoutes}`;
