import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { address, isInZones, ports } from '../ports.ts';
import type { ProcessPart } from '../supervise/part.ts';
import { answersHttp } from '../supervise/probes.ts';
import type { Context } from './context.ts';

/** The real LiveKit Server, kept to loopback. */
export function livekitPart(context: Context): ProcessPart {
  const { folders } = context.environment;
  const file = join(folders.run, 'livekit.yaml');
  writeFileSync(file, stringify(livekitConfig(context)), { mode: 0o600 });
  return {
    kind: 'process',
    name: 'livekit',
    title: 'LiveKit Server',
    command: join(folders.cache, 'bin/livekit-server-v1.13.5'),
    args: ['--config', file],
    endpoints: [ports.livekit, ports.livekitMedia],
    ready: answersHttp(`http://${address(ports.livekit)}/`),
    after: ['redis-bus'],
  };
}

/** Each agent worker hears every webhook; the claim in Redis decides who takes the call. */
export function webhookUrls(agents: number): string[] {
  return Array.from(
    { length: agents },
    (_, index) => `http://${ports.agent.host}:${ports.agent.port + index}/livekit/webhook`,
  );
}

export function livekitConfig({ environment, secrets }: Context): object {
  return {
    port: ports.livekit.port,
    bind_addresses: [ports.livekit.host],
    rtc: {
      udp_port: ports.livekitMedia.port,
      // 0 is off. Any other value is bound on all addresses, whatever else is set.
      tcp_port: 0,
      node_ip: ports.livekitMedia.host,
      use_external_ip: false,
      enable_loopback_candidate: true,
      interfaces: { includes: [isInZones ? 'eth0' : 'lo'] },
      ips: { includes: [`${ports.livekitMedia.host}/32`] },
      // An empty list would hand out public STUN servers. Nothing listens here, and nothing needs to.
      stun_servers: ['127.0.0.1:3478'],
    },
    redis: { address: address(ports.redisBus) },
    keys: { [secrets.livekitKey]: secrets.livekitSecret },
    webhook: { api_key: secrets.livekitKey, urls: webhookUrls(environment.agents) },
    // Rooms and SIP participants are named after the caller's number, and every line from `info` up to `warn` has them.
    logging: { level: 'error', json: true },
  };
}

/** How the apps reach it. */
export function livekitEnv({ secrets }: Context): Record<string, string> {
  return {
    LIVEKIT_URL: `ws://${address(ports.livekit)}`,
    LIVEKIT_API_KEY: secrets.livekitKey,
    LIVEKIT_API_SECRET: secrets.livekitSecret,
  };
}
