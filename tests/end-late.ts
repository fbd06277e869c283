import { relative } from 'node:path';

/**
 * Loaded before each test file (`--import`): ends its process when it is still there after `VESTIBULE_TEST_MS`, because a failed test left
 * something open. node:test's own time-out reports such a file and waits for it all the same.
 */
const ms = Number(process.env.VESTIBULE_TEST_MS);
const end = () => {
  const file = relative(process.cwd(), process.argv[1] ?? '');
  const open = [...new Set(process.getActiveResourcesInfo())].join(', ');
  process.stderr.write(`${file} was still there after ${ms / 1000} s, and is ended. Open: ${open}\n`);
  process.exit(1);
};
if (ms > 0 && process.argv[1]?.endsWith('.test.ts')) setTimeout(end, ms).unref();
