import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { run } from 'node:test';
import { spec, type TestEvent } from 'node:test/reporters';
import { type Counts, mergeRuns } from './merge-runs.ts';
import { withSecondTry } from './second-try.ts';

/**
 * Runs every test: first what stands beside the code, a few files at a time; then, one file after the other, what is held to the
 * clock, and tests/e2e, which share the machine's fixed ports; these get a second try (second-try.ts). One report with one
 * summary. Arguments are folders to keep to.
 */
const root = resolve(import.meta.dirname, '..');
const only = process.argv.slice(2).map((folder) => `${resolve(folder)}/`);

function testFiles(pattern: string): string[] {
  return globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] })
    .map((file) => resolve(root, file))
    .filter((file) => only.length === 0 || only.some((folder) => file.startsWith(folder)))
    .sort();
}

/** What measures packets or answers by the clock: it needs a machine that does nothing else. */
const timed = testFiles('{edge,local/sip-bridge,local/carrier,local/telephony}/**/*.test.ts');
const unit = testFiles('{packages,apps,edge,images,infra,local,bench}/**/*.test.ts').filter(
  (file) => !timed.includes(file),
);
const e2e = testFiles('tests/**/*.test.ts');

/** Longest a test may take, ms; a file's process is ended a little later (end-late.ts), so that the report names the test. */
const timeout = 480_000;
process.env.VESTIBULE_TEST_MS = String(timeout + 10_000);
const execArgv = ['--import', resolve(import.meta.dirname, 'end-late.ts')];
/** Longest all may take, ms. */
const longest = 60 * 60_000;

function* runs(): Generator<AsyncIterable<TestEvent>> {
  const options = { timeout, execArgv, cwd: root, signal: AbortSignal.timeout(longest) };
  if (unit.length > 0)
    yield run({ files: unit, concurrency: Math.max(2, availableParallelism()), ...options });
  for (const file of [...timed, ...e2e])
    yield withSecondTry(relative(root, file), () => run({ files: [file], concurrency: 1, ...options }));
}

const counts: Counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
async function* report(): AsyncGenerator<TestEvent> {
  yield* mergeRuns(runs(), counts, () => performance.now());
}

if (unit.length + timed.length + e2e.length === 0) {
  process.stderr.write(`There are no tests in ${process.argv.slice(2).join(' ')}\n`);
  process.exitCode = 1;
} else {
  const reporter = Readable.from(report()).compose(spec);
  reporter.pipe(process.stdout);
  reporter.once('end', () => {
    process.exitCode = counts.fail + counts.cancelled === 0 && counts.tests > 0 ? 0 : 1;
  });
}
