import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test, type TestContext } from 'node:test';
import { systemClock } from '@vestibule/core';
import { audioLogId, awaitRecording, forgetAudio, type Recording } from '@vestibule/record';
import { until } from '../../edge/test/until.ts';
import { type LoggedCall, type RecordedEdge, startRecordedEdge } from './recorded-edge.ts';
import { type Burst, heardIn, Talk } from './talking.ts';

/** The recorder as a process, on the real Kamailio, RTPEngine, edge/control and Redis; SIP and RTP are the tests' own. */

let site: RecordedEdge;
let first: Awaited<ReturnType<RecordedEdge['startRecorder']>>;

before(async () => {
  site = await startRecordedEdge('opus');
  first = await site.startRecorder('first');
});
after(() => site?.stop());

async function begin(t: TestContext): Promise<{ logged: LoggedCall; talk: Talk }> {
  const logged = await site.takeCall();
  const talk = new Talk(logged);
  t.after(async () => {
    await talk.stop();
    await logged.call.end();
    await site.sealed(logged.callId);
    await forgetAudio(site.store, logged.callId);
  });
  return { logged, talk };
}

async function consent(logged: LoggedCall): Promise<void> {
  await logged.log.append('consent', { recording: true, piiWords: 'yes' });
  await until('the edge makes a copy', async () => (await site.copies(logged)).length === 1);
}

/** As sealing gets it. */
async function handedOver({ log, callId }: LoggedCall): Promise<Recording | undefined> {
  await log.append('hang-up', { by: 'agent' });
  return awaitRecording(site.store, { callId, key: log.key.key, clock: systemClock, waitMs: 20_000 });
}

/** Each of `said` is heard at its time, within `tolerance` ms. */
function assertHeard(heard: readonly Burst[], said: readonly Burst[], tolerance = 60): void {
  const [has, wants] = [JSON.stringify(heard), JSON.stringify(said)];
  assert.equal(heard.length, said.length, `${has} for ${wants}`);
  for (const [index, [from, to]] of said.entries()) {
    const [start, end] = heard[index]!;
    assert.ok(Math.abs(start - from) <= tolerance, `${has} for ${wants}`);
    assert.ok(Math.abs(end - to) <= tolerance, `${has} for ${wants}`);
  }
}

test('from consent to hang-up each party is on a channel of its own, at the call’s time', async (t) => {
  const { logged, talk } = await begin(t);
  await talk.exchange();
  assert.deepEqual(await site.copies(logged), []);
  await consent(logged);
  const consentedAt = logged.now();
  const said = [await talk.exchange(), await talk.exchange()];
  const recording = await handedOver(logged);
  assert.ok(recording);
  assert.equal(recording.format, 'opus');
  assert.deepEqual(recording.gaps, []);
  assert.ok(recording.startMs > 1000 && recording.startMs <= consentedAt, `${recording.startMs}`);
  const heard = heardIn(recording);
  assertHeard(
    heard.caller,
    said.map(({ caller }) => caller),
  );
  assertHeard(
    heard.agent,
    said.map(({ agent }) => agent),
  );
  await until('the copy is ended', async () => (await site.copies(logged)).length === 0);
  const metrics = await site.metrics();
  for (const leg of ['caller', 'agent']) {
    const of = `{le="0",zone="test-a",leg="${leg}"}`;
    assert.ok(metrics.includes(`vestibule_call_rtp_loss_ratio_bucket${of} 1\n`), metrics);
    assert.match(metrics, new RegExp(`vestibule_call_mos_lq_sum\\{zone="test-a",leg="${leg}"\\} 4\\.4`));
  }
});

test('without consent no copy is made, and nothing is waited for long', async (t) => {
  const { logged, talk } = await begin(t);
  await logged.log.append('consent', { recording: false, piiWords: '' });
  await talk.exchange();
  assert.deepEqual(await site.copies(logged), []);
  assert.equal(await site.recorderOf(logged.callId), undefined);
  assert.deepEqual(await site.store.read(audioLogId(logged.callId)), []);
});

test('consent that is taken back ends the copy and destroys what was recorded', async (t) => {
  const { logged, talk } = await begin(t);
  await consent(logged);
  await talk.exchange();
  await talk.exchange();
  await until(
    'audio is in the store',
    async () => (await site.store.read(audioLogId(logged.callId))).length > 0,
  );
  await logged.log.append('consent', { recording: false, piiWords: '' });
  await until('the copy is ended', async () => (await site.copies(logged)).length === 0);
  await until('nothing is left', async () => (await site.store.read(audioLogId(logged.callId))).length === 0);
  await talk.exchange();
  assert.deepEqual(await site.store.read(audioLogId(logged.callId)), []);
  assert.equal(await handedOver(logged), undefined);
});

test('RTPEngine killed and started again: the recording goes on', async (t) => {
  const { logged, talk } = await begin(t);
  await consent(logged);
  const before = await talk.exchange();
  const killedAt = logged.now();
  await site.edge.restartRtpengine();
  t.diagnostic(`RTPEngine was away for ${logged.now() - killedAt} ms`);
  const backAt = logged.now();
  const restored = await talk.exchange();
  const recording = (await handedOver(logged))!;
  const heard = heardIn(recording);
  t.diagnostic(JSON.stringify(recording.gaps));
  // None at all when it was back between two packets.
  const gaps = recording.gaps ?? [];
  assert.ok(gaps.length <= 1, JSON.stringify(gaps));
  for (const { fromMs, toMs } of gaps)
    assert.ok(fromMs > killedAt - 200 && toMs < backAt + 200, `${fromMs}–${toMs}`);
  assertHeard(heard.caller, [before.caller, restored.caller]);
  assertHeard(heard.agent, [before.agent, restored.agent]);
});

test('without edge/control copies go on; one that is asked for meanwhile begins when it is back', async (t) => {
  const copied = await begin(t);
  await consent(copied.logged);
  await site.stopControl();
  const said = await copied.talk.exchange();
  const waiting = await begin(t);
  await waiting.logged.log.append('consent', { recording: true, piiWords: 'yes' });
  await until('a recorder has it', async () => (await site.recorderOf(waiting.logged.callId)) !== undefined);
  await waiting.talk.exchange();
  await site.startControl();
  await until('the edge makes a copy', async () => (await site.copies(waiting.logged)).length === 1);
  const [late, both] = await Promise.all([waiting.talk.exchange(), copied.talk.exchange()]);
  const first = heardIn((await handedOver(copied.logged))!);
  assertHeard(first.caller, [said.caller, both.caller]);
  assertHeard(first.agent, [said.agent, both.agent]);
  const second = heardIn((await handedOver(waiting.logged))!);
  assertHeard(second.caller, [late.caller]);
  assertHeard(second.agent, [late.agent]);
});

test('a recorder that is stopped leaves its calls to another, which goes on within two seconds', async (t) => {
  const { logged, talk } = await begin(t);
  await consent(logged);
  const before = await talk.exchange();
  const second = await site.startRecorder('second');
  const leaver = first;
  const ended = once(leaver, 'exit');
  const leftAt = logged.now();
  leaver.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  await until('the second one has it', async () => (await site.recorderOf(logged.callId)) === 'second');
  await until('its copy is made', async () => (await site.copies(logged)).length === 1);
  const gap = logged.now() - leftAt;
  t.diagnostic(`gap: ${gap} ms`);
  assert.ok(gap < 2000, `${gap} ms`);
  const afterwards = await talk.exchange();
  const heard = heardIn((await handedOver(logged))!);
  assertHeard(heard.caller, [before.caller, afterwards.caller]);
  assertHeard(heard.agent, [before.agent, afterwards.agent]);
  first = second;
});

test('a recorder that is killed is followed by another, on the same clock; what it left behind at the edge is ended', async (t) => {
  const { logged, talk } = await begin(t);
  await consent(logged);
  const before = await talk.exchange();
  // What is not written yet is lost with it.
  await talk.exchange();
  await talk.exchange();
  const second = await site.startRecorder('third');
  const [left] = await site.copies(logged);
  const killedAt = logged.now();
  first.kill('SIGKILL');
  await until('the other one has it', async () => (await site.recorderOf(logged.callId)) === 'third', 12_000);
  t.diagnostic(`taken over after ${logged.now() - killedAt} ms`);
  await until('there is one copy, and another one', async () => {
    const [copy, ...more] = await site.copies(logged);
    return copy !== undefined && copy !== left && more.length === 0;
  });
  const afterwards = await talk.exchange();
  const recording = (await handedOver(logged))!;
  const heard = heardIn(recording);
  const [gap, ...more] = recording.gaps ?? [];
  assert.ok(gap && gap.fromMs < killedAt && gap.toMs > killedAt + 2000, JSON.stringify(recording.gaps));
  assert.deepEqual(more, []);
  assertHeard(heard.caller.slice(0, 1), [before.caller]);
  assertHeard(heard.caller.slice(-1), [afterwards.caller]);
  assertHeard(heard.agent.slice(-1), [afterwards.agent]);
  first = second;
});
