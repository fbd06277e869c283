import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpeechDetector, type SpeechEdge } from './speech-detector.ts';

const frame = (level: number) => new Int16Array(160).fill(level);

function edges(levels: readonly [count: number, level: number][]): SpeechEdge[] {
  const detector = new SpeechDetector();
  return levels
    .flatMap(([count, level]) => Array.from({ length: count }, () => frame(level)))
    .flatMap((samples) => detector.push(samples) ?? []);
}

test('speech is from its first loud frame to its last', () => {
  assert.deepEqual(
    edges([
      [10, 0],
      [50, 3000],
      [30, 0],
    ]),
    [
      { kind: 'start', frame: 10 },
      { kind: 'end', frame: 59 },
    ],
  );
});

test('a pause between words is no end, a click and line noise no start', () => {
  assert.equal(
    edges([
      [10, 3000],
      [14, 0],
      [10, 3000],
    ]).length,
    1,
  );
  assert.deepEqual(
    edges([
      [10, 0],
      [1, 9000],
      [20, 0],
      [2, 9000],
      [50, 100],
    ]),
    [],
  );
});
