import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { keysUnder } from '@vestibule/record';
import { onceIn } from '../../apps/enrich/src/once/once.ts';
import { startWebhook, type Webhook } from './events.ts';
import { type S3Service, startS3 } from './versitygw.ts';

let webhook: Webhook;
let s3: S3Service;
before(async () => {
  webhook = await startWebhook();
  s3 = await startS3(webhook.url);
});
after(async () => {
  await s3.stop();
  await webhook.stop();
});

/** Another invocation, perhaps in another process; it may run for so many ms. */
const invocation = (remainingMs = 60_000) =>
  onceIn<string>({ s3: s3.client, bucket: s3.bucket }, { getRemainingTimeInMillis: () => remainingMs });
const sealing = (name: string, manifest = 'first') => ({ bucket: 'b', prefix: `t/${name}/`, manifest });
const isBusy = (error: unknown) => isCodedError(error, 'in-progress');

/** Work that ends when it is told to. */
function held() {
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  const work = () => {
    begun.resolve();
    return end.promise;
  };
  return { work, begun: begun.promise, end };
}

describe('work on a call, noted in S3', () => {
  test('is done once: who comes later is given its result, also in another process', async () => {
    let times = 0;
    const work = async () => `result ${++times}`;
    assert.equal(await invocation()(sealing('a'), work), 'result 1');
    assert.equal(await invocation()(sealing('a'), work), 'result 1');
    assert.equal(await invocation()(sealing('b'), work), 'result 2', 'another call');
    assert.equal(await invocation()(sealing('a', 'second'), work), 'result 3', 'another sealing');
  });

  test('is done by one at a time, whichever sealing they came for', async () => {
    const { work, begun, end } = held();
    const first = invocation()(sealing('c'), work);
    await begun;
    await assert.rejects(invocation()(sealing('c'), work), isBusy);
    await assert.rejects(invocation()(sealing('c', 'second'), work), isBusy);
    end.resolve('done');
    assert.equal(await first, 'done');
    assert.equal(await invocation()(sealing('c', 'second'), async () => 'next'), 'next');
  });

  test('of several that begin at the same moment is done by one', async () => {
    let times = 0;
    const work = async () => `result ${++times}`;
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => invocation()(sealing('d'), work)));
    assert.equal(times, 1);
    for (const one of all) {
      if (one.status === 'rejected') assert.ok(isBusy(one.reason));
      else assert.equal(one.value, 'result 1');
    }
  });

  test('that failed is done again, and its failure is told as it is', async () => {
    const failure = new RangeError('the work’s own');
    await assert.rejects(
      invocation()(sealing('e'), () => Promise.reject(failure)),
      failure,
    );
    assert.equal(await invocation()(sealing('e'), async () => 'done'), 'done');
  });

  test('of an invocation that was killed is done by the next once its time is over; what comes of it late changes nothing', async () => {
    const { work, begun, end } = held();
    const killed = invocation(1)(sealing('f'), work);
    await begun;
    for (const over = Date.now() + 2; Date.now() < over;) await new Promise(setImmediate);
    assert.equal(await invocation()(sealing('f'), async () => 'the next one’s'), 'the next one’s');
    end.resolve('late');
    await killed;
    assert.equal(await invocation()(sealing('f'), async () => 'again'), 'the next one’s');
  });

  test('leaves objects under one prefix of its own, of ids alone', async () => {
    const keys = await keysUnder({ client: s3.client, bucket: s3.bucket }, '');
    assert.ok(keys.length > 0);
    for (const key of keys) assert.match(key, /^_enrich\/once\/[\w-]+\.json$/);
  });
});
