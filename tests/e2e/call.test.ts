import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '@vestibule/core';
import {
  type DemoResult,
  readEnvironment,
  type RunningStack,
  startStack,
  takeDemoCall,
} from '@vestibule/local-stack';

const root = resolve(import.meta.dirname, '../..');

/** Calls as `persona` and gives what is in the archive afterwards. What happened is noted for a failing test. */
async function call(
  stack: RunningStack,
  persona: string,
  notes: string[],
): Promise<Omit<DemoResult, 'firstRingMs'>> {
  const giveUp = new AbortController();
  const broken = stack.fault.then((error) => {
    giveUp.abort();
    throw error;
  });
  const taken = takeDemoCall({
    ...stack,
    persona: join(root, 'examples/personas', persona),
    clock: systemClock,
    signal: giveUp.signal,
    onEvent: (event) => notes.push(event.source === 'carrier' ? event.event.event : event.entry.header.kind),
  });
  return Promise.race([taken, broken]);
}

const answers = ({ rows }: Pick<DemoResult, 'rows'>) =>
  Object.fromEntries(rows.map(({ item, answer }) => [item, answer]));

describe('a call through every part', { timeout: 460_000 }, () => {
  let stack: RunningStack;
  const notes: string[] = [];

  before(async () => {
    stack = await startStack(
      readEnvironment({ ...process.env, VESTIBULE_AGENTS: '1', LOCAL_AWS_LATENCY: 'zero' }),
      {
        clock: systemClock,
        signal: AbortSignal.timeout(120_000),
        onEvent: () => undefined,
      },
    );
  });
  after(() => stack?.stop());

  test('the record in S3 holds the answers that were spoken, and another voice with other answers gives others', async (t) => {
    const first = await call(stack, 'plain.yaml', notes);
    t.diagnostic(`plain: ${JSON.stringify(answers(first))}`);
    assert.equal(first.manifest.outcome, 'complete', notes.join(' '));
    assert.ok(first.enriched);
    const spoken = answers(first);
    assert.equal(spoken['chest-pain'], 'no');
    assert.equal(spoken['takes-medicines'], 'yes');
    assert.equal(spoken['birth-date'], '1985-03-03');

    const second = await call(stack, 'for-her-son.yaml', notes);
    t.diagnostic(`for-her-son: ${JSON.stringify(answers(second))}`);
    assert.equal(second.manifest.outcome, 'complete', notes.join(' '));
    assert.equal(answers(second)['birth-date'], '2012-02-14');
    assert.notDeepEqual(answers(second), spoken);
  });
});
