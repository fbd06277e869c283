import type { Config } from '@vestibule/config';
import type { Stack } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Stores } from '../stores.ts';
import type { LiveKitHost } from './hosts.ts';

/** The name that LiveKit's key goes by; what is secret is its value. */
export const liveKitKey = 'vestibule';

interface Secrets {
  /** Field `secret`: that of LiveKit's key. */
  liveKit: ISecret;
  bus: Stores['bus'];
}

const redis = ({ bus }: Secrets) => ({
  address: bus.address,
  password: bus.password.secretValueFromJson('password').unsafeUnwrap(),
  use_tls: true,
});

const secretOf = ({ liveKit }: Secrets) => liveKit.secretValueFromJson('secret').unsafeUnwrap();

/** Rooms and SIP participants are named after the caller's number, and every line from `info` up to `warn` has them. */
const logging = { level: 'error', json: true };

/** LiveKit Server's configuration, which YAML takes as JSON (LIVEKIT_CONFIG). The values of secrets are put in by CloudFormation. */
export function serverSettings(stack: Stack, host: LiveKitHost, secrets: Secrets, webhook: string): string {
  return stack.toJsonString({
    port: 7880,
    rtc: {
      udp_port: 7882,
      // 0 is off. WebRTC stays inside the VPC.
      tcp_port: 0,
      node_ip: host.address,
      use_external_ip: false,
      ips: { includes: [`${host.address}/32`] },
      // An empty list would hand out public STUN servers. Nothing listens here, and nothing needs to.
      stun_servers: ['127.0.0.1:3478'],
    },
    redis: redis(secrets),
    keys: { [liveKitKey]: secretOf(secrets) },
    webhook: { api_key: liveKitKey, urls: [webhook] },
    logging,
  });
}

/** LiveKit SIP's (SIP_CONFIG_BODY). */
export function sipSettings(
  stack: Stack,
  host: LiveKitHost,
  secrets: Secrets,
  server: string,
  { edge }: Config,
): string {
  const { port } = edge.livekitSip[0]!;
  return stack.toJsonString({
    api_key: liveKitKey,
    api_secret: secretOf(secrets),
    ws_url: server,
    redis: redis(secrets),
    sip_port: port,
    rtp_port: '10000-20000',
    // The host has a second address of its own: calls must come and go by the pinned one, which the edge knows.
    listen_ip: host.address,
    nat_1_to_1_ip: host.address,
    local_net: `${host.address}/32`,
    use_external_ip: false,
    health_port: 8080,
    logging,
  });
}
