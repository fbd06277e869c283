import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { SipPeer } from './sip-peer.ts';
import { Authority } from './tls-certificates.ts';
import { say, type TwoPartyCall, twoPartyCall } from './two-party-call.ts';
import { until } from './until.ts';

/** RTPEngine's store by TLS and with a password, through stunnel: calls are restored from it, and from no other server. */

const addresses = testAddresses();
const folder = await mkdtemp(join(tmpdir(), 'vestibule-store-'));
const authority = await Authority.make(folder);
const password = 'of-the-store';

after(() => rm(folder, { recursive: true }));

/** @param at address that the store's certificate is for. */
async function start(at: string): Promise<EdgeHost> {
  const certificate = await authority.issue('store', at);
  const store = `store: "rediss://${addresses.edgePrivate}:6392", authorities: ${authority.certificate}`;
  const config = testConfig(addresses, '', { store });
  return startEdge(config, { probe: 3600 }, {}, { ...certificate, password });
}

/** How many keys the store has, by its own word. */
async function stored(): Promise<number> {
  const to = [
    '-h',
    addresses.edgePrivate,
    '-p',
    '6392',
    '--tls',
    '--cacert',
    authority.certificate,
    '--insecure',
  ];
  const { stdout } = await promisify(execFile)('redis-cli', [...to, 'DBSIZE'], {
    env: { ...process.env, REDISCLI_AUTH: password },
  });
  return Number(stdout);
}

/** A call on which the caller is heard, through an edge whose store has a certificate for the address `at`. */
async function inCall(at: string, then: (edge: EdgeHost, call: TwoPartyCall) => Promise<void>) {
  const edge = await start(at);
  const carrier = await SipPeer.open(addresses.carrier);
  const livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
  try {
    const call = await twoPartyCall(addresses, carrier, livekit);
    await say(call.caller, call.agent, 'before');
    await then(edge, call).finally(() => call.end());
  } finally {
    for (const peer of [carrier, livekit]) peer.close();
    await edge.stop();
  }
}

test('a call goes on after RTPEngine was killed', () =>
  inCall(addresses.edgePrivate, async (edge, { caller, agent }) => {
    await until('the call is stored', async () => (await stored()) === 1);
    await edge.restartRtpengine();
    await say(caller, agent, 'after');
  }));

test('a server whose certificate is for another address is told nothing, and calls are taken all the same', () =>
  inCall(addresses.stranger, async (edge) => {
    const log = () => readFile(join(edge.paths.files, 'stunnel.log'), 'utf8');
    await until('the certificate is refused', async () => /certificate verify failed/.test(await log()));
    assert.equal(await stored(), 0);
  }));
