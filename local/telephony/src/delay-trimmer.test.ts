import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DelayTrimmer } from './index.ts';

const quiet = new Int16Array(160).fill(20);
const loud = new Int16Array(160).fill(9000);

/** The frames (from 1) at which something was left out. */
const leftOut = (frames: [surplus: boolean, frame: Int16Array][]) => {
  const trimmer = new DelayTrimmer();
  return frames.flatMap(([surplus, frame], i) => (trimmer.leavesOut(surplus, frame) ? [i + 1] : []));
};
const repeated = (count: number, surplus: boolean, frame: Int16Array): [boolean, Int16Array][] =>
  Array.from({ length: count }, () => [surplus, frame]);

const cases: [what: string, frames: [boolean, Int16Array][], expected: number[]][] = [
  ['without a surplus nothing', repeated(500, false, quiet), []],
  ['a frame per second of surplus in silence', repeated(120, true, quiet), [50, 100]],
  [
    'silence is waited for',
    [...repeated(70, true, loud), ...repeated(5, true, quiet), ...repeated(20, true, loud)],
    [71],
  ],
  ['not longer than a second', repeated(199, true, loud), [100]],
  [
    'a surplus that comes and goes is jitter',
    [...repeated(49, true, quiet), ...repeated(1, false, quiet), ...repeated(49, true, quiet)],
    [],
  ],
];
for (const [what, frames, expected] of cases)
  test(`of a queue that is too long: ${what}`, () => assert.deepEqual(leftOut(frames), expected));
