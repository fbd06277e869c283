import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { systemClock } from '@vestibule/core';
import { readEnvironment, type RunningStack, startStack } from '@vestibule/local-stack';
import type { Result } from '../../bench/faults/judge.ts';

const root = resolve(import.meta.dirname, '../..');

/** One call struck once, by the bench. How long it takes is the bench's to print; what must hold is here. */
describe('a fault in mid-call', { timeout: 460_000 }, () => {
  let stack: RunningStack;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faults-'));
    stack = await startStack(
      readEnvironment({ ...process.env, VESTIBULE_AGENTS: '2', LOCAL_AWS_LATENCY: 'zero' }),
      { clock: systemClock, signal: AbortSignal.timeout(120_000), onEvent: () => undefined },
    );
  });
  after(async () => {
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function strike(fault: string): Promise<Result[]> {
    const out = join(folder, `${fault}.jsonl`);
    const bench = ['bench/faults/main.ts', '--fault', fault, '--runs', '1', '--lanes', '1', '--out', out];
    const exec = ['local/stack/src/main.ts', 'exec', process.execPath, ...bench];
    await promisify(execFile)(process.execPath, exec, { cwd: root });
    return readFileSync(out, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Result);
  }

  for (const fault of ['kill', 'log-store'])
    test(`${fault}: the call is finished, no answer is lost or asked for twice, no effect repeated, the record holds`, async (t) => {
      const [result] = await strike(fault);
      t.diagnostic(JSON.stringify(result));
      assert.ok(result);
      const { outcome, lost, askedTwice, repeated, isVerified, heardAgainMs } = result;
      assert.deepEqual(
        { outcome, lost, askedTwice, repeated, isVerified, isHeardAgain: heardAgainMs !== undefined },
        { outcome: 'complete', lost: [], askedTwice: [], repeated: [], isVerified: true, isHeardAgain: true },
      );
    });
});
