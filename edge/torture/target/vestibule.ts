import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { type Config, parseConfig } from '@vestibule/config';
import { formatFaults } from '@vestibule/core';
import { kamcmd } from '@vestibule/edge-config';
import { type Addresses, livekitPort, sipPort, startEdge } from '../../test/edge-host.ts';
import { Inward } from './inward.ts';
import { processesWith } from './processes.ts';
import type { Target, TargetOptions } from './target.ts';

const run = promisify(execFile);

/** Port on the carrier's address where it takes outbound calls. */
export const outboundGateway = 5072;

/** Ours, on rendered files. Rates are out of the way: it is the form of messages that is judged. */
export async function startVestibule({ addresses, users = [] }: TargetOptions): Promise<Target> {
  const config = attackedConfig(addresses);
  const inward = await Inward.open(addresses.livekit[0], livekitPort);
  const edge = await startEdge(
    config,
    { probe: 3600 },
    { VESTIBULE_TRANSFER_KEY: randomBytes(32).toString('hex') },
  );
  for (const user of users) {
    const [program, ...args] = kamcmd(edge.paths, 'htable.sets', 'numbers', user, 'mark');
    await run(program, args);
  }
  return {
    name: 'Vestibule',
    addresses,
    writesDecision: true,
    inward,
    processes: () => processesWith(edge.paths.files),
    log: () => edge.log(),
    stop: async () => {
      await edge.stop();
      inward.close();
    },
  };
}

/** Rates out of the way; one outbound destination. */
export function attackedConfig({ edgePublic, edgePrivate, carrier, livekit }: Addresses): Config {
  const text = `
version: 1
tenant: test
region: us-east-1
organisation: { name: Test, person: nobody }
carriers:
  - { name: twilio, kind: twilio, signalling: [${carrier}/32], media: [${carrier}/32] }
edge:
  zone: test-a
  public: { address: ${edgePublic}, sip: ${sipPort}, rtp: 10000-20000 }
  private: { address: ${edgePrivate}, sip: ${sipPort}, store: redis://${edgePrivate}:6392 }
  livekitSip: [${livekit[0]}:${livekitPort}]
numbers:
  - { number: "+15550100100", questionnaire: x }
callers: { allow: ["+15550199000"] }
outbound:
  carrier: twilio
  domain: clinic.pstn.example.com
  gateways: ['${carrier}:${outboundGateway}']
  callerIds: ['+15550100100']
  destinations: ['+15550100200']
  rate: 40/m
  perDestination: 20/m
  concurrent: 3
  refer: pass
rates: { perSource: 90000/s, perNumber: 90000/s, perCaller: 90000/s, concurrent: 2000 }
questionnaires: .
agent: { models: { stt: "transcribe:en-US", llm: "bedrock:x", tts: "polly:Joanna" } }
tools: { backend: test }
archive: { bucket: test }
`;
  const { config, faults } = parseConfig(text, 'attacked.yaml');
  if (config === undefined) throw new Error(formatFaults('attacked.yaml', faults));
  return config;
}
