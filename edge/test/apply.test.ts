import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Config } from '@vestibule/config';
import { isCodedError, systemClock } from '@vestibule/core';
import {
  applyEdge,
  callsUp,
  type Daemon,
  diffText,
  edgeStatus,
  planChanges,
  renderEdge,
  setDrain,
  waitForEnd,
} from '@vestibule/edge-config';
import { CarrierCall } from './carrier-call.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { RtpPeer } from './rtp-peer.ts';
import { rtpTarget, SipPeer } from './sip-peer.ts';
import { acknowledged, startSipp } from './sipp.ts';

/** A running edge is given another config, and drained, with a call up. */

const addresses = testAddresses();
const [livekit] = addresses.livekit;
const timers = { probe: 3600 };
const clock = systemClock;
const config = testConfig(addresses);
let edge: EdgeHost;
let carrier: SipPeer;

before(async () => {
  edge = await startEdge(config, timers);
  carrier = await SipPeer.open(addresses.carrier);
});
after(async () => {
  carrier.close();
  await edge.stop();
});

const restart = (daemon: Daemon) =>
  daemon === 'kamailio' ? edge.restartKamailio() : edge.restartRtpengine();
const apply = (to: Config, restart?: (daemon: Daemon) => Promise<void>) =>
  applyEdge(to, { paths: edge.paths, timers, clock, ...(restart && { restart }) });
const invite = (options: { number?: string; caller?: string } = {}) =>
  new CarrierCall(carrier, { edge: addresses.edgePublic, ...options }).invite();
const answerer = (calls: number) =>
  startSipp({ scenario: 'livekit-answers', address: livekit, port: livekitPort, calls });
const codeOf = (answer: string) => Number(answer.slice(8, 11));

test('numbers, callers and rates change under a call that is up', async (t) => {
  const sipp = await answerer(2);
  const rtp = await RtpPeer.open(addresses.carrier);
  t.after(async () => {
    rtp.close();
    await sipp.stop();
    await apply(config);
  });
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic, rtp }).invite();
  const answer = await call.final();
  const target = rtpTarget(answer);
  await rtp.echo('before', target);
  await acknowledged(sipp);
  assert.equal(codeOf(await invite({ number: '+15550100102' }).final()), 404);

  const applied = await apply({
    ...config,
    numbers: [...config.numbers, { number: '+15550100102', questionnaire: 'x', attestation: 'mark' }],
    callers: { allow: [], deny: ['+15550199066'] },
    rates: { ...config.rates, concurrent: 2 },
  });
  assert.deepEqual(applied.changes.map(({ path }) => path).sort(), [
    'tables/deny',
    'tables/numbers',
    'tables/rates',
  ]);
  assert.deepEqual(applied.restarts, []);

  assert.equal(await callsUp(edge.paths), 1);
  await rtp.echo('after', target);
  assert.equal(codeOf(await invite({ caller: '+15550199066' }).final()), 603);
  const second = invite({ number: '+15550100102' });
  const secondAnswer = await second.final();
  assert.equal(codeOf(secondAnswer), 200);
  assert.equal(codeOf(await invite().final()), 503, 'two calls at one time');
  call.inDialog('BYE', answer, 2);
  second.inDialog('BYE', secondAnswer, 2);
  assert.equal(await sipp.done(), 0);
});

test('what was taken out is gone: a number, a carrier', async (t) => {
  t.after(() => apply(config));
  await apply({
    ...config,
    numbers: config.numbers.slice(1),
    carriers: config.carriers.map((one) => ({ ...one, signalling: [`${addresses.stranger}/32`] })),
  });
  const call = invite();
  await apply({ ...config, numbers: config.numbers.slice(1) });
  assert.equal(codeOf(await invite().final()), 404);
  assert.deepEqual(carrier.codes(call.callId), [], 'a carrier that is no more is a stranger');
});

test('a change that needs a restart is refused whole without --restart, and keeps calls with it', async (t) => {
  const moved = {
    ...config,
    edge: { ...config.edge, zone: 'test-b' },
    callers: { allow: [], deny: ['+15550199066'] },
  };
  const sipp = await answerer(1);
  const rtp = await RtpPeer.open(addresses.carrier);
  t.after(async () => {
    rtp.close();
    await sipp.stop();
    await apply(config, restart);
  });
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic, rtp }).invite();
  const answer = await call.final();
  await acknowledged(sipp);
  await assert.rejects(
    apply(moved),
    (error) => isCodedError(error, 'needs-restart') && /kamailio\.cfg/.test(error.message),
  );
  const deny = () => readFile(join(edge.paths.files, 'tables/deny'), 'utf8');
  assert.doesNotMatch(await deny(), /66/);

  const { restarts } = await apply(moved, restart);
  assert.deepEqual(restarts, ['kamailio', 'rtpengine']);
  await rtp.echo('after', rtpTarget(answer));
  assert.match(await deny(), /\+15550199066/);
  call.inDialog('BYE', answer, 2);
  await carrier.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 2 BYE/, call.callId);
  assert.equal(await sipp.done(), 0);
});

test('what Kamailio’s parser does not take is refused, the running edge is as it was', async () => {
  const broken = {
    ...config,
    edge: { ...config.edge, zone: 'a"; nonsense' },
    numbers: config.numbers.slice(1),
  };
  await assert.rejects(
    apply(broken),
    (error) => isCodedError(error, 'refused') && /Nothing was changed/.test(error.message),
  );
  assert.deepEqual(
    await planChanges(renderEdge(config, { paths: edge.paths, timers }).files, edge.paths),
    [],
  );
});

test('a reload that Kamailio refuses is rolled back', async (t) => {
  const broken = {
    ...config,
    numbers: config.numbers.slice(1),
    carriers: config.carriers.map((one) => ({ ...one, signalling: ['999.1.1.1/99'] })),
  };
  await assert.rejects(apply(broken), (error) => isCodedError(error, 'rolled-back'));
  assert.deepEqual(
    await planChanges(renderEdge(config, { paths: edge.paths, timers }).files, edge.paths),
    [],
  );
  const sipp = await answerer(1);
  t.after(() => sipp.stop());
  const call = invite();
  const answer = await call.final();
  assert.equal(codeOf(answer), 200, 'its number is there again, and its carrier');
  await acknowledged(sipp);
  call.inDialog('BYE', answer, 2);
  assert.equal(await sipp.done(), 0);
});

test('a draining edge refuses new calls, also after a restart, and waits for those that are up', async (t) => {
  const sipp = await answerer(1);
  t.after(async () => {
    await setDrain(edge.paths, false, systemClock);
    await sipp.stop();
  });
  const call = invite();
  const answer = await call.final();
  await acknowledged(sipp);
  await setDrain(edge.paths, true, systemClock);
  const refused = await invite().final();
  assert.match(refused, /^SIP\/2\.0 503 Draining/);
  await assert.rejects(
    waitForEnd(() => callsUp(edge.paths), clock, 0),
    (error) => isCodedError(error, 'calls-up'),
  );
  call.inDialog('BYE', answer, 2);
  await waitForEnd(() => callsUp(edge.paths), clock, 10_000);
  await edge.restartKamailio();
  assert.match(await invite().final(), /^SIP\/2\.0 503 Draining/);
});

test('status says what runs, what is wrong, and which files are not as configured', async () => {
  const status = await edgeStatus(
    { ...config, callers: { allow: [], deny: ['+15550199066'] } },
    { paths: edge.paths, timers, clock },
  );
  assert.deepEqual(
    { ...status, targets: status.targets?.map(({ uri }) => uri) },
    {
      zone: 'test-a',
      isKamailioUp: true,
      isRtpengineUp: true,
      isDraining: false,
      callsUp: 0,
      targets: addresses.livekit.map((host) => `sip:${host}:${livekitPort}`),
      banned: 0,
      faults: [],
      changed: ['tables/deny'],
    },
  );
  await edge.stopRtpengine();
  const broken = await edgeStatus(config, { paths: edge.paths, timers, clock });
  assert.deepEqual([broken.isRtpengineUp, broken.faults.length], [false, 1]);
});

test('a diff shows what would change, without the store’s password', async () => {
  const store = 'redis://:secret@127.0.0.1:6392';
  const changed = { ...config, edge: { ...config.edge, private: { ...config.edge.private, store } } };
  const changes = await planChanges(renderEdge(changed, { paths: edge.paths, timers }).files, edge.paths);
  const text = await diffText(changes);
  assert.match(text, /^\+redis = \*\*\*@127\.0\.0\.1:6392/m);
  assert.doesNotMatch(text, /secret/);
});
