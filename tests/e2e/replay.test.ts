import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '@vestibule/core';
import {
  readEnvironment,
  type RunningStack,
  s3Client,
  startStack,
  takeDemoCall,
} from '@vestibule/local-stack';
import { keysUnder, type Manifest, manifestSchema, readObject } from '@vestibule/record';
import { vestibule } from './command.ts';

const root = resolve(import.meta.dirname, '../..');
/** Calls of this test run, not of older code. */
const recentMs = 3_600_000;
/** The newest ones; a replay takes some seconds. */
const most = 3;

describe('calls that were taken', { timeout: 290_000 }, () => {
  let stack: RunningStack;

  before(async () => {
    stack = await startStack(
      readEnvironment({ ...process.env, VESTIBULE_AGENTS: '1', LOCAL_AWS_LATENCY: 'zero' }),
      { clock: systemClock, signal: AbortSignal.timeout(120_000), onEvent: () => undefined },
    );
  });
  after(() => stack?.stop());

  /** Calls in the archive, recorded with consent within the last hour, the newest first. */
  async function recentCalls(): Promise<Manifest[]> {
    const archive = { client: s3Client(stack.context), bucket: stack.config.archive.bucket };
    const keys = await keysUnder(archive, `${stack.config.tenant}/`);
    const texts = await Promise.all(
      keys.filter((key) => key.endsWith('/manifest.json')).map((key) => readObject(archive, key)),
    );
    archive.client.destroy();
    return texts
      .flatMap((text) => manifestSchema.safeParse(JSON.parse(text ?? '{}')).data ?? [])
      .filter(({ consent, startedAt }) => consent.recording && Date.parse(startedAt) > Date.now() - recentMs)
      .sort((a, b) => (a.startedAt > b.startedAt ? -1 : 1))
      .slice(0, most);
  }

  test('verify, and replay to the same decisions and words', async (t) => {
    let calls = await recentCalls();
    if (calls.length === 0) {
      // Alone, this test takes a call of its own; after the others it has theirs.
      const persona = join(root, 'examples/personas/plain.yaml');
      const signal = AbortSignal.timeout(200_000);
      await takeDemoCall({ ...stack, persona, clock: systemClock, signal, onEvent: () => undefined });
      calls = await recentCalls();
    }
    assert.ok(calls.length > 0, 'no call with recording consent is in the archive');
    for (const { callId } of calls) {
      const verified = await vestibule('record', 'verify', callId);
      assert.equal(verified.status, 0, verified.output);
      const replayed = await vestibule('record', 'replay', callId, '--redacted');
      assert.equal(replayed.status, 0, replayed.output);
      t.diagnostic(replayed.output.trim());
    }
  });
});
