import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { ParticipantInfo } from '@livekit/protocol';
import { systemClock } from '@vestibule/core';
import { CallLog, type Entry, foldCall, payloadOf, readLog } from '@vestibule/record';
import { startRedis } from '@vestibule/record/testing';
import { SipCallError } from 'livekit-server-sdk';
import { callFacts } from '../call/caller.ts';
import type { Tenure } from '../desk/tenure.ts';
import { type Means, resumeAttempt } from './attempt.ts';
import type { Verdict } from './screening.ts';
import { agreed, answer, began, ended, number, recorded } from './testing/logs.ts';
import { sharedKeys, startWorker } from './testing/worker.ts';

let redis: Awaited<ReturnType<typeof startRedis>>;
let calls = 0;
let origin = '';
before(async () => (redis = await startRedis()));
after(() => redis.stop());
beforeEach(() => (origin = `SCL_${++calls}`));

/** A telephone line on which `answers` answers: somebody, something, or nobody. */
function lineTo(answers: Verdict | 'gone' | Error) {
  const rung: string[] = [];
  const talks: string[] = [];
  const means: Omit<Means, 'finish'> = {
    join: async () => ({
      listen: async () => answers as Verdict | 'gone',
      awaitTone: async () => true,
      say: async () => {},
      close: async () => {},
    }),
    ring: async (_, plan) => {
      rung.push(`${plan.number} ${plan.id}`);
      if (answers instanceof Error) throw answers;
    },
    talk: async (_d, tenure, { identity, room, caller }, begin) => {
      talks.push([tenure.callId, room, caller, begin, identity.startsWith('called')].join(' '));
      return 'sealed';
    },
  };
  return { rung, talks, means };
}
const person: Verdict = { who: 'person', sign: 'greeting' };

/** A call of somebody who agreed and hung up, and an attempt to answer it that is due. */
async function due({ store, queue }: Awaited<ReturnType<typeof startWorker>>): Promise<string> {
  const lease = await store.claim(origin, 'gone', 1000);
  const log = await CallLog.open(store, lease!, sharedKeys);
  for (const [kind, payload] of [began(), recorded, agreed, answer, ended()]) await log.append(kind, payload);
  await store.release(lease!);
  await queue.add({ id: `CB1-${origin}`, at: systemClock.now() });
  return `CB1-${origin}`;
}

async function until<T>(what: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (
    const end = systemClock.monotonic() + 10_000;
    systemClock.monotonic() < end;
    await systemClock.sleep(20)
  ) {
    const found = await ask();
    if (found !== undefined) return found;
  }
  throw new Error(`not within 10 s: ${what}`);
}

const steps = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => {
    const found = payloadOf(entry, 'call-back');
    return found ? [[found.step, found.code].filter(Boolean).join(' ')] : [];
  });
/** The log of an attempt that is over. */
const overIn = (worker: Awaited<ReturnType<typeof startWorker>>, id: string) =>
  until('it is over', async () => {
    const entries = await readLog(worker.store, sharedKeys, id);
    return foldCall(entries).end && (await worker.store.holder(id)) === undefined ? entries : undefined;
  });

test('of several workers one rings, once; what it does is on the attempt’s own log, which names the call before', async (t) => {
  const { means, rung, talks } = lineTo(new SipCallError('', '', 503, undefined, { sip_status_code: '486' }));
  const workers = await Promise.all(
    ['w1', 'w2', 'w3'].map((name) => startWorker(redis.url, { name, means })),
  );
  t.after(() => Promise.all(workers.map((worker) => worker.close())));
  const id = await due(workers[0]!);
  await Promise.all(workers.map(({ dispatcher }) => dispatcher.look()));
  const entries = await overIn(workers[0]!, id);
  assert.deepEqual(rung, [`${number} ${id}`]);
  assert.deepEqual(talks, []);
  assert.deepEqual(steps(entries), ['dialled', 'failed sip-486', 'scheduled again']);
  const { call } = foldCall(entries);
  assert.deepEqual([call?.callBack?.of, call?.callBack?.attempt, call?.edge.verified], [origin, 1, false]);
  const queued = await workers[0]!.queue.list();
  assert.deepEqual(
    queued.map((one) => one.id).filter((one) => one.endsWith(origin)),
    [`CB2-${origin}`],
  );
});

test('a person who answers is talked to, with what the earlier call had; a machine is not', async (t) => {
  const there = lineTo(person);
  const worker = await startWorker(redis.url, { name: 'w', means: there.means });
  t.after(() => worker.close());
  const id = await due(worker);
  await worker.dispatcher.look();
  await until('they talk', () => there.talks[0]);
  assert.deepEqual(there.talks, [`${id} back-${id} ${number} called true`]);
  const log = await readLog(worker.store, sharedKeys, id);
  assert.deepEqual(steps(log), ['dialled', 'answered', 'person']);
  assert.equal(foldCall(log).earlier?.callId, origin);

  origin = `SCL_${++calls}`;
  const machine = lineTo({ who: 'machine', sign: 'beep' });
  const other = await startWorker(redis.url, { name: 'v', means: machine.means });
  t.after(() => other.close());
  const second = await due(other);
  await other.dispatcher.look();
  const entries = await overIn(other, second);
  assert.deepEqual(
    [machine.talks, steps(entries)],
    [[], ['dialled', 'answered', 'machine beep', 'scheduled again']],
  );
  assert.equal(
    foldCall(entries).earlier,
    undefined,
    'nothing of the intake is on the log of an attempt that nobody answered',
  );
});

test('a worker that is killed between entry and dial has made its attempt: another follows it up, and rings for the next only', async (t) => {
  const { means, rung } = lineTo(person);
  const worker = await startWorker(redis.url, { name: 'next', means });
  t.after(() => worker.close());
  const id = await due(worker);
  const script = join(import.meta.dirname, 'testing/dying-worker.ts');
  const dying = spawn(process.execPath, [script, redis.url], { stdio: 'inherit' });
  const [code, signal] = await new Promise<[number | null, string | null]>((done) =>
    dying.once('exit', (...how) => done(how)),
  );
  assert.deepEqual([code, signal], [null, 'SIGKILL']);
  assert.deepEqual(steps(await readLog(worker.store, sharedKeys, id)), ['dialled']);
  // Offered again after a while: here at once, and its lease runs out by itself.
  await until('it is taken up', async () => {
    await worker.queue.keep(id, systemClock.now());
    await worker.dispatcher.look();
    return foldCall(await readLog(worker.store, sharedKeys, id)).end;
  });
  assert.deepEqual(rung, []);
  assert.deepEqual(steps(await overIn(worker, id)), ['dialled', 'scheduled again']);
});

test('nobody is called back while callers wait, or the worker has no place besides the one it keeps for them', async (t) => {
  const { means, rung } = lineTo(new Error('not reached'));
  const worker = await startWorker(redis.url, { name: 'w', means, capacity: 2 });
  t.after(() => worker.close());
  await due(worker);
  await worker.waiting.add('call-waits', 1);
  assert.equal(await worker.dispatcher.look(), false);
  assert.equal(await worker.waiting.take(1), 'call-waits');
  const hangUp = Promise.withResolvers<void>();
  await worker.desk.begin('SCL_other', 'room', async () => (await hangUp.promise, 'sealed'));
  assert.equal(await worker.dispatcher.look(), false);
  assert.deepEqual(rung, []);
  hangUp.resolve();
  await until('it is rung', async () => (await worker.dispatcher.look(), rung[0]));
});

test('one that was cancelled after it was offered is not rung', async (t) => {
  const { means, rung } = lineTo(person);
  const worker = await startWorker(redis.url, { name: 'w', means });
  t.after(() => worker.close());
  const id = await due(worker);
  const begin = worker.desk.begin.bind(worker.desk);
  worker.desk.begin = async (...args) => {
    await worker.queue.cancel(id);
    return begin(...args);
  };
  await worker.dispatcher.look();
  await until('it is let go', async () => ((await worker.store.holder(id)) === undefined ? true : undefined));
  assert.deepEqual([rung, await readLog(worker.store, sharedKeys, id)], [[], []]);
});

for (const [what, step, expected] of [
  [
    'in which somebody is there goes on with who is in the room',
    'person',
    'talk sip_x +12125550123 +15550100100 lease ended',
  ],
  ['that had rung is over, and followed up', 'dialled', 'dialled, failed worker-lost, scheduled again'],
  [
    'of which it was not known who answered is over too',
    'answered',
    'answered, failed worker-lost, scheduled again',
  ],
  ['that was a machine’s is over', 'machine', 'machine, scheduled again'],
] as const) {
  test(`a call-back whose worker is lost, ${what}`, async (t) => {
    const worker = await startWorker(redis.url, { name: 'w', means: lineTo(person).means });
    t.after(() => worker.close());
    const [id, room] = [`CB1-${origin}`, `back-CB1-${origin}`];
    const callBack = { of: origin, since: new Date().toISOString(), attempt: 1 };
    await worker.desk.begin(id, room, async (tenure) => {
      const log = await CallLog.open(worker.store, tenure.lease, sharedKeys);
      const [kind, call] = began({ room, callBack });
      await log.append(kind, call);
      await log.append('call-back', { step });
      return 'open';
    });
    // By the desk as well, which lets go of it after the store: until then it takes it for begun.
    await until('it is let go', async () =>
      worker.desk.status.calls === 0 && (await worker.store.holder(id)) === undefined ? true : undefined,
    );
    const facts = callFacts(
      room,
      new ParticipantInfo({ identity: 'sip_x', attributes: { 'sip.callID': 'SCL_9' } }),
    )!;
    assert.equal(facts.callId, id, 'its log goes on, not one of its own leg');
    const done = Promise.withResolvers<string>();
    const talk: Means['talk'] = async (_d, _t, { identity, caller, dialled }, begin = 'lease ended') => {
      done.resolve(`talk ${identity} ${caller} ${dialled} ${begin}`);
      return 'sealed';
    };
    const finish: Means['finish'] = async (_d, lease, log) => {
      await worker.finish(worker.d, lease, log);
      done.resolve(steps(await readLog(worker.store, sharedKeys, id)).join(', '));
      return 'sealed';
    };
    const resume = (tenure: Tenure) => resumeAttempt(worker.d, tenure, facts, { talk, finish });
    assert.ok(await worker.desk.begin(id, room, resume));
    assert.equal(await done.promise, expected);
  });
}
