import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodedError, jsonLogger, ManualClock } from '@vestibule/core';
import { Fork } from './fork.ts';

const place = { host: '127.0.0.1', port: 20000 };
const places = { caller: place, agent: place };
const legs = { caller: { from: place }, agent: { from: place } };

/** An edge as far as a fork sees one: `answers` says what the next request of a kind comes to. */
function edgeThat(answers: { subscribe?: () => string; subscriptions?: () => string[] }) {
  const asked: string[] = [];
  const lines: string[] = [];
  const clock = new ManualClock();
  const fork = new Fork({
    control: {
      subscribe: async () => {
        asked.push('subscribe');
        return { id: answers.subscribe?.() ?? 's1', legs };
      },
      unsubscribe: async (_, id) => void asked.push(`unsubscribe ${id}`),
      subscriptions: async () => {
        asked.push('query');
        return answers.subscriptions?.() ?? ['s1'];
      },
    },
    call: { sipCallId: 'id@x', decision: 'd' },
    places,
    onForked: () => void asked.push('forked'),
    clock,
    logger: jsonLogger('test', { write: (line) => lines.push(line) }),
  });
  /** Kept for so long, packets coming or not. */
  const keepFor = async (ms: number, isHeard: boolean) => {
    for (let passed = 0; passed < ms; passed += 100) {
      if (isHeard) fork.heard();
      await fork.keep();
      await clock.advance(100);
    }
  };
  return { fork, asked, lines, keepFor };
}

test('a copy is asked for once, and while packets come the edge is left alone', async () => {
  const { fork, asked, keepFor } = edgeThat({});
  await keepFor(10_000, true);
  assert.deepEqual(asked, ['subscribe', 'forked']);
  assert.equal(fork.id, 's1');
  await fork.stop();
  assert.deepEqual(asked.slice(2), ['unsubscribe s1']);
  assert.equal(fork.id, undefined);
});

test('in silence the edge is asked every second whether the copy is there, and not for another', async () => {
  const { asked, keepFor } = edgeThat({});
  await keepFor(1000, true);
  await keepFor(5000, false);
  assert.ok(asked.length >= 5 && asked.length <= 7, asked.join());
  assert.deepEqual(new Set(asked.slice(2)), new Set(['query']));
});

test('a copy that the edge has lost is made again', async () => {
  let ids = 0;
  let isLost = false;
  const { fork, asked, keepFor } = edgeThat({
    subscribe: () => `s${++ids}`,
    subscriptions: () => (isLost ? [] : [`s${ids}`]),
  });
  await keepFor(1000, true);
  isLost = true;
  await keepFor(1500, false);
  assert.equal(fork.id, 's2');
  assert.deepEqual(asked, ['subscribe', 'forked', 'query', 'subscribe', 'forked']);
});

test('an edge that refuses or is out of reach is asked again each second; one line is logged, another when the reason changes', async () => {
  let code = 'edge-unreachable';
  const { fork, asked, lines, keepFor } = edgeThat({
    subscribe: () => {
      throw new CodedError(code, 'no');
    },
  });
  await keepFor(5000, false);
  assert.ok(asked.length >= 4 && asked.length <= 6, asked.join());
  assert.equal(lines.length, 1);
  code = 'restored-call';
  await keepFor(3000, false);
  assert.equal(lines.length, 2);
  assert.equal(fork.id, undefined);
  await fork.stop();
  assert.ok(!asked.some((one) => one.startsWith('unsubscribe')));
});

test('what another recorder left behind is ended, and the own copy stays', async () => {
  const { fork, asked, keepFor } = edgeThat({});
  await keepFor(200, true);
  await fork.stop('left');
  assert.equal(asked.at(-1), 'unsubscribe left');
  assert.equal(fork.id, 's1');
});
