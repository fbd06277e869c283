import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { readRecordings } from './recording.ts';

interface Report {
  id: string;
  ms: number;
  failure?: string;
}

const recordings = await readRecordings();
const reports = new Map(recordings.map(({ id }) => [id, Promise.withResolvers<Report>()]));

const child = spawn(process.execPath, [join(import.meta.dirname, 'replay-all.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, NODE_ENV: 'production' },
});
createInterface({ input: child.stdout }).on('line', (line) => {
  if (!line.startsWith('{"id"')) return;
  const report = JSON.parse(line) as Report;
  reports.get(report.id)?.resolve(report);
});
child.on('exit', (code) => {
  for (const [id, { resolve }] of reports) resolve({ id, ms: 0, failure: `the replay ended with ${code}` });
});

describe('the bridge does what the official service was recorded doing', { concurrency: true }, () => {
  for (const { id, title } of recordings)
    test(`${id}: ${title}`, async () => {
      const report = await reports.get(id)!.promise;
      assert.equal(report.failure, undefined, report.failure);
    });
});
