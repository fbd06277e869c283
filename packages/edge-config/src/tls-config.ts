import type { Config } from '@vestibule/config';

type Tls = NonNullable<Config['edge']['public']['tls']>;

/** tls.cfg: the certificates of Kamailio 5.6's tls module, in a file of their own because they reload while calls are up. */
export function tlsConfig(zone: string, { certificate, key, authorities }: Tls): string {
  return `# TLS of zone ${zone}, for Kamailio 5.6. Rendered from vestibule.yaml: change it there, not here.
# Reload: kamcmd tls.reload. A connection that is up keeps the certificate it began with.

# Carriers connect to us. They are known by their addresses, so no certificate is asked of them.
[server:default]
method = TLSv1.2+
cipher_list = ECDHE+AESGCM:ECDHE+CHACHA20
certificate = ${certificate}
private_key = ${key}
verify_certificate = no
require_certificate = no

# We connect to a carrier: a request inside a call whose connection is gone.
[client:default]
method = TLSv1.2+
cipher_list = ECDHE+AESGCM:ECDHE+CHACHA20
verify_certificate = yes
require_certificate = yes
ca_list = ${authorities}
`;
}
