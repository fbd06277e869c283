import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Patience } from './patience.ts';

const never = new Promise<never>(() => {});
const silence = { name: 'TimeoutError' };

function patienceOf(t: TestContext, limitMs: number) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const caller = new AbortController();
  return { patience: new Patience(limitMs, caller.signal), caller };
}

test('a silence as long as the limit is an error, and aborts the request', async (t) => {
  const { patience } = patienceOf(t, 1000);
  const answer = assert.rejects(patience.wait(never), silence);
  t.mock.timers.tick(999);
  assert.equal(patience.signal.aborted, false);
  t.mock.timers.tick(1);
  await answer;
  assert.equal(patience.signal.aborted, true);
});

test('an answer in time leaves no timer behind', async (t) => {
  const { patience } = patienceOf(t, 1000);
  assert.equal(await patience.wait(Promise.resolve('answer')), 'answer');
  t.mock.timers.tick(5000);
  assert.equal(patience.signal.aborted, false);
});

test('of a stream each silence counts by itself, and the reader’s own time not at all', async (t) => {
  const { patience } = patienceOf(t, 1000);
  async function* source() {
    yield 1;
    yield 2;
    await never;
  }
  const pieces = patience.each(source());
  for (const piece of [1, 2]) {
    assert.deepEqual(await pieces.next(), { done: false, value: piece });
    t.mock.timers.tick(900);
  }
  const last = assert.rejects(pieces.next(), silence);
  t.mock.timers.tick(1000);
  await last;
});

test('a caller who gives up aborts the request too', (t) => {
  const { patience, caller } = patienceOf(t, 1000);
  caller.abort();
  assert.equal(patience.signal.aborted, true);
});

test('what an abandoned request still says later is not an unhandled rejection', async (t) => {
  const { patience } = patienceOf(t, 1000);
  const request = Promise.withResolvers<never>();
  const answer = assert.rejects(patience.wait(request.promise), silence);
  t.mock.timers.tick(1000);
  await answer;
  request.reject(new Error('aborted'));
  await new Promise((resolve) => setImmediate(resolve));
});
