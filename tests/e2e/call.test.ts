import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { systemClock } from '@vestibule/core';
import {
  type DemoResult,
  readEnvironment,
  type RunningStack,
  s3Client,
  startStack,
  takeDemoCall,
} from '@vestibule/local-stack';
import { findCall, readBytes, transcriptSchema } from '@vestibule/record';
import { loudnessByTurn } from './recording.ts';

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

/**
 * A call that becomes complete. Where parts and callers share few cores, the recognisers of both may fall behind so far that they
 * talk past each other and the agent hands over, as it should: then the caller calls once more.
 */
async function completeCall(stack: RunningStack, persona: string, notes: string[]) {
  const taken = await call(stack, persona, notes);
  if (taken.manifest.outcome === 'complete') return taken;
  notes.push('| again |');
  return call(stack, persona, notes);
}

const answers = ({ rows }: Pick<DemoResult, 'rows'>) =>
  Object.fromEntries(rows.map(({ item, answer }) => [item, answer]));

/** The recording is in the archive, the caller on channel 1 and the agent on channel 2, at the call’s times. */
async function assertRecorded(
  t: TestContext,
  { context, config }: RunningStack,
  { manifest: { recording, ...manifest } }: Pick<DemoResult, 'manifest'>,
): Promise<void> {
  assert.equal(recording?.name, 'recording.opus');
  const place = { client: s3Client(context), bucket: config.archive.bucket };
  const prefix = await findCall(place, manifest.tenant, manifest.callId);
  const [opus, transcript] = await Promise.all(
    ['recording.opus', 'transcript.json'].map((name) => readBytes(place, `${prefix}${name}`)),
  );
  const { turns } = transcriptSchema.parse(JSON.parse(transcript!.toString()));
  const heard = loudnessByTurn(opus!, recording.startMs, { version: 1, callId: manifest.callId, turns });
  t.diagnostic(`recording: ${opus!.length} bytes from ${recording.startMs} ms, ${JSON.stringify(heard)}`);
  const { whileAgentSpeaks, between } = heard;
  assert.ok(between[0] > 3 * between[1], JSON.stringify(heard));
  assert.ok(whileAgentSpeaks[1] > 3 * whileAgentSpeaks[0], JSON.stringify(heard));
}

describe('a call through every part', { timeout: 700_000 }, () => {
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
    const [first, second] = await Promise.all(
      ['plain.yaml', 'for-her-son.yaml'].map((persona) => completeCall(stack, persona, notes)),
    );
    assert.ok(first && second);
    t.diagnostic(`plain: ${JSON.stringify(answers(first))}`);
    assert.equal(first.manifest.outcome, 'complete', notes.join(' '));
    assert.ok(first.enriched);
    const spoken = answers(first);
    assert.equal(spoken['chest-pain'], 'no');
    assert.equal(spoken['takes-medicines'], 'yes');
    assert.equal(spoken['birth-date'], '1985-03-03');

    await assertRecorded(t, stack, first);

    t.diagnostic(`for-her-son: ${JSON.stringify(answers(second))}`);
    assert.equal(second.manifest.outcome, 'complete', notes.join(' '));
    assert.equal(answers(second)['birth-date'], '2012-02-14');
    assert.notDeepEqual(answers(second), spoken);
  });
});
