import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isCodedError, systemClock } from '@vestibule/core';
import { shellPart, task, temporaryFolder, until } from '../testing/parts.ts';
import type { Part } from './part.ts';
import { isAlive } from './process-table.ts';
import { type StackEvent, Supervisor } from './supervisor.ts';

function supervise(t: TestContext, folder: string, parts: readonly Part[]) {
  const events: StackEvent[] = [];
  const pids: number[] = [];
  const supervisor = new Supervisor({
    parts,
    env: { PATH: process.env['PATH'] ?? '' },
    logFolder: folder,
    children: { add: (pid) => pids.push(pid) },
    clock: systemClock,
    onEvent: (event) => events.push(event),
  });
  t.after(() => supervisor.stop());
  const names = (kind: StackEvent['kind']) =>
    events.flatMap((one) => (one.kind === kind ? one.part.name : []));
  return { supervisor, names, pids };
}

const forever = 'READY; while :; do sleep 60 & wait; done';

test('parts start after their dependencies are ready and stop in reverse', async (t) => {
  const folder = temporaryFolder(t);
  const { supervisor, names, pids } = supervise(t, folder, [
    shellPart(folder, 'store', forever),
    task('bucket', async () => assert.ok(isAlive(supervisor.pidOf('store') ?? 0)), ['store']),
    shellPart(folder, 'app', forever, { after: ['bucket'] }),
  ]);
  await supervisor.start();
  assert.deepEqual(names('ready'), ['store', 'bucket', 'app']);
  await supervisor.stop();
  assert.deepEqual(names('stopped'), ['app', 'store']);
  assert.equal(pids.length, 2);
  assert.ok(!pids.some(isAlive));
});

test('a part that uses another does not wait for it to start, but stops before it', async (t) => {
  const folder = temporaryFolder(t);
  const { supervisor, names } = supervise(t, folder, [
    shellPart(folder, 'agent', forever, { uses: ['s3'] }),
    shellPart(folder, 'events', forever),
    shellPart(folder, 's3', forever, { after: ['events'] }),
  ]);
  await supervisor.start();
  assert.ok(names('starting').indexOf('agent') < names('starting').indexOf('s3'));
  await supervisor.stop();
  assert.ok(names('stopped').indexOf('agent') < names('stopped').indexOf('s3'));
  assert.throws(
    () => supervise(t, folder, [shellPart(folder, 'agent', forever, { uses: ['nobody'] })]),
    /agent waits for nobody/,
  );
});

test('a part that ends before it is ready fails the start with its last words', async (t) => {
  const folder = temporaryFolder(t);
  const { supervisor, names } = supervise(t, folder, [
    shellPart(folder, 'broken', 'echo no such file >&2; exit 3'),
    shellPart(folder, 'never', forever, { after: ['broken'] }),
  ]);
  await assert.rejects(supervisor.start(), (error) => {
    assert.ok(isCodedError(error, 'exited'));
    assert.match(error.message, /broken ended with code 3[^]*no such file/);
    return true;
  });
  assert.deepEqual(names('starting'), ['broken']);
});

test('a part that does not answer in time fails the start', async (t) => {
  const folder = temporaryFolder(t);
  const { supervisor } = supervise(t, folder, [
    shellPart(folder, 'deaf', forever, { ready: () => Promise.resolve(false), readyWithin: 1 }),
  ]);
  await assert.rejects(supervisor.start(), (error) => isCodedError(error, 'not-ready'));
});

test('a task that fails is named with its reason', async (t) => {
  const folder = temporaryFolder(t);
  const { supervisor } = supervise(t, folder, [task('bucket', () => Promise.reject(new Error('refused')))]);
  await assert.rejects(supervisor.start(), /bucket failed: refused/);
});

test('a part that ends by itself is started again, and what was set up in it is set up again', async (t) => {
  const folder = temporaryFolder(t);
  let made = 0;
  const { supervisor, names } = supervise(t, folder, [
    shellPart(folder, 'steady', forever),
    shellPart(folder, 'fragile', forever),
    task('bucket', async () => void (made += 1), ['fragile']),
  ]);
  await supervisor.start();
  const [first, steady] = [supervisor.pidOf('fragile'), supervisor.pidOf('steady')];
  process.kill(first ?? 0, 'SIGKILL');
  await until(() => names('restarted').length === 1);
  assert.deepEqual(names('exited'), ['fragile']);
  assert.notEqual(supervisor.pidOf('fragile'), first);
  assert.ok(isAlive(supervisor.pidOf('fragile') ?? 0));
  assert.equal(supervisor.pidOf('steady'), steady);
  assert.equal(made, 2);
});

test('a part that ends again and again is a fault, with its last words', async (t) => {
  const folder = temporaryFolder(t);
  const script = `READY; [ -e ${folder}/ill ] && { echo no licence >&2; exit 4; }; while :; do sleep 60 & wait; done`;
  const { supervisor } = supervise(t, folder, [shellPart(folder, 'sickly', script)]);
  await supervisor.start();
  writeFileSync(join(folder, 'ill'), '');
  process.kill(supervisor.pidOf('sickly') ?? 0, 'SIGKILL');
  const fault = await supervisor.fault;
  assert.match(fault.message, /sickly ended with code 4[^]*no licence/);
});

test('a part deaf to SIGTERM is killed, with what it forked', async (t) => {
  const folder = temporaryFolder(t);
  const script = `trap '' TERM; sleep 300 & echo $! > ${folder}/forked; READY; while :; do sleep 60 & wait; done`;
  const { supervisor, pids } = supervise(t, folder, [shellPart(folder, 'deaf', script, { stopWithin: 1 })]);
  await supervisor.start();
  const forked = Number(readFileSync(join(folder, 'forked'), 'utf8'));
  assert.ok(isAlive(forked));
  await supervisor.stop();
  await until(() => ![...pids, forked].some(isAlive));
});
