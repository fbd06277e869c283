import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '@vestibule/core';
import { temporaryFolder, until } from '../testing/parts.ts';
import { ChildList, stackProcesses, sweepLeftovers } from './leftovers.ts';
import { isAlive, startTimeOf } from './process-table.ts';

const launcher = join(import.meta.dirname, '../testing/launcher.ts');

test('kill -9 of the launcher ends its children, and the next run ends what they forked away', async (t) => {
  const folder = temporaryFolder(t);
  const child = spawn(process.execPath, [launcher, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => sweepLeftovers(folder, folder, systemClock));
  await once(child.stdout, 'data');
  const started = new ChildList(folder).alive();
  const all = stackProcesses(folder, folder);
  assert.equal(started.length, 2);
  assert.equal(all.length, 4);

  child.kill('SIGKILL');
  await until(() => all.filter(isAlive).length === 1);
  assert.ok(!started.some(isAlive));

  assert.equal(await sweepLeftovers(folder, folder, systemClock), 1);
  assert.ok(!all.some(isAlive));
  assert.equal(await sweepLeftovers(folder, folder, systemClock), 0);
});

test('a listed child whose pid another process has by now is left alone', (t) => {
  const folder = temporaryFolder(t);
  const list = new ChildList(folder);
  list.add(process.pid);
  assert.deepEqual(list.alive(), [process.pid]);
  assert.notEqual(startTimeOf(process.pid), startTimeOf(1));
});
