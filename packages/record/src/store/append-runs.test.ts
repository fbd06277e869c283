import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SealedEntry } from '../log/entries.ts';
import { AppendRuns, type Run } from './append-runs.ts';
import type { Lease } from './store.ts';

const lease: Lease = { callId: 'c', worker: 'w1', fence: 1 };

/** Entries by seq; their hashes are their names. */
const entry = (seq: number, hash = `h${seq}`, previous = `h${seq - 1}`) =>
  ({ header: { seq, previous }, hash }) as SealedEntry;

/** Runs, and by call and fence what was sent of them. */
function recorded(outcome: (run: Run) => Promise<void> = async () => {}) {
  const sent: string[] = [];
  const runs = new AppendRuns((by, run) => {
    sent.push(`${by.callId}#${by.fence} ${run.map(({ hash }) => hash).join(' ')}`);
    return outcome(run);
  });
  return { runs, sent };
}

test('what follows one another in a tick goes together, each call for itself', async () => {
  const { runs, sent } = recorded();
  const other = { ...lease, callId: 'd' };
  const appended = [entry(0), entry(1)].flatMap((one) => [runs.append(lease, one), runs.append(other, one)]);
  assert.deepEqual(sent, []);
  await Promise.all(appended);
  await runs.append(lease, entry(2));
  assert.deepEqual(sent, ['c#1 h0 h1', 'd#1 h0 h1', 'c#1 h2']);
});

test('another predecessor, another lease, and another number begin a run of their own, in order', async () => {
  const { runs, sent } = recorded();
  await Promise.all([
    runs.append(lease, entry(0)),
    runs.append(lease, entry(1, 'fork', 'elsewhere')),
    runs.append(lease, entry(3, 'gap', 'fork')),
    runs.append({ ...lease, fence: 2 }, entry(4, 'later', 'gap')),
  ]);
  assert.deepEqual(sent, ['c#1 h0', 'c#1 fork', 'c#1 gap', 'c#2 later']);
});

test('a run has an end, and the next goes on from there', async () => {
  const { runs, sent } = recorded();
  await Promise.all(Array.from({ length: 130 }, (_, seq) => runs.append(lease, entry(seq))));
  assert.deepEqual(
    sent.map((line) => line.split(' ').length - 1),
    [64, 64, 2],
  );
});

test('what is gathered is sent at once when it must be', async () => {
  const { runs, sent } = recorded();
  const appended = runs.append(lease, entry(0));
  runs.flush();
  assert.deepEqual(sent, ['c#1 h0']);
  await appended;
});

test('a run that fails fails each of its appends, and no other', async () => {
  const { runs } = recorded(async ([{ hash }]) => {
    if (hash === 'h0') throw new Error('refused');
  });
  const outcomes = await Promise.allSettled([
    runs.append(lease, entry(0)),
    runs.append(lease, entry(1)),
    runs.append({ ...lease, callId: 'd' }, entry(2)),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected', 'fulfilled'],
  );
});
