import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, jsonLogger, systemClock } from '@vestibule/core';
import { Transfer, type TransferOptions } from './transfer.ts';
import type { Person, TransferEvent } from './types.ts';

const nurse: Person = { name: 'nurse', number: '+15550100200', mode: 'warm', accept: 'key', ringMs: 20_000 };
const doctor: Person = { ...nurse, name: 'doctor' };

/** A transfer whose staff do as `script` says; what is done is noted in its order. */
function played(people: readonly Person[], script: Partial<TransferOptions['leg']>, refuses?: string) {
  const notes: string[] = [];
  const refused: unknown[] = [];
  const waiting: { ms: number; wake: () => void }[] = [];
  const clock: Clock = {
    ...systemClock,
    sleep: (ms, signal) =>
      new Promise((wake) => {
        waiting.push({ ms, wake });
        signal?.addEventListener('abort', () => wake());
      }),
  };
  const leg: TransferOptions['leg'] = {
    dial: async ({ name }, at) => {
      notes.push(`dial ${name}`);
      await script.dial?.({ ...nurse, name }, at);
    },
    refer: async ({ name }) => void notes.push(`refer ${name}`),
    whisper: async (words) => void notes.push(`whisper ${words}`),
    open: async () => void notes.push('open'),
    drop: async () => void notes.push('drop'),
    letGo: () => void notes.push('let go'),
    close: async () => void notes.push('close'),
    adopt: () => script.adopt?.(nurse, 0) ?? false,
  };
  const transfer: Transfer = new Transfer({
    people,
    leg,
    clock,
    logger: jsonLogger('test', { write: () => undefined }),
    log: {
      append: async (kind: string, payload: unknown) => {
        const { step, to, staff } = payload as { step?: string; to?: string; staff?: string };
        if (step !== undefined && step === refuses) throw new Error('fenced');
        // An effect that does not wait for this would come before it.
        await new Promise((resolve) => setImmediate(resolve));
        notes.push(`*${kind} ${step ?? to ?? ''} ${staff ?? ''}`.trim());
        return { callId: '', seq: 0, hash: '' };
      },
    } as TransferOptions['log'],
    whisperWords: (whisper) => whisper,
    tell: (notice) => void notes.push(`tell ${notice}`),
    onRefused: (error) => refused.push(error),
  });
  const post = (event: TransferEvent) => transfer.post(event);
  return { transfer, notes, refused, waiting, post };
}

test('each entry is acknowledged before what it stands for is done', async () => {
  const { transfer, notes, post } = played([nurse], {});
  const outcome = transfer.run();
  post({ kind: 'answered', at: 0 });
  post({ kind: 'key', digit: '1', at: 0 });
  post({ kind: 'key', digit: '1', at: 0 });
  post({ kind: 'opened', at: 0 });
  assert.equal(await outcome, 'joined');
  assert.deepEqual(notes, [
    '*transfer dialled nurse',
    'dial nurse',
    '*transfer answered nurse',
    '*said staff',
    'whisper screen',
    '*transfer whispered nurse',
    '*said staff',
    'whisper summary',
    '*transfer accepted nurse',
    'open',
    '*transfer joined nurse',
    'let go',
  ]);
});

test('a call that the log refuses is not dialled', async () => {
  const { transfer, notes, refused } = played([nurse], {}, 'dialled');
  void transfer.run();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(notes, []);
  assert.equal(refused.length, 1);
});

test('a timer of somebody who is not tried any more does nothing', async () => {
  const { transfer, notes, waiting, post } = played([nurse, doctor], {});
  const outcome = transfer.run();
  post({ kind: 'answered', at: 0 });
  post({ kind: 'left', at: 0 });
  for (let round = 0; round < 100 && !notes.includes('dial doctor'); round += 1)
    await new Promise((resolve) => setImmediate(resolve));
  for (const { wake } of waiting.filter(({ ms }) => ms > 10_000)) wake();
  post({ kind: 'failed', code: 'sip-486', at: 1 });
  assert.equal(await outcome, 'exhausted');
  assert.equal(notes.filter((note) => note === '*transfer failed nurse').length, 1);
  assert.equal(notes.filter((note) => note === '*transfer failed doctor').length, 1);
});

test('after a take-over whoever talks to the caller is not called again', async () => {
  const { transfer, notes } = played([nurse], { adopt: () => true });
  assert.equal(await transfer.run({ joined: nurse }), 'joined');
  assert.deepEqual(notes, ['open', 'let go']);
});

test('once stopped nothing more is done', async () => {
  const { transfer, notes, post } = played([nurse], {});
  void transfer.run();
  transfer.stop();
  post({ kind: 'answered', at: 0 });
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(!notes.includes('whisper screen'));
});
