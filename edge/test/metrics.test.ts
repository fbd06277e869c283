import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { RecorderMetrics } from '../../apps/recorder/src/metrics.ts';
import { CarrierCall } from './carrier-call.ts';
import { ask } from './control-client.ts';
import { type ControlledEdge, startControlledEdge } from './controlled-edge.ts';
import { livekitPort, testAddresses, testConfig } from './edge-host.ts';
import { twoPartyCall } from './two-party-call.ts';
import { until } from './until.ts';

/** What Prometheus gets from an edge host, and that dashboard and alerts ask for nothing else. */

const addresses = testAddresses();
let host: ControlledEdge;

before(async () => {
  const config = testConfig(
    addresses,
    `
callers: { allow: ["+15550199000"] }
outbound:
  carrier: twilio
  domain: clinic.pstn.example.com
  gateways: ["${addresses.carrier}:5060"]
  callerIds: ["+15550100100"]
  destinations: ["+15550100200"]`,
  );
  const consumer = addresses.livekit[1];
  host = await startControlledEdge({ addresses, config, client: 'prometheus', consumer, isTls: true });
});
after(() => host?.stop());

async function scrape(): Promise<string> {
  const { authority, control, client } = host;
  const { cert, key } = client;
  const { status, body } = await ask({ url: control.url, ca: authority.ca, cert, key }, 'GET', '/metrics');
  assert.equal(status, 200);
  return String(body);
}

/** The value of a series; labels in any order. */
function valueOf(text: string, name: string, labels: Record<string, string> = {}): number | undefined {
  const line = text
    .split('\n')
    .find(
      (each) =>
        (each.startsWith(`${name}{`) || each.startsWith(`${name} `)) &&
        Object.entries(labels).every(([label, value]) => each.includes(`${label}="${value}"`)),
    );
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

test('calls, refusals, set-up times, services, media: counted by zone', async () => {
  const { carrier, livekit } = host;
  const call = await twoPartyCall(addresses, carrier, livekit);
  call.agent.rtp.send('agent', call.agent.target);
  await until('RTP has come through', () => call.caller.rtp.received.length > 0);
  await new CarrierCall(carrier, { edge: addresses.edgePublic, number: '+15550100999' }).invite().final();
  await new CarrierCall(carrier, { edge: addresses.edgePublic, number: '+15550100101' }).invite().final();

  const text = await scrape();
  const expected = [
    ['calls_admitted_total', { attestation: 'none', verified: 'no' }, 1],
    ['calls_refused_total', { code: '404', reason: 'Not Found' }, 1],
    ['calls_refused_total', { code: '603', reason: 'Caller Not Attested' }, 1],
    ['setup_seconds_bucket', { le: '+Inf' }, 1],
    ['setup_seconds_count', {}, 1],
    ['calls', {}, 1],
    ['kamailio_up', {}, 1],
    ['rtpengine_up', {}, 1],
    ['draining', {}, 0],
    ['banned', {}, 0],
    ['livekit_sip_up', { uri: `sip:${addresses.livekit[0]}:${livekitPort}` }, 1],
  ] as const;
  for (const [name, labels, value] of expected)
    assert.equal(valueOf(text, `vestibule_edge_${name}`, { ...labels, zone: 'test-a' }), value, name);
  const sum = valueOf(text, 'vestibule_edge_setup_seconds_sum') ?? 0;
  assert.ok(sum > 0 && sum < 4, `${sum} s`);
  assert.ok((valueOf(text, 'vestibule_edge_rtp_packets_total') ?? 0) >= 1);
  assert.doesNotMatch(text, /\+1555/, 'a number is in the metrics');
  await call.end();
});

test('dashboard and alert rules ask for what is there', async () => {
  const recorder = new RecorderMetrics(() => 0);
  const heard = { packets: 1, loss: 0, jitterMs: 0, mos: 4 };
  recorder.ended('over', { zone: 'test-a', legs: { caller: heard, agent: undefined } });
  const text = `${await scrape()}\n${(await recorder.exposition()).text}`;
  const served = new Set([...text.matchAll(/^(vestibule_\w+)[{ ]/gm)].map(([, name]) => name));
  const folder = new URL('../observability/', import.meta.url);
  const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
  const { groups } = parse(read('alerts.yaml')) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const dashboard = JSON.parse(read('dashboard.json')) as { panels: { targets: { expr: string }[] }[] };
  const expressions = [
    ...groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];
  const asked = new Set(expressions.flatMap((expr) => expr.match(/vestibule_\w+/g) ?? []));
  assert.ok(asked.size > 15);
  assert.deepEqual(
    [...asked].filter((name) => !served.has(name)),
    [],
  );
});

test('a Kamailio that is gone is told, and the rest is still there', async () => {
  await host.stopEdge();
  const text = await scrape();
  assert.equal(valueOf(text, 'vestibule_edge_kamailio_up'), 0);
  assert.equal(valueOf(text, 'vestibule_edge_rtpengine_up'), 0);
  assert.ok((valueOf(text, 'vestibule_edge_certificate_expiry_seconds') ?? 0) > Date.now() / 1000);
});
