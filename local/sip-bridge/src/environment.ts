import { parseEnvironment } from '@vestibule/core';
import { z } from 'zod';

const schema = z.object({
  LIVEKIT_URL: z.url({ protocol: /^(ws|http)s?$/ }),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(1),
  SIP_BRIDGE_REDIS: z.url({ protocol: /^rediss?$/ }),
  SIP_BRIDGE_LISTEN: z
    .string()
    .regex(/^\d+\.\d+\.\d+\.\d+:\d+$/, 'must be address:port')
    .default('127.0.0.1:5180'),
  SIP_BRIDGE_RTP_PORTS: z
    .string()
    .regex(/^\d+-\d+$/, 'must be from-to')
    .default('41000-41499'),
  SIP_BRIDGE_MAX_CALLS: z.coerce.number().int().positive().default(20),
});

export interface Environment {
  livekit: { url: string; apiKey: string; apiSecret: string };
  listen: { address: string; port: number };
  rtpPorts: { from: number; to: number };
  redis: string;
  maxCalls: number;
}

/** @throws CodedError `invalid-environment`, all faults in its message. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, ...bridge } = parseEnvironment(schema, env);
  const { SIP_BRIDGE_LISTEN, SIP_BRIDGE_RTP_PORTS, SIP_BRIDGE_REDIS, SIP_BRIDGE_MAX_CALLS } = bridge;
  const [address = '', port] = SIP_BRIDGE_LISTEN.split(':');
  const [from, to] = SIP_BRIDGE_RTP_PORTS.split('-').map(Number);
  return Object.freeze({
    livekit: { url: LIVEKIT_URL, apiKey: LIVEKIT_API_KEY, apiSecret: LIVEKIT_API_SECRET },
    listen: { address, port: Number(port) },
    rtpPorts: { from: from!, to: to! },
    redis: SIP_BRIDGE_REDIS,
    maxCalls: SIP_BRIDGE_MAX_CALLS,
  });
}
